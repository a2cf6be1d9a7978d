"""A world knows on which days it has cases: beyond them a scenario is refused, and what is missing in part is said."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments.catalogue import catalogue
from model import BureaucracyModel, InputError, load
from model.schema import Scenario
from model.world.case_days import arrivals_in, missing
from model.world.checks.days import notes
from tests.commands import discretion
from tests.sweeping import plan_file
from tests.worldcopy import changed_copy
from viz.cli import app

INTERIOR, BORDER = "2009-10-01 to 2014-09-30", "2015-10-01 to 2018-12-31"
CARRIED = "The series apprehensions ends on 2018-09-30: to 2018-12-31 as many come a day as in its last month."
SMALL = ["--replications", "2", "--scale", "0.002", "--workers", "1"]
SPAN = (date(2012, 1, 1), date(2012, 12, 31))


def watch(start: date, end: date, **more: object) -> Scenario:
    return Scenario(title="Watch", question="?", start=start, end=end, **more)  # type: ignore[arg-type]


def test_a_memo_after_the_last_case_of_the_interior_is_said_to_be_watched_at_the_border_alone() -> None:
    world = load()
    late = world.directives["discretion-2011"].model_copy(update={"start": date(2015, 1, 5), "to": ["ice", "cbp"]})
    world = world.model_copy(update={"directives": {**world.directives, "late": late}})
    said = notes(world, watch(date(2014, 11, 1), date(2016, 9, 30), directives=["late"]))
    assert f"interior is not watched, though late reaches it: its cases come {INTERIOR}." in said
    beyond = "No cases of adults, families, family-children, unaccompanied from 2014-11-01 to 2015-09-30"
    assert f"{beyond}: the world has them {BORDER}." in said


@pytest.mark.parametrize(
    ("asked", "found", "allowed"),
    [
        (watch(date(2020, 10, 1), date(2021, 9, 30)), "2020-10-01 to 2021-09-30", INTERIOR),
        (watch(date(2014, 11, 1), date(2016, 9, 30), streams=["border", "interior"]), "interior", INTERIOR),
        (watch(date(2012, 1, 1), date(2012, 6, 1), streams=["border"]), "border", "2015-10-01 to 2019-09-30"),
        (watch(date(2014, 9, 1), date(2015, 9, 1), directives=["late"]), "late", INTERIOR),
    ],
)
def test_days_without_cases_are_refused_with_the_days_that_have_some(asked: Scenario, found: str, allowed: str) -> None:
    world = load()
    late = world.directives["detainer-2012"].model_copy(update={"start": date(2014, 11, 20)})
    world = world.model_copy(update={"directives": {**world.directives, "late": late}})
    with pytest.raises(InputError) as caught:
        BureaucracyModel(asked, 0.002, 1, world=world)
    assert caught.value.found == found and allowed in caught.value.allowed


def test_a_directive_outside_the_streams_that_are_named_is_said_to_do_nothing() -> None:
    said = notes(load(), watch(date(2012, 7, 1), date(2012, 12, 30), streams=["interior"], directives=["daca-2012"]))
    assert said == ["daca-2012 changes nothing that is watched: it reaches benefits alone."]


def test_nobody_comes_after_a_series_unless_it_is_carried(tmp_path: Path) -> None:
    autumn = watch(date(2018, 9, 1), date(2018, 10, 31), streams=["border"])
    ends = {"file": "streams/border.toml", "drop": ["series.apprehensions.carried_until"]}
    came = {}
    for name, world in (("carried", load()), ("ends", load(changed_copy(ends, tmp_path / "world")))):
        model = BureaucracyModel(autumn, 0.01, 1, world=world)
        adults = model.cases.mix == list(model.world.mixes).index("adults")
        came[name] = [int((adults & (model.cases.arrival // 30 == month)).sum()) for month in (0, 1)]
        assert any("apprehensions ends on 2018-09-30" in note for note in model.notes) == (name == "carried")
        assert any("No cases of adults" in note for note in model.notes) == (name == "ends")
    assert came["carried"][0] == came["ends"][0] > 0
    assert came["carried"][1] > 0 == came["ends"][1]


def test_a_stock_of_another_day_is_said() -> None:
    said = notes(load(), watch(date(2013, 6, 1), date(2013, 9, 30), streams=["interior"]))
    assert said == ["Pending on the first day (docket): as many as on 2012-10-01, the nearest day on record."]


def test_of_the_scenarios_shipped_those_that_go_beyond_the_series_say_so() -> None:
    world = load()
    for scenario in world.scenarios.values():
        border = "border" in (scenario.streams or [])
        assert notes(world, scenario) == ([CARRIED] if border and scenario.end > date(2018, 9, 30) else [])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2011, 12, 1), date(2013, 1, 1), [(date(2011, 12, 1), date(2011, 12, 31)), (date(2013, 1, 1),) * 2]),
        (date(2012, 3, 1), date(2012, 4, 1), []),
        (date(2013, 3, 1), date(2013, 4, 1), [(date(2013, 3, 1), date(2013, 4, 1))]),
        (date(2010, 3, 1), date(2010, 4, 1), [(date(2010, 3, 1), date(2010, 4, 1))]),
    ],
)
def test_the_days_that_no_span_holds(first: date, last: date, expected: list[tuple[date, date]]) -> None:
    assert missing([SPAN], first, last) == expected


def test_worlds_shows_the_days_of_every_mix() -> None:
    world = load()
    days = catalogue(world)["days"]
    assert {mix for entry in days for mix in entry["mixes"]} == set(world.mixes)
    assert arrivals_in(world, "interior") == [(date(2009, 10, 1), date(2014, 9, 30))]
    shown = CliRunner().invoke(app, ["worlds"]).stdout
    assert "Days with cases" in shown and "benefits  2012-08-15  2014-09-30  daca" in shown


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (["theory", "--check", "T03", *SMALL], "theory.json"),
        (["validate", "--only", "B01.approved", *SMALL], "validation.json"),
        (["sweep", "plan.toml", "--workers", "1"], ""),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_experiments_on_several_scenarios_say_it_too(
    command: list[str], file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_file(tmp_path, replications=1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.asked.notes", lambda world, scenario: ["No cases of adults on some days."])
    place = ["--out", "out"]
    shown = CliRunner().invoke(app, [*command, *place])
    assert shown.stdout.count("No cases of adults on some days.") == 1, shown.output
    told = json.loads(discretion(*command, *place, "--json").stdout)
    assert told["notes"] == ["No cases of adults on some days."]
    assert not file or json.loads((tmp_path / "out" / file).read_text())["notes"] == told["notes"]


def test_what_is_said_of_the_days_stands_in_the_output_and_the_files(tmp_path: Path) -> None:
    place = tmp_path / "run"
    command = ["run", "border-2016", "--scale", "0.02", "--set", "scenarios.border-2016.start=2018-09-01"]
    result = CliRunner().invoke(app, [*command, "--out", str(place)])
    assert CARRIED in result.stdout
    assert CARRIED in json.loads((place / "run.json").read_text())["notes"]
