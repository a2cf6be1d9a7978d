"""What is counted, against the target; and what managers make of it.

A target belongs to an agency and, in parts, to its offices: those of the unit that decides what is counted, in
proportion to their share of its cases, from the second year on to what each did in the year before.

A metric's year begins with the fiscal year, or on the day on which it comes to count: what is not in force presses on
nobody, and what comes into force in mid-year is measured from then on. Each day that it counts, the day's part of the
target of that day is due. On a day that is a share ``f`` of the fiscal year, for an office and for the whole agency::

    due      = sum of target / days of the fiscal year, over the days of its year before today
    gap      = max(0, 1 - (done + FEW * pace) / (due + FEW))        pace: done / due of the whole agency
    pressure = standing + gap * (1 + urgency * f)

A manager divides their emphasis between numbers and directives: ``judged + (1 - judged) * gap`` goes to numbers, the
gap being the widest of the metrics of the agency in their office. Where nothing is counted, nothing does. Officers feel
the pressure in proportion to their own manager's emphasis (Wilson 1989, p. 161; Rabin 2014, Part III.D).
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Managers
from model.agencies.officers import office_names
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import World

Numbers = npt.NDArray[np.int64]
EARLY = 0.02
"""Share of a year for which a metric has to count before a gap says anything: one week."""
FEW = 20.0
"""Events that weigh as much as an office's own: with less due, the pace of the whole agency speaks for the office."""
WHOLE = 0
"""The column of the whole agency; its offices follow."""


class Targets(NamedTuple):
    """What is due and what is done in the year of each metric, and the pressure that it makes.

    One row a metric; the columns of ``share``, ``done``, ``due``, ``gap`` and ``force`` are the whole agency (`WHOLE`)
    and the places in which agencies have offices.

    Attributes:
        agency: whose metric it is.
        place: the column of each office (a row of `model.agencies.officers.Offices`); offices of one name in one agency
            share it.
        target: events a fiscal year, at the scale of the run.
        share: of the target, what is due of each place; 0 where nobody does what is counted.
        done: events since the metric's year began.
        due: events that its targets asked for by last night.
        counted: for how long it has counted in its year, as a share of the fiscal year.
        counts: whether it counts today.
        gap: how far what is done lags behind what is due, as a share.
        force: the pressure of each metric, before a manager passes it on.
    """

    agency: Numbers
    place: Numbers
    target: Floats
    share: Floats
    done: Floats
    due: Floats
    counted: Floats
    counts: npt.NDArray[np.bool_]
    gap: Floats
    force: Floats


def targets(world: World) -> Targets:
    """The metrics of a world; nothing counts yet."""
    agencies, metrics = list(world.agencies), list(world.metrics.values())
    seats = [(unit.split(".")[0], office) for unit, office in office_names(world)]
    places = {seat: 1 + at for at, seat in enumerate(dict.fromkeys(seats))}
    share = np.zeros((len(metrics), 1 + len(places)))
    for goal, row in enumerate(metrics):
        agency, title = world.stages[row.stage].decider.split(".")
        weights = world.offices_of(world.agencies[agency].units[title]) if agency == row.agency else {}
        for office, weight in weights.items():
            share[goal, places[agency, office]] = weight / sum(weights.values())
        share[goal, WHOLE] = 1.0
    whose = np.array([agencies.index(row.agency) for row in metrics], dtype=np.int64)
    done, due, gap, force = np.zeros((4, *share.shape))
    target, counted = np.zeros((2, len(metrics)))
    place = np.array([places[seat] for seat in seats], dtype=np.int64)
    return Targets(whose, place, target, share, done, due, counted, np.zeros(len(metrics), dtype=np.bool_), gap, force)


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
            begin_year(goal, targets)
        targets.counts[goal] = counts
        late = counts and targets.counted[goal] > EARLY
        pace = targets.done[goal, WHOLE] / targets.due[goal, WHOLE] if late else 1.0
        for place in range(targets.share.shape[1]):
            done, due = targets.done[goal, place] + FEW * pace, targets.due[goal, place] + FEW
            targets.gap[goal, place] = max(0.0, 1.0 - done / due) if late else 0.0
            pressed = standing + targets.gap[goal, place] * (1.0 + urgency * since / length)
            targets.force[goal, place] = pressed if counts else 0.0
            if counts:
                targets.due[goal, place] += targets.target[goal] * targets.share[goal, place] / length
        if counts:
            targets.counted[goal] += 1.0 / length


@compiled
def begin_year(goal: int, targets: Targets) -> None:
    """A metric's year begins; what offices did in the one before is what is asked of them now."""
    if targets.done[goal, WHOLE] > 0.0:
        for place in range(1, targets.share.shape[1]):
            targets.share[goal, place] = targets.done[goal, place] / targets.done[goal, WHOLE]
    targets.counted[goal] = 0.0
    targets.done[goal, :] = 0.0
    targets.due[goal, :] = 0.0


@compiled
def place_of(goal: int, office: int, targets: Targets) -> int:
    """The column of a metric's target to which an office is held: its own, or the agency's where it has none."""
    place = targets.place[office]
    return place if targets.share[goal, place] > 0.0 else WHOLE


@compiled
def update_emphasis(managers: Managers, targets: Targets, into: Floats) -> None:
    """The share of each manager's emphasis that numbers take."""
    for manager in range(into.shape[0]):
        widest, counting, office = 0.0, False, managers.office[manager]
        for goal in range(targets.agency.shape[0]):
            if targets.agency[goal] == managers.agency[manager]:
                place = WHOLE if office < 0 else place_of(goal, office, targets)
                widest = max(widest, targets.gap[goal, place])
                counting = counting or targets.counts[goal]
        judged = managers.judged[manager]
        into[manager] = judged + (1.0 - judged) * min(widest, 1.0) if counting else 0.0


@compiled
def update_pressure(
    agency: Numbers, unit: Numbers, office: Numbers, above: Numbers, emphasis: Floats, targets: Targets, into: Floats
) -> None:
    """Pressure on officers: the force of each metric of their agency times their manager's emphasis on numbers.

    ``agency`` has a row a unit; ``unit``, ``office`` and ``above`` (the manager) a row an officer; ``into`` is officers
    x metrics.
    """
    for officer in range(into.shape[0]):
        whose, stress = agency[unit[officer]], emphasis[above[officer]]
        for goal in range(into.shape[1]):
            into[officer, goal] = 0.0
            if targets.agency[goal] == whose:
                into[officer, goal] = targets.force[goal, place_of(goal, office[officer], targets)] * stress
