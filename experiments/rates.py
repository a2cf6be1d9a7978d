"""Tidy measures of a run.

Weeks begin on a Monday. A week belongs to the fiscal year in which it begins. The first week of a run begins with it.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import ndtri

SUMMED = ["decided", "favourable", "noticed", "hours"]


def rates(outcomes: pd.DataFrame, by: Sequence[str] = ("agency", "stage")) -> pd.DataFrame:
    """Discretion rates by group.

    Args:
        outcomes: the table of a run, with counts of decisions a row.
        by: columns of ``outcomes`` that make the groups; only groups with a decision are kept.

    Returns:
        One row a group: ``decided`` and ``favourable`` (decisions), ``rate`` (favourable / decided),
        ``noticed`` (share of the decided looked at as individuals) and ``hours`` (of officers, in all).

    >>> week = pd.DataFrame({"agency": ["ice", "ice", "uscis"], "decided": [3, 1, 5],
    ...                      "favourable": [1, 0, 4], "noticed": [2, 1, 5], "hours": [1.5, 0.5, 10.0]})
    >>> print(rates(week, ["agency"]).to_string(index=False))
    agency  decided  favourable  rate  noticed  hours
       ice        4           1  0.25     0.75    2.0
     uscis        5           4  0.80     1.00   10.0
    """
    table = outcomes.groupby(list(by), observed=True)[SUMMED].sum().reset_index()
    table["rate"] = table["favourable"] / table["decided"]
    table["noticed"] = table["noticed"] / table["decided"]
    return table[[*by, "decided", "favourable", "rate", "noticed", "hours"]]


def fiscal_year(weeks: pd.Series, first_month: int, first_day: date) -> pd.Series:
    """The fiscal year of each week of a run from ``first_day`` on; a year that begins in October 2012 is 2013.

    >>> weeks = pd.Series(pd.to_datetime(["2012-09-24", "2012-10-01"]))
    >>> fiscal_year(weeks, 10, date(2012, 9, 26)).tolist(), fiscal_year(weeks, 10, date(2012, 9, 30)).tolist()
    ([2012, 2013], [2012, 2013])

    1 January 2012 was a Sunday, and a run that begins on it has no day in the year before:

    >>> fiscal_year(pd.Series(pd.to_datetime(["2011-12-26", "2012-01-02"])), 1, date(2012, 1, 1)).tolist()
    [2012, 2012]
    """
    first = pd.Timestamp(first_day)
    begins = weeks.where(weeks >= first, first)
    moved_on = (begins.dt.month >= first_month) & (first_month > 1)
    return begins.dt.year + moved_on.astype(np.int64)


def lately(outcomes: pd.DataFrame, weeks: int = 8, by: Sequence[str] = ("agency", "stage")) -> pd.DataFrame:
    """Discretion rates as they move: each week, of the decisions of the last ``weeks``, with how sure they are.

    There is none before so many weeks are over.

    The interval is Wilson's for a share (90 percent): how far chance alone may have carried a rate of so few
    decisions. It says nothing of what another seed would have done to the run as a whole; replications do.

    Args:
        outcomes: the table of a run.
        weeks: how many are taken together.
        by: columns that make the groups.

    Returns:
        One row a group and week: ``week``, ``decided`` and ``favourable`` (of the last weeks), ``rate``, ``low``,
        ``high``.

    >>> table = pd.DataFrame({"week": pd.to_datetime(["2011-06-13", "2011-06-20", "2011-06-27"]), "agency": "ice",
    ...                       "decided": [10, 10, 20], "favourable": [0, 2, 4]})
    >>> print(lately(table, 2, ["agency"]).to_string(index=False, float_format="%.3f"))
    agency       week  decided  favourable  rate   low  high
       ice 2011-06-20       20           2 0.100 0.034 0.262
       ice 2011-06-27       30           6 0.200 0.107 0.343
    """
    counts = outcomes.groupby([*by, "week"], observed=True)[["decided", "favourable"]].sum()
    rows = counts.reset_index()
    of, (at, known) = rows.groupby(list(by), observed=True).ngroup().to_numpy(), rows["week"].factorize(sort=True)
    one_of_each = rows[list(by)].iloc[np.unique(of, return_index=True)[1]]
    summed = np.zeros((len(one_of_each), len(known) + 1, 2), dtype=np.int64)
    summed[of, at + 1] = counts.to_numpy()
    summed = summed.cumsum(axis=1)
    window = summed[:, weeks:] - summed[:, :-weeks]
    group, last = np.nonzero(window[:, :, 0])
    table = one_of_each.iloc[group].reset_index(drop=True)
    table["week"] = known[last + weeks - 1]
    table["decided"], table["favourable"] = window[group, last].T
    table["rate"] = table["favourable"] / table["decided"]
    table["low"], table["high"] = wilson(table["favourable"], table["decided"])
    return table[[*by, "week", "decided", "favourable", "rate", "low", "high"]]


def wilson(favourable: pd.Series, decided: pd.Series, level: float = 0.9) -> tuple[pd.Series, pd.Series]:
    """Bounds of a share by Wilson's score interval.

    ``(p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``. With 2 of 20 at 90 percent: 0.034 to 0.262.

    >>> [round(float(bound.iloc[0]), 3) for bound in wilson(pd.Series([2]), pd.Series([20]))]
    [0.034, 0.262]
    """
    z = float(ndtri((1.0 + level) / 2.0))
    p = favourable / decided
    middle = p + z * z / (2 * decided)
    reach = z * np.sqrt(p * (1 - p) / decided + z * z / (4 * decided * decided))
    whole = 1 + z * z / decided
    return ((middle - reach) / whole).clip(lower=0.0), ((middle + reach) / whole).clip(upper=1.0)
