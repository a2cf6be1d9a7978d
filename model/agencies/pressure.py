"""What is counted, against the target; and what managers make of it.

A metric's year begins with the fiscal year, or on the day on which it comes to count: what is not in force presses on
nobody, and what comes into force in mid-year is measured from then on. Each day that it counts, the day's part of the
target of that day is due. On a day that is a share ``f`` of the fiscal year::

    due      = sum of target / days of the fiscal year, over the days of its year before today
    gap      = max(0, 1 - done / due)
    pressure = standing + gap * (1 + urgency * f)

A manager divides their emphasis between numbers and directives: ``judged + (1 - judged) * gap`` goes to numbers, the
gap being the widest of the agency's. Where nothing is counted, nothing does. Officers feel the pressure in proportion
to their own manager's emphasis (Wilson 1989, p. 161; Rabin 2014, Part III.D).
"""

from datetime import date

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Managers
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import World

Numbers = npt.NDArray[np.int64]
EARLY = 0.02
"""Share of a year for which a metric has to count before a gap says anything: one week."""


def year_of(day: date, first_month: int) -> tuple[date, int]:
    """The first day of the fiscal year in which a day lies, and how many days that year has.

    >>> year_of(date(2011, 9, 30), 10), year_of(date(2011, 10, 1), 10)
    ((datetime.date(2010, 10, 1), 365), (datetime.date(2011, 10, 1), 366))
    """
    first = date(day.year if day.month >= first_month else day.year - 1, first_month, 1)
    return first, (first.replace(year=first.year + 1) - first).days


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
    """What is due and what is done in the year of each metric, and the pressure that it makes.

    Attributes:
        target: events a fiscal year, at the scale of the run.
        done: events since the metric's year began.
        due: events that its targets asked for by last night.
        counted: for how long it has counted in its year, as a share of the fiscal year.
        counts: whether it counts today.
        gap: how far what is done lags behind what is due, as a share.
        force: the pressure of each metric, before a manager passes it on.
    """

    def __init__(self, world: World) -> None:
        """Nothing counts yet."""
        agencies = list(world.agencies)
        self.world = world
        self.agency = np.array([agencies.index(row.agency) for row in world.metrics.values()], dtype=np.int64)
        self.target, self.done, self.due, self.counted, self.gap, self.force = np.zeros((6, len(self.agency)))
        self.counts = np.zeros(len(self.agency), dtype=np.bool_)

    def step(self, day: date, in_force: npt.NDArray[np.bool_]) -> None:
        """Gaps and pressure on the morning of a day; then the day's part of the targets is due by tonight."""
        first, days = year_of(day, self.world.fiscal_year_start)
        counts = in_force & (self.target > 0)
        begins = counts & (~self.counts | (day == first))
        for column in (self.done, self.due, self.counted):
            column[begins] = 0.0
        self.counts = counts
        society, behind = self.world.society, self.due - self.done
        late = counts & (self.counted > EARLY) & (behind > 0)
        self.gap = np.divide(behind, self.due, out=np.zeros_like(behind), where=late)
        pressed = society.standing_pressure.value + self.gap * (1.0 + society.urgency.value * (day - first).days / days)
        self.force = np.where(counts, pressed, 0.0)
        self.due += np.where(counts, self.target, 0.0) / days
        self.counted += counts / days

    def on_pace(self) -> None:
        """What is due is done: a watch that begins in mid-year begins on pace."""
        self.done[:] = self.due

    def emphasis(self, managers: Managers) -> Floats:
        """The share of each manager's emphasis that numbers take."""
        widest = np.array([self.gap[self.agency == a].max(initial=0.0) for a in range(len(self.world.agencies))])
        takes = managers.judged + (1.0 - managers.judged) * np.minimum(widest[managers.agency], 1.0)
        counting = np.isin(managers.agency, self.agency[self.counts])
        return np.where(counting, takes, 0.0)
