"""What the address of a ranking of levers says."""

from dataclasses import dataclass

from experiments.levers import POINT, SHOWN
from experiments.precomputed import REPLICATIONS, SEED, Asked
from viz.app.address import kept, one_of, whole
from viz.app.shown_world import first, named, the_world
from viz.app.sizes import Sized, size

MOST = 20
"""Replications."""


@dataclass(frozen=True)
class Shown(Sized):
    """Of which scenario, by whose decisions the levers are ranked, and of which directive the doses are."""

    scenario: str = kept(first("scenario"), one_of(lambda: the_world().scenarios))
    agency: str = kept("", one_of(lambda: ("", *the_world().agencies)))
    beside: str = kept("", one_of(lambda: ("", *SHOWN, POINT)))
    directive: str = kept("", one_of(lambda: ("", *the_world().directives)))
    replications: int = kept(REPLICATIONS, whole(2, MOST))
    seed: int = kept(SEED, whole(0, 999_999))
    scale: float = size()

    @property
    def asked(self) -> Asked:
        """What makes the findings."""
        return Asked(self.scenario, self.replications, self.seed, self.scale)

    @property
    def shipped(self) -> bool:
        """Whether the findings come with the project."""
        return named() is None and self.asked.shipped
