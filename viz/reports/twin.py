"""The tables that ``discretion twin`` prints."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.twin.findings import Findings
from experiments.twin.measures.value import BETTER, WORSE
from model.world.checks.days import notes
from viz.charts.shifts import in_points
from viz.reports.console import out, remark, table
from viz.reports.run import amount, percent
from viz.reports.twin_folder import FILES, FLIP_GROUPS, charted, counted

RESPONSES = ("uptake", "slippage", "gain", "spillover", "latency", "persistence")
DAYS, DIFFERENCES = "latency", ("gain", "spillover")
HOW_TO_READ = (
    "Shift of the expected rate, in percentage points. Not told apart from 0: no detectable difference, or too few "
    "pairs."
)
LAST_COLUMN = (
    " Last column: the interval's width beside that of as many runs on their own; in brackets with drawn outcomes."
)
WIDE = 94
"""Characters of a terminal that has room for the last column."""
STAGES, FLIPS = 3, 10
"""Stages whose response is shown, and kinds of flips: those that matter most; all are in the files."""


def show(found: Findings, folder: Path) -> None:
    """Print what was found."""
    differ, runs = ", ".join(found.twins.differ), len(found.seeds)
    out.print(f"[bold]With and without {differ}[/], from {found.twins.first_day:%d %B %Y} on\n")
    remark(notes(found.world, found.twins.with_it))
    out.print(_shift(found, f"How far did they move? {runs} pairs at scale {found.scale:g}, same cases"))
    out.print(f"[dim]{HOW_TO_READ}{LAST_COLUMN if out.width >= WIDE else ''}[/]\n")
    for shown in (_new(found), _response(found), _flips(found), _targeting(found), _triangle(found)):
        if shown.row_count:
            out.print(shown, "")
    still = found.value[~found.value["verdict"].isin([BETTER, WORSE])]
    if len(still):
        out.print(f"[dim]No detectable difference: {_listed(still, found)}.[/]\n")
    if found.precise is False:
        out.print("[yellow]Not as precise as asked: more replications or a larger scale would narrow it.[/]")
    if len(found.flips):
        out.print(f"One flip, side by side: [bold]discretion explain 1 --twin {folder}[/]")
    out.print(f"Stored in [bold]{folder}[/]: {', '.join(sorted(FILES))}.")


def _shift(found: Findings, title: str) -> Table:
    """The shift of each agency and stage; without the last column where a terminal is narrow."""
    wide = out.width >= WIDE
    columns = ["decisions", "with", "without", "shift (90% interval)", "told\napart", "paired /\nunpaired"]
    columns = columns if wide else columns[:-1]
    shown = table(title, "agency", "stage", *columns, right=len(columns))
    for row in charted(found).to_dict("records"):
        cells = [
            found.world.agencies[row["agency"]].title, row["label"] if row["by"] == "stage" else "all",
            f"{row['decisions']:,.0f}", percent(row["rate_with"]), percent(row["rate_without"]),
            in_points(row["shift"], row["low"], row["high"]), "yes" if row["detectable"] else "no",
            _ratios(row["ratio"], row["ratio_drawn"]),
        ]  # fmt: skip
        shown.add_row(*(cells if wide else cells[:-1]))
    return shown


def _ratios(ratio: float, of_outcomes: float) -> str:
    return "-" if pd.isna(ratio) else f"{ratio:.2f} ({of_outcomes:.2f})"


def _new(found: Findings) -> Table:
    shown = table(
        "Decisions that exist only with them", "agency", "stage", "a pair", "favourable (90% interval)", right=2
    )
    for row in found.new.to_dict("records"):
        title = found.world.agencies[row["agency"]].title
        shown.add_row(title, row["stage"], f"{row['decisions']:,.0f}", _share(row["rate"], row["low"], row["high"]))
    return shown


def _response(found: Findings) -> Table:
    """Uptake and the rest: where nobody decided without the directives, and where they gained most."""
    rows = found.measures.set_index(["agency", "stage", "measure"])[["mean", "low", "high"]]
    means = rows["mean"].unstack("measure").reindex(columns=list(RESPONSES))
    asked = means[means["uptake"].notna()]
    places = (
        asked["gain"].abs().sort_values(ascending=False, na_position="first", kind="stable").index[:STAGES].tolist()
    )
    heads = [f"{found.world.agencies[agency].title} {stage}" for agency, stage in places]
    shown = table("How did the front line respond? (90%)", "", *heads, right=len(heads))
    for measure in RESPONSES if places else ():
        figures = _days if measure == DAYS else in_points if measure in DIFFERENCES else _share
        known = [(*place, measure) in rows.index for place in places]
        cells = [figures(*rows.loc[(*place, measure)]) if is_known else "-"
                 for place, is_known in zip(places, known, strict=True)]  # fmt: skip
        shown.add_row(measure, *cells)
    return shown


def _days(mean: float, low: float, high: float) -> str:
    return f"{mean:,.0f} days" + ("" if pd.isna(low) else f" ({low:,.0f} to {high:,.0f})")


def _share(mean: float, low: float, high: float) -> str:
    return percent(mean) + ("" if pd.isna(low) else f" ({percent(low)} to {percent(high)})")


def _flips(found: Findings) -> Table:
    title = f"What flipped them? Over {len(found.seeds)} pairs"
    shown = table(title, *FLIP_GROUPS, "decisions", right=1)
    for row in counted(found).head(FLIPS).to_dict("records"):
        names = {**row, "agency": found.world.agencies[row["agency"]].title}
        shown.add_row(*(names[name] for name in FLIP_GROUPS), f"{row['count']:,}")
    return shown


def _targeting(found: Findings) -> Table:
    """Who bears enforcement, at agencies as wholes, where a group's share has moved."""
    shown = table("Who bears it?", "", "of", "with", "without", "difference (90% interval)", right=3)
    rows = found.effects
    moved = rows[(rows["family"] == "targeting") & (rows["stage"] == "all") & rows["detectable"]]
    for row in moved.to_dict("records"):
        whose = f", {found.world.agencies[row['agency']].title}" if row["agency"] != "all" else ""
        shown.add_row(row["group"], f"{row['measure']}{whose}", *amounts(row))
    return shown


def _triangle(found: Findings) -> Table:
    shown = table("Public value: what was moved?", "", "", "with", "without", "difference (90% interval)", "", right=4)
    shown.columns[0].no_wrap = False
    rows = found.value[found.value["verdict"].isin([BETTER, WORSE])]
    for corner, part in rows.groupby("corner", sort=False):
        shown.add_row(f"[bold]{corner}[/]")
        for row in part.to_dict("records"):
            colour = "green" if row["verdict"] == BETTER else "red"
            shown.add_row(f"  {row['measure']}", _of(row, found), *amounts(row), f"[{colour}]{row['verdict']}[/]")
    return shown


def _of(row: Mapping[Any, Any], found: Findings) -> str:
    agency = [found.world.agencies[row["agency"]].title] if row["agency"] != "all" else []
    return " ".join([*agency, *([row["group"]] if row["group"] not in ("all", "officers") else [])])


def _listed(rows: pd.DataFrame, found: Findings) -> str:
    parts = [(row["measure"], _of(row, found)) for row in rows.to_dict("records")]
    by_measure: dict[str, list[str]] = {}
    for measure, of in parts:
        by_measure.setdefault(measure, []).extend([of] if of else [])
    return "; ".join(f"{measure} ({', '.join(of)})" if of else measure for measure, of in by_measure.items())


def amounts(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    """With, without, and the difference with its interval, in the unit of a measure."""
    if row["unit"] == "share":
        return percent(row["with"]), percent(row["without"]), in_points(row["difference"], row["low"], row["high"])
    interval = "" if pd.isna(row["low"]) else f" ({amount(row['low'], sign='+')} to {amount(row['high'], sign='+')})"
    unit = {"dollars": "$ "}.get(row["unit"], "")
    words = "" if unit else f" {row['unit']}"
    with_it, without = amount(row["with"]), amount(row["without"])
    return f"{unit}{with_it}{words}", f"{unit}{without}", f"{unit}{amount(row['difference'], sign='+')}{interval}"
