"""What is counted gets done: the same order, with other things counted."""

from datetime import date

from experiments.parallel import Progress, one_of
from experiments.rates import rates
from model import BureaucracyModel
from model.schema import World
from model.world.levers import amended
from model.world.loader import load

SCENARIO, STAGE, UNTIL = "morton-2011", "review", date(2012, 10, 31)
ORDER = "review-2011"
LEVERS = {"as-issued": "", "no-quotas": "quotas-dropped", "counted": "discretion-counted"}


def counted(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """Cases offered closure, of those reviewed from the order of November 2011 to October 2012.

    Returns:
        Shares: ``as-issued``; ``no-quotas``, had the goals for removals been dropped; ``counted``, had an offer of
        closure counted as an achievement.
    """
    figures = {}
    for at, (key, lever) in enumerate(LEVERS.items()):
        days = one_of(progress, at, len(LEVERS))
        figures[key] = _offered(amended(load(), lever) if lever else load(), seed, scale, days)
    return figures


def _offered(world: World, seed: int, scale: float, progress: Progress) -> float:
    model = BureaucracyModel(SCENARIO, scale, seed, world=world, until=UNTIL).run(progress)
    outcomes = model.recorder.outcomes()
    reviewed = outcomes[(outcomes["stage"] == STAGE) & (outcomes["week"].dt.date >= world.directives[ORDER].start)]
    return float(rates(reviewed, ["stage"])["rate"].iloc[0])
