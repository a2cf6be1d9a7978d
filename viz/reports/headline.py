"""The table, the chart and the files of ``discretion demo``."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.text import Text

from experiments.headline import DIRECTIVES, SCENARIO, in_words
from experiments.smallest import MATTERS, smallest_in_words
from model import __version__
from model.schema import World
from viz.charts import rates_with_and_without
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.console import bold, out, table
from viz.reports.figures import percent
from viz.reports.report import Files, Report
from viz.reports.run import WIDE

FILES = Files("demo.json", ("headline.csv",), ("headline",))
HOW_TO_READ = (
    "Expected discretion rate of the same cases, and by how many percentage points the directives shift it. Invited: "
    "from June 2011; ordered to look at every case: from November 2011. People: how many more are spared up to June "
    "2013, in the numbers of the real system. Without DACA nobody decides its requests."
)


def report(figures: pd.DataFrame, every: pd.DataFrame, world: World, about: Mapping[str, Any]) -> Report:
    """The headline.

    Args:
        figures: over the pairs (`experiments.headline.over_pairs`).
        every: those of every pair.
        world: the world.
        about: how they were made: ``replications``, ``scale``, ``smallest_effect``.
    """
    told = {"discretion": __version__, "scenario": SCENARIO, "without": DIRECTIVES, **about}
    return Report(
        FILES, told, partial(_show, figures, world, about),
        tables={"headline.csv": every}, charts={"headline": partial(_chart, figures, world, about)},
    )  # fmt: skip


def _chart(figures: pd.DataFrame, world: World, about: Mapping[str, Any]) -> Any:
    pairs, scale = about["replications"], about["scale"]
    return rates_with_and_without(
        figures.rename(columns={"who": "label"}), Legend.of_world(world), "The same leniency, asked of two agencies",
        ["Expected discretion rate without the directives (hollow) and with (filled), same cases.",
         "Without DACA nobody decides its requests.",
         f"Shift in percentage points, 90 percent interval over {pairs} pairs, scale {scale:g}."],
    )  # fmt: skip


def _show(figures: pd.DataFrame, world: World, about: Mapping[str, Any], folder: Path) -> None:
    runs = f"{about['replications']} pairs at scale {about['scale']:g}"
    title = f"With and without the memos of 2011 and DACA: {runs}"
    people = out.width >= WIDE
    columns = ("with", "without", "shift (90% interval)", *(["people spared"] if people else []))
    shown = table(title, "", *columns, right=len(columns))
    for agency, rows in figures.groupby("agency", sort=False):
        shown.add_row(Text(world.agencies[str(agency)].title, "bold"))
        for row in rows.to_dict("records"):
            known = row["verdict"] == MATTERS
            spared = f"{_people(row['people_low'])} to {_people(row['people_high'])}" if known else row["verdict"]
            shown.add_row(
                f"  {row['who']}", percent(row["with"]), percent(row["without"]),
                in_points(row["shift"], row["low"], row["high"]), *([spared] if people else []),
            )  # fmt: skip
    out.print(shown)
    out.print(f"[dim]{HOW_TO_READ} {smallest_in_words(about['smallest_effect'])}[/]\n")
    out.print(f"{in_words(figures)}\n")
    out.print(f"Chart: {bold(folder / 'headline.html')} (opens without internet), and headline.png beside it.")


def _people(count: float) -> str:
    return f"{float(f'{count:.3g}'):+,.0f}"
