"""Resources as pools: one for all, or one in each area of a region; what they have, what is in use, who waits."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.draws import Floats
from model.compiled import compiled
from model.errors import InputError
from model.schema import Resource, World

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Links = npt.NDArray[np.int32]
NOBODY = np.int32(-1)
MOST = 120
LUMPS = 12.0
"""So many cases' worth a pool can give in advance, or save up, at a small scale: one case there stands for many that
take of it one by one."""


class Pools(NamedTuple):
    """One row a pool, resource by resource.

    Attributes:
        of: resources x areas, the pool of a resource for a case of that area.
        yearly, flow: the kind; neither is a stock.
        reserve: days' worth that a flow can save up.
        amount: what there is, a day of it for a flow; changes with directives.
        used: of a stock, units in use; of a yearly resource, used so far; a flow's are in ``spent``.
        balance: what is left of a flow, below zero where the last to take of it took more.
        owed: taken in advance by those in line, to be made up for by what those who cannot wait leave.
        line: of a flow, the most that one in line takes.
        saved, most: of a stock, unit-days that were left in the days before and may still be used; the most of them.
        spent: taken of a flow since the week began.
        days, over: unit-days in use since the week began, and those above the amount.
        first, last: cases that wait for it, at the ends of the queue.
    """

    of: Numbers
    yearly: Mask
    flow: Mask
    reserve: Floats
    amount: Floats
    used: Numbers
    balance: Floats
    owed: Floats
    line: Floats
    saved: Floats
    most: Floats
    spent: Floats
    days: Numbers
    over: Floats
    first: Links
    last: Links


def names(world: World) -> list[tuple[str, str]]:
    """The (resource, area) of each pool; the area is empty where there is one pool for all."""
    return [(name, area) for name, row in world.resources.items() for area in _areas(world, row)]


def _areas(world: World, row: Resource) -> list[str]:
    return [""] if row.region is None else world.regions[row.region].names


def pools(world: World, scale: float) -> Pools:
    """The pools of a world; nothing is in them yet."""
    rows, areas = names(world), world.all_areas()
    if len(rows) > MOST:
        raise InputError("too many resources", where="resources", found=len(rows), allowed=f"{MOST} pools at most")
    of = np.full((max(1, len(world.resources)), len(areas)), -1, dtype=np.int64)
    for at, (name, row) in enumerate(world.resources.items()):
        for code, area in enumerate(areas):
            if row.region is None:
                of[at, code] = rows.index((name, ""))
            elif area in world.regions[world.regions[row.region].of or row.region].areas:
                of[at, code] = rows.index((name, world.office_of(row.region, area)))
    kinds = [world.resources[name] for name, _ in rows]
    size = len(rows)
    edges = [edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    line = {n: max((e.takes.value if e.takes else 1.0 for e in edges if e.uses == n and e.waits), default=0.0)
            for n in world.resources}  # fmt: skip
    stay = {n: max((e.lag.mean.value if e.lag else 1.0 for e in edges if e.uses == n), default=0.0)
            for n in world.resources}  # fmt: skip
    return Pools(
        of=of,
        yearly=np.array([row.kind == "yearly" for row in kinds], dtype=np.bool_),
        flow=np.array([row.kind == "flow" for row in kinds], dtype=np.bool_),
        reserve=np.array([row.reserve.value if row.reserve else 0.0 for row in kinds]),
        amount=np.zeros(size), used=np.zeros(size, dtype=np.int64), balance=np.zeros(size), owed=np.zeros(size),
        line=np.array([line[name] for name, _ in rows]), saved=np.zeros(size),
        most=np.array([0.0 if row.kind == "yearly" else LUMPS * stay[name] * (1.0 - scale)
                       for (name, _), row in zip(rows, kinds, strict=True)]),
        spent=np.zeros(size), days=np.zeros(size, dtype=np.int64), over=np.zeros(size),
        first=np.full(size, NOBODY), last=np.full(size, NOBODY),
    )  # fmt: skip


def amounts(world: World) -> Floats:
    """What each pool has at scale 1, before any directive."""
    return np.array([_amount(world.resources[name], area) for name, area in names(world)])


def _amount(row: Resource, area: str) -> float:
    quantity = row.amounts[area] if area else row.amount
    return quantity.value if quantity else 0.0


@compiled
def has_room(pool: int, takes: float, pools: Pools) -> bool:
    """Whether somebody who cannot wait can take so much of a pool now.

    A flow lets the last one take more than is left; the next days make up for it. Where it cannot save up what a few
    cases take, it gives as much in advance: at scale 1 a day's cases take of it one by one, at a small scale one case
    that stands for all of them comes every few days.
    """
    if pools.flow[pool]:
        return bool(pools.balance[pool] > -advance(pool, takes, pools))
    return bool(pools.used[pool] + 1.0 <= pools.amount[pool] or pools.saved[pool] > 0.0)


@compiled
def can_serve(pool: int, takes: float, pools: Pools) -> bool:
    """Whether the first in line can take so much of a pool tonight; see `has_room`."""
    if pools.flow[pool]:
        return bool(pools.balance[pool] - pools.owed[pool] > -advance(pool, takes, pools))
    return has_room(pool, takes, pools)


@compiled
def advance(pool: int, takes: float, pools: Pools) -> float:
    """How far a flow may be overdrawn by those who take so much each: by what it lacks for `LUMPS` of them.

    A flow of which there is nothing gives nothing in advance.
    """
    if pools.amount[pool] <= 0.0:
        return 0.0
    return max(0.0, LUMPS * takes - float(pools.amount[pool]) * (1.0 + float(pools.reserve[pool])))


@compiled
def make_up(pool: int, pools: Pools) -> None:
    """What those who cannot wait have left of a flow makes up for what was given in advance to those in line."""
    left = min(max(pools.balance[pool], 0.0), pools.owed[pool])
    pools.balance[pool] -= left
    pools.owed[pool] -= left


@compiled
def owe(pool: int, before: float, pools: Pools) -> None:
    """What one in line took beyond what was left ``before`` is owed, and no loss of those who cannot wait."""
    beyond = max(min(before, 0.0) - pools.balance[pool], 0.0)
    pools.balance[pool] += beyond
    pools.owed[pool] += beyond


@compiled
def begin(pools: Pools) -> None:
    """The first morning: what could be given in advance to those in line has been given."""
    for pool in range(pools.flow.shape[0]):
        if pools.flow[pool]:
            pools.owed[pool] = advance(pool, pools.line[pool], pools)


@compiled
def replenish(pools: Pools) -> None:
    """The morning: a day's worth flows into each flow, and what it can save is kept."""
    for pool in range(pools.flow.shape[0]):
        if pools.flow[pool]:
            most = pools.amount[pool] * (1.0 + pools.reserve[pool])
            pools.balance[pool] = min(pools.balance[pool] + pools.amount[pool], most)


@compiled
def day_of(pools: Pools) -> None:
    """The evening: a day of what is in use is counted, and of what is above the amount."""
    for pool in range(pools.flow.shape[0]):
        if not pools.flow[pool]:
            pools.days[pool] += pools.used[pool]
            pools.over[pool] += max(0.0, pools.used[pool] - pools.amount[pool])
            saved = pools.saved[pool] + pools.amount[pool] - pools.used[pool]
            pools.saved[pool] = min(max(saved, 0.0), pools.most[pool])
