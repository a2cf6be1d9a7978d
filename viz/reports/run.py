"""A run told: its tables, its charts, its folder."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.border import Account
from experiments.rates import fiscal_year, rates
from experiments.results import CHART, save_run
from experiments.runs import Run
from viz.charts import rates_over_time
from viz.charts.save import save as save_chart
from viz.charts.theme import Legend
from viz.reports.border_charts import border_charts
from viz.reports.console import out, table

WIDE = 100


def save(result: Run, folder: Path, border: Account | None = None) -> Run:
    """Store a run with its charts, whole or not at all, and return it with its path.

    Args:
        result: the run.
        folder: where.
        border: the account of a run at the border, for its charts.

    Raises:
        InputError: ``folder`` holds something else, or cannot be written.
    """

    def draw(part: Path) -> None:
        rates_chart = rates_over_time(result.outcomes, result.about["directives"], Legend.of(result.about))
        save_chart(rates_chart, part / CHART)
        for name, chart in (border_charts(border) if border else {}).items():
            save_chart(chart, part / f"{name}.html")

    return save_run(result, folder, draw)


def rate_table(result: Run) -> Table:
    """Rates by agency and stage, over the whole run and by fiscal year."""
    stages, outcomes = result.about["stages"], result.outcomes
    year = fiscal_year(outcomes["week"], result.about["fiscal_year_start"], date.fromisoformat(result.about["start"]))
    yearly = rates(outcomes.assign(year=year), ["agency", "stage", "year"]).set_index(["agency", "stage", "year"])
    years = sorted(year.unique())
    numbers = ["decided", "rate", *(f"FY{y % 100:02d}" for y in years), "noticed", "hours"]
    wide = out.width >= WIDE
    words = ["agency", "stage", *(["favourable"] if wide else [])]
    shown = table("Favourable rate by agency and stage", *words, *numbers, right=len(numbers))
    for row in rates(outcomes).to_dict("records"):
        by_year = [yearly["rate"].get((row["agency"], row["stage"], y)) for y in years]
        shown.add_row(
            result.about["agencies"][row["agency"]]["title"], row["stage"],
            *([stages[row["stage"]]["labels"]["favourable"]] if wide else []),
            f"{row['decided']:,}", percent(row["rate"]), *(percent(rate) for rate in by_year),
            f"{row['noticed']:.1%}", f"{row['hours']:,.0f}",
        )  # fmt: skip
    return shown


def ends_table(result: Run) -> Table:
    """Where everybody is at the end: on the way to a stage, or at an exit."""
    census: dict[str, int] = result.about["census"]
    stages, exits = result.about["stages"], result.about["exits"]
    total = sum(census[name] for name in [*stages, *exits])
    shown = table("Cases by final place", "place", "", "cases", "share", right=2)
    for name in exits:
        shown.add_row(name, exits[name], f"{census[name]:,}", percent(census[name] / max(total, 1)))
    for name in stages:
        if census[name]:
            title = f"waiting: {stages[name]['title']}"
            shown.add_row(name, title, f"{census[name]:,}", percent(census[name] / max(total, 1)))
    return shown


def resource_table(result: Run) -> Table:
    """What ran out, from the last day of each week; the places that have a resource of their own together."""
    columns = ("available", "in use, mean", "most", "weeks over", "most over")
    shown = table("Resource use and limits", "resource", *columns, right=len(columns))
    shown.columns[0].no_wrap = False
    limited = result.resources[result.resources["kind"] != "waiting"]
    for name, rows in limited.groupby("what", sort=False):
        weeks = rows.groupby("day")[["amount", "used", "over"]].sum()
        places = rows["area"].nunique()
        title = result.about["resources"][str(name)]
        shown.add_row(
            f"{title}, {places} places" if places > 1 else title, f"{weeks['amount'].iloc[-1]:,.0f}",
            f"{weeks['used'].mean():,.0f}", f"{weeks['used'].max():,}",
            f"{(weeks['over'] > 0).sum()} of {len(weeks)}", f"{weeks['over'].max():,.0f}",
        )  # fmt: skip
    return shown


def queue_table(result: Run) -> Table:
    """Who waited, from the last day of each week."""
    shown = table("Queue length by stage", "stage", "mean", "most", "at the end", right=3)
    waiting = result.resources[result.resources["kind"] == "waiting"]
    for name, rows in waiting.groupby("what", sort=False):
        if rows["used"].any():
            used = rows["used"]
            shown.add_row(str(name), f"{used.mean():,.0f}", f"{used.max():,}", f"{used.iloc[-1]:,}")
    return shown


def percent(share: Any) -> str:
    """A share in percent, with two decimals where one would say 0 or 100.

    >>> percent(0.0032), percent(0.127), percent(0.9871), percent(float("nan"))
    ('0.32%', '12.7%', '98.7%', '-')
    """
    if share is None or pd.isna(share):
        return "-"
    return f"{share:.2%}" if 0 < min(share, 1 - share) < 0.01 else f"{share:.1%}"


def amount(value: float, sign: str = "") -> str:
    """A large number in a few digits.

    >>> amount(5356619000.0), amount(-229575.0, sign="+"), amount(3780.7), amount(12.0, sign="+")
    ('5.36 bn', '-230 k', '3.78 k', '+12')
    """
    for size, word in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:{sign}.3g}{word}"
    return f"{value:{sign}.3g}"
