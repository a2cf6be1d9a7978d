"""What follows from a world and a scenario alone is found once, however many runs ask for it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Generic, TypeVar

from model.schema import Scenario, World

Part = TypeVar("Part")
Found = TypeVar("Found")
KEPT = 8
"""Pairs of a world and a scenario of which this is kept."""


class Same(Generic[Part]):
    """Part of a world, told from others by being another: none ever changes, and to compare them in full takes long."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.part is other.part


def once(find: Callable[[World, Scenario], Found]) -> Callable[[World, Scenario], Found]:
    """The same function, which keeps what it last found; what it raises it raises again.

    >>> from model.world.loader import load
    >>> asked, world = [], load("two-desks")
    >>> titles = once(lambda world, scenario: asked.append(scenario.title) or [scenario.title])
    >>> scenario = world.scenarios["memo"]
    >>> titles(world, scenario) is titles(world, scenario), len(asked)
    (True, 1)
    >>> titles(world, scenario.model_copy(update={"title": "Another"})), len(asked)
    (['Another'], 2)
    """

    @lru_cache(maxsize=KEPT)
    def kept(world: Same[World], scenario: Same[Scenario]) -> Found:
        return find(world.part, scenario.part)

    @wraps(find)
    def look_up(world: World, scenario: Scenario) -> Found:
        return kept(Same(world), Same(scenario))

    return look_up
