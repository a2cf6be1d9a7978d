"""The smallest size at which a scenario can be read: below it, what is simulated is too coarse for its clocks.

At a scale below 1 a case stands for many, and officers and pools are accounts of hours, beds and slots
(`model.agencies.officers.sharing`, `model.day.pools`). An account answers as the real system does while one case is
little to it.
"""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from model.day.pools import LUMPS, names
from model.errors import InputError
from model.schema import Edge, Resource, Scenario, World
from model.world.streams import within

WEEK = 5.0
"""Days of work: a desk that needs more for one case keeps others waiting as nobody waits in the real system."""
SEASON = 90.0
"""Days: what a flow gives in advance is made up for within a season, or a shortage of a season would not be seen."""


class Smallest(NamedTuple):
    """The smallest scale, and what would be too coarse below it."""

    scale: float
    why: str


def smallest(world: World, scenario: Scenario) -> Smallest:
    """The smallest scale of a scenario in a world.

    >>> from model.world.loader import load
    >>> world = load("two-desks")
    >>> smallest(world, world.scenarios["memo"])
    Smallest(scale=0.00084, why='a case would keep fees.clerks busy for more than a week')
    """
    watched = within(world, scenario)
    scale, why = max([*_desks(watched), *_pools(watched)], default=(0.0, "nothing is too coarse at any scale"))
    return Smallest(_rounded_up(scale), why)


def check(world: World, scenario: Scenario, scale: float) -> None:
    """Raise InputError if a scenario cannot be read at a scale."""
    least = smallest(world, scenario)
    if scale < least.scale:
        raise InputError(
            f"too small a size for this scenario: {least.why}",
            where="scale", found=scale, allowed=f"{least.scale:g} to 1",
        )  # fmt: skip


def _desks(world: World) -> Iterator[tuple[float, str]]:
    """Of each unit (each office, where a region sends it what arises there): when its longest case takes a week."""
    for agency, entry in world.agencies.items():
        for title, unit in entry.units.items():
            name = f"{agency}.{title}"
            mine = [s for at, s in world.stages.items() if s.decider == name or _moved(world, at, name)]
            longest = max((stage.screening_hours.value + stage.review_hours.value for stage in mine), default=0.0)
            weights = world.offices_of(unit)
            share = min(weights.values()) / sum(weights.values()) if unit.region else 1.0
            days = max(WEEK, longest / unit.hours.value)
            yield (
                longest / (unit.staff.value * share * unit.hours.value * days),
                f"a case would keep {name} busy for more than a week",
            )


def _moved(world: World, stage: str, unit: str) -> bool:
    return any(directive.moves.get(stage) == unit for directive in world.directives.values())


def _pools(world: World) -> Iterator[tuple[float, str]]:
    """Of each pool that can turn a case away: when it gives as much in advance as a season brings, or has few beds."""
    edges = [edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    for name, area in names(world):
        row = world.resources[name]
        quantity = row.amounts[area] if area else row.amount
        takes = max((_takes(world, edge, name, row, area) for edge in edges), default=0.0)
        if quantity and quantity.value > 0.0 and takes > 0.0:
            season = SEASON if row.kind == "flow" else 1.0
            yield LUMPS * takes / (quantity.value * season), f"{name}{f' of {area}' if area else ''} would be too few"


def _takes(world: World, edge: Edge, name: str, row: Resource, area: str) -> float:
    """What a case takes of a pool on its way along an edge; 0 where it goes another way, or takes it in any event."""
    if area and not _concerns(world, edge, row, area):
        return 0.0
    if edge.uses == name and not edge.beyond:
        return edge.takes.value if edge.takes else 1.0
    return 1.0 if edge.needs == name else 0.0


def _concerns(world: World, edge: Edge, row: Resource, area: str) -> bool:
    """Whether an edge is for cases of one of the areas of a pool."""
    parts = world.regions[str(row.region)].parts
    areas = set(parts[area]) if area in parts else {area}
    return not edge.when or any(not one.area or areas & set(one.area) for one in edge.when)


def _rounded_up(scale: float) -> float:
    """Two digits, not below.

    >>> _rounded_up(0.01543), _rounded_up(0.0)
    (0.016, 0.0)
    """
    digits = 0
    while 0.0 < scale * 10.0**digits < 10.0:
        digits += 1
    return ceil(scale * 10.0**digits - 1e-9) / 10.0**digits
