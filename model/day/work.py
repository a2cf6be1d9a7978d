"""A day's work: officers take cases within their hours, notice, judge."""

from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import LAPSED, MAIN, ORDERED, Log
from model.agencies.officers import Offices, Seating
from model.cases.draws import Keys, purpose, uniform
from model.compiled import compiled
from model.day.queues import Lanes, Waiting, Whereabouts, desk_of, pop
from model.day.timelines import Journeys
from model.rule.decision import consider
from model.rule.rule_columns import RuleColumns, Stages
from model.schema import World

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]


class Luck(NamedTuple):
    """Keys of the draws: whether a stage's case is noticed, how it is judged, which edge it takes, how long."""

    seed: np.uint64
    notice: Keys
    judge: Keys
    edge: Keys
    lag: Keys


def luck(world: World, seed: int) -> Luck:
    """The keys of a world's draws."""
    stages = list(world.stages)
    edges = [(s, o, n) for s in stages for o in ("unfavourable", "favourable")
             for n in range(len(world.stages[s].edges(o)))]  # fmt: skip
    return Luck(
        np.uint64(seed),
        np.array([purpose("notice", s) for s in stages], dtype=np.uint64),
        np.array([purpose("judge", s) for s in stages], dtype=np.uint64),
        np.array([purpose("edge", *e) for e in edges], dtype=np.uint64),
        np.array([purpose("lag", *e) for e in edges], dtype=np.uint64),
    )


@compiled
def work(
    day: int, hours: Floats, overtime: float, credit: Floats, columns: RuleColumns, luck: Luck, lanes: Lanes,
    offices: Offices, seating: Seating, waiting: Waiting, where: Whereabouts, journeys: Journeys, log: Log, row: int,
) -> int:  # fmt: skip
    """Every officer, or all who share their hours, takes cases, lane by lane, until the hours of the day are spent.

    The log is filled from ``row`` on; returns the rows in it.

    ``hours`` is a day of each queue, ``credit`` what is overdrawn from days before; urgent lanes may overdraw it by
    ``overtime`` days. Of those who share a queue, a case is decided by the one to whom it falls. A case that has
    been withdrawn since it was laid here is put away at no cost; one that has waited longer than its stage allows
    lapses.
    """
    stages, cases, desks = columns.stages, columns.cases, columns.desks
    for at in range(hours.shape[0]):
        credit[at] = min(credit[at], 0.0) + hours[at]
        if waiting.length[at] == 0:
            continue
        shared = offices.shares[desks.office[at]] >= 0
        for lane in range(lanes.stage.shape[0]):
            stage, track = lanes.stage[lane], lanes.track[lane]
            full = stages.glance[stage] + stages.weigh[stage]
            if track == MAIN and stages.lapse[stage] < inf:
                row = lapsed(day, row, lane, at, stage, full, lanes, stages, waiting, where, journeys, log)
            least = -overtime * hours[at] if lanes.urgent[lane] else 0.0
            while credit[at] > least and waiting.first[lane, at] >= 0:
                case = pop(lane, at, track, full, waiting)
                if track == ORDERED:
                    where.laid[case] = False
                if where.place[case] != lanes.awaits[lane]:
                    continue
                officer = at
                if shared:
                    officer = desk_of(desks.unit[at], case, stage, luck.seed, cases, lanes, offices, seating, desks)
                times = where.ordered[case] if track == ORDERED else 0
                made = consider(officer, case, stage, columns)
                seen = uniform(luck.seed, cases.key[case], luck.notice[stage] + np.uint64(times)) < made.notice
                lenient = uniform(luck.seed, cases.key[case], luck.judge[stage] + np.uint64(times)) < made.judgment
                spent = stages.glance[stage] + (stages.weigh[stage] if seen else 0.0)
                credit[at] -= spent
                log.officer[row], log.case[row], log.stage[row], log.track[row] = officer, case, stage, track
                log.round[row], log.noticed[row], log.custody[row] = times, seen, where.custody[case]
                log.favourable[row] = (seen and lenient) if made.bound == 0 else made.bound > 0
                log.hours[row], log.p[row] = spent, made.p
                log.notice[row], log.judgment[row], log.bound[row] = made.notice, made.judgment, made.bound
                for place, term in enumerate(made.terms):
                    log.terms[row, place] = term
                row += 1
    return row


@compiled
def lapsed(
    day: int, row: int, lane: int, at: int, stage: int, full: float, lanes: Lanes, stages: Stages,
    waiting: Waiting, where: Whereabouts, journeys: Journeys, log: Log,
) -> int:  # fmt: skip
    """Put away the cases at the head of a lane that have waited too long; returns the next row of the log."""
    while waiting.first[lane, at] >= 0:
        case = waiting.first[lane, at]
        gone = where.place[case] != lanes.awaits[lane]
        if not gone and day - journeys.laid[case] <= stages.lapse[stage]:
            break
        pop(lane, at, MAIN, full, waiting)
        if gone:
            continue
        lapse(row, case, stage, where, log)
        row += 1
    return row


@compiled
def lapse(row: int, case: int, stage: int, where: Whereabouts, log: Log) -> None:
    """Log a case that was not reached in time: nobody decided it, and it goes the favourable way."""
    log.officer[row], log.case[row], log.stage[row], log.track[row] = -1, case, stage, LAPSED
    log.round[row], log.noticed[row], log.custody[row] = 0, False, where.custody[case]
    log.favourable[row], log.hours[row], log.p[row] = True, 0.0, 1.0
    log.notice[row], log.judgment[row], log.bound[row] = 0.0, 0.0, 0
    log.terms[row, :] = 0.0
