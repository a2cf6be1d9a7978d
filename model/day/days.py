"""Days, one after the other, as one function of what is fixed and what moves.

Within a day the order is: directives spread, managers set emphasis, cases arrive (`MORNING`); officers decide (`WORK`);
each case goes where its outcome leads (`ROUTES`); culture moves and the day is counted (`EVENING`). What is decided
today reaches its next desk tomorrow at the earliest.
"""

import numpy as np
import numpy.typing as npt

from model.agencies.culture import move_leanings, update_records
from model.agencies.decision_log import LAPSED, Log, keep
from model.agencies.exposure import update_exposure
from model.agencies.officers import Desks
from model.agencies.pressure import WHOLE, Targets, place_of, update_emphasis, update_pressure, update_targets
from model.cases.conditions import Bits, holds
from model.cases.draws import Floats
from model.compiled import compiled, spliced
from model.day.bundles import Fixed, Moving
from model.day.counts import close_month, close_week, count, count_day, has_room
from model.day.intake import take_in
from model.day.movement import route, serve
from model.day.pools import begin, day_of, replenish
from model.day.queues import Waiting
from model.day.reports import report
from model.day.routes import FAVOURABLE, UNFAVOURABLE
from model.day.timelines import stop
from model.day.work import give_up, work
from model.rule.rule_columns import OWN, Metrics

Counted = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

MORNING, WORK, ROUTES, EVENING = 0, 1, 2, 3
PARTS = 4
NOT, TODAY, LATER = 0, 1, 2
DAYS_A_MONTH = 30.4


@compiled
def days(day: int, part: int, until: int, look: int, fixed: Fixed, moving: Moving) -> int:
    """Go on from a part of a day until the morning of another.

    Goes on with ``part`` of ``day``, and stops before the morning of ``until``. Somebody who wants to ``look`` at it
    `TODAY` is given the first evening, when all has been decided and sent on; for those who look `LATER` the log is
    kept. Returns ``day * PARTS + part``, where it stopped: there, where a log or the counts have no room, or before the
    work of a day that a rule of one's own decides (`model.day.own_work`).
    """
    while day < until:
        if part == MORNING:
            morning(day, fixed, moving)
            part = WORK
        if part == WORK:
            if fixed.rule.which == OWN or at_most(fixed, moving) > moving.log.case.shape[0]:
                return day * PARTS + WORK
            row = give_up(day, fixed.ways.stages, moving.traffic, moving.log)
            moving.rows[0] = work(day, row, fixed, moving)
            part = ROUTES
        if part == ROUTES:
            route(day, moving.rows[0], moving.log, fixed.ways, moving.traffic)
            serve(day, fixed.ways, moving.traffic)
            count_done(moving.rows[0], moving.log, fixed.cases.bits, moving.desks.office, fixed.counted, fixed.metrics,
                       moving.targets)  # fmt: skip
            part = EVENING
            if look == TODAY:
                return day * PARTS + EVENING
        if fixed.tables and not has_room(moving.rows[0], moving.counts):
            return day * PARTS + EVENING
        if look == LATER:
            if moving.rows[1] + moving.rows[0] > moving.kept.case.shape[0]:
                return day * PARTS + EVENING
            moving.rows[1] = keep(day, moving.rows[0], moving.log, moving.rows[1], moving.kept)
        evening(day, moving.rows[0], fixed, moving)
        part = MORNING
        day += 1
    return day * PARTS + MORNING


@spliced
def at_most(fixed: Fixed, moving: Moving) -> int:
    """How many cases may be decided or lapse today at the most."""
    waiting = 0
    for at in range(moving.traffic.waiting.length.shape[0]):
        waiting += moving.traffic.waiting.length[at]
    if moving.traffic.timelines.laid.shape[0] > 0:
        for stage in range(fixed.ways.stages.unit.shape[0]):
            waiting += moving.traffic.state.present[stage]
    return waiting


@spliced
def morning(day: int, fixed: Fixed, moving: Moving) -> None:
    """Directives spread, managers set emphasis, cases arrive."""
    calendar, society, targets, pools = fixed.calendar, fixed.society, moving.targets, moving.traffic.pools
    if calendar.new_year[day]:
        for pool in range(pools.used.shape[0]):
            if pools.yearly[pool]:
                pools.used[pool] = 0
    update_targets(
        calendar.new_year[day], calendar.since[day], calendar.length[day], society.standing_pressure, society.urgency,
        fixed.metrics.in_force, targets,
    )  # fmt: skip
    update_emphasis(fixed.managers, targets, moving.emphasis)
    update_exposure(
        day, society.bulletin, society.erosion, fixed.texts, fixed.hears, fixed.aligned, fixed.managers, fixed.above,
        moving.emphasis, moving.endorsement, moving.desks,
    )  # fmt: skip
    update_pressure(
        fixed.agency, moving.desks.unit, moving.desks.office, fixed.above, moving.emphasis, targets,
        moving.desks.pressure,
    )  # fmt: skip
    if day == 0:
        begin(pools)
    replenish(pools)
    take_in(day, fixed.arrived[day], fixed.arrived[day + 1], fixed.ways, moving.traffic)
    update_backlog(society.backlog_horizon, moving.hours, moving.desks, moving.traffic.waiting, moving.together)


@compiled
def update_backlog(horizon: float, hours: Floats, desks: Desks, waiting: Waiting, together: Floats) -> None:
    """The months of work that wait at each desk, as far as they are felt; and the hours of those who share a queue."""
    for officer in range(together.shape[0]):
        together[officer] = 0.0
    for officer in range(together.shape[0]):
        if not desks.vacant[officer]:
            together[waiting.at[officer]] += hours[officer]
    for officer in range(together.shape[0]):
        at = waiting.at[officer]
        months = 0.0 if desks.vacant[officer] else np.divide(waiting.hours[at], together[at] * DAYS_A_MONTH)
        desks.backlog[officer] = min(months, horizon)


@compiled
def count_done(
    rows: int, log: Log, bits: Bits, office: Numbers, counted: Counted, metrics: Metrics, targets: Targets
) -> None:
    """Add what each metric counts of a day's decisions (metrics x stages x outcomes) to what is done of it."""
    for row in range(rows):
        if log.track[row] != LAPSED:
            stage, outcome = log.stage[row], FAVOURABLE if log.favourable[row] else UNFAVOURABLE
            for goal in range(counted.shape[0]):
                if counted[goal, stage, outcome] and holds(bits, log.case[row], metrics.when[goal]):
                    targets.done[goal, WHOLE] += 1.0
                    place = place_of(goal, office[log.officer[row]], targets)
                    if place != WHOLE:
                        targets.done[goal, place] += 1.0


@spliced
def evening(day: int, rows: int, fixed: Fixed, moving: Moving) -> None:
    """Culture moves; the day is counted."""
    desks, records, society, calendar = moving.desks, moving.records, fixed.society, fixed.calendar
    log, counts, state = moving.log, moving.counts, moving.traffic.state
    update_records(rows, log, society.fading, desks, records)
    count_day(day, rows, log, fixed.agency, desks.unit, moving.traffic.waiting.length, counts)
    if fixed.tables:
        count(calendar.month[day], rows, log, desks.office, fixed.group, fixed.shape, counts)
    day_of(moving.traffic.pools)
    if day == calendar.month.shape[0] - 1:
        stop(state.place, fixed.cases.area, moving.traffic.timelines, moving.traffic.clocks)
    if calendar.sunday[day]:
        move_leanings(
            fixed.streams.seed, calendar.leaves[day], calendar.recruit[day], society.experience, fixed.units,
            fixed.offices, fixed.prior, records, desks,
        )  # fmt: skip
        report(
            day, fixed.reported, fixed.texts, fixed.hears, fixed.managers, moving.emphasis, state,
            moving.traffic.timelines, moving.traffic.clocks, moving.traffic.pools, moving.heard,
        )  # fmt: skip
    if fixed.tables and calendar.month_ends[day]:
        close_month(calendar.month[day], counts)
    if fixed.tables and calendar.closes[day]:
        close_week(state.present, moving.traffic.pools, fixed.shape, counts)
