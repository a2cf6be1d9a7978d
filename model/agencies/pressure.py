"""What is counted, against the target; and what managers make of it.

For each metric, on a day that is a share ``f`` of the fiscal year::

    gap      = max(0, 1 - done / (target * f))
    pressure = standing + gap * (1 + urgency * f)

A manager divides their emphasis between numbers and directives: ``judged + (1 - judged) * gap`` goes to numbers, the
gap being the widest of the agency's. Where nothing is counted, nothing does. Officers feel the pressure in proportion
to their own manager's emphasis (Wilson 1989, p. 161; Rabin 2014, Part III.D).
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Managers
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import World

Numbers = npt.NDArray[np.int64]
EARLY = 0.02
"""Share of the year before which a gap says nothing: one week."""


def fiscal_year(day: date, first_month: int) -> int:
    """The fiscal year of a day, named for the calendar year in which it ends.

    >>> fiscal_year(date(2011, 9, 30), 10), fiscal_year(date(2011, 10, 1), 10), fiscal_year(date(2011, 5, 5), 1)
    (2011, 2012, 2011)
    """
    return day.year + (1 if first_month > 1 and day.month >= first_month else 0)


def share_of_year(day: date, first_month: int) -> float:
    """How much of the fiscal year has gone by at the end of a day.

    >>> round(share_of_year(date(2011, 10, 1), 10), 4), share_of_year(date(2012, 9, 30), 10)
    (0.0027, 1.0)
    """
    year = day.year if day.month >= first_month else day.year - 1
    first, following = date(year, first_month, 1), date(year + 1, first_month, 1)
    return ((day - first).days + 1) / (following - first).days


@compiled
def press(agency: Numbers, counting: Numbers, force: Floats, emphasis: Floats, into: Floats) -> None:
    """Pressure on officers: the force of each metric of their agency times their manager's emphasis on numbers.

    ``agency`` and ``emphasis`` have a row an officer, ``counting`` (whose metric) and ``force`` a row a metric;
    ``into`` is officers x metrics.
    """
    for officer in range(into.shape[0]):
        for goal in range(into.shape[1]):
            own = counting[goal] == agency[officer]
            into[officer, goal] = force[goal] * emphasis[officer] if own else 0.0


class Targets:
    """The counts of the fiscal year so far and the pressure that they make."""

    def __init__(self, world: World, scale: float, first_day: date) -> None:
        """Targets at a scale; a watch that begins in mid-year begins on pace."""
        rows = list(world.metrics.values())
        agencies = list(world.agencies)
        self.world = world
        self.agency = np.array([agencies.index(row.agency) for row in rows], dtype=np.int64)
        self.target = np.array([row.target.value for row in rows]) * scale
        self.done = self.target * self._before(first_day)
        self.gap = np.zeros(len(rows))
        self.force = np.zeros(len(rows))
        self.counted = np.zeros(len(agencies), dtype=np.bool_)

    def _before(self, day: date) -> float:
        share = share_of_year(day - timedelta(days=1), self.world.fiscal_year_start)
        return 0.0 if share >= 1.0 else share

    def set_target(self, metric: int, target: float) -> None:
        """A new yearly target; what has been done stays done."""
        self.target[metric] = target

    def step(self, day: date, in_force: npt.NDArray[np.bool_]) -> None:
        """Gaps and pressure on the morning of a day."""
        passed = self._before(day)
        if passed == 0.0:
            self.done[:] = 0.0
        society = self.world.society
        pace = self.target * passed
        behind = np.divide(pace - self.done, pace, out=np.zeros_like(pace), where=pace > 0)
        counts = in_force & (self.target > 0)
        self.gap = np.where(counts & (passed > EARLY), np.maximum(behind, 0.0), 0.0)
        press = society.standing_pressure.value + self.gap * (1.0 + society.urgency.value * passed)
        self.force = np.where(counts, press, 0.0)
        self.counted = np.array(
            [bool(np.any(counts & (self.agency == a))) for a in range(len(self.world.agencies))], dtype=np.bool_
        )

    def emphasis(self, managers: Managers) -> Floats:
        """The share of each manager's emphasis that numbers take."""
        widest = np.array([self.gap[self.agency == a].max(initial=0.0) for a in range(len(self.world.agencies))])
        takes = managers.judged + (1.0 - managers.judged) * np.minimum(widest[managers.agency], 1.0)
        return np.where(self.counted[managers.agency], takes, 0.0)
