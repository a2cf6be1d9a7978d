"""Findings as charts, as plain data and as files: for the command line, notebooks and the app."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.records import records
from experiments.result_folder import staged
from experiments.runs import described
from experiments.smallest import INTERVALS, MATTERS
from experiments.twin.findings import Findings
from experiments.twin.stored import FLIPS, MARKER, content
from model import __version__
from model.world.checks.days import notes
from viz.charts import flows_of_flips, rates_of_both_worlds, shift_by_agency
from viz.charts.save import save
from viz.charts.theme import Legend

FLIP_GROUPS = ["agency", "stage", "kind", "cause", "term"]


def shift_chart(found: Findings) -> Any:
    """By how much each agency and each of its decisions shifted, with intervals."""
    notes = [
        *_notes(found), "Expected rates of favourable decisions on the same cases, in percentage points.",
        f"Bar: 90 percent interval of the mean over {len(found.seeds)} pairs; filled: it {MATTERS}, beyond "
        f"{100 * found.smallest:g} points.",
        *([f"Thin line: 5 to 95 percent over {found.draws} posterior draws."] if found.draws else []),
    ]  # fmt: skip
    return shift_by_agency(charted(found), Legend.of_world(found.world), "Who shifted, and by how much?", notes)


def flows_chart(found: Findings) -> Any:
    """What became of the cases that came out differently."""
    notes = [
        *_notes(found), f"From the outcome without to the outcome with; in brackets, mean of {len(found.seeds)} pairs.",
        "Direct: the directive's own words or orders carried the draw across the line. Ripple: something it moved did.",
    ]  # fmt: skip
    legend = Legend.of_world(found.world)
    return flows_of_flips(found.flips, legend, "What became of the cases that came out differently?", notes)


def months_chart(found: Findings) -> Any:
    """The rates of both worlds, month by month."""
    notes = [
        *_notes(found), "Expected rate by month: with (solid) and without (dashed). Each panel has its own scale.",
        f"Band: 90 percent interval of the difference over {len(found.seeds)} pairs. Dashed lines: the directives.",
    ]  # fmt: skip
    directives = [described(name, found.world.directives[name]) for name in found.twins.differ]
    legend = Legend.of_world(found.world)
    return rates_of_both_worlds(found.months, directives, legend, "When did the worlds part?", notes)


CHARTS: Mapping[str, Callable[[Findings], Any]] = {
    "shift": shift_chart, "flows": flows_chart, "months": months_chart,
}  # fmt: skip
TABLES = ("shift", "measures", "effects", "new", "months")
FILES = frozenset({MARKER, FLIPS, *(f"{name}.csv" for name in TABLES),
                   *(f"{name}.{kind}" for name in CHARTS for kind in ("html", "png"))})  # fmt: skip


def _notes(found: Findings) -> list[str]:
    differ = f"With and without {', '.join(found.twins.differ)}, from {found.twins.first_day:%d %B %Y} on."
    return [differ, *notes(found.world, found.twins.with_it)]


def charted(found: Findings) -> pd.DataFrame:
    """Rows of the chart of the shift: each agency as a whole, then stage by stage."""
    rows = found.shift[found.shift["by"].isin(["agency", "stage"])]
    labels = rows["group"].where(rows["by"] == "stage", "all its decisions")
    return rows.assign(label=labels).sort_values(["agency", "by"], kind="stable")


def counted(found: Findings) -> pd.DataFrame:
    """Flips and reroutes by where, kind, cause and term, over all replications; the most frequent first."""
    table = found.flips.groupby(FLIP_GROUPS, observed=True).size().rename("count").reset_index()
    return table.astype(dict.fromkeys(FLIP_GROUPS, str)).sort_values("count", ascending=False, kind="stable")


def summary(found: Findings, scenario: str, asked: Mapping[str, Any], settings: list[str]) -> dict[str, Any]:
    """What ``--json`` prints and ``twin.json`` holds; a number that is missing is null.

    Args:
        found: the findings.
        scenario: its name.
        asked: the ``world``, and what was set against it: ``without``, ``against``.
        settings: parameters that were moved.
    """
    agencies = found.shift[found.shift["by"] == "agency"].drop(columns=["by", "group"])
    return {
        "discretion": __version__, "world": found.world.name, "scenario": scenario, "settings": settings,
        "asked": dict(asked), "content": content(found.world, found.twins), "differ": found.twins.differ,
        "first_day": found.twins.first_day.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "precise": found.precise, "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "shift": records(agencies), "new": records(found.new),
        "measures": records(found.measures), "effects": records(found.effects), "value": records(found.value),
        "kinds": found.kinds, "flips": records(counted(found)), "notes": notes(found.world, found.twins.with_it),
    }  # fmt: skip


def write(found: Findings, told: Mapping[str, Any], folder: Path) -> None:
    """Store the tables, the charts and ``told``, whole or not at all."""
    with staged(folder, FILES, MARKER) as part:
        for name in TABLES:
            getattr(found, name).to_csv(part / f"{name}.csv", index=False)
        found.flips.to_parquet(part / FLIPS, index=False, engine="pyarrow", compression="zstd")
        for name, chart in CHARTS.items():
            drawn = chart(found)
            save(drawn, part / f"{name}.html")
            save(drawn, part / f"{name}.png")
        (part / MARKER).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
