"""The immigration judges' quota: nothing moves before it counts; it hastens, and names no outcome."""

import hashlib
import json
from datetime import date

import pytest

from docs.tables import forecasts
from docs.tables.shipped import WORLD
from experiments.forecasts.judges_quota import ENDS, SCENARIO, forecast
from model import BureaucracyModel, load
from model.schema import Scenario

QUOTA = "judges-quota-2018"


def scenario(quota: bool) -> Scenario:
    found = load().scenarios[SCENARIO]
    return found if quota else found.model_copy(update={"directives": []})


@pytest.mark.parametrize("last", [date(2018, 3, 29), ENDS[2018]], ids=["announced", "in force"])
def test_nothing_differs_before_the_quota_counts(last: date) -> None:
    one, other = (BureaucracyModel(scenario(quota), 0.005, 1, until=last).run() for quota in (True, False))
    assert one.recorder.outcomes().equals(other.recorder.outcomes())
    assert one.census() == other.census() and one.census()["removal-ordered"] > 0


def test_the_quota_names_no_outcome() -> None:
    world = load()
    directive, metric = world.directives[QUOTA], world.metrics["completions-of-judges"]
    assert directive.scope.otherwise == "out" and not (directive.scope.include or directive.scope.exclude)
    assert directive.counts == ["completions-of-judges"] and metric.outcome == "decided"
    judges = world.agencies["eoir-2018"].units["judges"].staff.value
    assert metric.target.value == 700 * judges


def test_the_quota_raises_completions_and_takes_attention() -> None:
    found = {row.figure: row.shift for row in forecast(range(1, 4), 0.02)}
    for year in (2019, 2020):
        assert found[f"completions a judge, FY{year}"].low > 0
        assert found[f"hours a case, FY{year}"].high < 0
        assert found[f"pending at the end of FY{year}"].high < 0


def test_where_the_pressure_takes_no_time_and_no_side_completions_stay() -> None:
    found = {row.figure: row.shift for row in forecast([1], 0.01, {"rule.haste": 0.0, "rule.metrics": 0.0})}
    assert set(found["completions a judge, FY2019"]) == {0.0}


def test_before_the_quota_judges_complete_what_is_on_record() -> None:
    """92,009 in the half-year to March 2018 (J034); hours a case were set by it."""
    model = BureaucracyModel(scenario(False), 0.05, 1, until=date(2018, 3, 31)).run()
    done = model.recorder.outcomes()["decided"].sum() / model.scale
    assert done == pytest.approx(92_009, rel=0.02)


def test_the_page_says_whether_world_and_code_are_still_those_of_the_forecast() -> None:
    said, same = forecasts.status(load(WORLD)), forecasts.registered().stamp == forecasts.stamp(load(WORLD))
    assert ("still those of the forecast" in said) == same
    moved = load(WORLD, {"rule.haste": 0.6})
    assert forecasts.stamp(moved) in forecasts.status(moved) and "has changed since" in forecasts.status(moved)


def test_the_forecast_is_the_one_that_was_registered() -> None:
    """Hash of the figures as they have stood since they were registered."""
    found = forecasts.registered()
    sides = [[one.figure, [one.with_it.middle, *one.with_it.luck], [one.without.middle, *one.without.luck],
              [one.shift.middle, *one.shift.luck], [*one.shift.unknown]] for one in found.figures]  # fmt: skip
    assert found.date == "2026-11-28" and len(sides) == 16
    assert hashlib.sha256(json.dumps(sides).encode()).hexdigest()[:16] == "e901d8b57717f092"
