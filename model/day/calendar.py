"""The days of a watch as columns, so that a run can go through many of them without asking for a date."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.pressure import year_of
from model.cases.draws import Floats, Keys, purpose

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
SUNDAY = 6


class Calendar(NamedTuple):
    """One row a day of the watch.

    Attributes:
        new_year: whether a fiscal year begins.
        since: days of the fiscal year that are over; ``length`` its days.
        month: months since the first; ``month_ends`` on its last day, and on that of the watch.
        sunday: whether leanings move, and some leave.
        closes: whether the counts of a week are closed: on Sundays and on the last day.
        leaves, recruit: keys of the draws of a Sunday.
    """

    new_year: Mask
    since: Floats
    length: Floats
    month: Numbers
    month_ends: Mask
    sunday: Mask
    closes: Mask
    leaves: Keys
    recruit: Keys


@lru_cache(maxsize=8)
def calendar(start: date, end: date, first_month: int) -> Calendar:
    """The days from ``start`` to ``end``; fiscal years begin with ``first_month``."""
    days = [start + timedelta(days=day) for day in range((end - start).days + 1)]
    years = [year_of(day, first_month) for day in days]
    sunday = np.array([day.weekday() == SUNDAY for day in days], dtype=np.bool_)
    closes = sunday.copy()
    closes[-1] = True
    weeks = [day.toordinal() // 7 for day in days]
    keys = {week: (purpose("leaves", week), purpose("recruit", week)) for week in set(weeks)}
    return Calendar(
        new_year=np.array([day == first for day, (first, _) in zip(days, years, strict=True)], dtype=np.bool_),
        since=np.array([float((day - first).days) for day, (first, _) in zip(days, years, strict=True)]),
        length=np.array([float(length) for _, length in years]),
        month=np.array([12 * (day.year - start.year) + day.month - start.month for day in days], dtype=np.int64),
        month_ends=np.array([(day + timedelta(days=1)).day == 1 or day == end for day in days], dtype=np.bool_),
        sunday=sunday,
        closes=closes,
        leaves=np.array([keys[week][0] for week in weeks], dtype=np.uint64),
        recruit=np.array([keys[week][1] for week in weeks], dtype=np.uint64),
    )


# x
