"""Each case goes where its outcome leads.

A case takes the first edge of its outcome that applies. On the way it may take of a resource, wait for one, go into
custody or out of it; those who came along go with it, are taken from it, or come back.
"""

import numpy as np

from model.agencies.decision_log import ORDERED, Log
from model.cases.conditions import holds
from model.cases.draws import uniform
from model.compiled import compiled
from model.day.bundles import Traffic, Ways
from model.day.pools import Pools, can_serve, has_room, make_up, owe
from model.day.queues import CaseState, Waiting, detain, lag, put_off, release
from model.day.routes import FAVOURABLE, UNFAVOURABLE
from model.day.timelines import Timelines, change


@compiled
def route(day: int, rows: int, log: Log, ways: Ways, traffic: Traffic) -> None:
    """Send each decided case where its outcome leads: the first edge that applies.

    A pending case that was reviewed by order leaves where it waits only if its edge leads to an exit. One who came back
    to those they came with earlier today stays with them, whatever was decided.
    """
    routes, pools = ways.routes, traffic.pools
    for row in range(rows):
        case = log.case[row]
        if log.track[row] != ORDERED and traffic.state.place[case] >= routes.first.shape[0]:
            log.to[row], log.short[row] = traffic.state.place[case], False
            continue
        outcome = FAVOURABLE if log.favourable[row] else UNFAVOURABLE
        edge, short = edge_of(case, log.stage[row], outcome, np.uint64(log.round[row]), ways, pools, traffic.state)
        log.to[row], log.short[row] = routes.to[edge], short
        if log.track[row] == ORDERED and routes.to[edge] < routes.first.shape[0]:
            continue
        if routes.waits[edge]:
            pool = pools.of[routes.uses[edge], ways.seats.area[case]]
            stand_in_line(case, edge, pool, pools, traffic.waiting, traffic.timelines)
            continue
        go(case, edge, day, ways, traffic)


@compiled
def edge_of(
    case: int, stage: int, outcome: int, times: np.uint64, ways: Ways, pools: Pools, state: CaseState
) -> tuple[int, bool]:
    """The first edge of an outcome that applies to a case, and whether one before it lacked a resource."""
    routes, seats = ways.routes, ways.seats
    area = seats.area[case]
    last = routes.end[stage, outcome] - 1
    short = False
    for edge in range(routes.first[stage, outcome], last):
        if not holds(ways.bits, case, routes.when[edge]):
            continue
        if routes.detained[edge] >= 0 and (routes.detained[edge] == 1) != state.custody[case]:
            continue
        if routes.uses[edge] >= 0 and not routes.beyond[edge] and not routes.waits[edge]:
            pool = pools.of[routes.uses[edge], area]
            if state.holds[case] != pool and not has_room(pool, routes.takes[edge], pools):
                short = True
                continue
        if routes.needs[edge] >= 0 and not has_room(pools.of[routes.needs[edge], area], 1.0, pools):
            short = True
            continue
        share = routes.share[edge]
        if share < 1.0 and uniform(seats.seed, seats.key[case], ways.edge[edge] + times) >= share:
            continue
        return int(edge), short
    return int(last), short


@compiled
def stand_in_line(case: int, edge: int, pool: int, pools: Pools, waiting: Waiting, timelines: Timelines) -> None:
    """A case waits, where it is, for what its edge needs."""
    timelines.edge[case] = edge
    waiting.next[0, case] = -1
    if pools.first[pool] < 0:
        pools.first[pool] = case
    else:
        waiting.next[0, pools.last[pool]] = case
    pools.last[pool] = case


@compiled
def serve(day: int, ways: Ways, traffic: Traffic) -> None:
    """The evening: those who can wait get what those who could not have left, oldest first, as far as it goes."""
    pools = traffic.pools
    for pool in range(pools.first.shape[0]):
        make_up(pool, pools)
        while pools.first[pool] >= 0:
            case = pools.first[pool]
            edge = traffic.timelines.edge[case]
            if not can_serve(pool, ways.routes.takes[edge], pools):
                break
            pools.first[pool] = traffic.waiting.next[0, case]
            if traffic.state.place[case] < ways.routes.first.shape[0]:
                before = pools.balance[pool]
                go(case, edge, day, ways, traffic)
                owe(pool, before, pools)


@compiled
def go(case: int, edge: int, day: int, ways: Ways, traffic: Traffic) -> None:
    """A case takes an edge, and those who came along with it."""
    seats, routes, pools = ways.seats, ways.routes, traffic.pools
    if ways.parties.first.shape[0] > 0:
        along = ways.parties.first[case]
        while along >= 0:
            accompany(along, edge, day, ways, traffic)
            along = ways.parties.sibling[along]
    if routes.uses[edge] >= 0:
        pool = pools.of[routes.uses[edge], seats.area[case]]
        if pools.flow[pool]:
            pools.balance[pool] -= routes.takes[edge]
            pools.spent[pool] += routes.takes[edge]
    if routes.needs[edge] >= 0:
        pool = pools.of[routes.needs[edge], seats.area[case]]
        pools.balance[pool] -= 1.0
        pools.spent[pool] += 1.0
    shift(case, routes.to[edge], edge, day, ways, traffic)
    if routes.to[edge] < routes.first.shape[0]:
        wait = lag(
            seats.seed, seats.key[case], ways.lag[edge], routes.least[edge], routes.mean[edge], routes.most[edge]
        )
        put_off(case, day + wait, traffic.waiting)


@compiled
def accompany(along: int, edge: int, day: int, ways: Ways, traffic: Traffic) -> None:
    """One who came along goes the same way, is separated, or, if separated and still near, comes back."""
    routes, timelines = ways.routes, traffic.timelines
    if not timelines.apart[along]:
        if routes.separates[edge] >= 0:
            timelines.apart[along] = True
            timelines.separated[along] = day
            shift(along, routes.separates[edge], -1, day, ways, traffic)
            put_off(along, day + 1, traffic.waiting)
        else:
            shift(along, routes.to[edge], edge, day, ways, traffic)
    elif routes.rejoins[edge] >= 0 and routes.rejoining[edge, traffic.state.place[along]]:
        shift(along, routes.rejoins[edge], -1, day, ways, traffic)


@compiled
def shift(case: int, to: int, edge: int, day: int, ways: Ways, traffic: Traffic) -> None:
    """One person changes places: what they hold is given back or taken, and clocks stop and start."""
    routes, state, timelines = ways.routes, traffic.state, traffic.timelines
    stages = routes.first.shape[0]
    area, before = ways.seats.area[case], state.place[case]
    state.present[before] -= 1
    state.present[to] += 1
    state.place[case] = to
    if traffic.clocks.limit.shape[0] > 0:
        change(case, area, before, to, day, timelines, traffic.clocks)
    custody = routes.custody[edge] if edge >= 0 else 0
    if custody > 0:
        detain(case, day, state)
    elif custody < 0 or to >= stages:
        release(case, day, state)
        give_back(case, state, traffic.pools)
    if edge >= 0:
        take(case, routes.uses[edge], to < stages, area, state, traffic.pools)
        if routes.holds[edge] >= 0:
            take(case, routes.holds[edge], True, area, state, traffic.pools)
    if to >= stages and timelines.left.shape[0] > 0:
        timelines.left[case] = day


@compiled
def give_back(case: int, state: CaseState, pools: Pools) -> None:
    """What a case holds is free again."""
    if state.holds[case] >= 0:
        pools.used[state.holds[case]] -= 1
        state.holds[case] = -1


@compiled
def take(case: int, resource: int, held: bool, area: int, state: CaseState, pools: Pools) -> None:
    """A case takes one of a stock or of a yearly resource, and gives back what it held; flows are taken by `go`."""
    if resource < 0:
        return
    pool = pools.of[resource, area]
    if pools.flow[pool] or state.holds[case] == pool:
        return
    give_back(case, state, pools)
    pools.used[pool] += 1
    if held:
        state.holds[case] = pool
