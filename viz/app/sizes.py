"""The sizes that a page offers: those at which the scenario that it shows can be read (`model.sizes`).

A world with a few officers is run as it is unless told otherwise, since a part of it would be too few to tell anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from model.errors import InputError
from model.sizes import check, smallest
from viz.app.address import kept
from viz.app.shown_world import per_world, the_world, tried

LEAST, MOST = 0.005, 0.02
FEW = 1_000
"""Officers: a world with no more of them is a small one."""
OF_SMALL = (0.05, 0.2, 1.0)
"""The sizes that are offered of a small world; the last is the usual one."""


def size(usual: float = LEAST, most: float = MOST) -> Any:
    """The field for the size of a run: what it is unless a link says otherwise, and the largest that a link may say."""
    return kept(lambda: OF_SMALL[-1] if small() else usual, _read(most), lambda value: f"{value:g}")


def small() -> bool:
    """Whether the world that is shown is a small one."""
    units = (unit for agency in the_world().agencies.values() for unit in agency.units.values())
    return sum(unit.staff.value for unit in units) <= FEW


def _read(most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        largest = OF_SMALL[-1] if small() else most
        if not 0.0 < value <= largest:
            raise InputError("not a size of this page", found=text,
                             allowed=f"as small as the scenario can be read at, and up to {largest:g}")  # fmt: skip
        return value

    return read


@dataclass(frozen=True)
class Sized:
    """A state with the size of a run, its ``scale``; a size at which its scenario cannot be read gives way."""

    SCALES: ClassVar[tuple[float, ...]] = (LEAST, 0.01, MOST)

    def watched(self) -> tuple[str, tuple[str, ...], str]:
        """The scenario, the settings of its world, and a scenario of the visitor's own."""
        state: Any = self
        return state.scenario, getattr(state, "set", ()), ""

    @property
    def sizes(self) -> tuple[float, ...]:
        """Those that are offered, the smallest first."""
        return sizes(OF_SMALL if small() else self.SCALES, *self.watched())

    def fitted(self) -> tuple[Self, InputError | None]:
        """The state with a size at which its scenario can be read, and what was wrong with the one it had."""
        scenario, settings, own = self.watched()
        world, _ = tried(settings, own)
        if scenario not in world.scenarios:
            return self, None
        try:
            check(world, world.scenarios[scenario], self.scale)  # type: ignore[attr-defined]
        except InputError as problem:
            return replace(self, scale=self.sizes[0]), problem  # type: ignore[call-arg]
        return self, None


@per_world(most=64)
def sizes(scales: tuple[float, ...], scenario: str, settings: tuple[str, ...] = (), own: str = "") -> tuple[float, ...]:
    """Of some sizes, those at which a scenario can be read; its smallest where there is none.

    >>> sizes((0.005, 0.01, 0.02), "morton-2011"), sizes((0.005, 0.01, 0.02), "zero-tolerance-2018")
    ((0.005, 0.01, 0.02), (0.02,))
    """
    world, _ = tried(settings, own)
    if scenario not in world.scenarios:
        return scales
    least = smallest(world, world.scenarios[scenario]).scale
    return tuple(one for one in scales if one >= least) or (least,)
