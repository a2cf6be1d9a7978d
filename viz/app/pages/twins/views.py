"""What two worlds show side by side: the shift, its course, and what else they measure."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from experiments.twin.findings import Findings
from viz.app.controls import Table
from viz.app.figure import Drawn
from viz.app.layout import element
from viz.charts.numbers import plain
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.figures import percent
from viz.reports.twin import amounts
from viz.reports.twin_charts import charted, finding, flows_chart, months_chart, shift_chart


@solara.component
def Charted(found: Findings, chart: Callable[[Findings], Any], name: str, label: str, data: pd.DataFrame) -> None:
    """A chart of findings, as `viz.reports.twin_charts` makes it."""
    legend = solara.use_memo(lambda: Legend.of_world(found.world), [id(found)])
    Drawn(lambda: chart(found), [id(found)], name, label, lambda: data, legend, finding(found))


@solara.component
def Shifted(found: Findings) -> None:
    """How far each agency moved, with intervals; and the same in figures."""
    rows = [
        [found.world.agencies[row["agency"]].title, "all its decisions" if row["by"] == "agency" else row["group"],
         f"{row['decisions']:,.0f}", percent(row["rate_with"]), percent(row["rate_without"]),
         in_points(row["shift"], row["low"], row["high"]), row["verdict"]]
        for row in charted(found).to_dict("records")
    ]  # fmt: skip
    titles = {
        "agency": "Agency", "what": "Decision", "decisions": "Decisions", "with": "With", "without": "Without",
        "shift": "Shift, points (90% interval)", "verdict": "Verdict",
    }  # fmt: skip
    with element("section", classes="d-panel"):
        Charted(found, shift_chart, "shift", "By how much each agency shifted, with intervals", charted(found))
        Table("On the same cases", titles, rows, ["decisions", "with", "without", "shift"])


@solara.component
def Parted(found: Findings) -> None:
    """When the worlds part."""
    if not len(found.months):
        return
    with element("section", classes="d-panel"):
        Charted(found, months_chart, "months", "The rates of both worlds month by month", found.months)


@solara.component
def Flowed(found: Findings) -> None:
    """What became of the cases that came out differently."""
    Charted(
        found,
        flows_chart,
        "flows",
        "From the outcome without to the outcome with the directives",
        found.flips.groupby(["agency", "stage", "from", "to", "cause"], observed=True)
        .size()
        .rename("count")
        .reset_index(),
    )


@solara.component
def Measures(found: Findings) -> None:
    """How the front line responded, and what it was worth."""
    world = found.world
    with element("section", classes="d-panel"):
        element("h2", "Other outcomes")
        rows = [
            [row["corner"], row["measure"], _whose(row["agency"], found), *amounts(row), row["verdict"]]
            for row in found.value.to_dict("records")
        ]
        titles = {"corner": "Public value", "measure": "Measure", "agency": "Of", "with": "With", "without": "Without",
                  "difference": "Difference (90% interval)", "verdict": "Verdict"}  # fmt: skip
        Table("Moore's triangle", titles, rows, ["with", "without", "difference"])
        response = [
            [world.agencies[str(row["agency"])].title, str(row["stage"]), row["measure"], plain(row["mean"]),
             "" if pd.isna(row["low"]) else f"{plain(row['low'])} to {plain(row['high'])}"]
            for row in found.measures.to_dict("records")
        ]  # fmt: skip
        with element("details"):
            element("summary", "How did the front line respond? (uptake, slippage, spillover, latency, persistence)")
            columns = {
                "agency": "Agency",
                "stage": "Decision",
                "measure": "Measure",
                "mean": "Mean",
                "range": "90% interval",
            }
            Table("Response", columns, response, ["mean", "range"])


def _whose(agency: str, found: Findings) -> str:
    return found.world.agencies[agency].title if agency in found.world.agencies else "everybody"
