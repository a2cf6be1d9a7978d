"""What the address of a live run says."""

from dataclasses import dataclass
from datetime import date

from model.world.loader import load
from viz.app.address import day, kept, one_of, share, whole
from viz.app.pages.live_run.run import Setup
from viz.app.worlds import OWN

SCALES = (0.005, 0.01, 0.02)
SCENARIO = "morton-2011"


@dataclass(frozen=True)
class Shown:
    """What the address says."""

    scenario: str = kept(SCENARIO, one_of(lambda: (*load().scenarios, OWN)))
    directive: str = kept("", one_of(lambda: load().directives))
    set: tuple[str, ...] = kept((), many=True)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = kept(0.005, share(0.001, 0.02), write=lambda value: f"{value:g}")
    day: date | None = kept(None, day, write=str)
    colour: str = kept("exposure", one_of(lambda: ["exposure", "culture"]))
    who: str = kept("")
    own: str = kept("")

    @property
    def setup(self) -> Setup:
        """What makes the run."""
        return Setup(self.scenario, self.set, self.seed, self.scale, self.own)
