"""What the address of a case says."""

from dataclasses import dataclass
from datetime import date

from model.world.loader import load
from viz.app.address import day, kept, one_of, share, whole
from viz.app.pages.case.person import fact, written


@dataclass(frozen=True)
class Shown:
    """A named case, what is otherwise in it, and the world that it comes before."""

    case: str = kept("claudia", one_of(lambda: load().cases))
    fact: tuple[tuple[str, str], ...] = kept((), fact, written, many=True)
    scenario: str = kept("", one_of(lambda: load().scenarios))
    on: date | None = kept(None, day, write=str)
    seed: int = kept(1, whole(0, 999_999))
    scale: float = kept(0.005, share(0.001, 0.02), write=lambda value: f"{value:g}")
    stage: str = kept("", one_of(lambda: load().stages))
