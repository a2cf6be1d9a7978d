"""Measures of patterns, on tables made by hand (`experiments.border.worked`)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from pydantic import TypeAdapter

from experiments.border.worked import breaches, paths, resources, separated, table
from experiments.patterns.measures import moved, value
from experiments.runs import Run
from model import load
from model.schema import Measure

MAY, JUNE_1 = [date(2018, 5, 1), date(2018, 5, 31)], [date(2018, 6, 1), date(2018, 6, 1)]
WORLD = load()
TYPED = TypeAdapter(Measure)


def outcomes() -> pd.DataFrame:
    """Two offices over three months: one grants three of four, then half; the other one of four."""
    return table(
        "week  stage  office  decided  favourable",
        "2018-05-07  daca  Nebraska  20  15",
        "2018-05-07  daca  Texas     20  5",
        "2018-06-04  daca  Nebraska  20  10",
        "2018-06-04  daca  Texas     10  5",
        "2018-07-02  daca  Nebraska  5   5",
        "2018-05-07  vawa  Vermont   10  10",
    )


@pytest.fixture(scope="module")
def run() -> Run:
    """At half the scale of the real system."""
    about = {"scale": 0.5, "start": "2018-05-21", "end": "2018-06-03"}
    nothing = pd.DataFrame()
    return Run(about, outcomes(), nothing, resources(), paths(), separated(), breaches())


def measure(kind: str, **keys: Any) -> Any:
    return TYPED.validate_python({"kind": kind, **keys})


def found(run: Run, kind: str, **keys: Any) -> float:
    return value(measure(kind, **keys), run, WORLD, {"A1": 60.0, "A1.2": 8.0}.__getitem__)


def test_people_are_counted_by_what_is_said_of_them_at_the_scale_of_the_real_system(run: Run) -> None:
    assert found(run, "count", table="separated", days=MAY) == 4.0
    assert found(run, "count", table="separated", where={"area": ["Tucson"], "age": {"max": 4}}, days=MAY) == 2.0
    assert found(run, "count", table="separated", where={"area": ["Yuma"]}) == 0.0
    assert found(run, "count", table="separated", where={"reunited": False}) == 2.0
    assert found(run, "count", table="breaches", where={"clock": ["children-72-hours"]}, days=JUNE_1) == 10.0
    two = [date(2018, 5, 19), date(2018, 5, 20)]
    assert found(run, "count", table="separated", where={"age": {"max": 4}}, days=two, per="day") == 1.0
    assert found(run, "count", table="separated", days=two, per="year") == 365.0


def test_rows_that_fit_several_descriptions_count_once_and_some_are_taken_off_again(run: Run) -> None:
    felonies = {"stage": ["felony"], "to": ["sentencing"]}
    assert found(run, "count", table="paths", where=[felonies, {**felonies, "mix": ["other-crime"]}]) == 8.0
    late = {"stage": ["felony"], "outcome": ["not reached"]}
    assert found(run, "count", table="paths", where=felonies, less=late) == 6.0
    assert found(run, "count", table="paths", where={**felonies, "serious": True}) == 4.0


def test_a_share_is_of_rows_of_all_rows_or_of_a_figure_of_record(run: Run) -> None:
    court = {"stage": ["acceptance"], "to": ["court"]}
    assert found(run, "share", table="paths", where=court, of={"stage": ["acceptance"]}) == 0.6
    assert found(run, "share", table="outcomes", where={"stage": ["vawa"], "favourable": True}) == 10 / 85
    assert found(run, "share", table="paths", where=court, of="A1") == 0.1
    assert pd.isna(found(run, "share", table="paths", where=court, of={"stage": ["grant"]}))
    rate = {"table": "outcomes", "where": {"stage": ["daca"], "favourable": False}, "of": {"stage": ["daca"]}}
    assert found(run, "share", **rate, days=MAY) == 0.5
    served = {"kind": "share", "table": "paths", "where": {"outcome": ["favourable"]}, "of": {"stage": ["court"]}}
    served["where"] = {"stage": ["court"], **served["where"]}
    assert found(run, "count", table="separated", days=MAY, times=served) == 2.0


def test_places_are_as_far_apart_as_their_shares(run: Run) -> None:
    daca = {"table": "outcomes", "where": {"stage": ["daca"], "favourable": True}, "of": {"stage": ["daca"]}}
    assert found(run, "spread", **daca, by="office", gives="range", days=MAY) == 0.5
    assert found(run, "spread", **daca, by="office", days=MAY) == 0.25
    assert found(run, "spread", **daca, by="office", gives="range", fewest=31) == 0.0, "one office has so many"
    assert pd.isna(found(run, "spread", **daca, by="office", fewest=100))
    adults = {"table": "paths", "where": {"stage": ["referral"], "to": ["acceptance"]}, "of": {"stage": ["referral"]}}
    assert pd.isna(found(run, "spread", **adults, by="districts"))
    assert found(run, "spread", **adults, by="districts", fewest=10) == 0.0


def test_months_stand_in_the_order_of_record_or_do_not(run: Run) -> None:
    decided = {"table": "outcomes", "where": {"stage": ["daca"]}}
    fall = {"2018-05": 900.0, "2018-06": 500.0, "2018-07": 20.0}
    assert found(run, "order", **decided, recorded=fall) == pytest.approx(1.0)
    assert found(run, "order", **decided, recorded={**fall, "2018-05": 1.0}) == pytest.approx(-0.5)


def test_a_pool_is_looked_at_at_the_end_of_the_week_of_a_day(run: Run) -> None:
    def pool(gives: str, *days: date) -> float:
        return found(run, "pool", pool="marshals-beds", gives=gives, days=[days[0], days[-1]])

    assert pool("share-used", date(2018, 5, 24)) == 0.8 and pool("share-used", date(2018, 5, 28)) == 1.3
    assert pd.isna(pool("share-used", date(2018, 6, 4)))
    assert pool("places-over", date(2018, 5, 24)) == 0.0 and pool("places-over", date(2018, 5, 28)) == 1.0
    assert pool("most-over", date(2018, 5, 1), date(2018, 6, 30)) == 6.0
    assert pool("most-over", date(2018, 5, 1), date(2018, 5, 30)) == 0.0
    more = WORLD.resources["marshals-beds"].cost_over
    assert more is not None
    assert pool("cost-over", *MAY) == pytest.approx(12 * more.value * 365 / 11 / 0.5)
    assert pool("share-apart", *MAY) == 10 / 108, "the child of 22 May, on ten days"


def test_a_place_moves_by_at_least_the_share_and_not_out_of_nothing(run: Run) -> None:
    """Three misdemeanours of Tucson in one world; two, and none at all, in another."""
    rows = run.paths
    taken = (rows["stage"] == "acceptance") & (rows["to"] == "court")
    fewer = replace(run, paths=rows.assign(cases=rows["cases"].where(~taken | (rows["mix"] != "adults"), 0)))
    none = replace(run, paths=rows[~taken])
    where = {"stage": ["acceptance"], "to": ["court"]}

    def places(one: Run, other: Run, least: float) -> float:
        of = measure("moved", table="paths", where=where, days=MAY, by="districts", least=least)
        return moved(of, one, other, WORLD)

    assert places(run, fewer, 0.5) == 1.0
    assert places(run, fewer, 0.6) == places(fewer, run, 0.05) == places(run, none, 0.05) == 0.0
