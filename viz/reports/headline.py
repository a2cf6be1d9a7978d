"""The tables, the chart and the files of ``discretion demo``."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.headline.record import foremost
from experiments.headline.study import in_figures, in_words
from experiments.headline.words import title, words
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS, POSTERIOR
from model import __version__
from model.schema import World
from viz.charts import rates_with_and_without
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.charts.with_without import in_short, left_open, times
from viz.reports.console import bold, out, table
from viz.reports.figures import percent
from viz.reports.report import Files, Report

FILES = Files("demo.json", ("shift.csv", "pairs.csv", "record.csv"), ("headline",), (".html", ".png", ".svg"))
FORMS = {"appeal": "as an appeal", "order": "as an order", "evaluated": "evaluated"}
STRIP = 16
"""Characters for a rate of 0 to 100 percent."""
WIDTHS = {"base": 5, "with": 5, "shift (luck)": 22, "unknown": 14, "odds ×": 11}
WIDE = 106
"""Characters of a terminal that has room for all columns."""
HOW_TO_READ = (
    "Expected rate of lenient decisions, on the same cases, without the words (○, base) and with them (●). Appeal: "
    "they are said, no more. Order: every case has to be looked at. Evaluated: managers answer for it. Luck: 90% "
    "interval of the mean over pairs. Unknown: 5-95% over {draws} draws of the parameters that are fitted to facts "
    "(the shipped posteriors); where nothing of a desk is fitted, all that is known of it is assumed, and no draw "
    "tells how far off that is."
)
RECORD = (
    "Each directive taken away from its scenario, all others staying, on the same cases; of the stages that it speaks "
    "to the one that it moves furthest. A programme that it opens has no decisions without it."
)


def report(
    figures: pd.DataFrame, every: pd.DataFrame, record: pd.DataFrame, world: World, about: Mapping[str, Any]
) -> Report:
    """The headline.

    Args:
        figures: the shifts of every desk in every form (`experiments.headline.study.over_replications`).
        every: the rates of every pair.
        record: the shifts of every directive of the record (`experiments.headline.record.where_issued`).
        world: the world.
        about: how they were made: ``replications``, ``scale``, ``smallest_effect``, ``posterior_draws``.
    """
    told = {
        "discretion": __version__, "words": words().words, **about, "intervals": INTERVALS,
        "shift": records(figures), "record": records(record),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, figures, record, world, about),
        tables={"shift.csv": figures, "pairs.csv": every, "record.csv": record},
        charts={"headline": partial(chart, figures, world, about)},
    )  # fmt: skip


def chart(figures: pd.DataFrame, world: World, about: Mapping[str, Any]) -> Any:
    """The picture of it."""
    headings = [title(world, unit, in_full=True) for unit in figures["unit"]]
    shown = figures.assign(heading=headings, label=figures["form"].map(FORMS))
    return rates_with_and_without(
        shown, Legend.of_world(world), "A simulation: the same words, given to each desk in turn",
        [f"“{words().words}”", in_figures(figures),
         "Share of lenient decisions without the words (hollow) and with them (filled), on the same cases. Appeal: "
         "they are said, no more.",
         "Order: every case has to be looked at; the decision stays the officer's. Evaluated: managers answer for it "
         "to those above them.",
         f"Luck: 90% interval of the mean over {about['replications']} pairs of simulated worlds. Unknown, the thin "
         f"line: 5-95% over {about['posterior_draws']} draws of the parameters",
         "that are fitted to facts. All assumed (?): nothing of that desk is fitted, and nothing tells how far off the "
         "shift is."],
    )  # fmt: skip


def _show(figures: pd.DataFrame, record: pd.DataFrame, world: World, about: Mapping[str, Any], folder: Path) -> None:
    runs = f"{about['replications']} pairs at scale {about['scale']:g}"
    out.print(f"[bold]“{words().words}”[/]\nGiven to each desk in turn: {runs}\n")
    for at, (unit, rows) in enumerate(figures.groupby("unit", sort=False)):
        out.print(_desk(title(world, str(unit)), rows, has_header=at == 0))
    out.print(f"[dim]{HOW_TO_READ.format(draws=about['posterior_draws'])}[/]\n")
    out.print(f"{in_words(figures, world)}\n")
    out.print(_record(record, world), f"[dim]{RECORD} {_judged(record, about['smallest_effect'])}[/]\n", sep="\n")
    out.print(f"Chart: {bold(folder / 'headline.html')} (opens without internet), and headline.png beside it.")


def _desk(name: str, rows: pd.DataFrame, has_header: bool) -> Table:
    """The forms of one desk; columns are as wide for every desk."""
    wide = out.width >= WIDE
    axis = f"0%{'100%':>{STRIP - 2}}"
    columns = ("base", *(["with"] if wide else []), "shift (luck)", "unknown", *(["odds ×"] if wide else []))
    shown = table(name, "", axis, *columns, right=len(columns))
    shown.show_header = has_header
    for column, width in zip(shown.columns, (12, STRIP, *(WIDTHS[name] for name in columns)), strict=True):
        column.min_width = width
    for row in rows.to_dict("records"):
        unknown = left_open(*(row[end] for end in POSTERIOR))
        shown.add_row(
            FORMS[row["form"]], strip(row["without"], row["with"]), percent(row["without"]),
            *([percent(row["with"])] if wide else []), in_short(row["shift"], row["low"], row["high"]), unknown,
            *([times(row["odds"])] if wide else []),
        )  # fmt: skip
    return shown


def strip(without: float, with_it: float) -> str:
    """Two rates on a line from 0 to 100 percent: hollow without, filled with.

    >>> strip(0.0, 0.5), strip(0.99, 0.99)
    ('○───────●·······', '···············●')
    """
    here, there = (min(int(rate * STRIP), STRIP - 1) for rate in (without, with_it))
    low, high = sorted((here, there))
    marks = ["─" if low < at < high else "·" for at in range(STRIP)]
    marks[here] = "○"
    marks[there] = "●"
    return "".join(marks)


def _record(record: pd.DataFrame, world: World) -> Table:
    shown = table("Each directive of the record, where it was issued", "", "agency, stage", "base", "shift (luck)",
                  right=2)  # fmt: skip
    for row in foremost(record).to_dict("records"):
        opened = row["shift"] != row["shift"]
        figures = ("-", f"opened: {percent(row['with'])}") if opened else (
            percent(row["without"]), in_points(row["shift"], row["low"], row["high"])
        )  # fmt: skip
        desk = f"{world.agencies[row['agency']].title} {row['stage']}"
        shown.add_row(row["directive"], desk, *figures)
    return shown


def _judged(record: pd.DataFrame, smallest: float) -> str:
    """Which of the directives shown are not known to move anything by more than what is of interest."""
    shown = foremost(record)
    rest = shown.loc[shown["shift"].notna() & (shown["verdict"] != MATTERS), "directive"]
    beyond = f"The smallest effect of interest is {100 * smallest:g} points, and the interval lies beyond it"
    return f"{beyond} for {'all but ' + ', '.join(rest) if len(rest) else 'each'}."
