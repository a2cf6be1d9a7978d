"""How the response runs over time: latency and persistence."""

from datetime import date

import numpy as np
import pandas as pd

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.shift import shared

BLOCK = 28
"""Days in a step of latency and persistence."""
LEAST = 20
"""Decisions without which a block tells nothing."""
HALF = 0.5


def course(decisions: pd.DataFrame, first_day: date) -> pd.Series:
    """``d(b)``, the mean of ``p with - p without`` over the same cases, by block of `BLOCK` days after the first day.

    Blocks with fewer than `LEAST` decisions are left out.

    >>> days = pd.to_datetime(["2011-01-01"] * 20 + ["2011-02-10"] * 20 + ["2011-03-10"])
    >>> table = pd.DataFrame({"after": True, "kind": "same", "day_with": days, "p_without": 0.1,
    ...                       "p_with": [0.1] * 20 + [0.3] * 20 + [0.9]})
    >>> course(table, date(2011, 1, 1)).round(3).to_dict()
    {0: 0.0, 1: 0.2}
    """
    both = shared(decisions)
    block = (both["day" + WITH] - pd.Timestamp(first_day)).dt.days // BLOCK
    groups = (both["p" + WITH] - both["p" + WITHOUT]).groupby(block)
    return groups.mean()[groups.size() >= LEAST]


def latency(by_block: pd.Series) -> float:
    """Days to the end of the first block with ``|d(b)| >= max |d| / 2``, towards the largest.

    They count from the first block in which enough is decided: before it there was nobody in whom an effect could show.
    With d = 0.00, 0.02, 0.06, 0.10, 0.08 the half of 0.10 is reached in the third block: 3 * 28 = 84 days.

    >>> latency(pd.Series([0.0, 0.02, 0.06, 0.10, 0.08]))
    84.0
    >>> latency(pd.Series([0.0, 0.1], index=[9, 10])), latency(pd.Series([0.0, 0.0]))
    (56.0, nan)
    """
    if by_block.empty or not by_block.abs().max():
        return np.nan
    reached = by_block.index[(by_block / _peak(by_block)) >= HALF]
    return float((reached[0] - by_block.index[0] + 1) * BLOCK)


def persistence(by_block: pd.Series) -> float:
    """``mean of the last three d(b) / largest d(b)``: what is left of the effect at the end of the watch.

    With d = 0.10, 0.08, 0.05, 0.03, 0.04: (0.05 + 0.03 + 0.04) / 3 / 0.10 = 0.4.

    >>> round(persistence(pd.Series([0.10, 0.08, 0.05, 0.03, 0.04])), 6)
    0.4
    """
    if by_block.empty or not by_block.abs().max():
        return np.nan
    return float(by_block.iloc[-3:].mean() / _peak(by_block))


def _peak(by_block: pd.Series) -> float:
    """The largest difference, with its sign."""
    values = by_block.to_numpy(dtype=np.float64)
    return float(values[np.abs(values).argmax()])
