"""What the address of a case says."""

from dataclasses import dataclass
from datetime import date

from viz.app.address import day, kept, one_of, whole
from viz.app.pages.case.person import fact, written
from viz.app.shown_world import first, the_world
from viz.app.sizes import Sized, size


@dataclass(frozen=True)
class Shown(Sized):
    """A named case, what is otherwise in it, and the world that it comes before."""

    case: str = kept(first("case"), one_of(lambda: the_world().cases))
    fact: tuple[tuple[str, str], ...] = kept((), fact, written, many=True)
    scenario: str = kept("", one_of(lambda: the_world().scenarios))
    on: date | None = kept(None, day, write=str)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = size()
    stage: str = kept("", one_of(lambda: the_world().stages))

    def watched(self) -> tuple[str, tuple[str, ...], str]:
        """The scenario that the case comes before: its own, unless another is named."""
        return self.scenario or the_world().cases[self.case].scenario, (), ""
