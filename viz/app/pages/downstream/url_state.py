"""What the address of a scenario's consequences says."""

from dataclasses import dataclass

from model.world.loader import load
from viz.app.address import kept, one_of, share, whole

SCENARIO = "zero-tolerance-2018"
SCALES = (0.005, 0.02, 0.05)
MOST = 12
"""Replications."""


@dataclass(frozen=True)
class Shown:
    """What is run, and what it is set against."""

    scenario: str = kept(SCENARIO, one_of(lambda: load().scenarios))
    set: tuple[str, ...] = kept((), many=True)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = kept(0.02, share(0.001, 0.05), write=lambda value: f"{value:g}")
    against: tuple[str, ...] = kept((), one_of(lambda: load().scenarios), many=True)
    replications: int = kept(4, whole(2, MOST))
