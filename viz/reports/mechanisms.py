"""The tables, the files and the chart of ``discretion mechanisms``."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.text import Text

from experiments.mechanisms.ablation_tables import BETTER, NO_DIFFERENCE, NOTHING, WORSE
from experiments.mechanisms.ablations import Ablations
from experiments.mechanisms.leanings import FIFTHS, OF, Leanings
from experiments.mechanisms.magnitudes import INERT, Magnitudes
from experiments.mechanisms.switches import SWITCHES
from experiments.records import records
from experiments.smallest import MATTERS, smallest_in_words
from model import __version__
from viz.charts import terms_by_stage
from viz.charts.shifts import in_points, signed_points
from viz.charts.theme import Legend
from viz.reports.console import bold, out, remark, table
from viz.reports.report import Files, Report

BLOCKS, TERMS, LEANING = "blocks", "terms", "leaning"
PARTS = (BLOCKS, TERMS, LEANING)
TABLES = {
    BLOCKS: ("earned.csv", "blocks.csv", "misses.csv"), TERMS: ("terms.csv",), LEANING: ("leaning.csv", "gaps.csv"),
}  # fmt: skip
COLOURS = {WORSE: "green", BETTER: "red", NOTHING: "red"}


@dataclass(frozen=True)
class Found:
    """What was asked for; None for what was not."""

    blocks: Ablations | None
    terms: Magnitudes | None
    leaning: Leanings | None

    @property
    def first(self) -> Ablations | Magnitudes | Leanings:
        """A part that was asked for, for what all have in common."""
        return next(part for part in (self.blocks, self.terms, self.leaning) if part is not None)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its file name."""
        there: dict[str, pd.DataFrame] = {}
        if self.blocks:
            there |= {"earned.csv": self.blocks.earned, "blocks.csv": self.blocks.by_block,
                      "misses.csv": self.blocks.misses}  # fmt: skip
        if self.terms:
            there |= {"terms.csv": self.terms.terms}
        if self.leaning:
            there |= {"leaning.csv": self.leaning.by_fifth, "gaps.csv": self.leaning.gaps}
        return there


def files(parts: tuple[str, ...]) -> Files:
    """The files of some of the `PARTS`."""
    tables = tuple(name for part in parts for name in TABLES[part])
    return Files("mechanisms.json", tables, ("terms",) if TERMS in parts else (), (".html", ".png", ".svg"))


def report(found: Found, parts: tuple[str, ...], settings: list[str], notes: list[str]) -> Report:
    """What was found, with the notes on the days of its scenarios."""
    tables = found.tables
    told = {
        "discretion": __version__, "world": found.first.world.name, "settings": settings, "notes": notes,
        "seeds": found.first.seeds, "scale": found.first.scale, "parts": list(parts),
        **({"off": {name: SWITCHES[name].off for name in found.blocks.mechanisms}} if found.blocks else {}),
        **{name.removesuffix(".csv"): records(rows) for name, rows in tables.items() if name != "misses.csv"},
    }  # fmt: skip
    charts = {"terms": partial(_chart, found.terms)} if found.terms else {}
    return Report(files(parts), told, partial(_show, found, notes), tables=tables, charts=charts)


def _chart(found: Magnitudes) -> Any:
    return terms_by_stage(
        found.terms, Legend.of_world(found.world), "What weighs in a decision, and where it differs",
        [f"Log-odds, {len(found.seeds)} replications at scale {found.scale:g}; where the law leaves a choice.",
         "Dot: mean. Line: one standard deviation of decisions to each side; thick part: of offices. Faint: inert."],
    )  # fmt: skip


def _show(found: Found, notes: list[str], folder: Path) -> None:
    """Print what each mechanism earns and where, the size of every term, and whom accountability moves."""
    remark(notes)
    how = f"{len(found.first.seeds)} replications at scale {found.first.scale:g}"
    if found.blocks:
        _show_blocks(found.blocks, how)
    if found.terms:
        _show_terms(found.terms, how)
    if found.leaning:
        _show_leaning(found.leaning, how)
    out.print(f"Stored in {bold(folder)}: every table as CSV{', the chart of terms' if found.terms else ''}.")


def _show_blocks(found: Ablations, how: str) -> None:
    earned = table(
        f"What each mechanism earns; {how}", "mechanism", "off means", "earns on", "worse", "better", right=2
    )
    for row in records(found.earned):
        earns = Text(row["earns"], COLOURS.get(row["earns"], ""))
        earned.add_row(row["mechanism"], SWITCHES[row["mechanism"]].off, earns, str(row["worse"]), str(row["better"]))
    out.print(earned, "")
    changed = table(f"Blocks of facts that it changes; {how}", "off", "block", "patterns that cease (-) or begin (+)",
                    "miss", "change", "error", "", right=4)  # fmt: skip
    for row in records(found.by_block):
        moved = " ".join([*(f"-{one}" for one in row["ceased"].split()), *(f"+{one}" for one in row["begun"].split())])
        if row["verdict"] != NO_DIFFERENCE or moved:
            error = "" if row["error"] is None else f"{row['error']:.3f}"
            verdict = Text(row["verdict"], COLOURS.get(row["verdict"], "dim"))
            figures = f"{row['whole']:.3f}", f"{row['change']:+.3f}", error
            changed.add_row(row["off"], f"{row['episode']}, {row['kind']}", moved, *figures, verdict)
    out.print(changed)
    out.print(
        "[dim]Miss: mean distance from the record in tolerances; of a direction, the share of replications "
        "that lack it. Error: standard error of the paired change; worse, better: by two of them.[/]\n"
    )


def _show_terms(found: Magnitudes, how: str) -> None:
    """A table for each stage; terms that are inert there are named and not shown."""
    for (scenario, agency, stage), rows in found.terms.groupby(["scenario", "agency", "stage"], sort=False):
        names = found.world.agencies[str(agency)].title, found.world.stages[str(stage)].title
        shown = table(f"{': '.join(names)} ({scenario}); {how}, in log-odds", "term", "", "mean", "sd",
                      "between offices", "within", "over months", right=5)  # fmt: skip
        for row in records(rows[rows["verdict"] != INERT]):
            figures = [f"{row['mean']:+.3f}", *(f"{row[one]:.3f}" for one in ("sd", "between", "within", "months"))]
            shown.add_row(row["term"], row["verdict"], *figures)
        out.print(shown)
        inert = ", ".join(rows.loc[rows["verdict"] == INERT, "term"])
        out.print(f"[dim]Inert: {inert or 'none'}.[/]\n")


def _show_leaning(found: Leanings, how: str) -> None:
    fifths = [str(fifth) for fifth in range(1, FIFTHS + 1)]
    shown = table(f"Effect of evaluation by fifths of officers, 1 the least inclined; {how}, in points", "directive",
                  "agency", *fifths, "1 less 5", right=FIFTHS + 1)  # fmt: skip
    effects = found.by_fifth.pivot(index=OF, columns="fifth", values="effect")
    for row in records(found.gaps):
        here = [signed_points(effect) for effect in effects.loc[tuple(row[one] for one in OF)]]
        gap = Text(in_points(row["gap"], row["low"], row["high"]), "" if row["verdict"] == MATTERS else "dim")
        shown.add_row(row["directive"], found.world.agencies[row["agency"]].title, *here, gap)
    out.print(shown)
    out.print(f"[dim]Intervals hold 90 percent. 1 less 5 is taken in the way of the directive: above zero, the least "
              f"inclined move most. {smallest_in_words(found.smallest)}[/]\n")  # fmt: skip
