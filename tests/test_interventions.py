"""Mesa's interventions work: agents removed, replaced and set, and what cannot be done is refused."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from experiments.staff import people, standing
from model import BureaucracyModel, InputError, load
from model.agencies.decision_log import MAIN
from model.agents import ICEOfficer, Manager, Officer, USCISAdjudicator
from model.branching import branched
from model.explain.view import views

BEGIN = load().scenarios["morton-2011"].model_copy(update={"start": date(2011, 10, 3)})


def begun(days: int = 60, **settings: object) -> BureaucracyModel:
    model = BureaucracyModel(BEGIN, 0.05, 2, trace=True, settings=settings)
    return on(model, days)


def on(model: BureaucracyModel, days: int) -> BureaucracyModel:
    for _ in range(days):
        model.step()
    return model


def after(model: BureaucracyModel, day: date) -> pd.DataFrame:
    traced = model.recorder.traced()
    return traced[traced["day"] > pd.Timestamp(day)]


def attorney(model: BureaucracyModel) -> Officer:
    """The attorney with a queue of their own before whom most cases wait."""
    own = model.offices.shares[model.desks.office] < 0
    attorneys = [one for one in model.officers if one.unit == "ice.attorneys" and own[one.row]]
    return max(attorneys, key=lambda one: waits(model, one))


def waits(model: BureaucracyModel, officer: Officer) -> int:
    return int(model.waiting.length[officer.row])


def queue(model: BureaucracyModel, lane: int, row: int) -> list[int]:
    found, case = [], int(model.waiting.first[lane, row])
    while case >= 0:
        found.append(case)
        case = int(model.waiting.next[model.lanes.track[lane], case])
    assert (found or [-1])[-1] == model.waiting.last[lane, row]
    return found


def assert_queues_are_whole(model: BureaucracyModel) -> None:
    for row in range(len(model.desks.unit)):
        assert sum(len(queue(model, lane, row)) for lane in range(len(model.lanes.stage))) == model.waiting.length[row]


def held(model: BureaucracyModel) -> dict[tuple[int, int], int]:
    """The desk of every (lane, case) that still waits to be decided."""
    lanes = model.lanes
    return {
        (lane, case): row
        for lane in range(len(lanes.stage))
        for row in range(len(model.desks.unit))
        for case in queue(model, lane, row)
        if model.case_state.place[case] == lanes.awaits[lane]
    }


def test_a_removed_officer_decides_no_more_and_the_office_does() -> None:
    model = begun()
    gone = attorney(model)
    eve, before = model.today, held(model)
    office = {one.row for one in model.officers if (one.unit, one.office) == (gone.unit, gone.office)} - {gone.row}
    gone.remove()
    now = held(model)
    moved = {key for key in before if before[key] != now[key]}
    assert moved == {key for key in before if before[key] == gone.row} != set()
    assert now.keys() == before.keys() and {now[key] for key in moved} <= office
    assert waits(model, gone) == 0
    assert_queues_are_whole(model)
    on(model, 60)
    late = after(model, eve)
    assert gone.row not in set(late["officer"]) and set(late["officer"]) & office
    assert gone not in model.agents and gone not in model.officers
    assert sum(model.census().values()) == len(model.cases.key)
    with pytest.raises(InputError, match="removed or replaced"):
        gone.decide(0, "review")
    assert gone.row not in {view.officer for view in views(model, model.cases, "review")}


def test_only_the_cases_of_the_vacant_desk_move_and_to_the_same_desk_in_any_world_and_order() -> None:
    def run(*rows: int, **settings: object) -> pd.Series:
        model = begun(0, **settings)
        for row in rows:
            model.officers[[one.row for one in model.officers].index(row)].remove()
        traced = on(model, 80).recorder.traced()
        return traced.drop_duplicates(["case", "stage"]).set_index(["case", "stage"])["officer"]

    whole = run()
    first = int(whole.xs("charge", level="stage").mode()[0])
    second = first + 1
    one, other = run(first, second), run(second, first)
    pd.testing.assert_series_equal(one, other)
    twin = run(first, second, **{"directives.review-2011.clarity": 0.0})
    both = pd.concat([one, twin, whole], axis=1, keys=["one", "twin", "whole"]).dropna()
    assert (both["one"] == both["twin"]).all()
    moved = both["one"] != both["whole"]
    assert moved.any() and set(both.loc[moved, "whole"]) <= {first, second}
    assert not {first, second} & set(both["one"])


def test_what_is_handed_on_keeps_its_age() -> None:
    """Where what has lain too long lapses, the oldest lie on top, and what is handed on is slipped in by age."""
    model = on(
        BureaucracyModel("zero-tolerance-2018", 0.02, 2, settings={"agencies.usao.units.attorneys.hours": 0.25}), 62
    )
    gone = max((one for one in model.officers if one.unit == "usao.attorneys"), key=lambda one: waits(model, one))
    before = held(model)
    moved = [key for key, row in before.items() if row == gone.row]
    gone.remove()
    now = held(model)
    assert len(moved) > 5 and now.keys() == before.keys()
    assert_queues_are_whole(model)
    slipped_in = 0
    for lane, row in {(lane, now[lane, case]) for lane, case in moved}:
        cases = queue(model, lane, row)
        assert model.stages.lapse[model.lanes.stage[lane]] < np.inf and model.lanes.track[lane] == MAIN
        assert (np.diff(model.timelines.laid[cases]) >= 0).all()
        slipped_in += (lane, cases[-1]) not in moved
    assert slipped_in


def test_agent_sets_of_mesa_do_the_same() -> None:
    model, other = begun(), begun()
    for one in model.officers:
        if one.office == "Houston" and one.unit == "ice.officers" and one.row % 2:
            one.remove()
    chosen = other.agents.select(
        lambda one: (
            isinstance(one, ICEOfficer) and one.office == "Houston" and one.unit == "ice.officers" and one.row % 2
        )
    )
    assert len(chosen) > 0
    chosen.do("remove")
    model.desks.orientation[~model.desks.vacant] = 1.5
    for kind in other.agents_by_type:
        if issubclass(kind, Officer):
            other.agents_by_type[kind].set("culture", 1.5)
    other.agents.shuffle_do("step")
    pd.testing.assert_frame_equal(on(model, 30).recorder.traced(), on(other, 30).recorder.traced())


def test_a_leaning_that_is_set_moves_decisions() -> None:
    model, usual = begun(), begun()
    model.agents_by_type[ICEOfficer].set("culture", 3.0)
    eve = model.today
    lenient = [after(on(one, 30), eve).groupby("stage", observed=True)["judgment"].mean() for one in (model, usual)]
    assert (lenient[0] - lenient[1])["charge"] > 0.3


def test_a_successor_takes_the_desk_over() -> None:
    class Reformer(ICEOfficer):
        title = "Reformer"

        def __init__(self, model: BureaucracyModel, row: int | None = None) -> None:
            super().__init__(model, row)
            self.seen = 0

        def step(self) -> None:
            self.seen += 1

    model = begun()
    old = attorney(model)
    queued, row = waits(model, old), old.row
    new = old.replace(Reformer, culture=2.0)
    assert isinstance(new, Reformer) and new.row == row and new.culture == 2.0 and waits(model, new) == queued > 0
    assert model.officers[row] is new and old not in model.agents and model.records.expected[row] == 0.0
    ids = [one.unique_id for one in model.agents]
    assert len(ids) == len(set(ids))
    model.agents_by_type[Reformer].do("step")
    assert new.seen == 1
    with pytest.raises(InputError, match="removed or replaced"):
        old.culture = 0.0
    eve = model.today
    assert row in set(after(on(model, 30), eve)["officer"])


def test_a_vacant_desk_can_be_taken_again_and_all_is_as_before() -> None:
    model, whole = begun(0), begun(0)
    gone = attorney(model)
    gone.remove()
    with pytest.raises(InputError, match=f"a vacant post: {gone.row}"):
        ICEOfficer(model)
    ICEOfficer(model, row=gone.row)
    pd.testing.assert_frame_equal(on(model, 30).recorder.traced(), on(whole, 30).recorder.traced())


def test_whoever_reported_to_a_removed_manager_reports_to_the_next_above() -> None:
    model = begun()
    below = attorney(model)
    manager = below.manager
    above = manager.reports_to
    assert above is not None
    heard = below.exposure["review-2011"]
    manager.remove()
    assert below.manager is above and manager not in model.managers
    assert nx.is_forest(model.hierarchy.graph()) and len(model.hierarchy.graph()) == len(model.managers)
    on(model, 2)
    assert below.exposure["review-2011"] > heard
    assert len(people(model)) == len(standing(model)) == len(model.managers) + len(model.officers)
    Manager(model, manager.row)
    assert below.manager.row == manager.row


def test_the_leaning_of_a_manager_decides_what_is_passed_on() -> None:
    model, usual = begun(), begun()
    for one in (model, usual):
        chosen = attorney(one).manager
        if one is model:
            chosen.culture = -6.0
    on(model, 3), on(usual, 3)
    assert attorney(model).exposure["review-2011"] < 0.7 * attorney(usual).exposure["review-2011"]


def last_of_an_office(model: BureaucracyModel) -> None:
    office = [one for one in model.officers if one.unit == "ice.officers" and one.office == "Houston"]
    for one in office:
        one.remove()


REFUSED: dict[str, Callable[[BureaucracyModel], object]] = {
    "last officer": last_of_an_office,
    "head of an agency cannot leave": lambda m: m.managers[0].remove(),
    "speaks for every directive": lambda m: setattr(m.managers[0], "culture", 1.0),
    "the post is taken": lambda m: ICEOfficer(m, attorney(m).row),
    "no such post": lambda m: ICEOfficer(m, 10**6),
    "none": lambda m: ICEOfficer.create_agents(m, 2),
    "another role": lambda m: m.officers[0].replace(USCISAdjudicator),
    "not a leaning": lambda m: m.agents_by_type[ICEOfficer].set("culture", "lenient"),
    "follows each morning": lambda m: setattr(m.officers[0], "exposure", {"review-2011": 1.0}),
    "metrics.NAME.target": lambda m: m.officers[0].__setattr__("pressure", 1.0),
    "cases that wait": lambda m: setattr(m.officers[0], "backlog", 0.0),
    "nothing would read": lambda m: setattr(m.officers[0], "orientation", 1.0),
    "model/rule": lambda m: setattr(m.officers[0], "decide", lambda case, stage: None),
    "belongs to the post": lambda m: setattr(m.officers[0], "row", 1),
    "judged_by_numbers": lambda m: setattr(m.managers[0], "emphasis", 0.0),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_done_is_refused_and_leaves_all_as_it_was(message: str) -> None:
    model = begun(3)
    with pytest.raises(InputError, match=message):
        REFUSED[message](model)
    held = [one.row for one in model.officers if one.office == "Houston" and one.unit == "ice.officers"]
    assert held and len(model.agents) == len(model.officers) + len(model.managers)
    assert not set(on(model, 3).recorder.traced().query("day == day.max()")["officer"]) - {
        o.row for o in model.officers
    }


def test_a_class_that_would_not_be_asked_is_refused() -> None:
    with pytest.raises(InputError, match=r"Lenient\.decide"):
        type("Lenient", (ICEOfficer,), {"decide": lambda self, case, stage: None})
    with pytest.raises(InputError, match=r"Even\.culture"):
        type("Even", (Manager,), {"culture": 0.0})


def test_a_class_that_fails_leaves_the_old_officer_there() -> None:
    class Broken(ICEOfficer):
        def __init__(self, model: BureaucracyModel, row: int | None = None) -> None:
            super().__init__(model, row)
            raise RuntimeError

    model = begun(0)
    old = attorney(model)
    with pytest.raises(RuntimeError):
        old.replace(Broken)
    assert model.officers[old.row] is old and old in model.agents and Broken not in {type(one) for one in model.agents}


def test_a_branch_has_the_same_people() -> None:
    model = begun()
    gone = attorney(model)
    manager = gone.manager
    heir = next(one for one in model.officers if one.row > gone.row).replace(culture=1.0)
    gone.remove(), manager.remove()
    other = branched(model, load())
    assert [type(one) for one in other.agents] == [type(one) for one in model.agents]
    assert other.officers[heir.row - 1].model is other and not other.posts.officers[gone.row]
    pd.testing.assert_frame_equal(on(model, 30).recorder.traced(), on(other, 30).recorder.traced())
    ids = [ICEOfficer(one, gone.row).unique_id for one in (model, other)]
    assert ids[0] == ids[1] == max(one.unique_id for one in other.agents)


PROGRAM = """
import hashlib
from datetime import date
from model import BureaucracyModel
model = BureaucracyModel("record-2013", scale=0.001, rng=3, until=date(2010, 3, 31), trace=True)
for day in range(60):
    if day in (5, 40):
        rows = [max(model.officers, key=lambda one: model.waiting.length[one.row]).row, *range(0, 30, 3)]
        for one in [one for one in model.officers if one.row in rows]:
            one.remove()
        model.managers[-1].remove()
        model.officers[1].replace(culture=0.5)
    model.step()
table = model.recorder.traced().drop(columns=["mix", "stage", "to"])
case, stage = int(table["case"].iloc[-1]), model.recorder.traced()["stage"].iloc[-1]
made = next(one for one in model.officers if one.row == table["officer"].iloc[-1]).decide(case, stage)
print(len(table), hashlib.sha256(table.to_numpy(dtype=float).tobytes()).hexdigest(), made)
"""


def test_compiled_and_interpreted_agree_when_desks_are_vacant() -> None:
    def run(**environment: str) -> str:
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=True
        ).stdout

    assert run() == run(NUMBA_DISABLE_JIT="1")
