"""The last months of a watch by district, in the lines that a reader looks for; in 2018, the year of the policy."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from experiments.border.account import Account
from experiments.border.months import months
from experiments.border.names import DISTRICTS, EVERYWHERE, JAIL

MONTHS = 12


class Line(NamedTuple):
    """What a line shows: a measure of `experiments.border.months`, or its ratio to another of the same group.

    Of a measure with the group ``""`` all groups are added up.
    """

    label: str
    group: str
    measure: str
    over: str = ""

    @property
    def unit(self) -> str:
        """Shares are ratios; all else counts persons."""
        return "share" if self.over else "persons"


BEDS = Line("Marshals beds in use", JAIL, "bed-days", over="bed-days there are")
LINES = (
    Line("adults alone", "adults alone", "apprehended"),
    Line("adults alone, prosecuted", "adults alone", "prosecuted"),
    Line("parents", "parents", "apprehended"),
    Line("parents, prosecuted", "parents", "prosecuted"),
    Line("children separated", "", "separated"),
    Line("other crime, prosecuted", "other crime", "prosecuted"),
    Line("serious offenders missed", EVERYWHERE, "serious missed"),
    BEDS,
)


def year(one: Account) -> pd.DataFrame:
    """The lines of each district, and of all, over the last months of the watch.

    Args:
        one: the account of a run.

    Returns:
        ``place``, ``measure``, ``unit``, ``month`` (its first day), ``value``: figures of the
        real system, none left out.
    """
    table = months(one)
    shown = sorted(table["month"].unique())[-MONTHS:]
    table = table[table["month"].isin(shown)]
    sums = table.groupby(["place", "group", "measure", "month"])["value"].sum().reset_index()
    places = [*one.world.regions[DISTRICTS].parts, EVERYWHERE]
    every = pd.MultiIndex.from_product([places, shown], names=["place", "month"])
    rows = [_line(sums, line, every) for line in LINES]
    found = pd.concat(rows, ignore_index=True)
    order = {place: at for at, place in enumerate(places)}
    return found.sort_values("place", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def _line(sums: pd.DataFrame, line: Line, every: pd.MultiIndex) -> pd.DataFrame:
    here = sums if not line.group else sums[sums["group"] == line.group]

    def total(measure: str) -> pd.Series:
        rows = here[here["measure"] == measure].groupby(["place", "month"])["value"].sum()
        return rows.reindex(every, fill_value=0.0)

    value = total(line.measure) / total(line.over) if line.over else total(line.measure)
    table = value.rename("value").reset_index().assign(measure=line.label, unit=line.unit)
    return table[["place", "measure", "unit", "month", "value"]]


def period(months: Sequence[pd.Timestamp]) -> str:
    """What some months are called.

    >>> period(pd.date_range("2018-01-01", periods=12, freq="MS")), period(pd.to_datetime(["2018-05-01", "2018-06-01"]))
    ('2018', 'May to June 2018')
    >>> period(pd.date_range("2017-04-01", periods=12, freq="MS")), period(pd.to_datetime(["2017-03-01", "2018-05-01"]))
    ('April 2017 to March 2018', 'March 2017, May 2018')
    """
    first, last = months[0], months[-1]
    if len(months) == MONTHS and first.month == 1:
        return f"{first:%Y}"
    if len(pd.date_range(first, last, freq="MS")) > len(months) or first == last:
        return ", ".join(f"{month:%B %Y}" for month in months)
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"
