"""What the address of a scenario's consequences says."""

from dataclasses import dataclass
from typing import ClassVar

from model.world.loader import load
from viz.app.address import kept, one_of, whole
from viz.app.sizes import Sized, size

SCENARIO = "zero-tolerance-2018"
MOST = 12
"""Replications."""


@dataclass(frozen=True)
class Shown(Sized):
    """What is run, and what it is set against."""

    SCALES: ClassVar[tuple[float, ...]] = (0.005, 0.02, 0.05)

    scenario: str = kept(SCENARIO, one_of(lambda: load().scenarios))
    set: tuple[str, ...] = kept((), many=True)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = size(usual=0.02, most=0.05)
    against: tuple[str, ...] = kept((), one_of(lambda: load().scenarios), many=True)
    replications: int = kept(4, whole(2, MOST))
