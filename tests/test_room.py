"""Room in courts and jails: what is said to run out does, and what is behind it has the hours and the beds."""

from datetime import date

import pytest

from model import BureaucracyModel, load
from model.record.separations import separated
from model.schema import Stage

WORLD = load()
DISTRICTS = list(WORLD.regions["districts"].parts)


def _hours(stage: Stage) -> float:
    return stage.screening_hours.value + stage.review_hours.value


@pytest.mark.parametrize("district", DISTRICTS)
def test_judges_have_the_hours_to_sentence_whoever_the_slots_of_their_court_admit(district: str) -> None:
    """P27: most cases end within a day of the first hearing; a docket of sentences would keep people in jail."""
    bench = WORLD.agencies["courts"].units["magistrates"]
    slots = WORLD.resources["court-slots"].amounts[district].value
    both = _hours(WORLD.stages["court"]) + _hours(WORLD.stages["sentencing"])
    assert bench.offices[district] * bench.hours.value >= slots * both


def test_as_many_are_sentenced_as_come_to_be() -> None:
    """Southern Texas, where the most are heard; felonies that lapse in line for an attorney never come."""
    run = BureaucracyModel("zero-tolerance-2018", scale=0.05, rng=3)
    run.run()
    paths = run.recorder.paths.table()
    late = paths[(paths["month"] >= "2018-07-01") & paths["area"].isin(["Laredo", "Rio Grande Valley"])]
    lapsed = (late["stage"] == "felony") & (late["outcome"] == "not reached")
    came = late[late["to"] == "sentencing"]["cases"].sum() - late[lapsed]["cases"].sum()
    sentenced = late[late["stage"] == "sentencing"]["cases"].sum()
    assert came > 1000
    assert sentenced > 0.9 * came
    assert run.today == date(2018, 12, 31)


def test_a_child_for_whom_there_is_no_bed_gets_a_temporary_one_within_the_week() -> None:
    """June 2018 with a twentieth fewer beds: more are opened, and nobody waits for one to fall free."""
    beds = 0.95 * WORLD.resources["orr-beds"].amount.value
    run = BureaucracyModel("zero-tolerance-2018", scale=0.05, rng=3, settings={"resources.orr-beds.amount": beds})
    run.run()
    table = run.recorder.resource_table()
    assert table[table["what"] == "orr-beds"]["days_over"].sum() > 0
    opening = max(edge.lag.most.value for edge in WORLD.stages["transfer"].unfavourable if edge.to == "overflow")
    kept = max(edge.lag.most.value for edge in WORLD.stages["handover"].favourable)
    children = separated(run)
    assert len(children) > 100
    assert children["hours"].max() <= 24 * (kept + opening + 3), "a day at each of three desks besides"
