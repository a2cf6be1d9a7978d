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
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Managers
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import World

Numbers = npt.NDArray[np.int64]
EARLY = 0.02
"""Share of a year for which a metric has to count before a gap says anything: one week."""


class Targets(NamedTuple):
    """What is due and what is done in the year of each metric, and the pressure that it makes. One row a metric.

    Attributes:
        agency: whose metric it is.
        target: events a fiscal year, at the scale of the run.
        done: events since the metric's year began.
        due: events that its targets asked for by last night.
        counted: for how long it has counted in its year, as a share of the fiscal year.
        counts: whether it counts today.
        gap: how far what is done lags behind what is due, as a share.
        force: the pressure of each metric, before a manager passes it on.
    """

    agency: Numbers
    target: Floats
    done: Floats
    due: Floats
    counted: Floats
    counts: npt.NDArray[np.bool_]
    gap: Floats
    force: Floats


def targets(world: World) -> Targets:
    """The metrics of a world; nothing counts yet."""
    agencies = list(world.agencies)
    whose = np.array([agencies.index(row.agency) for row in world.metrics.values()], dtype=np.int64)
    target, done, due, counted, gap, force = np.zeros((6, len(whose)))
    return Targets(whose, target, done, due, counted, np.zeros(len(whose), dtype=np.bool_), gap, force)


def year_of(day: date, first_month: int) -> tuple[date, int]:
    """The first day of the fiscal year in which a day lies, and how many days that year has.

    >>> year_of(date(2011, 9, 30), 10), year_of(date(2011, 10, 1), 10)
    ((datetime.date(2010, 10, 1), 365), (datetime.date(2011, 10, 1), 366))
    """
    first = date(day.year if day.month >= first_month else day.year - 1, first_month, 1)
    return first, (first.replace(year=first.year + 1) - first).days


@compiled
def update_targets(
    new_year: bool, since: float, length: float, standing: float, urgency: float,
    in_force: npt.NDArray[np.bool_], targets: Targets,
) -> None:  # fmt: skip
    """Gaps and pressure on the morning of a day; then the day's part of the targets is due by tonight.

    The day is the first of a fiscal year or not, of whose ``length`` days ``since`` are over.
    """
    for goal in range(in_force.shape[0]):
        counts = in_force[goal] and targets.target[goal] > 0.0
        if counts and (new_year or not targets.counts[goal]):
            targets.done[goal] = targets.due[goal] = targets.counted[goal] = 0.0
        targets.counts[goal] = counts
        behind = targets.due[goal] - targets.done[goal]
        late = counts and targets.counted[goal] > EARLY and behind > 0.0
        targets.gap[goal] = behind / targets.due[goal] if late else 0.0
        targets.force[goal] = standing + targets.gap[goal] * (1.0 + urgency * since / length) if counts else 0.0
        if counts:
            targets.due[goal] += targets.target[goal] / length
            targets.counted[goal] += 1.0 / length


@compiled
def update_emphasis(managers: Managers, targets: Targets, into: Floats) -> None:
    """The share of each manager's emphasis that numbers take."""
    for manager in range(into.shape[0]):
        widest, counting = 0.0, False
        for goal in range(targets.agency.shape[0]):
            if targets.agency[goal] == managers.agency[manager]:
                widest = max(widest, targets.gap[goal])
                counting = counting or targets.counts[goal]
        judged = managers.judged[manager]
        into[manager] = judged + (1.0 - judged) * min(widest, 1.0) if counting else 0.0


@compiled
def update_pressure(
    agency: Numbers, unit: Numbers, above: Numbers, emphasis: Floats, targets: Targets, into: Floats
) -> None:
    """Pressure on officers: the force of each metric of their agency times their manager's emphasis on numbers.

    ``agency`` has a row a unit, ``unit`` and ``above`` (the manager) a row an officer; ``into`` is officers x metrics.
    """
    for officer in range(into.shape[0]):
        whose, stress = agency[unit[officer]], emphasis[above[officer]]
        for goal in range(into.shape[1]):
            into[officer, goal] = targets.force[goal] * stress if targets.agency[goal] == whose else 0.0
