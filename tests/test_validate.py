"""The pattern table, at a reduced size: it holds as the model is shipped, and shows what is broken on purpose."""

import csv
import json
import pickle
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import Result

from experiments.patterns import FAILS, HOLDS, NOT_MODELLED, Validation, measured, modelled, patterns, validate
from experiments.patterns.audit import capacity, people
from experiments.patterns.invariants import Lawful
from experiments.patterns.pattern import DIRECTION, FIGURE, FITTED, INSIDE, KINDS, STRUCTURE
from experiments.patterns.rules import above_smallest, all_on_side, never, over, within_share
from experiments.patterns.run_cache import Seen, Wanted
from experiments.patterns.validation import COLUMNS, _one
from model import BureaucracyModel, InputError, load
from model.agencies.decision_log import Log
from model.world.loader import WORLDS
from tests.commands import discretion
from tests.worldcopy import changed_copy
from viz.charts.save import save
from viz.reports.validation import charted

REDUCED: list[tuple[list[str], int, float]] = [
    (["I02", "I03", "I10", "I17", "I18", "B01"], 3, 0.02),
    (["P01", "P02", "P14", "P20"], 5, 0.1),
    (["T03", "S01", "S02", "S03", "S04", "S05", "S07", "S08", "S09", "S10"], 2, 0.003),
]
"""Every fitted fact, and structure, each with as many seeds and at as small a scale as it can be seen at."""
BROKEN = {
    "I17": "agencies.ice.units.attorneys.habit=0.9", "B01": "stages.daca.threshold=-4",
    "P20": "stages.referral.threshold=-6",
}  # fmt: skip
"""For some fitted facts, a parameter that was fitted to them, moved."""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def validated(*arguments: str) -> Result:
    return discretion("validate", "--workers", "1", *arguments)


@pytest.mark.parametrize(("only", "replications", "scale"), REDUCED, ids=lambda value: str(value)[:6])
def test_what_was_fitted_holds_and_structure_holds(only: list[str], replications: int, scale: float) -> None:
    found = validate(only, replications=replications, scale=scale)
    wrong = found.table[found.table["verdict"] != HOLDS]
    assert wrong.empty, wrong[["id", "observed", "median", "low", "high", "rule"]].to_string()


def test_every_fitted_fact_is_in_the_reduced_table() -> None:
    reduced = {name for only, _, _ in REDUCED for name in only}
    assert {one.fact for one in patterns(only=["fit"])} <= reduced


def test_a_fitted_pattern_that_is_broken_on_purpose_is_seen_and_told_from_those_that_are_not() -> None:
    moved = [*BROKEN.values(), "stages.review.threshold=3", "rule.stake=0"]
    found = validate([*BROKEN, "P14"], settings=moved, replications=2, scale=0.005).table
    told = dict(zip(found["id"], found["verdict"], strict=True))
    assert told["I17"] == told["B01.approved"] == told["P20.tucson"] == FAILS, told
    assert told["B01.decided"] == told["P14"] == HOLDS, told


def test_every_fact_to_fit_or_to_check_has_its_patterns_or_a_reason_why_not() -> None:
    with (WORLDS / "immigration" / "evidence.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["id"]: row["use"] for row in csv.DictReader(file) if row["use"] in ("fit", "check")}
    known = patterns()
    assert {one.fact: one.use for one in known if one.use != "structure"} == facts
    assert len({one.id for one in known}) == len(known)
    for one in known:
        words = one.rule.reason if one in modelled(known) else one.reason
        assert len(words) > 10 and one.what and one.unit, one.id


def test_patterns_can_be_chosen_by_use_stream_fact_and_id() -> None:
    every = {one.id for one in patterns()}
    uses = [{one.id for one in patterns(only=[use])} for use in ("fit", "check", "structure")]
    assert set().union(*uses) == every and sum(map(len, uses)) == len(every)
    assert {one.id for one in patterns(only=["p20.TUCSON", "I10"])} == {"P20.tucson", "I10.convicted", "I10.share"}
    with pytest.raises(InputError, match=r"no such pattern[\s\S]*P20\.tucson"):
        patterns(only=["P20.tuscon"])


def test_the_kind_of_a_pattern_follows_from_what_it_is_and_kinds_are_counted_apart() -> None:
    known = patterns()
    kinds = {one.id: one.kind for one in known}
    assert set(kinds.values()) == set(KINDS)
    assert kinds["P04"] == kinds["P28.stations"] == kinds["P40"] == FIGURE
    assert kinds["P29.felonies"] == kinds["P03"] == DIRECTION
    assert kinds["T08.1"] == INSIDE and kinds["T03.1"] == kinds["P01"] == FITTED and kinds["S07"] == STRUCTURE
    for one in known:
        theory = one.use == "check" and one.stream == "theory"
        assert (one.kind == INSIDE) is theory, "an experiment within the model is no record"
        assert one.kind != FIGURE or not theory
    rows = [{"id": one.id, "use": one.use, "kind": one.kind, "verdict": HOLDS} for one in known]
    found = Validation([1], 0.1, pd.DataFrame(rows), pd.DataFrame())
    assert "checked" not in found.summary and found.summary.count(" hold") == len(KINDS)
    assert sum(told["of"] for told in found.tally.values()) == len(known)


def test_a_world_that_is_held_against_nothing_has_its_structure_watched(tmp_path: Path) -> None:
    world = changed_copy({"file": "patterns", "remove": True}, tmp_path / "world")
    assert [one.id for one in patterns(world)] == [f"S0{at}.april-2017" for at in range(1, 7)]
    found = validate(["S02"], world=str(world), replications=2, scale=0.001)
    assert found.summary == "structure: 1 of 1 hold" and found.explained == {}


def test_a_value_does_not_depend_on_what_else_is_asked() -> None:
    alone = measured(modelled(patterns(only=["P14", "P02"])), load(), 3, 0.002)
    together = measured(modelled(patterns(only=["P14", "P02", "P24", "P29"])), load(), 3, 0.002)
    assert alone == {name: together[name] for name in alone}
    seen = measured(modelled(patterns(only=["I03"])), load(), 3, 0.002)
    watched = measured(modelled(patterns(only=["I03", "S04.interior", "I18"])), load(), 3, 0.002)
    assert seen["I03"] == watched["I03"]


def test_rules_look_at_the_interval_or_at_the_middle() -> None:
    values = [90.0, 100.0, 200.0]
    assert within_share(100.0, 0.1).met(over(values, False)) and not within_share(150.0, 0.1).met(over(values, False))
    assert over(values, True).middle == pytest.approx(130.0) and over(values, False).middle == 100.0
    assert above_smallest("points").met(over([0.01, 0.011], True))
    assert not above_smallest("points").met(over([1e-5, 1.1e-5], True)), "above none, and by nothing that matters"
    assert not all_on_side("up").met(over([1.0, -0.5, 0.8], True)) and all_on_side("down").met(over([-1.0, -1.1], True))
    nothing = over([np.nan, np.nan], False)
    assert not within_share(1.0, 0.25).met(nothing) and not never("").met(nothing)


class Contrary(Lawful):
    """Is told the contrary of every outcome."""

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        super().decided(model, log._replace(favourable=~log.favourable))


def test_watches_see_what_is_wrong() -> None:
    until = date(2010, 2, 28)
    lawful, contrary = (Wanted("baseline-2010", until=until, watch=watch) for watch in (Lawful, Contrary))
    seen = Seen(load(), 1, 0.002, [lawful, contrary])
    assert seen.watched(lawful).found == 0 < seen.watched(contrary).found
    model = BureaucracyModel("baseline-2010", 0.002, 1, until=until).run()
    assert [*people(model), *capacity(model)] == []
    model.case_state.place[np.flatnonzero(model.case_state.place >= 0)[0]] = -1
    model.pools.used[0] += 1
    assert list(people(model)) and list(capacity(model))


def test_the_work_of_a_seed_travels_between_processes() -> None:
    work = pickle.loads(pickle.dumps(partial(_one, ["B03"], "immigration", {1: ()}, 0.001)))
    assert work(1) == measured(modelled(patterns(only=["B03"])), load(), 1, 0.001)


def test_the_command_prints_stores_and_sums_up(tmp_path: Path) -> None:
    few = ["--only", "P40", "--only", "B01", "--only", "B03", "--replications", "2"]
    done = validated(*few, "--scale", "0.002")
    assert done.exit_code == 0 and "Figures of record: a run of the record" in done.stdout
    place = tmp_path / "results/validate"
    told = json.loads((place / "validation.json").read_text(encoding="utf-8"))
    assert told["summary"] == "fitted: 2 of 2 hold; figures of record: 0 of 1 hold, 1 not modelled"
    rows = {row["id"]: row for row in told["patterns"]}
    assert rows["P40"]["verdict"] == NOT_MODELLED and rows["P40"]["median"] is None
    assert rows["P40"]["observed"] == "1 - 8" and rows["B03"]["observed"] == 29
    assert {"id", "use", "observed", "low", "median", "high", "verdict"} <= set(rows["B01.decided"])
    assert rows["B01.decided"]["low"] <= rows["B01.decided"]["median"] <= rows["B01.decided"]["high"]
    assert len(pd.read_csv(place / "replications.csv")) == 2 * 3
    assert told["tally"]["figures of record"] == {"hold": 0, "of": 1, "not modelled": 1}
    page = (place / "validation.html").read_text(encoding="utf-8")
    assert "<svg" in page and "http://www.w3.org" in page and "src=" not in page
    text = (place / "validation.md").read_text(encoding="utf-8")
    assert "| B03 |" in text and "**fails**" in text and "**not modelled**" in text
    assert list(told["explained"]) == ["B03", "P40"] and "**B03** The model decides nothing before" in text
    assert "The model decides nothing before" in page


def test_json_is_printed_alone_even_if_nothing_can_be_measured() -> None:
    told = json.loads(validated("--only", "P40", "--json").stdout)
    assert told["summary"] == "figures of record: 0 of 0 hold, 1 not modelled" and len(told["patterns"]) == 1


def test_the_chart_draws_counts_over_the_record_and_directions_around_none(tmp_path: Path) -> None:
    common = {"fact": "", "stream": "", "unit": "cases", "rule": "", "reason": "", "mean": 8.0,
              "posterior_low": np.nan, "posterior_high": np.nan}  # fmt: skip
    rows = [
        {**common, "id": "A", "use": "fit", "kind": FITTED, "what": "a", "observed": 10.0, "said": "", "median": 8.0,
         "low": 5.0, "high": 12.0, "difference": False, "verdict": HOLDS},
        {**common, "id": "B", "use": "check", "kind": DIRECTION, "what": "b", "observed": np.nan, "said": "up",
         "median": 2.0, "low": 1.0, "high": 16.0, "difference": True, "verdict": FAILS},
        {**common, "id": "C", "use": "structure", "kind": STRUCTURE, "what": "c", "observed": 0.0, "said": "",
         "median": 0.0, "low": 0.0, "high": 0.0, "difference": False, "verdict": HOLDS},
    ]  # fmt: skip
    drawn = charted(Validation([1, 2], 0.1, pd.DataFrame(rows)[COLUMNS], pd.DataFrame()))
    data = {row["label"]: row for rows in drawn.to_dict()["datasets"].values() for row in rows if "label" in row}
    assert set(data) == {"A  a", "B  b"}
    assert (data["A  a"]["low"], data["A  a"]["middle"], data["A  a"]["high"]) == (0.5, 0.8, 1.2)
    assert data["B  b"]["middle"] == 0.5 and data["B  b"]["high"] == 1.0
    assert save(drawn, tmp_path / "patterns.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", "I99"], ["no such pattern", "I30"]),
        (["--replications", "1"], ["replications", "2 or more"]),
        (["--only", "B03", "--scale", "2"], ["scale", "0 < scale <= 1"]),
        (["--world", "nowhere"], ["no such world", "immigration"]),
    ],
)
def test_bad_input_gives_one_message(arguments: list[str], words: list[str], tmp_path: Path) -> None:
    done = validated(*arguments)
    assert done.exit_code == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert list(tmp_path.iterdir()) == []
