"""The work behind the page: a stored sweep, read and analysed. Nothing is written."""

from dataclasses import dataclass

from experiments.sensitivity.analysis import Analysis, analyse
from experiments.sweep.loading import load_plan, load_targets
from viz.app.jobs import Progress
from viz.app.sweep_library import Shelf


@dataclass(frozen=True)
class Opened:
    """A sweep that has been read: what may be looked at, and what was found of what is."""

    targets: list[str]
    found: Analysis


def opened(shelf: Shelf, name: str, written: float, of: str, scenario: str, corner: str, progress: Progress) -> Opened:
    """All that the design of a sweep tells of an outcome.

    Args:
        shelf: where the sweep is.
        name: of its folder.
        written: when it was last written, so that a sweep that has grown is read again.
        of: the target; for an empty text that of the condition, else of the plan, else the first that there is.
        scenario: the plan's first for an empty text.
        corner: what counts as failing; nothing for an empty text.
        progress: not told anything before the end.

    Raises:
        InputError: no such sweep, or it cannot tell what is asked for.
    """
    folder = shelf.place(name)
    targets = [str(target) for target in load_targets(folder)]
    plan = load_plan(folder).plan
    wanted = None if corner else of or plan.target or targets[0]
    return Opened(targets, analyse(folder, wanted, scenario or plan.scenarios[0], corner or None))
