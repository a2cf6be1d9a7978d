import csv
import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from experiments.asked import in_world
from experiments.theory import EXPERIMENTS, FAILS, HOLDS, NOT_SHOWN, Verdict, check_theory, tidy
from experiments.theory.checks import UNKNOWN
from experiments.theory.lab import MEMO, Lab
from model import InputError, load
from model.world.loader import WORLDS
from tests.commands import discretion

theory = partial(discretion, "theory", "--workers", "1")
SCALE = 0.005
Shipped = tuple[list[Verdict], list[tuple[int, int]]]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def verdict(*intervals: tuple[float, float]) -> str:
    rows = [("figure", "points", (low + high) / 2, low, high, 0.01, low > 0.01) for low, high in intervals]
    columns = ["figure", "unit", "mean", "low", "high", "least", "holds"]
    return Verdict("T00", "?", pd.DataFrame(rows, columns=columns)).verdict


def test_every_claim_of_theory_in_the_evidence_has_its_experiment() -> None:
    with (WORLDS / "immigration" / "evidence.csv").open(encoding="utf-8") as table:
        claims = [row["id"] for row in csv.DictReader(table) if row["id"].startswith("T")]
    assert claims == list(EXPERIMENTS)


def test_a_claim_holds_fails_or_is_not_shown() -> None:
    missing = float("nan")
    assert verdict((0.1, 0.2), (0.3, 0.4)) == HOLDS
    assert verdict((0.1, 0.2), (-0.4, -0.3)) == verdict((0.1, 0.2), (0.0, 0.0)) == FAILS
    assert verdict((0.1, 0.2), (0.001, 0.002)) == FAILS, "above none, and by nothing that matters"
    assert verdict((0.1, 0.2), (0.001, 0.1)) == verdict((0.1, 0.2), (-0.1, 0.1)) == NOT_SHOWN
    assert verdict((0.1, 0.2), (missing, missing)) == UNKNOWN


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    """Every check in the shipped world, and what was told of it on the way."""
    told: list[tuple[int, int]] = []
    return check_theory(world=load(), replications=1, scale=SCALE, progress=lambda *done: told.append(done)), told


def test_all_eight_run_and_tell(shipped: Shipped) -> None:
    found, told = shipped
    assert [one.fact for one in found] == list(EXPERIMENTS) and told[-1] == (8, 8)
    table = tidy(found)
    assert table["figure"].tolist() == [figure for one in EXPERIMENTS.values() for figure in one.figures]
    assert table["mean"].notna().all() and (table["verdict"] == UNKNOWN).all()


MIRRORED = {
    "agencies.ice.culture.orientation": 2.0, "agencies.ice.units.attorneys.culture.orientation": 2.0,
    "agencies.ice.units.attorneys.habit": 0.99, "agencies.uscis.culture.orientation": -2.0,
    "agencies.uscis.units.victims.culture.orientation": -2.0, "agencies.uscis.units.centres.habit": 0.002,
    "agencies.uscis.units.victims.habit": 0.002,
}  # fmt: skip
"""ICE as an adjudicator, USCIS as an enforcement agency."""


@pytest.mark.parametrize(
    ("fact", "settings"),
    [
        ("T02", MIRRORED),
        ("T07", {"agencies.ice.culture.formation": 0.1, "agencies.ice.culture.mission": 0.05}),
        ("T08", {"rule.authority.soft": 0.0}),
    ],
)
def test_a_world_in_which_the_contrary_is_true_refutes_the_claim(
    fact: str, settings: dict[str, float], shipped: Shipped
) -> None:
    """A figure that bears the claim out in the shipped world speaks against it in the other."""
    usual, other = usual_and_other(fact, settings, shipped)
    assert ((usual > 0.0) & (other <= 0.0)).any(), (usual, other)


def usual_and_other(fact: str, settings: dict[str, float], shipped: Shipped) -> tuple[pd.Series, pd.Series]:
    """The figures of a claim in the shipped world, and in one with other settings."""
    (other,) = check_theory([fact], world=load(settings=settings), replications=1, scale=SCALE)
    usual = next(each for each in shipped[0] if each.fact == fact)
    return usual.figures.set_index("figure")["mean"], other.figures.set_index("figure")["mean"]


def test_without_the_weight_of_numbers_the_count_costs_nothing(shipped: Shipped) -> None:
    settings = {"rule.metrics": 0.0, "directives.review-2011.evaluation": 1.0}
    usual, other = usual_and_other("T04", settings, shipped)
    for figure in ("enforcement, counted less not", "offers of discretion, lost to the count"):
        assert usual[figure] > 0.001 and abs(other[figure]) < 0.2 * usual[figure]


def test_where_nobody_leans_otherwise_than_the_next_supervisors_set_them_apart(shipped: Shipped) -> None:
    settings = {"agencies.ice.culture.spread": 0.0, "agencies.ice.culture.office_spread": 0.0}
    usual, other = usual_and_other("T06", settings, shipped)
    figure = "set apart by leaning, less by supervisors"
    assert other[figure] < 0.0 < usual[figure]


def test_a_claim_holds_in_the_shipped_world_and_fails_in_its_mirror() -> None:
    usual, mirrored = (check_theory(["T03"], world=load(settings=s), replications=2, scale=SCALE)[0]
                       for s in ({}, MIRRORED))  # fmt: skip
    assert usual.verdict == HOLDS and mirrored.verdict == FAILS
    assert (mirrored.figures["high"] < 0.0).all()


def test_without_numbers_and_with_nothing_at_stake_evaluation_has_nothing_to_work_with() -> None:
    blind = {f"agencies.ice.levels.{level}.judged_by_numbers": 0.0 for level in ("field-office-director", "supervisor")}
    quiet = {"metrics.removals.target": 0.0, "metrics.criminal-removals.target": 0.0, "rule.stake": 0.0}
    usual, other = (check_theory(["T01"], world=load(settings=s), replications=1, scale=SCALE)[0].figures
                    for s in ({}, blind | quiet))  # fmt: skip
    lead = "lead of evaluation within eight weeks"
    usual_lead, other_lead = (float(t.set_index("figure").loc[lead, "mean"]) for t in (usual, other))
    assert abs(other_lead) < 0.2 * usual_lead


def test_a_run_that_is_asked_for_again_is_not_made_again_and_a_moved_world_is_as_set() -> None:
    lab = Lab(load(), 1, SCALE)
    assert lab.run({}) is lab.run({})
    assert lab.run({MEMO: lab.text(MEMO)}) is lab.run({MEMO: lab.text(MEMO)})
    assert lab.run({MEMO: lab.text(MEMO, direction=-1)}) is not lab.run({MEMO: lab.text(MEMO)})
    settings = {"rule.metrics": 0.25, "agencies.ice.culture.formation": 0.3}
    assert in_world(load(), settings) == load(settings=settings)


def test_a_world_without_the_directives_cannot_be_tested() -> None:
    world = load()
    bare = world.model_copy(update={"directives": {}, "levers": {}})
    with pytest.raises(InputError, match="a directive that the theory is tested with is missing"):
        check_theory(["T08"], world=bare, replications=1, scale=SCALE)


def test_the_command_prints_one_line_a_check_and_stores_every_figure(tmp_path: Path) -> None:
    done = theory("--check", "t03", "--check", "T08", "--replications", "2", "--scale", "0.002", "--json")
    told = json.loads(done.stdout)
    assert [one["fact"] for one in told["checks"]] == ["T03", "T08"]
    assert all(row["low"] <= row["mean"] <= row["high"] for one in told["checks"] for row in one["figures"])
    table = pd.read_csv(tmp_path / "results/theory/theory.csv")
    assert len(table) == 4 and set(table["fact"]) == {"T03", "T08"}
    shown = theory("--check", "T03", "--replications", "1", "--scale", "0.002")
    assert shown.exit_code == 0 and "too few" in shown.stdout and "points" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--check", "T9"], ["no such check of theory", "T08"]),
        (["--replications", "0"], ["replications", "1 or more"]),
        (["--scale", "2"], ["scale", "0 < scale <= 1"]),
        (["--world", "nowhere"], ["no such world"]),
    ],
)
def test_bad_input_gives_one_message(arguments: list[str], words: list[str], tmp_path: Path) -> None:
    done = theory(*arguments)
    assert done.exit_code == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words)
    assert list(tmp_path.iterdir()) == []


def test_no_check_at_all_is_not_every_check() -> None:
    with pytest.raises(InputError, match="no check to make"):
        check_theory([], world=load())


@pytest.mark.parametrize("world", ["two-desks", "patrol"])
def test_a_world_without_the_directives_of_a_claim_is_refused_for_that(world: str) -> None:
    with pytest.raises(InputError, match="a directive that the theory is tested with is missing"):
        check_theory(world=world, replications=2)
