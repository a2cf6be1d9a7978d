"""Everything that must add up at the end of any day, counted anew from the state of each person."""

from collections.abc import Iterator

import numpy as np

from model import BureaucracyModel


def audit(model: BureaucracyModel) -> None:
    """Nobody is lost or counted twice; what is in use is held by somebody; families are together unless parted."""
    _census(model)
    _pools(model)
    if len(model.families.leader):
        _families(model)
    listed = list(_listed(model))
    assert len(listed) == len(set(listed)), "somebody waits at two places"


def _census(model: BureaucracyModel) -> None:
    come = int(model._arrived[model.day + 1])
    places = [*model.stage_names, *model.world.exits]
    counted = np.bincount(model.where.place[:come].astype(int), minlength=len(places))
    census = model.census()
    assert [census[place] for place in places] == counted.tolist()
    assert sum(census.values()) == len(model.cases.key)
    assert census["not yet"] == len(model.cases.key) - come
    assert (model.where.place[come:] == -1).all()
    left = model.where.place >= len(model.stage_names)
    assert not model.where.custody[left].any() and (model.where.holds[left] == -1).all()
    assert (model.waiting.length >= 0).all()


def _pools(model: BureaucracyModel) -> None:
    pools = model.pools
    held = np.bincount(model.where.holds[model.where.holds >= 0].astype(int), minlength=len(pools.used))
    stock = ~pools.yearly & ~pools.flow
    assert (held[stock] == pools.used[stock]).all() and not held[~stock].any()
    assert (pools.used[pools.yearly] <= pools.amount[pools.yearly]).all()
    most = pools.amount * (1 + pools.reserve)
    assert (pools.balance[pools.flow] <= most[pools.flow]).all()
    assert not pools.used[pools.flow].any()
    waiting = pools.first >= 0
    room = np.where(pools.flow, pools.balance > 0, pools.used < pools.amount)
    assert not (waiting & room).any(), "somebody waits although there is room"


def _families(model: BureaucracyModel) -> None:
    leader, apart = model.families.leader, model.journeys.apart
    along = np.flatnonzero((leader >= 0) & ~apart & (model.where.place >= 0))
    assert (model.where.place[along] == model.where.place[leader[along]]).all()
    assert (model.where.custody[along] == model.where.custody[leader[along]]).all()
    assert (model.where.holds[along] == model.where.holds[leader[along]]).all()
    assert (apart == (model.journeys.separated >= 0)).all() and (leader[apart] >= 0).all()
    followers = 0
    for case in np.flatnonzero(model.families.first >= 0):
        one = model.families.first[case]
        while one >= 0:
            assert leader[one] == case
            followers, one = followers + 1, model.families.sibling[one]
    assert followers == (leader >= 0).sum()


def _listed(model: BureaucracyModel) -> Iterator[int]:
    """Everybody who waits at a desk on the main track, is on the way, or stands in line; those who left among them."""
    waiting = model.waiting
    desks = waiting.first[model.lanes.track == 0].ravel()
    for first in (*desks, *waiting.due_first[model.day + 1 :], *model.pools.first):
        case = first
        while case >= 0:
            yield int(case)
            case = waiting.next[0, case]
