"""Recorded series: arrivals by month and area, from a file of the world.

Two gaps are filled, and only these. Where the cells of a month are blank, the last known split of that area is
applied to the month's total (in May and June 2018 separated children were counted as unaccompanied, so no split was
published). After the last month nobody comes, or for as long as the series is carried as many as in the last month.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from model.schema import Series, World


def monthly(series: Series, area: str, column: str) -> dict[str, float]:
    """What a column counts in an area, month by month, with blank cells filled."""
    counts: dict[str, float] = {}
    split = 0.0
    for month in sorted(series.rows):
        cells = series.rows[month].get(area, {})
        value, total = cells.get(column), cells.get(series.total)
        if value is None:
            counts[month] = split * (total or 0.0)
        else:
            counts[month] = value
            split = value / total if total else split
    return counts


def daily(world: World, series: Series, area: str, column: str, start: date, end: date) -> npt.NDArray[np.float64]:
    """Arrivals a day from ``start`` to ``end`` in an area, spread evenly over each month; outside the series none."""
    region = world.regions[series.region]
    name = region.counted.get(area, area.lower())
    together = [other for other in region.areas if region.counted.get(other, other.lower()) == name]
    share = region.areas[area] / sum(region.areas[other] for other in together)
    counts = monthly(series, name, column)
    last, until = max(counts), series.carried_until or series.last_day
    days = np.arange(np.datetime64(start, "D"), np.datetime64(end, "D") + 1)
    months, of_day = np.unique(days.astype("datetime64[M]"), return_inverse=True)
    rates = [_rate(counts, min(str(month), last)) for month in months]
    return share * np.where(days <= np.datetime64(until, "D"), np.array(rates)[of_day], 0.0)


def _rate(counts: Mapping[str, float], month: str) -> float:
    return counts.get(month, 0.0) / monthrange(int(month[:4]), int(month[5:]))[1]
