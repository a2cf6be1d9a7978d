"""The charts of twin worlds: for the command line, notebooks and the app."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from experiments.runs import described
from experiments.smallest import MATTERS
from experiments.twin.findings import Findings
from model.world.checks.days import notes
from viz.charts import flows_of_flips, rates_of_both_worlds, shift_by_agency
from viz.charts.shifts import in_points
from viz.charts.theme import Legend


def shift_chart(found: Findings) -> Any:
    """By how much each agency and each of its decisions shifted, with intervals."""
    notes = [
        *_notes(found), "Expected rates of favourable decisions on the same cases, in percentage points.",
        f"Bar: 90 percent interval of the mean over {len(found.seeds)} pairs; filled: it {MATTERS}, beyond "
        f"{100 * found.smallest:g} points.",
        *([f"Thin line: 5 to 95 percent over {found.draws} posterior draws."] if found.draws else []),
    ]  # fmt: skip
    return shift_by_agency(charted(found), Legend.of_world(found.world), "Estimated shift by agency and stage", notes)


def flows_chart(found: Findings) -> Any:
    """What became of the cases that came out differently."""
    notes = [
        *_notes(found), f"From the outcome without to the outcome with; in brackets, mean of {len(found.seeds)} pairs.",
        "Direct: the directive's own words or orders carried the draw across the line. Ripple: something it moved did.",
    ]  # fmt: skip
    legend = Legend.of_world(found.world)
    return flows_of_flips(found.flips, legend, "Changed decisions: outcome without and with", notes)


def months_chart(found: Findings) -> Any:
    """The rates of both worlds, month by month."""
    notes = [
        *_notes(found), "Expected rate by month: with (solid) and without (dashed). Each panel has its own scale.",
        f"Band: 90 percent interval of the difference over {len(found.seeds)} pairs. Dashed lines: the directives.",
    ]  # fmt: skip
    directives = [described(name, found.world.directives[name]) for name in found.twins.differ]
    legend = Legend.of_world(found.world)
    return rates_of_both_worlds(found.months, directives, legend, "Monthly discretion rates, with and without", notes)


CHARTS: Mapping[str, Callable[[Findings], Any]] = {"shift": shift_chart, "flows": flows_chart, "months": months_chart}


def _notes(found: Findings) -> list[str]:
    differ = f"With and without {', '.join(found.twins.differ)}, from {found.twins.first_day:%d %B %Y} on."
    return [differ, *notes(found.world, found.twins.with_it)]


def charted(found: Findings) -> pd.DataFrame:
    """Rows of the chart of the shift: each agency as a whole, then stage by stage."""
    rows = found.shift[found.shift["by"].isin(["agency", "stage"])]
    labels = rows["group"].where(rows["by"] == "stage", "all its decisions")
    return rows.assign(label=labels).sort_values(["agency", "by"], kind="stable")


def finding(found: Findings) -> str:
    """Which decision shifted most, in a sentence."""
    sure = found.shift[(found.shift["by"] == "stage") & (found.shift["verdict"] == MATTERS)]
    if not len(sure):
        return "No decision is sure to have shifted by enough to matter."
    most = sure.iloc[sure["shift"].abs().to_numpy().argmax()]
    agency, stage = found.world.agencies[most["agency"]].title, found.world.stages[most["group"]].title
    shift = in_points(most["shift"], most["low"], most["high"])
    return f"{agency}, {stage}: {shift}, in percentage points, is the largest shift."
