"""Where each case goes: the edges of the stages, and what taking one does.

A case takes the first edge of its outcome that applies. On the way it may take of a resource, wait for one, go into
custody or out of it; those who came along go with it, are taken from it, or come back.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import LAPSED, ORDERED, Log
from model.cases.columns import Cases, Families
from model.cases.conditions import Register, holds
from model.cases.draws import Floats, uniform
from model.compiled import compiled
from model.day.pools import Pools, can_serve, has_room, make_up, owe
from model.day.queues import Waiting, Whereabouts, lag, put_off
from model.day.timelines import Clocks, Journeys, change
from model.day.work import Luck, lapse
from model.rule.rule_columns import Metrics, Stages
from model.schema import Edge, World

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
UNFAVOURABLE, FAVOURABLE = 0, 1


class Routes(NamedTuple):
    """Edges as columns. Those of (stage, outcome) are rows ``first`` to ``end``; columns as in `model.schema.Edge`.

    ``to`` is a stage, or ``stages + exit``; ``detained`` is -1 for either; ``share`` is 1 for all; ``uses`` is -1 for
    none, as are ``needs``, ``holds`` and ``separates``; ``custody`` is +1 to detain, -1 to release; ``least``,
    ``mean`` and ``most`` are days on the way; ``rejoins`` is the exit for those who come back, if they are at one of
    the places that ``rejoining`` marks (edges x places).
    """

    first: Numbers
    end: Numbers
    to: Numbers
    when: Numbers
    detained: Codes
    share: Floats
    uses: Numbers
    takes: Floats
    needs: Numbers
    beyond: npt.NDArray[np.bool_]
    waits: npt.NDArray[np.bool_]
    holds: Numbers
    custody: Codes
    least: Floats
    mean: Floats
    most: Floats
    separates: Numbers
    rejoins: Numbers
    rejoining: npt.NDArray[np.bool_]


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
        takes=np.array([1.0 if e.takes is None else e.takes.value for e in edges]),
        needs=np.array([-1 if e.needs is None else resources.index(e.needs) for e in edges], dtype=np.int64),
        beyond=np.array([e.beyond for e in edges], dtype=np.bool_),
        waits=np.array([e.waits for e in edges], dtype=np.bool_),
        holds=np.array([-1 if e.holds is None else resources.index(e.holds) for e in edges], dtype=np.int64),
        custody=np.array([{"detain": 1, "release": -1, None: 0}[e.custody] for e in edges], dtype=np.int8),
        least=np.array([1.0 if e.lag is None else e.lag.least.value for e in edges]),
        mean=np.array([1.0 if e.lag is None else e.lag.mean.value for e in edges]),
        most=np.array([e.lag.most.value if e.lag and e.lag.most else np.inf for e in edges]),
        separates=np.array([-1 if e.separates is None else places.index(e.separates) for e in edges], dtype=np.int64),
        rejoins=np.array([-1 if e.rejoins is None else places.index(e.rejoins.to) for e in edges], dtype=np.int64),
        rejoining=np.array([[e.rejoins is not None and p in e.rejoins.places for p in places] for e in edges]),
    )  # fmt: skip


@compiled
def route(
    day: int, rows: int, cases: Cases, luck: Luck, routes: Routes, waiting: Waiting, where: Whereabouts, log: Log,
    pools: Pools, families: Families, journeys: Journeys, clocks: Clocks, counts: npt.NDArray[np.bool_], done: Floats,
    metrics: Metrics,
) -> None:  # fmt: skip
    """Send each decided case where its outcome leads: the first edge that applies.

    A pending case that was reviewed by order leaves where it waits only if its edge leads to an exit. ``counts`` says
    for metrics x stages x outcomes what is counted, and ``done`` keeps the count of each metric.
    """
    stages = routes.first.shape[0]
    for row in range(rows):
        case, stage = log.case[row], log.stage[row]
        outcome = FAVOURABLE if log.favourable[row] else UNFAVOURABLE
        times = np.uint64(log.round[row])
        edge, short = edge_of(case, stage, outcome, times, cases, luck, routes, where, pools)
        log.to[row], log.short[row] = routes.to[edge], short
        if log.track[row] != LAPSED:
            for goal in range(counts.shape[0]):
                if counts[goal, stage, outcome] and holds(cases.bits, case, metrics.when[goal]):
                    done[goal] += 1.0
        if log.track[row] == ORDERED and routes.to[edge] < stages:
            continue
        if routes.waits[edge]:
            stand_in_line(case, edge, pools.of[routes.uses[edge], cases.area[case]], pools, waiting, journeys)
            continue
        go(case, edge, day, cases, luck, routes, waiting, where, pools, families, journeys, clocks)


@compiled
def edge_of(
    case: int, stage: int, outcome: int, times: np.uint64, cases: Cases, luck: Luck, routes: Routes,
    where: Whereabouts, pools: Pools,
) -> tuple[int, bool]:  # fmt: skip
    """The first edge of an outcome that applies to a case, and whether one before it lacked a resource."""
    last = routes.end[stage, outcome] - 1
    short = False
    for edge in range(routes.first[stage, outcome], last):
        if not holds(cases.bits, case, routes.when[edge]):
            continue
        if routes.detained[edge] >= 0 and (routes.detained[edge] == 1) != where.custody[case]:
            continue
        if routes.uses[edge] >= 0 and not routes.beyond[edge] and not routes.waits[edge]:
            pool = pools.of[routes.uses[edge], cases.area[case]]
            if where.holds[case] != pool and not has_room(pool, routes.takes[edge], pools):
                short = True
                continue
        if routes.needs[edge] >= 0 and not has_room(pools.of[routes.needs[edge], cases.area[case]], 1.0, pools):
            short = True
            continue
        share = routes.share[edge]
        if share < 1.0 and uniform(luck.seed, cases.key[case], luck.edge[edge] + times) >= share:
            continue
        return int(edge), short
    return int(last), short


@compiled
def stand_in_line(case: int, edge: int, pool: int, pools: Pools, waiting: Waiting, journeys: Journeys) -> None:
    """A case waits, where it is, for what its edge needs."""
    journeys.edge[case] = edge
    waiting.next[0, case] = -1
    if pools.first[pool] < 0:
        pools.first[pool] = case
    else:
        waiting.next[0, pools.last[pool]] = case
    pools.last[pool] = case


@compiled
def serve(
    day: int, cases: Cases, luck: Luck, routes: Routes, waiting: Waiting, where: Whereabouts, pools: Pools,
    families: Families, journeys: Journeys, clocks: Clocks,
) -> None:  # fmt: skip
    """The evening: those who can wait get what those who could not have left, oldest first, as far as it goes."""
    stages = routes.first.shape[0]
    for pool in range(pools.first.shape[0]):
        make_up(pool, pools)
        while pools.first[pool] >= 0:
            case = pools.first[pool]
            edge = journeys.edge[case]
            if not can_serve(pool, routes.takes[edge], pools):
                break
            pools.first[pool] = waiting.next[0, case]
            if where.place[case] < stages:
                before = pools.balance[pool]
                go(case, edge, day, cases, luck, routes, waiting, where, pools, families, journeys, clocks)
                owe(pool, before, pools)


@compiled
def give_up(
    day: int, routes: Routes, stages: Stages, waiting: Waiting, where: Whereabouts, pools: Pools, journeys: Journeys,
    log: Log,
) -> int:  # fmt: skip
    """Those at the head of a line whose time at their stage has run out lapse; returns the rows in the log."""
    row = 0
    for pool in range(pools.first.shape[0]):
        while pools.first[pool] >= 0:
            case = pools.first[pool]
            stage = where.place[case]
            gone = stage >= routes.first.shape[0]
            if not gone and day - journeys.laid[case] <= stages.lapse[stage]:
                break
            pools.first[pool] = waiting.next[0, case]
            if not gone:
                lapse(row, case, stage, where, log)
                row += 1
    return row


@compiled
def go(
    case: int, edge: int, day: int, cases: Cases, luck: Luck, routes: Routes, waiting: Waiting, where: Whereabouts,
    pools: Pools, families: Families, journeys: Journeys, clocks: Clocks,
) -> None:  # fmt: skip
    """A case takes an edge, and those who came along with it."""
    if families.first.shape[0] > 0:
        along = families.first[case]
        while along >= 0:
            accompany(along, edge, day, cases, routes, waiting, where, pools, journeys, clocks)
            along = families.sibling[along]
    if routes.uses[edge] >= 0:
        pool = pools.of[routes.uses[edge], cases.area[case]]
        if pools.flow[pool]:
            pools.balance[pool] -= routes.takes[edge]
            pools.spent[pool] += routes.takes[edge]
    if routes.needs[edge] >= 0:
        pool = pools.of[routes.needs[edge], cases.area[case]]
        pools.balance[pool] -= 1.0
        pools.spent[pool] += 1.0
    shift(case, routes.to[edge], edge, day, cases, routes, where, pools, journeys, clocks)
    if routes.to[edge] < routes.first.shape[0]:
        wait = lag(luck.seed, cases.key[case], luck.lag[edge], routes.least[edge], routes.mean[edge], routes.most[edge])
        put_off(case, day + wait, waiting)


@compiled
def accompany(
    along: int, edge: int, day: int, cases: Cases, routes: Routes, waiting: Waiting, where: Whereabouts, pools: Pools,
    journeys: Journeys, clocks: Clocks,
) -> None:  # fmt: skip
    """One who came along goes the same way, is separated, or, if separated and still near, comes back."""
    if not journeys.apart[along]:
        if routes.separates[edge] >= 0:
            journeys.apart[along] = True
            journeys.separated[along] = day
            shift(along, routes.separates[edge], -1, day, cases, routes, where, pools, journeys, clocks)
            put_off(along, day + 1, waiting)
        else:
            shift(along, routes.to[edge], edge, day, cases, routes, where, pools, journeys, clocks)
    elif routes.rejoins[edge] >= 0 and routes.rejoining[edge, where.place[along]]:
        shift(along, routes.rejoins[edge], -1, day, cases, routes, where, pools, journeys, clocks)


@compiled
def shift(
    case: int, to: int, edge: int, day: int, cases: Cases, routes: Routes, where: Whereabouts, pools: Pools,
    journeys: Journeys, clocks: Clocks,
) -> None:  # fmt: skip
    """One person changes places: what they hold is given back or taken, and clocks stop and start."""
    stages = routes.first.shape[0]
    before = where.place[case]
    where.present[before] -= 1
    where.present[to] += 1
    where.place[case] = to
    if clocks.limit.shape[0] > 0:
        change(case, cases.area[case], before, to, day, journeys, clocks)
    custody = routes.custody[edge] if edge >= 0 else 0
    if custody > 0:
        where.custody[case] = True
    elif custody < 0 or to >= stages:
        where.custody[case] = False
        give_back(case, where, pools)
    if edge >= 0:
        take(case, routes.uses[edge], to < stages, cases, where, pools)
        if routes.holds[edge] >= 0:
            take(case, routes.holds[edge], True, cases, where, pools)
    if to >= stages and journeys.left.shape[0] > 0:
        journeys.left[case] = day


@compiled
def give_back(case: int, where: Whereabouts, pools: Pools) -> None:
    """What a case holds is free again."""
    if where.holds[case] >= 0:
        pools.used[where.holds[case]] -= 1
        where.holds[case] = -1


@compiled
def take(case: int, resource: int, held: bool, cases: Cases, where: Whereabouts, pools: Pools) -> None:
    """A case takes one of a stock or of a yearly resource, and gives back what it held; flows are taken by `go`."""
    if resource < 0:
        return
    pool = pools.of[resource, cases.area[case]]
    if pools.flow[pool] or where.holds[case] == pool:
        return
    give_back(case, where, pools)
    pools.used[pool] += 1
    if held:
        where.holds[case] = pool
