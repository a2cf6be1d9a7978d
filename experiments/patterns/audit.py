"""Whatever must add up at the end of any day, counted again from the state of each person.

Each function names what does not add up; nothing, if all does.
"""

from collections.abc import Iterator

import numpy as np

from model import BureaucracyModel
from model.day.pools import can_serve


def people(model: BureaucracyModel) -> Iterator[str]:
    """Somebody lost or counted twice, a bed kept by somebody who has left, people apart without a separation."""
    come = int(model.arrived[model.day + 1])
    places = [*model.stage_names, *model.world.exits]
    there = model.case_state.place[:come].astype(int)
    counted = np.bincount(there[there >= 0], minlength=len(places))
    census = model.census()
    if [census[place] for place in places] != counted.tolist():
        yield "the census is not the number of people at each place"
    if sum(census.values()) != len(model.cases.key) or census["not yet"] != len(model.cases.key) - come:
        yield "somebody is nowhere, or in two places"
    if (model.case_state.place[come:] != -1).any():
        yield "somebody is there before having come"
    left = model.case_state.place >= len(model.stage_names)
    if model.case_state.custody[left].any() or (model.case_state.holds[left] != -1).any():
        yield "somebody who has left is still in custody, or keeps a bed"
    listed = list(_listed(model))
    if len(listed) != len(set(listed)) or (model.waiting.length < 0).any():
        yield "somebody waits in two places"
    if len(model.parties.leader):
        yield from _parties(model)


def capacity(model: BureaucracyModel) -> Iterator[str]:
    """A bed in use that nobody holds, more taken than there is, somebody waiting although there is room."""
    pools = model.pools
    held = np.bincount(model.case_state.holds[model.case_state.holds >= 0].astype(int), minlength=len(pools.used))
    stock = ~pools.yearly & ~pools.flow
    if (held[stock] != pools.used[stock]).any() or held[~stock].any():
        yield "what is in use is not what is held"
    if (pools.used[pools.yearly] > pools.amount[pools.yearly]).any():
        yield "more was granted than a year has"
    most = pools.amount * (1 + pools.reserve)
    if (pools.balance[pools.flow] > most[pools.flow]).any() or pools.used[pools.flow].any():
        yield "more of a day's hours or slots was put by than may be"
    takes, edge = model.routes.takes, model.timelines.edge
    if any(
        can_serve(pool, float(takes[edge[pools.first[pool]]]), pools)
        if pools.flow[pool]
        else pools.used[pool] + 1.0 <= pools.amount[pool]
        for pool in np.flatnonzero(pools.first >= 0).tolist()
    ):
        yield "somebody waits although there is room"


def _parties(model: BureaucracyModel) -> Iterator[str]:
    leader, apart = model.parties.leader, model.timelines.apart
    along = np.flatnonzero((leader >= 0) & ~apart & (model.case_state.place >= 0))
    for column in (model.case_state.place, model.case_state.custody, model.case_state.holds):
        if (column[along] != column[leader[along]]).any():
            yield "somebody who was not separated is not with those they came with"
    if (apart != (model.timelines.separated >= 0)).any() or (leader[apart] < 0).any():
        yield "somebody is apart who was never separated, or had come alone"
    followers = 0
    for case in np.flatnonzero(model.parties.first >= 0):
        one = model.parties.first[case]
        while one >= 0:
            if leader[one] != case:
                yield "somebody is listed with those of somebody else"
            followers, one = followers + 1, model.parties.sibling[one]
    if followers != (leader >= 0).sum():
        yield "somebody who came with others is not listed with them"


def _listed(model: BureaucracyModel) -> Iterator[int]:
    """Everybody who waits at a desk on the main track, is on the way, or stands in line; those who left among them."""
    waiting = model.waiting
    desks = waiting.first[model.lanes.track == 0].ravel()
    for first in (*desks, *waiting.due_first[model.day + 1 :], *model.pools.first):
        case = first
        while case >= 0:
            yield int(case)
            case = waiting.next[0, case]
