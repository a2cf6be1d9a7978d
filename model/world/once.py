"""What follows from parts of a world alone is found once, however many runs ask for it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Generic, ParamSpec, TypeVar

Part = TypeVar("Part")
Parts = ParamSpec("Parts")
Found = TypeVar("Found")
KEPT = 8
"""Of how many parts, or pairs of parts, this is kept."""


class Same(Generic[Part]):
    """Part of a world, told from others by being another: none ever changes, and to compare them in full takes long."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.part is other.part


def once(find: Callable[Parts, Found], most: int = KEPT) -> Callable[Parts, Found]:
    """The same function of parts of a world, which keeps what it last found; what it raises it raises again.

    >>> from model.world.loader import load
    >>> asked, world = [], load("two-desks")
    >>> titles = once(lambda world, scenario: asked.append(scenario.title) or [scenario.title])
    >>> scenario = world.scenarios["memo"]
    >>> titles(world, scenario) is titles(world, scenario), len(asked)
    (True, 1)
    >>> titles(world, scenario.model_copy(update={"title": "Another"})), len(asked)
    (['Another'], 2)
    """

    @lru_cache(maxsize=most)
    def kept(*parts: Same[Any]) -> Found:
        return find(*(one.part for one in parts))  # type: ignore[call-arg]

    @wraps(find)
    def look_up(*parts: Parts.args, **_: Parts.kwargs) -> Found:
        return kept(*map(Same, parts))

    return look_up
