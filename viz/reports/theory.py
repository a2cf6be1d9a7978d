"""The table and the files of ``discretion theory``."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rich.text import Text

from experiments.records import records
from experiments.smallest import least
from experiments.theory import FAILS, HOLDS, Verdict, tidy
from model import __version__
from viz.charts.shifts import in_points
from viz.reports.console import bold, out, remark, table
from viz.reports.report import Files, Report

FILES = Files("theory.json", ("theory.csv",))


def report(found: list[Verdict], world: str, about: Mapping[str, Any]) -> Report:
    """What became of each claim.

    Args:
        found: the checks.
        world: its name.
        about: how they were made: ``settings``, ``seeds``, ``scale``, ``notes`` (on its days), ``smallest_effect``.
    """
    checks = [
        {"fact": one.fact, "claim": one.claim, "verdict": one.verdict, "figures": records(one.figures)} for one in found
    ]
    told = {"discretion": __version__, "world": world, **about, "checks": checks}
    how = f"{len(about['seeds'])} replications at scale {about['scale']:g}"
    shown = partial(_show, found, about["notes"], how, 100.0 * about["smallest_effect"])
    return Report(FILES, told, shown, tables={"theory.csv": tidy(found)})


def _show(found: list[Verdict], notes: list[str], how: str, points: float, folder: Path) -> None:
    remark(notes)
    shown = table(f"Theory checks, {how}", "", "claim", "decisive figure", "with its 90% interval", "")
    colours = {HOLDS: "green", FAILS: "red"}
    for one in found:
        name, figure = decisive(one)
        colour = colours.get(one.verdict, "yellow")
        shown.add_row(one.fact, one.claim, name, figure, Text(one.verdict, colour))
    out.print(shown, "")
    out.print(
        f"A claim predicts figures above zero by more than the smallest effect of interest, {points:g} points (in "
        f"log-odds {least('log-odds', points / 100.0):.2g}): it holds if all their intervals lie there, fails if one "
        "lies below, and is not shown if one lies across."
    )
    out.print(f"Stored in {bold(folder)}: theory.csv (every figure) and {FILES.marker}.")


def decisive(one: Verdict) -> tuple[str, str]:
    """The first figure that failed a check, else the first that could not be shown, else the first; in words."""
    figures = one.figures
    failed, open_ = figures[figures["high"] <= figures["least"]], figures[~figures["holds"]]
    row = next(rows for rows in (failed, open_, figures) if len(rows)).iloc[0]
    return str(row["figure"]), in_figures(str(row["unit"]), row["mean"], row["low"], row["high"])


def in_figures(unit: str, mean: float, low: float, high: float) -> str:
    """A figure with its interval, in percentage points, log-odds or as a ratio.

    >>> in_figures("points", 0.0512, 0.048, 0.0553), in_figures("ratio", 0.023, -0.039, 0.085)
    ('+5.12 (+4.80 to +5.53) points', '+0.023 (-0.039 to +0.085) ratio')
    """
    if unit == "points":
        return f"{in_points(mean, low, high)} {unit}"
    interval = "" if low != low else f" ({low:+.3f} to {high:+.3f})"
    return f"{mean:+.3f}{interval} {unit}"
