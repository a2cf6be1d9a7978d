"""Nobody is lost, nobody is counted twice, and no law is broken, on any day at any scale."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import BureaucracyModel
from tests.audit import audit


@settings(max_examples=8, derandomize=True)
@given(
    seed=st.integers(0, 10**6),
    scale=st.floats(0.001, 0.02),
    scenario=st.sampled_from(["baseline-2010", "morton-2011", "record-2013", "daca-2012"]),
)
def test_cases_are_conserved_every_day(seed: int, scale: float, scenario: str) -> None:
    start = date(2012, 1, 1) if scenario == "daca-2012" else date(2010, 1, 1)
    model = BureaucracyModel(scenario, scale=scale, rng=seed, until=start.replace(month=5))
    while not model.finished:
        model.step()
        audit(model)


def test_cases_are_conserved_through_the_ordered_review() -> None:
    model = BureaucracyModel("record-2013", scale=0.01, rng=5)
    while not model.finished:
        model.step()
        if model.today.day == 1 or (model.today > date(2011, 11, 16) and model.today < date(2011, 11, 25)):
            audit(model)
    assert model.reviewed > 0


@pytest.fixture(scope="module")
def traced() -> BureaucracyModel:
    return BureaucracyModel("record-2013", scale=0.02, rng=11, until=date(2012, 12, 31), trace=True).run()


def test_no_decision_breaks_a_law(traced: BureaucracyModel) -> None:
    table = traced.recorder.traced()
    held = table[table["stage"].isin(["custody", "bond"]) & traced.cases.mandatory[table["case"]]]
    assert len(held) > 1000
    assert not held["favourable"].any() and (held["p"] == 0.0).all()
    eligible = traced.world.groups["daca-eligible"]
    from model.cases.conditions import any_holds

    daca = table[(table["stage"] == "daca") & table["favourable"]]
    assert len(daca) > 1000
    assert any_holds(traced.world, eligible, traced.cases)[daca["case"]].all()
    barred = np.isin(traced.cases.level[table["case"]], [3, 4, 5]) & (table["stage"] == "hearing")
    assert barred.sum() > 500
    assert not table.loc[barred, "favourable"].any()


def test_probabilities_and_outcomes_follow_the_rule(traced: BureaucracyModel) -> None:
    table = traced.recorder.traced()
    free = table[table["bound"] == 0]
    assert ((free["p"] - free["notice"] * free["judgment"]).abs() < 1e-15).all()
    assert free["p"].between(0, 1).all()
    assert not (table["favourable"] & ~table["noticed"] & (table["bound"] == 0)).any()
    expected, got = free["p"].sum(), free["favourable"].sum()
    spread = np.sqrt((free["p"] * (1 - free["p"])).sum())
    assert abs(got - expected) < 4 * spread


def test_each_case_is_decided_once_at_each_stage_and_round(traced: BureaucracyModel) -> None:
    table = traced.recorder.traced()
    assert not table.duplicated(["case", "stage", "ordered", "round"]).any()


def test_officers_stay_within_their_hours(traced: BureaucracyModel) -> None:
    table, at = traced.recorder.traced(), traced.waiting.at
    spent = table.groupby(at[table["officer"]])["hours"].sum()
    days = traced.day + 1
    hours = np.bincount(at, traced.hours)
    allowed = hours * (days + traced.world.society.overtime.value)
    longest = (traced.stages.glance + traced.stages.weigh).max()
    assert (spent <= allowed[spent.index] + longest).all()


def test_a_case_meets_the_same_desk_and_luck_with_and_without_a_directive() -> None:
    until = date(2012, 3, 31)
    tables = []
    for scenario in ("baseline-2010", "morton-2011"):
        model = BureaucracyModel(scenario, scale=0.01, rng=2, until=until, trace=True).run()
        tables.append(model.recorder.traced().set_index(["case", "stage", "round"]))
    first_day = model.world.directives["priorities-2010"].start
    before = [t[t["day"].dt.date < first_day].drop(columns=["stage"], errors="ignore") for t in tables]
    assert len(before[0]) > 1000
    assert before[0].equals(before[1])
    both = tables[0].merge(tables[1], left_index=True, right_index=True, suffixes=("", " with"))
    assert len(both) > 5000
    assert (both["officer"] == both["officer with"]).all()
    same = (both["notice"] == both["notice with"]) & (both["judgment"] == both["judgment with"])
    assert (both.loc[same, "favourable"] == both.loc[same, "favourable with"]).all()
    assert not same.all()
