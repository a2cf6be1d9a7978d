"""A day's work: officers take cases within their hours, notice, judge."""

from math import inf

import numpy as np

from model.agencies.decision_log import LAPSED, MAIN, ORDERED, Log
from model.cases.draws import uniform
from model.compiled import compiled, spliced
from model.day.bundles import Fixed, Moving, Traffic, known
from model.day.intake import desk_of
from model.day.queues import CaseState, Waiting, pop
from model.day.random_streams import RandomStreams
from model.day.timelines import Rows
from model.rule.decision import consider
from model.rule.rule_columns import RuleColumns, Stages
from model.rule.terms.metrics import attention_left


@spliced
def work(day: int, row: int, fixed: Fixed, moving: Moving) -> int:
    """Every officer, or all who share their hours, takes cases, lane by lane, until the hours of the day are spent.

    The log is filled from ``row`` on; returns the rows in it.

    ``credit`` is what is overdrawn from days before; urgent lanes may overdraw a day of a queue by ``overtime`` days.
    Of those who share a queue, a case is decided by the one to whom it falls. A case that has been withdrawn since it
    was laid here is put away at no cost; one that has waited longer than its stage allows lapses.
    """
    columns, lanes, seats, streams = known(fixed, moving), fixed.ways.lanes, fixed.ways.seats, fixed.streams
    hours, credit, waiting, state = moving.together, moving.credit, moving.traffic.waiting, moving.traffic.state
    stages, desks, log, laid = columns.stages, columns.desks, moving.log, moving.traffic.timelines.laid
    for at in range(hours.shape[0]):
        credit[at] = min(credit[at], 0.0) + hours[at]
        if waiting.length[at] == 0:
            continue
        shared = fixed.offices.shares[desks.office[at]] >= 0
        for lane in range(lanes.stage.shape[0]):
            if waiting.first[lane, at] < 0:
                continue
            stage, track = lanes.stage[lane], lanes.track[lane]
            full = stages.screening_hours[stage] + stages.review_hours[stage]
            if track == MAIN and stages.lapse[stage] < inf:
                row = lapsed(day, row, lane, at, stage, full, stages.lapse[stage], waiting, state, laid, log)
            least = -fixed.society.overtime * hours[at] if lanes.urgent[lane] else 0.0
            while credit[at] > least and waiting.first[lane, at] >= 0:
                case = pop(lane, at, track, full, waiting)
                if track == ORDERED:
                    state.laid[case] = False
                if state.place[case] != lanes.awaits[lane]:
                    continue
                officer = desk_of(desks.unit[at], case, stage, seats) if shared else at
                times = state.ordered[case] if track == ORDERED else 0
                log.track[row], log.custody[row] = track, state.custody[case]
                credit[at] -= decide(row, officer, case, stage, times, streams, columns, log)
                row += 1
    return row


@compiled
def decide(
    row: int, officer: int, case: int, stage: int, times: int, streams: RandomStreams, columns: RuleColumns, log: Log
) -> float:
    """One officer decides one case, and it is logged in a row; returns the hours spent."""
    stages, subject = columns.stages, columns.cases.key[case]
    made = consider(officer, case, stage, columns)
    seen = uniform(streams.seed, subject, streams.notice[stage] + np.uint64(times)) < made.notice
    lenient = uniform(streams.seed, subject, streams.judge[stage] + np.uint64(times)) < made.judgment
    free = lenient if seen else stages.unnoticed[stage] > 0.0
    favourable = free if made.bound == 0 else made.bound > 0
    spent = stages.screening_hours[stage] + stages.outcome_hours[stage, int(favourable)]
    if seen:
        spent += stages.review_hours[stage] * attention_left(officer, stage, columns)
    log.officer[row], log.case[row], log.stage[row] = officer, case, stage
    log.round[row], log.noticed[row] = times, seen
    log.favourable[row] = favourable
    log.hours[row], log.p[row] = spent, made.p
    log.notice[row], log.judgment[row], log.bound[row] = made.notice, made.judgment, made.bound
    for place, term in enumerate(made.terms):
        log.terms[row, place] = term
    return float(spent)


@compiled
def lapsed(
    day: int, row: int, lane: int, at: int, stage: int, full: float, most: float, waiting: Waiting, state: CaseState,
    laid: Rows, log: Log,
) -> int:  # fmt: skip
    """Put away the cases at the head of a lane that have waited over ``most`` days; returns the next row of the log."""
    while waiting.first[lane, at] >= 0:
        case = waiting.first[lane, at]
        gone = state.place[case] != stage
        if not gone and day - laid[case] <= most:
            break
        pop(lane, at, MAIN, full, waiting)
        if gone:
            continue
        lapse(row, case, stage, state, log)
        row += 1
    return row


@compiled
def give_up(day: int, stages: Stages, traffic: Traffic, log: Log) -> int:
    """Those at the head of a line for a resource whose time at their stage has run out lapse; the rows in the log."""
    row, pools, state = 0, traffic.pools, traffic.state
    for pool in range(pools.first.shape[0]):
        while pools.first[pool] >= 0:
            case = pools.first[pool]
            stage = state.place[case]
            gone = stage >= stages.lapse.shape[0]
            if not gone and day - traffic.timelines.laid[case] <= stages.lapse[stage]:
                break
            pools.first[pool] = traffic.waiting.next[0, case]
            if not gone:
                lapse(row, case, stage, state, log)
                row += 1
    return row


@compiled
def lapse(row: int, case: int, stage: int, state: CaseState, log: Log) -> None:
    """Log a case that was not reached in time: nobody decided it, and it goes the favourable way."""
    log.officer[row], log.case[row], log.stage[row], log.track[row] = -1, case, stage, LAPSED
    log.round[row], log.noticed[row], log.custody[row] = 0, False, state.custody[case]
    log.favourable[row], log.hours[row], log.p[row] = True, 0.0, 1.0
    log.notice[row], log.judgment[row], log.bound[row] = 0.0, 0.0, 0
    log.terms[row, :] = 0.0
