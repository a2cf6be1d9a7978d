"""What the address of a scenario's consequences says."""

from dataclasses import dataclass
from typing import ClassVar

from viz.app.address import kept, one_of, whole
from viz.app.shown_world import first, the_world
from viz.app.sizes import Sized, size

MOST = 12
"""Replications."""


@dataclass(frozen=True)
class Shown(Sized):
    """What is run, and what it is set against."""

    SCALES: ClassVar[tuple[float, ...]] = (0.005, 0.02, 0.05)

    scenario: str = kept(first("downstream"), one_of(lambda: the_world().scenarios))
    set: tuple[str, ...] = kept((), many=True)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = size(usual=0.02, most=0.05)
    against: tuple[str, ...] = kept((), one_of(lambda: the_world().scenarios), many=True)
    replications: int = kept(4, whole(2, MOST))
