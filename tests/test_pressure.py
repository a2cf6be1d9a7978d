"""What is counted presses from the day on which it counts, measured against the part of the year since then."""

from datetime import date, timedelta

import numpy as np
import pytest

from model import BureaucracyModel, load
from model.agencies.officers import office_names
from model.agencies.pressure import WHOLE, Targets, place_of, targets, update_targets, year_of
from model.schema import Scenario

NAMES = list(load().metrics)
REQUESTS, REMOVALS = NAMES.index("requests-decided"), NAMES.index("removals")


def counted(some: Targets, metric: int, first: date, days: int) -> None:
    """Mornings from a day on, on which this metric alone is in force."""
    in_force = np.arange(len(NAMES)) == metric
    for day in (first + timedelta(days=number) for number in range(days)):
        begins, length = year_of(day, 10)
        update_targets(day == begins, float((day - begins).days), float(length), 0.25, 1.0, in_force, some)


def test_a_year_that_begins_in_mid_year_is_measured_from_that_day() -> None:
    some = targets(load())
    some.target[REQUESTS] = 366.0
    counted(some, REQUESTS, date(2012, 8, 15), 10)
    some.done[REQUESTS, WHOLE] = 5.0
    counted(some, REQUESTS, date(2012, 8, 25), 1)
    assert some.gap[REQUESTS, WHOLE] == pytest.approx(1 - 5 / 10)


def test_what_was_done_before_it_counted_does_not_count() -> None:
    some = targets(load())
    some.target[REQUESTS], some.done[REQUESTS, WHOLE] = 366.0, 300.0
    counted(some, REQUESTS, date(2012, 8, 15), 11)
    assert some.gap[REQUESTS, WHOLE] == 1.0


def test_a_target_that_changes_in_mid_year_is_due_in_parts() -> None:
    some = targets(load())
    some.target[REMOVALS] = 365.0
    counted(some, REMOVALS, date(2010, 10, 1), 100)
    some.target[REMOVALS] = 730.0
    counted(some, REMOVALS, date(2011, 1, 9), 50)
    assert some.due[REMOVALS, WHOLE] == pytest.approx(100 + 2 * 50)


def test_a_new_fiscal_year_begins_at_nothing() -> None:
    some = targets(load())
    some.target[REMOVALS] = 365.0
    counted(some, REMOVALS, date(2011, 9, 1), 30)
    assert some.gap[REMOVALS, WHOLE] == 1.0
    counted(some, REMOVALS, date(2011, 10, 1), 1)
    assert (some.gap[REMOVALS, WHOLE], some.done[REMOVALS, WHOLE]) == (0.0, 0.0)
    assert some.due[REMOVALS, WHOLE] == pytest.approx(365 / 366)


def test_a_watch_that_begins_in_mid_year_begins_on_pace_since_the_directive_that_counts() -> None:
    watch = Scenario(title="Autumn", question="?", start=date(2012, 9, 24), end=date(2012, 9, 30),
                     streams=["benefits"], directives=["daca-2012"])  # fmt: skip
    model = BureaucracyModel(watch, 0.002, 1)
    at = list(model.world.metrics).index("requests-decided")
    asked = 400_000 * 0.002 * 40 / 366
    assert (model.targets.due[at, WHOLE], model.targets.done[at, WHOLE]) == (pytest.approx(asked), pytest.approx(asked))
    model.step()
    assert (model.targets.counts[at], model.targets.gap[at, WHOLE]) == (True, 0.0)


def test_a_programme_to_come_takes_no_attention() -> None:
    """The first requests for DACA came on 15 August 2012; before it USCIS counted none."""
    model = BureaucracyModel("daca-2012", 0.002, 1, until=date(2012, 8, 24)).run()
    at = list(model.world.metrics).index("requests-decided")
    uscis = list(model.world.agencies).index("uscis")
    before = BureaucracyModel("daca-2012", 0.002, 1, until=date(2012, 8, 14)).run()
    mine = before.hierarchy.managers.agency == uscis
    assert not before.targets.counts[at] and (before.emphasis[mine] == 0.0).all()
    assert model.targets.counts[at] and (model.emphasis[mine] == 1.0).all()


def test_a_programme_that_is_not_ordered_is_not_counted() -> None:
    watch = Scenario(title="Autumn", question="?", start=date(2012, 8, 1), end=date(2012, 9, 30), streams=["benefits"])
    model = BureaucracyModel(watch, 0.002, 1).run()
    assert not model.targets.counts[list(model.world.metrics).index("requests-decided")]


def test_an_office_is_asked_for_its_part_and_later_for_what_it_did() -> None:
    """From the second year on; an office that does what is not counted there is held to the whole."""
    model = BureaucracyModel("record-2013", 0.005, 1, until=date(2011, 10, 2)).run()
    some = model.targets
    offices = [name for unit, name in office_names(model.world) if unit == "ice.officers"]
    mine = [place_of(REMOVALS, row, some) for row, (unit, _) in enumerate(office_names(model.world))
            if unit == "ice.officers"]  # fmt: skip
    areas = model.world.areas
    fresh = targets(model.world)
    assert fresh.share[REMOVALS, mine] == pytest.approx([areas[name] / sum(areas.values()) for name in offices])
    assert some.share[REMOVALS, mine].sum() == pytest.approx(1.0)
    assert not np.allclose(some.share[REMOVALS, mine], fresh.share[REMOVALS, mine])
    judges = [row for row, (unit, _) in enumerate(office_names(model.world)) if unit == "eoir.judges"]
    assert {place_of(REMOVALS, row, some) for row in judges} == {WHOLE}


def test_a_watch_begins_with_the_gap_of_record() -> None:
    """Removals were short of their goal in the winter of 2010, and those of people with a conviction on pace (I33)."""
    model = BureaucracyModel("record-2013", 0.005, 1)
    both = [REMOVALS, NAMES.index("criminal-removals")]
    kept = model.targets.done[both, WHOLE] / model.targets.due[both, WHOLE]
    assert kept.tolist() == [pytest.approx(0.9), pytest.approx(1.0)]


def test_a_count_of_decisions_takes_time_and_favours_the_quicker_outcome() -> None:
    """Lipsky's coping: whichever way a case is decided, it counts."""
    target = "metrics.cases-completed.target"
    pressed, eased = (
        BureaucracyModel("record-2013", 0.01, 1, settings={target: much}, until="2011-12-31", trace=True).run()
        for much in (900_000, 0)
    )
    tables = [m.recorder.traced().query("stage == 'hearing' and day > '2011-03-01' and bound == 0")
              for m in (pressed, eased)]  # fmt: skip
    looked_at = [table[table["noticed"] & ~table["favourable"]]["hours"].mean() for table in tables]
    hearing = load().stages["hearing"]
    assert looked_at[1] == pytest.approx(hearing.screening_hours.value + hearing.review_hours.value)
    assert looked_at[0] < 0.8 * looked_at[1]
    assert (tables[0]["metrics"] < 0.0).all() and (tables[1]["metrics"] == 0.0).all()
    assert tables[0]["equities"].mean() < 0.8 * tables[1]["equities"].mean()
    assert len(tables[0]) > len(tables[1])
