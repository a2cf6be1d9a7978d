"""Who comes before which desk: cases that arrive, come back, are ordered to be reviewed, or change hands."""

from math import inf

import numpy as np

from model.agencies.decision_log import MAIN, ORDERED
from model.cases.conditions import holds
from model.cases.draws import desk, key_of, uniform
from model.compiled import compiled
from model.day.bundles import Seats, Traffic, Ways
from model.day.queues import Waiting, detain, lag, pop, push, put_off
from model.day.timelines import Timelines, change

ONE = np.uint64(1)


@compiled
def desk_of(unit: int, case: int, stage: int, seats: Seats) -> int:
    """The officer of a unit to whom a case falls at a stage: always the same one, whoever else waits."""
    seating = seats.seating
    office = seating.of_area[unit, seats.area[case]]
    if office < 0:
        office = 0
        u = uniform(seats.seed, seats.key[case], seats.office_key[unit])
        while seating.cuts[unit, office] <= u and office < seating.cuts.shape[1] - 1:
            office += 1
    return desk_in(seating.first[unit] + office, case, stage, seats)


@compiled
def desk_in(office: int, case: int, stage: int, seats: Seats) -> int:
    """The officer of an office to whom a case falls; while the desk it draws is vacant, it draws again.

    Each draw belongs to the case, the stage and how often it was drawn before, so that a vacancy moves only the cases
    of that desk.
    """
    purpose = seats.desk_key[stage]
    officer = seats.first[office] + desk(key_of(seats.seed, seats.key[case], purpose), seats.size[office])
    while seats.vacant[officer]:
        purpose += ONE
        officer = seats.first[office] + desk(key_of(seats.seed, seats.key[case], purpose), seats.size[office])
    return int(officer)


@compiled
def take_in(day: int, first: int, last: int, ways: Ways, traffic: Traffic) -> None:
    """The morning: new cases ``first`` to ``last`` arrive, and those due today reach their next desk.

    Those who came along with somebody go where that person goes. Those who left while on their way, by an ordered
    review or because those who came together were reunited, are not laid anywhere.
    """
    seats, entries, pools = ways.seats, ways.entries, traffic.pools
    waiting, state, clocks = traffic.waiting, traffic.state, traffic.clocks
    for case in range(first, last):
        mix = ways.mix[case]
        state.place[case] = entries.stage[mix]
        state.present[entries.stage[mix]] += 1
        if clocks.limit.shape[0] > 0:
            change(case, seats.area[case], -1, entries.stage[mix], day, traffic.timelines, clocks)
        if ways.in_custody[case]:
            detain(case, day, state)
            if entries.holds[mix] >= 0:
                pool = pools.of[entries.holds[mix], seats.area[case]]
                state.holds[case] = pool
                pools.used[pool] += 1
        if ways.parties.leader.shape[0] > 0 and ways.parties.leader[case] >= 0:
            continue
        if entries.mean[mix] > 0.0:
            wait = lag(seats.seed, seats.key[case], entries.key, entries.least[mix], entries.mean[mix], inf)
            put_off(case, day + wait, waiting)
        else:
            lay_before(case, day, ways, traffic)
    case = waiting.due_first[day]
    while case >= 0:
        following = waiting.next[0, case]
        if state.place[case] < ways.stages.unit.shape[0]:
            lay_before(case, day, ways, traffic)
        case = following


@compiled
def lay_before(case: int, day: int, ways: Ways, traffic: Traffic) -> None:
    """Lay a case before the desk it falls to at the stage where it is."""
    state, stages = traffic.state, ways.stages
    stage = state.place[case]
    officer = desk_of(stages.unit[stage], case, stage, ways.seats)
    lane = ways.lanes.of_stage[stage, 1 if state.custody[case] else 0]
    if traffic.timelines.laid.shape[0] > 0:
        traffic.timelines.laid[case] = day
    push(case, lane, officer, MAIN, stages.screening_hours[stage] + stages.review_hours[stage], traffic.waiting)


@compiled
def order_review(pending_at: int, by: int, when: int, ways: Ways, traffic: Traffic) -> int:
    """Lay every case pending at one stage, for which ``when`` holds, before another as well, oldest first; how many.

    A case that still waits for a review ordered earlier keeps its place there.
    """
    state, stages = traffic.state, ways.stages
    full = stages.screening_hours[by] + stages.review_hours[by]
    found = 0
    for case in range(state.place.shape[0]):
        if state.place[case] == pending_at and not state.laid[case] and holds(ways.bits, case, when):
            officer = desk_of(stages.unit[by], case, by, ways.seats)
            state.ordered[case] += 1
            state.laid[case] = True
            push(case, ways.lanes.ordered[by], officer, ORDERED, full, traffic.waiting)
            found += 1
    return found


@compiled
def hand_on(officer: int, office: int, ways: Ways, traffic: Traffic) -> None:
    """What waits at a desk that has become vacant is laid before others of the office; what is withdrawn, nowhere."""
    lanes, stages, waiting, state = ways.lanes, ways.stages, traffic.waiting, traffic.state
    for lane in range(lanes.stage.shape[0]):
        stage, track = lanes.stage[lane], lanes.track[lane]
        full = stages.screening_hours[stage] + stages.review_hours[stage]
        while waiting.first[lane, officer] >= 0:
            case = pop(lane, officer, track, full, waiting)
            if state.place[case] == lanes.awaits[lane]:
                other = desk_in(office, case, stage, ways.seats)
                slip_in(case, lane, other, track, full, waiting, traffic.timelines)
            elif track == ORDERED:
                state.laid[case] = False


@compiled
def slip_in(
    case: int, lane: int, officer: int, track: int, hours: float, waiting: Waiting, timelines: Timelines
) -> None:
    """Lay a case in a desk's lane before those who were laid there later, where that is known; else at the end."""
    dated = track == MAIN and timelines.laid.shape[0] > 0
    before, after = np.int64(-1), np.int64(waiting.first[lane, officer])
    while after >= 0 and not (dated and timelines.laid[after] > timelines.laid[case]):
        before, after = after, np.int64(waiting.next[track, after])
    if after < 0:
        push(case, lane, officer, track, hours, waiting)
        return
    waiting.next[track, case] = after
    if before < 0:
        waiting.first[lane, officer] = case
    else:
        waiting.next[track, before] = case
    waiting.length[officer] += 1
    waiting.hours[officer] += hours
