"""A run told: its tables, its charts, its folder."""

from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
from rich.table import Table

from experiments.border import Account
from experiments.rates import fiscal_year, rates
from experiments.records import records
from experiments.results import MARKER, TABLES
from experiments.runs import Run
from experiments.smallest import INTERVALS
from viz.charts import rates_over_time
from viz.charts.theme import Legend
from viz.reports import border_charts
from viz.reports.border import border_summary, border_tables
from viz.reports.console import bold, out, remark, table
from viz.reports.figures import percent
from viz.reports.report import Files, Report
from viz.reports.unknown import show_unknown

WIDE = 100
BANDS = "bands.csv"
FILES = Files(
    MARKER, (*(f"{name}.parquet" for name in TABLES), BANDS), ("rates", *border_charts.CHARTS), (".html",)
)  # fmt: skip
ABOUT = ("world", "scenario", "content", "seed", "scale", "start", "end", "settings", "notes")


def report(result: Run, border: Account | None = None, bands: pd.DataFrame | None = None, draws: int = 0) -> Report:
    """A run, with the account of what happened at the border if it was there, and bands of rates if there were draws.

    ``--json`` prints what was run (`ABOUT`), ``rates`` by agency and stage, and ``border``. Each rate has ``agency``,
    ``stage``, ``decided`` and ``favourable`` (decisions), ``rate`` (favourable / decided), ``noticed`` (share looked at
    as individuals) and ``hours``. ``border`` is what `viz.reports.border.border_summary` tells. With ``draws`` of the
    parameters there are also ``posterior_draws`` (how many), ``intervals`` and ``bands``
    (`experiments.rate_bands.rate_bands`).
    """
    rows = rates(result.outcomes).astype({"agency": str, "stage": str}).to_dict("records")
    told = {**{key: result.about[key] for key in ABOUT}, "rates": rows}
    drawn = {} if bands is None else {"posterior_draws": draws, "intervals": INTERVALS, "bands": records(bands)}
    legend = Legend.of(result.about)
    rates_chart = partial(rates_over_time, result.outcomes, result.about["directives"], legend)
    tables = {f"{name}.parquet": found for name in TABLES if (found := getattr(result, name)) is not None}
    return Report(
        FILES, {**told, **drawn, **({"border": border_summary(border)} if border else {})},
        partial(_show, result, border, bands, draws), tables=tables if bands is None else {**tables, BANDS: bands},
        charts={"rates": rates_chart, **(border_charts.border_charts(border) if border else {})},
        kept={**result.about, **drawn},
    )  # fmt: skip


def _show(result: Run, border: Account | None, bands: pd.DataFrame | None, draws: int, folder: Path) -> None:
    out.print(f"{bold(result.title)}\n")
    remark(result.about["notes"])
    if bands is not None:
        show_unknown(bands.assign(unit="share"), ["agency", "stage"], "rate", draws)
    there = border_tables(border) if border else []
    for part in (rate_table(result), *there, ends_table(result), resource_table(result), queue_table(result)):
        if part.row_count:
            out.print(part, "")
    counts = "Other counts" if border else "Counts"
    out.print(f"{counts} are of this run: divide by {result.about['scale']:g} for the real system's.")
    drawn = "; months.html, families.html and beds.html draw the border" if border else ""
    out.print(f"Stored in {bold(folder)}; the rates by month are drawn in rates.html{drawn}.")


def rate_table(result: Run) -> Table:
    """Rates by agency and stage, over the whole run and by fiscal year."""
    stages, outcomes = result.about["stages"], result.outcomes
    year = fiscal_year(outcomes["week"], result.about["fiscal_year_start"], date.fromisoformat(result.about["start"]))
    yearly = rates(outcomes.assign(year=year), ["agency", "stage", "year"]).set_index(["agency", "stage", "year"])
    years = sorted(year.unique())
    numbers = ["decided", "rate", *(f"FY{y % 100:02d}" for y in years), "noticed", "hours"]
    wide = out.width >= WIDE
    words = ["agency", "stage", *(["favourable"] if wide else [])]
    shown = table("Discretion rate by agency and stage", *words, *numbers, right=len(numbers))
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
