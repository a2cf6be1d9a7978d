"""The smallest effect of interest: what is called a shift, and what is none that matters however narrow its interval.

Under common random numbers an interval excludes 0 in the end, however small the effect: that is a statistic, and no
finding. Here an effect is set against the smallest one that anybody would care about (Lakens 2017, Social Psychological
and Personality Science 8(4), 355-362: equivalence tests). Its 90 percent interval may lie wholly beyond it (a shift),
wholly within it on both sides (equivalence: two one-sided tests at 5 percent each), or across it.
"""

from math import isnan, nan, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 0.0005
"""A difference of shares: 0.05 percentage points, five cases in ten thousand. Assumed, and an option everywhere."""
MATTERS, NONE_THAT_MATTERS, UNDECIDED = "matters", "none that matters", "undecided"
TOO_FEW = "too few replications to say"
POSTERIOR = ("posterior_low", "posterior_high")
"""The columns of 5 to 95 percent over draws of a posterior (`experiments.twin.intervals.over_draws`)."""
FEWEST_DRAWS = 13
"""Draws of which the outermost still lie beyond the 5 and 95 percent (Hyndman and Fan's eighth definition)."""
WIDTH_ERROR = 1.645 * 0.884
"""90 percent half-width of the relative error of a width over draws, times the root of their number: of normal levels,
where a quantile q has the density f, ``sqrt(2 q (1 - 2q)) / f / width`` with q = 0.05, f = 0.103 and width 3.29."""
INTERVALS = {"low, high": "90% interval of the mean over replications: random variation",
             ", ".join(POSTERIOR): "5-95% over posterior draws: parameter uncertainty alone"}  # fmt: skip
"""What the columns of intervals are, as it stands in every JSON."""
SHARES = ("share", "points", "change", "chance", "ratio")
"""Units in which the smallest effect is itself; in log-odds and of counts it is converted."""
RATE = 0.027
"""The share of the docket that the review closed (fact I03), where most log-odds are asked for the least points."""


def width_off(draws: int) -> float:
    """By what share the width of 5 to 95 percent over so many draws may be off, in nine cases of ten.

    Of levels that are normal and known without random variation (asymptotic quantiles; Mosteller 1946, Annals of
    Mathematical Statistics 17(4), 377-408); with random variation it is more.

    >>> round(width_off(20), 2), round(width_off(160), 2), round(width_off(212), 2)
    (0.33, 0.11, 0.1)
    """
    return WIDTH_ERROR / sqrt(draws)


def least(unit: str, smallest: float = SMALLEST, of: float = 0.0) -> float:
    """The smallest effect of interest in a unit.

    A difference of shares is taken as it is. In log-odds it is what moves a rate of 2.7 percent so far,
    ``smallest / (p * (1 - p))``. Of counts and dollars it is that share of what there is without the effect, ``of``.

    >>> least("share"), round(least("log-odds"), 3), least("children", of=3000.0)
    (0.0005, 0.019, 1.5)
    """
    if unit in SHARES:
        return smallest
    return smallest / (RATE * (1.0 - RATE)) if unit == "log-odds" else smallest * abs(of)


def verdict(low: float, high: float, limit: float = SMALLEST) -> str:
    """What an interval says of an effect whose smallest of interest is ``limit``.

    >>> verdict(0.01, 0.03), verdict(-0.0001, -0.00005), verdict(0.0001, 0.03), verdict(float("nan"), float("nan"))
    ('matters', 'none that matters', 'undecided', 'too few replications to say')
    """
    if isnan(low) or isnan(high):
        return TOO_FEW
    if low > limit or high < -limit:
        return MATTERS
    return NONE_THAT_MATTERS if -limit <= low and high <= limit else UNDECIDED


def judged(
    table: "pd.DataFrame",
    smallest: float = SMALLEST,
    ends: tuple[str, str] = ("low", "high"),
    of: str = "",
    unit: str = "",
) -> "pd.DataFrame":
    """A table with the ``verdict`` of each row, as its last column.

    Where there is an interval over draws of a posterior as well (`POSTERIOR`), both must say the same, for
    they are not mixed; else it is undecided.

    >>> from pandas import DataFrame
    >>> table = DataFrame({"unit": ["share", "cases"], "without": [0.2, 1e6], "low": [0.001, 10.0],
    ...                       "high": [0.002, 20.0]})
    >>> judged(table, of="without", unit="unit")["verdict"].tolist()
    ['matters', 'none that matters']

    Args:
        table: with the ends of an interval.
        smallest: effect of interest, a difference of shares.
        ends: the columns of the interval.
        of: the column of what there is without the effect, for counts.
        unit: the column of units of measure; without one, all are shares.
    """
    found = []
    for row in table.to_dict("records"):
        limit = least(str(row[unit]) if unit else "share", smallest, row[of] if of else 0.0)
        said = {verdict(row[ends[0]], row[ends[1]], limit)}
        if not isnan(row.get(POSTERIOR[0], nan)):
            said.add(verdict(row[POSTERIOR[0]], row[POSTERIOR[1]], limit))
        found.append(said.pop() if len(said) == 1 else UNDECIDED)
    return table.assign(verdict=found)


def smallest_in_words(smallest: float) -> str:
    """The smallest effect of interest, as it is told under a table.

    >>> smallest_in_words(0.0005)
    'Smallest effect of interest: 0.05 points. Matters: the interval lies beyond it; none that matters: within it.'
    """
    return (
        f"Smallest effect of interest: {100 * smallest:g} points. Matters: the interval lies beyond it; none that "
        "matters: within it."
    )
