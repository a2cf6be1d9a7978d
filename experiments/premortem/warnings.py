"""Early warnings: which figure, in which office, in which week, tells worlds that will fail from others.

A warning is found on half of the worlds, those at even places, and what it is worth is counted on the other half alone.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

FEWEST = 3
"""Failing worlds, and others, that each half must have."""
LEAST = 0.3
"""By how much hits must exceed false alarms where the warning is found; less is luck over so many figures."""
CHANCE = 0.05
"""How likely hits and false alarms as these may be by chance before a warning is said not to have been found."""
Mask = npt.NDArray[np.bool_]


class Warned(NamedTuple):
    """A figure to watch, and what it was worth on worlds that were not used to find it.

    Attributes:
        kind, what, area: the figure (`experiments.premortem.weeks`).
        day: last day of the week.
        above: whether more than ``threshold`` warns, or less.
        hits: of the ``failing`` worlds of the other half, those warned of.
        alarms: of its ``others``, those warned of in vain.
    """

    kind: str
    what: str
    area: str
    day: pd.Timestamp
    above: bool
    threshold: float
    hits: int
    failing: int
    alarms: int
    others: int


def tells(hits: int, failing: int, alarms: int, others: int) -> bool:
    """Whether a warning does better than chance on worlds not used to find it (Fisher's exact test, one-sided).

    >>> tells(1, 4, 2, 16), tells(7, 8, 4, 12), tells(4, 4, 0, 8)
    (False, True, True)
    """
    table = [[hits, failing - hits], [alarms, others - alarms]]
    return bool(scipy.stats.fisher_exact(table, alternative="greater")[1] < CHANCE)


def warning(weeks: pd.DataFrame, failing: pd.Series, until: pd.Timestamp) -> Warned | None:
    """The figure that best tells failing worlds from others in weeks up to a day; the earliest of those that do alike.

    Args:
        weeks: of all worlds (`experiments.premortem.weeks.weeks`), by ``seed``.
        failing: which worlds fail, by seed.
        until: last day on which a warning still comes before the failure.

    Returns:
        None where there are too few of either kind, or nothing tells them apart.
    """
    there = weeks[weeks["day"] <= until]
    table = there.pivot(index=["kind", "what", "area", "day"], columns="seed", values="with").reindex(
        columns=failing.index
    )
    values, fails = table.fillna(0.0).to_numpy(), failing.to_numpy(dtype=np.bool_)
    found = np.arange(len(fails)) % 2 == 0
    few = min((fails & half).sum() for half in (found, ~found)), min((~fails & half).sum() for half in (found, ~found))
    if min(few) < FEWEST or not len(values):
        return None
    scores = [_best(row[found], fails[found]) for row in values]
    order = sorted(range(len(scores)), key=lambda at: (-round(scores[at][0], 6), table.index[at][3], table.index[at]))
    score, above, threshold = scores[order[0]]
    if score < LEAST:
        return None
    other = values[order[0]][~found]
    warned, failed = (other > threshold) if above else (other < threshold), fails[~found]
    counts = [int(mask.sum()) for mask in (warned & failed, failed, warned & ~failed, ~failed)]
    kind, what, area, day = table.index[order[0]]
    return Warned(str(kind), str(what), str(area), day, above, threshold, *counts)


def _best(values: npt.NDArray[np.float64], fails: Mask) -> tuple[float, bool, float]:
    """The threshold with the most hits less false alarms (Youden 1950), the side that warns, and that difference.

    >>> _best(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, True]))
    (1.0, True, 2.5)
    """
    known = np.unique(values)
    best = (0.0, True, float(known[0]))
    for threshold in (known[1:] + known[:-1]) / 2.0:
        over = values > threshold
        score = float(over[fails].mean() - over[~fails].mean())
        if abs(score) > best[0]:
            best = (abs(score), score > 0.0, float(threshold))
    return best
