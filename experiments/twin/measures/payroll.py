"""What officers are paid: those who are added to a unit in full, from the day they come, whether or not there is work.

Officers who are there anyway are on the payroll in either world: of them the hours spent on decisions are priced, which
else would go to other work. People who are added would not be there, and are paid for their other hours too.
"""

from datetime import date
from math import ceil

import numpy as np
import pandas as pd

from experiments.twin.world_outcomes import Side
from model.agencies.exposure import spans
from model.cases.draws import Floats
from model.schema.agency import Unit
from model.schema.quantity import YEAR

PAID_HOURS = 1750.0
"""Hours for which a person is paid in a year, by which the world's sources divide a year's pay to have the ``cost`` of
an hour. Assumed: the 2,087 hours of a federal year (5 U.S.C. 5504), less leave, holidays and training."""


def pay(side: Side, name: str, unit: Unit, spent: pd.Series, first_day: date, scale: float) -> float:
    """Dollars for the hours that a unit spends on decisions, and for the other hours of people added to it.

    ``cost * (hours spent + sum over days of people added * 1750 / 365.25 - their part of the hours spent)``, in figures
    of the real system; of the hours that a unit spends, their part is as large as of those that it has.

    Args:
        side: a world, after its run.
        name: of the unit, as ``agency.unit``.
        unit: the unit; without a price it costs nothing.
        spent: its hours by week (its Monday), at the scale of the run.
        first_day: people added are paid from this day on.
        scale: of the run.
    """
    weeks = spent / scale
    people, heads = _added(side, name, unit)
    days = pd.date_range(side.scenario.start, periods=len(people))
    paid = people[days >= pd.Timestamp(first_day)].sum() * PAID_HOURS / YEAR
    part = pd.Series(heads / (unit.staff.value + heads), index=days - pd.to_timedelta(days.day_of_week, unit="D"))
    theirs = weeks * part.groupby(level=0).mean().reindex(weeks.index)
    return float(unit.cost.value * (weeks.sum() + paid - theirs.sum())) if unit.cost is not None else 0.0


def _added(side: Side, name: str, unit: Unit) -> tuple[Floats, Floats]:
    """For every day of the watch: people added, and how many of the unit's own would have their hours."""
    names, start = side.scenario.directives, side.scenario.start
    people, heads = np.zeros((2, (side.scenario.end - start).days + 1))
    for text, begins, ends in zip(names, *spans(side.world, names, start), strict=True):
        if (more := side.world.directives[text].staff.get(name)) is not None:
            there = slice(max(ceil(begins + more.delay.value), 0), max(ends, 0))
            people[there] += more.amount.value
            heads[there] += more.heads(unit.hours.value)
    return people, heads
