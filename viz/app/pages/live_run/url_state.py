"""What the address of a live run says."""

from dataclasses import dataclass
from datetime import date

from viz.app.address import day, kept, one_of, whole
from viz.app.pages.live_run.watched_run import Setup
from viz.app.shown_world import OWN, first, the_world
from viz.app.sizes import Sized, size


@dataclass(frozen=True)
class Shown(Sized):
    """What the address says."""

    scenario: str = kept(first("scenario"), one_of(lambda: (*the_world().scenarios, OWN)))
    directive: str = kept("", one_of(lambda: the_world().directives))
    set: tuple[str, ...] = kept((), many=True)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = size()
    day: date | None = kept(None, day, write=str)
    colour: str = kept("exposure", one_of(lambda: ["exposure", "culture"]))
    who: str = kept("")
    own: str = kept("")

    def watched(self) -> tuple[str, tuple[str, ...], str]:
        """The scenario with what has been moved, or the visitor's own."""
        return self.scenario, self.set, self.own

    @property
    def setup(self) -> Setup:
        """What makes the run."""
        return Setup(self.scenario, self.set, self.seed, self.scale, self.own)
