"""What the model makes of a fact of the interior or of benefits, in figures of the real system; each takes a run.

A week counts with its Monday.
"""

from datetime import date

import pandas as pd

from experiments.patterns.pattern import Days
from experiments.runs import Run

CLOSED, REMOVED = "closed", "removed"
DACA = "daca"
CONVICTED = ("immigration", "level-3", "level-2", "level-1", "national-security")


def _between(rows: pd.DataFrame, days: Days) -> pd.DataFrame:
    return rows[(rows["week"] >= pd.Timestamp(days[0])) & (rows["week"] <= pd.Timestamp(days[1]))]


def flow(run: Run, to: str, days: Days, **where: tuple[str, ...]) -> float:
    """Cases that came to an exit in some days, of some conviction levels or charges."""
    rows = run.flows[run.flows["to"] == to]
    for column, names in where.items():
        rows = rows[rows[column].isin(names)]
    return float(_between(rows, days)["cases"].sum()) / float(run.about["scale"])


def a_year(run: Run, to: str, days: Days) -> float:
    """The same, in a year of 365 days."""
    return flow(run, to, days) * 365.0 / ((days[1] - days[0]).days + 1)


def share_closed(run: Run, docket: float, days: Days) -> float:
    """``cases closed / cases of a docket``."""
    return flow(run, CLOSED, days) / docket


def share_of(run: Run, to: str, days: Days, **where: tuple[str, ...]) -> float:
    """``cases of some levels or charges / all cases`` that came to an exit in some days."""
    everybody = flow(run, to, days)
    return flow(run, to, days, **where) / everybody if everybody else float("nan")


def decided(run: Run, stage: str, days: Days, column: str = "decided") -> float:
    """Decisions at a stage in some days (``decided``), or those in favour (``favourable``)."""
    rows = run.outcomes[run.outcomes["stage"] == stage]
    return float(_between(rows, days)[column].sum()) / float(run.about["scale"])


def share_approved(run: Run, stage: str, days: Days) -> float:
    """``decisions in favour / decisions`` at a stage."""
    everybody = decided(run, stage, days)
    return decided(run, stage, days, "favourable") / everybody if everybody else float("nan")


def fiscal(year: int) -> Days:
    """The days of a fiscal year of the United States.

    >>> fiscal(2012)
    (datetime.date(2011, 10, 1), datetime.date(2012, 9, 30))
    """
    return date(year - 1, 10, 1), date(year, 9, 30)
