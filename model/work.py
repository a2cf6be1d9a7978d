"""A day's work: officers take cases within their hours, notice, judge; and each case goes where its outcome leads."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases import Cases
from model.compiled import compiled
from model.conditions import Register, holds
from model.decision import consider
from model.draws import Keys, purpose, uniform
from model.officers import Desks, Units
from model.queues import ORDERED, Lanes, Waiting, Whereabouts, lag, pop, put_off
from model.schema import Edge, World
from model.texts import Directives, Laws, Metrics, RuleWeights, Stages

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
UNFAVOURABLE, FAVOURABLE = 0, 1


class Luck(NamedTuple):
    """Keys of the draws: whether a stage's case is noticed, how it is judged, which edge it takes, how long."""

    seed: np.uint64
    notice: Keys
    judge: Keys
    edge: Keys
    lag: Keys


class Routes(NamedTuple):
    """Edges as columns. Those of (stage, outcome) are rows ``first`` to ``end``; columns as in `model.schema.Edge`.

    ``to`` is a stage, or ``stages + exit``; ``detained`` is -1 for either; ``share`` is 1 for all; ``uses`` is -1 for
    none; ``custody`` is +1 to detain, -1 to release; ``least`` and ``mean`` are days on the way.
    """

    first: Numbers
    end: Numbers
    to: Numbers
    when: Numbers
    detained: Codes
    share: Floats
    uses: Numbers
    beyond: npt.NDArray[np.bool_]
    custody: Codes
    least: Floats
    mean: Floats


class Log(NamedTuple):
    """What was decided on a day, one row a decision; more rows than decisions may be there."""

    officer: npt.NDArray[np.int32]
    case: npt.NDArray[np.int32]
    stage: npt.NDArray[np.int16]
    track: Codes
    round: Codes
    noticed: npt.NDArray[np.bool_]
    favourable: npt.NDArray[np.bool_]
    custody: npt.NDArray[np.bool_]
    to: npt.NDArray[np.int16]
    hours: Floats
    p: Floats
    notice: Floats
    judgment: Floats
    bound: Codes
    terms: Floats


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


def routes(world: World, register: Register) -> Routes:
    """The edges of a world."""
    places = [*world.stages, *world.exits]
    resources = list(world.resources)
    first = np.zeros((len(world.stages), 2), dtype=np.int64)
    end = np.zeros_like(first)
    edges: list[Edge] = []
    for at, stage in enumerate(world.stages.values()):
        for outcome, group in ((UNFAVOURABLE, stage.unfavourable), (FAVOURABLE, stage.favourable)):
            first[at, outcome] = len(edges)
            edges += group
            end[at, outcome] = len(edges)
    return Routes(
        first, end,
        to=np.array([places.index(e.to) for e in edges], dtype=np.int64),
        when=np.array([register.number(e.when) for e in edges], dtype=np.int64),
        detained=np.array([-1 if e.detained is None else int(e.detained) for e in edges], dtype=np.int8),
        share=np.array([1.0 if e.share is None else e.share.value for e in edges]),
        uses=np.array([-1 if e.uses is None else resources.index(e.uses) for e in edges], dtype=np.int64),
        beyond=np.array([e.beyond for e in edges], dtype=np.bool_),
        custody=np.array([{"detain": 1, "release": -1, None: 0}[e.custody] for e in edges], dtype=np.int8),
        least=np.array([1.0 if e.lag is None else e.lag.least.value for e in edges]),
        mean=np.array([1.0 if e.lag is None else e.lag.mean.value for e in edges]),
    )  # fmt: skip


def log_of(rows: int) -> Log:
    """An empty log with room for ``rows`` decisions."""
    return Log(
        np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows, np.int16), np.empty(rows, np.int8),
        np.empty(rows, np.int8), np.empty(rows, np.bool_), np.empty(rows, np.bool_), np.empty(rows, np.bool_),
        np.empty(rows, np.int16), np.empty(rows), np.empty(rows), np.empty(rows), np.empty(rows),
        np.empty(rows, np.int8), np.empty((rows, 7)),
    )  # fmt: skip


@compiled
def work(
    hours: Floats, overtime: float, credit: Floats, cases: Cases, desks: Desks, units: Units, stages: Stages,
    directives: Directives, laws: Laws, metrics: Metrics, rule: RuleWeights, luck: Luck, lanes: Lanes, waiting: Waiting,
    where: Whereabouts, log: Log,
) -> int:  # fmt: skip
    """Every officer takes cases, lane by lane, until the hours of the day are spent; returns decisions made.

    ``hours`` is a day of each officer, ``credit`` what is overdrawn from days before; urgent lanes may overdraw it by
    ``overtime`` days. A case that has been withdrawn since it was laid here is put away at no cost.
    """
    row = 0
    for officer in range(hours.shape[0]):
        credit[officer] = min(credit[officer], 0.0) + hours[officer]
        if waiting.length[officer] == 0:
            continue
        for lane in range(lanes.stage.shape[0]):
            stage, track = lanes.stage[lane], lanes.track[lane]
            full = stages.glance[stage] + stages.weigh[stage]
            least = -overtime * hours[officer] if lanes.urgent[lane] else 0.0
            while credit[officer] > least and waiting.first[lane, officer] >= 0:
                case = pop(lane, officer, track, full, waiting)
                if track == ORDERED:
                    where.laid[case] = False
                if where.place[case] != lanes.awaits[lane]:
                    continue
                times = where.ordered[case] if track == ORDERED else 0
                made = consider(officer, case, stage, cases, desks, units, stages, directives, laws, metrics, rule)
                seen = uniform(luck.seed, cases.key[case], luck.notice[stage] + np.uint64(times)) < made.notice
                lenient = uniform(luck.seed, cases.key[case], luck.judge[stage] + np.uint64(times)) < made.judgment
                spent = stages.glance[stage] + (stages.weigh[stage] if seen else 0.0)
                credit[officer] -= spent
                log.officer[row], log.case[row], log.stage[row], log.track[row] = officer, case, stage, track
                log.round[row], log.noticed[row], log.custody[row] = times, seen, where.custody[case]
                log.favourable[row] = (seen and lenient) if made.bound == 0 else made.bound > 0
                log.hours[row], log.p[row] = spent, made.p
                log.notice[row], log.judgment[row], log.bound[row] = made.notice, made.judgment, made.bound
                log.terms[row, 0], log.terms[row, 1], log.terms[row, 2] = made.culture, made.equities, made.severity
                log.terms[row, 3], log.terms[row, 4] = made.metrics, made.directive
                log.terms[row, 5], log.terms[row, 6] = made.peers, made.scrutiny
                row += 1
    return row


@compiled
def route(
    day: int, rows: int, cases: Cases, luck: Luck, routes: Routes, waiting: Waiting, where: Whereabouts, log: Log,
    amount: Floats, used: Numbers, counts: npt.NDArray[np.bool_], done: Floats, metrics: Metrics,
) -> None:  # fmt: skip
    """Send each decided case where its outcome leads: the first edge that applies.

    A pending case that was reviewed by order leaves where it waits only if its edge leads to an exit.
    ``amount`` and ``used`` are the resources; ``counts`` says for metrics x stages x outcomes what is counted, and
    ``done`` keeps the count of each metric.
    """
    stages = routes.first.shape[0]
    for row in range(rows):
        case, stage = log.case[row], log.stage[row]
        outcome = FAVOURABLE if log.favourable[row] else UNFAVOURABLE
        edge = edge_of(case, stage, outcome, np.uint64(log.round[row]), cases, luck, routes, where, amount, used)
        to = routes.to[edge]
        log.to[row] = to
        for goal in range(counts.shape[0]):
            if counts[goal, stage, outcome] and holds(cases.bits, case, metrics.when[goal]):
                done[goal] += 1.0
        if log.track[row] == ORDERED and to < stages:
            continue
        where.present[where.place[case]] -= 1
        where.present[to] += 1
        where.place[case] = to
        if routes.custody[edge] > 0:
            where.custody[case] = True
        elif routes.custody[edge] < 0 or to >= stages:
            where.custody[case] = False
            if where.holds[case] >= 0:
                used[where.holds[case]] -= 1
                where.holds[case] = -1
        resource = routes.uses[edge]
        if resource >= 0 and where.holds[case] != resource:
            if where.holds[case] >= 0:
                used[where.holds[case]] -= 1
            used[resource] += 1
            if to < stages:
                where.holds[case] = resource
        if to < stages:
            wait = lag(luck.seed, cases.key[case], luck.lag[edge], routes.least[edge], routes.mean[edge])
            put_off(case, day + wait, waiting)


@compiled
def edge_of(
    case: int, stage: int, outcome: int, times: np.uint64, cases: Cases, luck: Luck, routes: Routes,
    where: Whereabouts, amount: Floats, used: Numbers,
) -> int:  # fmt: skip
    """The first edge of an outcome that applies to a case; the last one always does."""
    last = routes.end[stage, outcome] - 1
    for edge in range(routes.first[stage, outcome], last):
        if not holds(cases.bits, case, routes.when[edge]):
            continue
        if routes.detained[edge] >= 0 and (routes.detained[edge] == 1) != where.custody[case]:
            continue
        resource = routes.uses[edge]
        limited = resource >= 0 and not routes.beyond[edge] and where.holds[case] != resource
        if limited and used[resource] >= amount[resource]:
            continue
        share = routes.share[edge]
        if share < 1.0 and uniform(luck.seed, cases.key[case], luck.edge[edge] + times) >= share:
            continue
        return int(edge)
    return int(last)
