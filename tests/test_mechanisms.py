"""What mechanisms earn against the facts, how large terms are, and whom accountability moves."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.mechanisms.ablation_tables import (
    ABSENT,
    ALL_ON,
    BETTER,
    NOTHING,
    TUNED,
    UNSEEN,
    WORSE,
    by_block,
    earned,
)
from experiments.mechanisms.ablations import ablations, with_facts
from experiments.mechanisms.blocks import episodes, missed
from experiments.mechanisms.leanings import by_leaning
from experiments.mechanisms.magnitudes import CONSTANT, INERT, VARIES, magnitudes
from experiments.mechanisms.not_applicable import NotApplicable
from experiments.mechanisms.switches import SWITCHES, switched_off
from experiments.patterns import modelled, patterns
from experiments.theory.lab import in_scope
from experiments.traced_runs import same_cases, traced
from model import load
from model.schema.directive import Scope
from model.world.loader import WORLDS
from tests.commands import assert_refused, discretion
from viz.charts import terms_by_stage
from viz.charts.save import save
from viz.charts.theme import Legend

DESKS = {"world": "two-desks", "scale": 1.0}
SPREAD = ["agencies.fees.culture.spread=1"]
FACT = """id,stream,statistic,value,unit,period,source,locator,use,note
F01,requests,requests waived,0.73,share,Apr - Jun 2020,a test,p. 1,check,
"""
PATTERN = """title = "Waivers"
scenario = "memo"

[pattern.F01]
what = "requests waived, April to June"
unit = "share"
record = "F01"
holds = { rule = "within-points", width = 5, reason = "made up for a test" }
[pattern.F01.measure]
kind = "share"
table = "outcomes"
where = { favourable = true }
of = { stage = ["request"] }
days = [2020-04-01, 2020-06-30]
"""


@pytest.fixture
def counted(tmp_path: Path) -> str:
    """The folder of a world of two desks with one fact: how many requests were waived under the memo."""
    world = tmp_path / "counted"
    shutil.copytree(WORLDS / "two-desks", world)
    (world / "evidence.csv").write_text(FACT)
    (world / "patterns").mkdir()
    (world / "patterns" / "waivers.toml").write_text(PATTERN)
    return str(world)


def misses(off: str, **values: list[float]) -> pd.DataFrame:
    """Replications of some patterns of the shipped world, measured as it is told."""
    known = modelled(patterns(only=list(values)))
    episode = episodes(load(), known)
    parts = [
        missed(dict(zip(values, one, strict=True)), known, episode).assign(seed=seed, off=off)
        for seed, one in enumerate(zip(*values.values(), strict=True))
    ]
    return pd.concat(parts, ignore_index=True)


def test_a_mechanism_earns_what_is_missed_by_more_without_it() -> None:
    known = modelled(patterns(only=["I03", "I04"]))
    record = {one.id: float(one.record) for one in known}
    near, far = ([record["I03"] * more for more in share] for share in ([1.0, 1.01, 0.99], [1.5, 1.52, 1.49]))
    unseen = [record["I04"] * more for more in (1.0, 1.01, 0.99)]
    held = misses(ALL_ON, I03=near, I04=unseen)
    without = [misses("custom", I03=far, I04=unseen), misses("culture", I03=near, I04=far)]
    table = by_block(pd.concat([held, *without]), known)
    worse = table[table["verdict"] == WORSE].set_index(["off", "kind"])
    assert list(worse.index) == [("custom", "fitted"), ("culture", "figures of record")]
    assert worse.loc[("custom", "fitted"), "ceased"] == "I03" and (table["begun"] == "").all()
    found = earned(table, ["culture", "custom", "notice"]).set_index("mechanism")["earns"]
    assert found.to_dict() == {"culture": UNSEEN, "custom": TUNED, "notice": ABSENT}
    assert set(by_block(pd.concat([held.assign(off="custom"), without[0].assign(off=ALL_ON)]), known)["verdict"]) >= {
        BETTER
    }


def test_every_pattern_of_the_world_stands_in_one_block() -> None:
    world, known = load(), modelled(patterns())
    found = episodes(world, known)
    assert set(found) == {one.id for one in known}
    assert set(found.values()) == {"interior", "benefits", "border", "may-2018", "theory", "structure"}


def test_each_part_has_a_switch_that_changes_the_world() -> None:
    world = load()
    for name in ("endorsement", "coping"):
        assert switched_off(world, [name]) and not set(switched_off(world, [name]).values()) - {0.0}
    assert set(SWITCHES) > {"culture", "metrics"}


def test_what_a_memo_persuades_is_missed_without_endorsement(counted: str) -> None:
    found = ablations(["metrics", "custom", "endorsement"], world=counted, replications=2, scale=1.0)
    earns = found.earned.set_index("mechanism")["earns"].to_dict()
    assert earns == {"metrics": NOTHING, "custom": ABSENT, "endorsement": UNSEEN}
    lost = found.by_block.set_index(["off", "episode"]).loc[("endorsement", "waivers")]
    assert (
        lost["kind"] == "figures of record" and lost["ceased"] == "F01" and lost["change"] > 3.0 > 1.0 > lost["whole"]
    )


def test_ablations_are_the_same_with_several_workers(counted: str) -> None:
    one, two = (ablations(["culture"], world=counted, replications=2, scale=1.0, workers=workers) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.misses, two.misses)


def test_a_world_without_facts_has_nothing_that_could_be_earned() -> None:
    with pytest.raises(NotApplicable, match="no fact that a mechanism could earn its place on"):
        with_facts("two-desks")


def test_the_terms_of_two_desks_are_what_the_world_says() -> None:
    terms = magnitudes(replications=1, **DESKS).terms.set_index("term")
    culture = terms.loc["culture"]
    assert culture["verdict"] == VARIES
    assert culture["between"] == pytest.approx(0.5, abs=0.01) and culture["within"] == pytest.approx(0.0, abs=1e-9)
    assert terms.loc["metrics", "verdict"] == terms.loc["accountability", "verdict"] == INERT
    months = terms.loc["directive", "months"]
    assert months == pytest.approx(0.5, abs=0.05)  # nothing for three months, and the whole weight of 1 for three
    np.testing.assert_allclose(terms["sd"] ** 2, terms["between"] ** 2 + terms["within"] ** 2, atol=1e-9)


def test_a_term_that_is_the_same_for_all_is_a_constant() -> None:
    settings = [f"agencies.fees.units.clerks.local.{desk}=1" for desk in ("North", "South")]
    terms = magnitudes(settings=settings, replications=1, **DESKS).terms.set_index("term")
    assert terms.loc["culture", "verdict"] == CONSTANT and terms.loc["culture", "mean"] == pytest.approx(1.0)


def test_accountability_moves_most_those_from_whom_there_is_most_to_gain() -> None:
    """At even chances and above, one more log-odds turns more decisions of those who lean against the memo."""
    found = by_leaning(settings=SPREAD, replications=2, **DESKS)
    fifths = found.by_fifth.set_index("fifth")
    assert list(fifths.index) == [1, 2, 3, 4, 5] and fifths["leaning"].is_monotonic_increasing
    assert fifths["rate"].is_monotonic_increasing and (fifths["effect"] > 0.0).all()
    gap = found.gaps.iloc[0]
    assert gap["gap"] == pytest.approx(fifths.loc[1, "effect"] - fifths.loc[5, "effect"]) and gap["gap"] > 0.0


@pytest.mark.parametrize(
    ("scope", "share"),
    [({"otherwise": "in"}, 1.0), ({"in": [{"level": ["again"]}]}, 0.2), ({"out": [{"level": ["again"]}]}, 0.0),
     ({"out": [{"level": ["again"]}], "otherwise": "in"}, 0.8)],
)  # fmt: skip
def test_in_scope_is_whom_a_text_names_or_does_not_leave_out(scope: dict[str, object], share: float) -> None:
    world = load("two-desks")
    text = world.directives["memo"].model_copy(update={"scope": Scope.model_validate(scope)})
    run = traced(world.scenarios["memo"], world, 1, 1.0)
    both = same_cases(run, run, since=text.start)
    assert len(in_scope(both, run, text)) / len(both) == pytest.approx(share, abs=0.02)


def test_without_a_stake_there_is_nobody_to_set_apart() -> None:
    with pytest.raises(NotApplicable, match="no directive that officers could be made to answer for"):
        by_leaning(settings=["rule.stake=0"], replications=1, **DESKS)


def test_the_command_makes_everything_and_stores_it(
    counted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = discretion("mechanisms", "--world", counted, "--scale", "1", "--replications", "2", "--workers", "1")
    assert done.exit_code == 0, done.output
    for words in ("What each mechanism earns", "over months", "1 the least inclined", "Inert:"):
        assert words in done.stdout
    place = tmp_path / "results/mechanisms"
    assert {path.name for path in place.iterdir()} == {
        "earned.csv", "blocks.csv", "misses.csv", "terms.csv", "leaning.csv", "gaps.csv", "mechanisms.json",
        "terms.html", "terms.png", "terms.svg",
    }  # fmt: skip
    told = json.loads((place / "mechanisms.json").read_text())
    assert told["off"] == {name: one.off for name, one in SWITCHES.items()} and told["seeds"] == [1, 2]
    assert {row["mechanism"] for row in told["earned"]} == set(SWITCHES)


def test_a_part_that_has_no_answer_is_left_out_and_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = discretion("mechanisms", "--world", "two-desks", "--scale", "1", "--replications", "1", "--workers", "1",
                      "--set", "directives.memo.monitoring=0", "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["parts"] == ["terms"] and {row["low"] for row in told["terms"]} == {None}
    assert told["notes"] == [
        "Left out: blocks (no fact that a mechanism could earn its place on; world two-desks).",
        "Left out: leaning (no directive that officers could be made to answer for; scenario memo).",
    ]
    assert {path.suffix for path in (tmp_path / "results/mechanisms").iterdir()} == {
        ".csv", ".json", ".html", ".png", ".svg"
    }  # fmt: skip
    assert not {"blocks", "earned", "leaning", "gaps"} & set(told)


def test_fewer_officers_than_fifths_are_not_told_apart() -> None:
    with pytest.raises(NotApplicable, match="too few officers decide cases in scope"):
        by_leaning(settings=["agencies.fees.units.clerks.staff=4"], replications=1, **DESKS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--part", "term"], ["no such part", "nearest: terms"]),
        (["--part", "blocks", "--mechanism", "metric"], ["no such mechanism", "nearest: metrics"]),
        (
            ["--part", "terms", "--scenario", "zero-tolerence-2018"],
            ["no such scenario", "nearest: zero-tolerance-2018"],
        ),
        (["--part", "leaning", "--directive", "reveiw-2011"], ["no such directive", "nearest: review-2011"]),
        (["--mechanism", "metric"], ["no such mechanism", "nearest: metrics"]),
        (["--replications", "0"], ["replications", "1 or more"]),
        (["--world", "two-desks", "--part", "terms", "--part", "blocks"], ["no fact", "two-desks"]),
        (["--world", "two-desks", "--scale", "1", "--mechanism", "culture"], ["no fact", "two-desks"]),
        (
            ["--world", "patrol", "--part", "leaning", "--scenario", "goals-alone"],
            ["no directive that officers", "goals-alone"],
        ),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_runs(
    arguments: list[str], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for module in ("leanings", "magnitudes"):
        monkeypatch.setattr(f"experiments.mechanisms.{module}.traced", None)
    monkeypatch.setattr("experiments.mechanisms.ablations.measured", None)
    assert_refused(discretion("mechanisms", *arguments), words, tmp_path)


def test_the_chart_has_a_column_a_term_and_is_drawn_of_nothing_as_well(tmp_path: Path) -> None:
    sizes = pd.DataFrame({"scenario": "memo", "agency": "fees", "stage": "request", "term": ["culture", "metrics"],
                          "mean": [0.5, 0.0], "sd": [0.2, 0.0], "between": [0.1, 0.0],
                          "verdict": [VARIES, INERT]})  # fmt: skip
    legend = Legend.of_world(load("two-desks"))
    drawn = terms_by_stage(sizes, legend, "What weighs?", ["note"]).to_dict()
    assert [panel["title"]["text"] for panel in drawn["vconcat"][0]["hconcat"]] == ["culture", "metrics"]
    save(terms_by_stage(sizes.head(0), legend, "What weighs?", []), tmp_path / "none.svg")
    assert (tmp_path / "none.svg").stat().st_size > 0
