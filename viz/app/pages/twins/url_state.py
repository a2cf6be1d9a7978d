"""What the address of a pair of worlds says."""

from dataclasses import dataclass

from viz.app.address import kept, one_of, whole
from viz.app.shown_world import first, the_world
from viz.app.sizes import Sized, size

MOST = 20
"""Pairs."""
ANY = ""


@dataclass(frozen=True)
class Shown(Sized):
    """What is set against what, and which of the flips are looked at."""

    scenario: str = kept(first("scenario"), one_of(lambda: the_world().scenarios))
    without: tuple[str, ...] = kept((), one_of(lambda: the_world().directives), many=True)
    against: str = kept("", one_of(lambda: ("", *the_world().scenarios)))
    set: tuple[str, ...] = kept((), many=True)
    replications: int = kept(6, whole(2, MOST))
    seed: int = kept(1, whole(0, 999_999))
    scale: float = size()
    agency: str = kept(ANY)
    stage: str = kept(ANY)
    level: str = kept(ANY)
    term: str = kept(ANY)
    cause: str = kept(ANY)
    flip: int = kept(0, whole(0, 10_000_000))

    @property
    def asked(self) -> tuple[object, ...]:
        """The arguments of `viz.app.pages.twins.tasks.findings`."""
        without = None if self.against or not self.without else self.without
        return (self.scenario, without, self.against or None, self.set, self.replications, self.seed, self.scale)
