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


class Pools(NamedTuple):
    """One row a pool, resource by resource.

    Attributes:
        of: resources x areas, the pool of a resource for a case of that area.
        yearly, flow: the kind; neither is a stock.
        reserve: days' worth that a flow can save up.
        amount: what there is, a day of it for a flow; changes with directives.
        used: of a stock, units in use; of a yearly resource, used so far; a flow's are in ``spent``.
        balance: what is left of a flow, below zero where the last to take of it took more.
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


def pools(world: World) -> Pools:
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
    return Pools(
        of=of,
        yearly=np.array([row.kind == "yearly" for row in kinds], dtype=np.bool_),
        flow=np.array([row.kind == "flow" for row in kinds], dtype=np.bool_),
        reserve=np.array([row.reserve.value if row.reserve else 0.0 for row in kinds]),
        amount=np.zeros(size), used=np.zeros(size, dtype=np.int64), balance=np.zeros(size), spent=np.zeros(size),
        days=np.zeros(size, dtype=np.int64), over=np.zeros(size),
        first=np.full(size, NOBODY), last=np.full(size, NOBODY),
    )  # fmt: skip


def amounts(world: World) -> Floats:
    """What each pool has at scale 1, before any directive."""
    return np.array([_amount(world.resources[name], area) for name, area in names(world)])


def _amount(row: Resource, area: str) -> float:
    quantity = row.amounts[area] if area else row.amount
    return quantity.value if quantity else 0.0


@compiled
def has_room(pool: int, pools: Pools) -> bool:
    """Whether somebody can take of a pool now.

    A flow lets the last one take more than is left; the next days make up for it.
    """
    if pools.flow[pool]:
        return bool(pools.balance[pool] > 0.0)
    return bool(pools.used[pool] < pools.amount[pool])


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
