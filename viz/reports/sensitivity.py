"""The tables and the files of ``discretion sensitivity``."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.table import Table

from experiments.ordering import ordered
from experiments.records import records
from experiments.sensitivity.analysis import Analysis
from experiments.sensitivity.scenario_discovery import Corner
from experiments.sensitivity.surface import Surface
from experiments.sweep.store import SENSITIVITY
from model import __version__
from viz.reports.console import bold, literal, out, table
from viz.reports.figures import percent, ranged
from viz.reports.report import Files, Report
from viz.reports.sensitivity_charts import drawn, strongest

PARTS = ("indices", "pairs", "convergence", "surface", "corner")
FILES = Files("sensitivity.json", tuple(f"{part}.csv" for part in PARTS), PARTS)
TERMS = 12
"""Terms of a response surface that are printed; the table has all."""


def summary(found: Analysis) -> dict[str, Any]:
    """What ``--json`` prints; a number that is missing is null."""
    sample, settled, fitted, box = found.sample, found.convergence, found.surface, found.corner
    plan = sample.resolved.plan
    return {
        "target": str(sample.target), "scenario": sample.scenario, "design": plan.design.kind,
        "runs": len(sample.points) * plan.replications, "failed": sample.failed, "noise": _number(sample.noise),
        "indices": None if found.indices is None else records(found.indices),
        "pairs": None if found.pairs is None else records(found.pairs),
        "convergence": settled and {
            "samples": int(settled.table["samples"].max()), "width": _number(settled.width),
            "settled": settled.settled, "needed": settled.needed, "ranked": settled.ranked,
            "unknown": settled.unknown,
        },
        "surface": fitted and {"terms": records(fitted.table), "fit": fitted.fit, "foresight": fitted.foresight},
        "corner": box and {
            "condition": box.condition, "limits": records(box.limits), "coverage": box.coverage,
            "density": box.density, "mass": box.mass, "unseen": _number(box.unseen),
        },
    }  # fmt: skip


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def place_in(folder: Path, found: Analysis) -> Path:
    """Where in the folder of a sweep the findings are stored."""
    sample = found.sample
    several = len(sample.resolved.plan.scenarios) > 1
    return folder / SENSITIVITY / (f"{sample.scenario}-{sample.target}" if several else str(sample.target))


def report(found: Analysis) -> Report:
    """The parts that there are, each with its table and its chart."""
    parts = drawn(found)
    return Report(
        FILES, {"discretion": __version__, **summary(found)}, partial(_show, found),
        tables={f"{name}.csv": rows for name, rows, _ in parts},
        charts={name: _made(chart) for name, _, chart in parts},
    )  # fmt: skip


def _made(chart: Any) -> Callable[[], Any]:
    return lambda: chart


def _show(found: Analysis, place: Path) -> None:
    sample = found.sample
    plan = sample.resolved.plan
    out.print(f"{bold(sample.target)} in {sample.scenario}: {literal(plan.title)}\n")
    known = sample.outcome[~np.isnan(sample.outcome)]
    out.print(
        f"{len(known):,} points of {len(sample.points):,}, {plan.replications} replications each; outcome "
        f"{known.min():.4g} to {known.max():.4g}, mean {known.mean():.4g}."
    )
    if sample.failed:
        out.print(f"[yellow]{sample.failed:,} runs have no value of it.[/]")
    if not np.isnan(sample.noise):
        out.print(f"Random seeds account for {percent(sample.noise)} of the variance between points.")
    out.print()
    if found.indices is not None and found.convergence is not None:
        _show_indices(found.indices)
        if found.pairs is not None:
            _show_pairs(found.pairs)
        out.print(found.convergence.words(), "")
    if found.surface is not None:
        _show_surface(found.surface)
    else:
        out.print(f"No response surface: {found.no_surface}.\n")
    if found.corner is not None:
        _show_corner(found.corner)
    out.print(f"Stored in {bold(place)}: tables (CSV) and charts (HTML, PNG).")


def _show_indices(rows: pd.DataFrame) -> None:
    kinds = list(dict.fromkeys(rows["index"]))
    wide = rows.pivot(index="factor", columns="index", values=["value", "low", "high"])
    shown = table("Sensitivity indices (90 percent intervals)", "parameter", *kinds, right=len(kinds))
    main = kinds[0] if "mu*" in kinds else kinds[-1]
    for factor in ordered(wide["value"][main].rename("value").reset_index(), "value", "factor")["factor"]:
        shown.add_row(str(factor), *(_figure(wide, factor, kind) for kind in kinds))
    _folded(shown)
    out.print(shown, "")


def _show_pairs(rows: pd.DataFrame) -> None:
    shown = table("Second-order indices (90 percent intervals)", "of", "together with", "second order", "90%", right=2)
    for row in strongest(rows).to_dict("records"):
        shown.add_row(row["first"], row["second"], *ranged(row["value"], row["low"], row["high"]))
    _folded(shown)
    out.print(shown)
    more = len(rows) - len(strongest(rows))
    out.print(f"{more} smaller ones are in pairs.csv.\n" if more else "")


def _folded(shown: Table) -> None:
    """Paths may go over several lines, so that no figure is cut short."""
    shown.columns[0].no_wrap, shown.columns[0].overflow = False, "fold"


def _figure(wide: pd.DataFrame, factor: Any, kind: str) -> str:
    value, low, high = (float(wide.loc[factor, (end, kind)]) for end in ("value", "low", "high"))
    figure, interval = ranged(value, low, high)
    return f"{figure} ({interval})" if interval else figure


def _show_surface(fitted: Surface) -> None:
    shown = table(
        "Response surface: coefficients, each parameter scaled to -1 to 1", "term", "coefficient", "90%", right=2
    )
    rows = ordered(fitted.table.iloc[1:], "coefficient", "term", size=True)
    for row in [*fitted.table.head(1).to_dict("records"), *rows.head(TERMS).to_dict("records")]:
        shown.add_row(str(row["term"]), *ranged(row["coefficient"], row["low"], row["high"]))
    _folded(shown)
    out.print(shown)
    more = f" {len(rows) - TERMS} smaller terms are in surface.csv." if len(rows) > TERMS else ""
    out.print(f"{fitted.words()}{more}\n")


def _show_corner(box: Corner) -> None:
    shown = table(f"Box where {box.condition}", "parameter", "from", "to", "p-value", right=3)
    for row in box.limits.to_dict("records"):
        ends = [f"{row[end]:.4g}" if isinstance(row[end], float) else str(row[end]) for end in ("from", "to")]
        shown.add_row(str(row["factor"]), *ends, "-" if np.isnan(row["chance"]) else f"{row['chance']:.2g}")
    out.print(shown)
    out.print(f"{box.words()}\n")
