"""The tables of a run at the border: its last months by district, and what broke downstream."""

from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.border.account import Account
from experiments.border.children import days_past, worst_breach
from experiments.border.downstream import downstream
from experiments.border.names import DISTRICTS, EVERYWHERE
from experiments.border.year import period, year
from experiments.records import records
from viz.reports.console import out, table
from viz.reports.figures import figure, in_a_month

WIDER = 110
"""Twelve months ask for a line of this width; on a narrower one they are shown six by six."""


def border_tables(one: Account) -> list[Table]:
    """The last months by district, what broke downstream, and where limits of the law were passed."""
    return [*year_tables(one), downstream_table(one), limits_table(one)]


def year_tables(one: Account) -> list[Table]:
    """The lines of each district, month by month; in two tables on a narrow terminal."""
    rows = year(one)
    months = list(rows["month"].drop_duplicates())
    each = len(months) if out.width >= WIDER else -(-len(months) // 2)
    parts = [months[at : at + each] for at in range(0, len(months), each)]
    tables = [_months_table(rows[rows["month"].isin(part)], part) for part in parts]
    sectors = one.world.regions[DISTRICTS].parts
    tables[-1].caption = "; ".join(f"{district}: {', '.join(names)}" for district, names in sectors.items())
    tables[-1].caption_justify = "left"
    return tables


def _months_table(rows: pd.DataFrame, months: list[pd.Timestamp]) -> Table:
    title = f"The districts, month by month: {period(months)}, in persons of the real system"
    shown = table(title, "", *(f"{month:%b}" for month in months), right=len(months))
    shown.padding = (0, 1, 0, 0)
    for place, here in rows.groupby("place", sort=False):
        shown.add_row(Text("All districts" if place == EVERYWHERE else str(place), "bold"))
        for measure, line in here.groupby("measure", sort=False):
            shown.add_row(f" {measure}", *(_cell(value, line["unit"].iloc[0]) for value in line["value"]))
    return shown


def _cell(value: float, unit: str) -> str:
    return f"{value:.0%}" if unit == "share" else figure(value, unit)


def downstream_table(one: Account) -> Table:
    """What broke downstream, over the whole watch, and in which month most."""
    title = "Downstream effects, in figures of the real system"
    shown = table(title, "", "whole watch", "", "in a month", "of", right=4)
    shown.columns[0].no_wrap = False
    for part, rows in downstream(one).groupby("part", sort=False):
        shown.add_row(Text(str(part), "bold"))
        for row in records(rows):
            shown.add_row(f"  {row['measure']}", figure(row["value"], row["unit"]), *in_a_month(row))
    return shown


def limits_table(one: Account) -> Table:
    """Where and when a limit of the law was passed, if it was: over the whole watch, and on the worst day."""
    shown = table("Breaches of legal limits", "limit", "days beyond it", "worst", "on", "at", right=4)
    shown.columns[0].no_wrap = False
    for clock, entry in one.world.clocks.items():
        worst = worst_breach(one.breaches, clock)
        if worst is None:
            shown.add_row(entry.title, "0", "", "", "")
        else:
            place, day, persons = worst
            total, most = (f"{number / one.scale:,.0f}" for number in (days_past(one.breaches, clock), persons))
            shown.add_row(entry.title, total, f"{most} persons", f"{day:%d %b %Y}", place)
    return shown


def border_summary(one: Account) -> dict[str, Any]:
    """What ``--json`` has of them, in figures of the real system.

    ``months`` (place, measure, unit, month, value), ``downstream`` (part, measure, unit, value, extreme, of_month,
    month), and ``limits``: the worst breach of each clock (clock, place, day, persons).
    """
    months, below = year(one), downstream(one)
    worst = {clock: worst_breach(one.breaches, clock) for clock in one.world.clocks}
    return {
        "limits": [
            {"clock": clock, "place": place, "day": f"{day:%Y-%m-%d}", "persons": persons / one.scale}
            for clock, (place, day, persons) in ((clock, found) for clock, found in worst.items() if found)
        ],
        "months": records(months.assign(month=months["month"].dt.strftime("%Y-%m"))),
        "downstream": records(below.assign(month=below["month"].dt.strftime("%Y-%m"))),
    }
