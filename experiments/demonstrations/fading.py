"""Why a memo fades on its way down: how much of two directives is left at each level of one agency."""

from collections.abc import Callable
from datetime import date, timedelta

from experiments.parallel import Progress
from experiments.staff import exposure, people
from model import BureaucracyModel

SCENARIO, UNIT = "morton-2011", "ice.attorneys"
APPEAL, ORDER = "discretion-2011", "review-2011"
LATER = timedelta(days=60)
LEVELS = {"directors": 1, "supervisors": 2, "officers": 3}


def fading(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """Mean exposure of ICE's trial attorneys and those above them, sixty days after a directive came.

    Returns:
        Shares of the message: of the appeal of June 2011, at the ``directors`` (chief counsel), the ``supervisors``
        and the ``officers``; and of the order of November 2011, for which managers answer, at the officers
        (``ordered``).
    """
    model = BureaucracyModel(SCENARIO, scale, seed)
    staff = people(model)
    here = staff["unit"] == UNIT
    figures: dict[str, float] = {}
    days = {name: model.world.directives[name].start + LATER for name in (APPEAL, ORDER)}
    total = (days[ORDER] - model.start).days + 1
    for name, day in days.items():
        _run_to(model, day, lambda done: progress(done, total))
        reached = exposure(model, name)
        by_level = {key: float(reached[here & (staff["level"] == level)].mean()) for key, level in LEVELS.items()}
        figures |= by_level if name == APPEAL else {"ordered": by_level["officers"]}
    return figures


def _run_to(model: BureaucracyModel, day: date, progress: Callable[[int], None]) -> None:
    while model.today < day:
        model.step()
        progress(model.day + 1)
