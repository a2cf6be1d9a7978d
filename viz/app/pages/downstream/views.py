"""What came of a scenario downstream: at the border districts, families and beds; in the interior beds and backlogs."""

from typing import Any

import pandas as pd
import solara

from experiments.border import account, downstream, months
from experiments.border.account import Account
from experiments.border.flow import family_flow, worst_months
from experiments.runs import Run
from model.schema import World
from viz.app.controls import Table
from viz.app.figure import Drawn
from viz.app.layout import element
from viz.app.pages.downstream.happened import happened
from viz.charts import resources_over_time
from viz.charts.numbers import dollars
from viz.charts.theme import Legend
from viz.reports.border_charts import beds_chart, families_chart, months_chart

LINKS = ["from", "to", "out", "into", "fate"]


@solara.component
def Border(result: Run, world: World) -> None:
    """The border: every measure, the districts by month, the path of families, the beds against their limits."""
    one = solara.use_memo(lambda: account(result, world), [id(result)])
    with element("section", classes="d-panel"):
        _Measures(one, result.about["scenario"])
    for chart, name, label, data in (
        (months_chart, "districts", "The districts month by month", lambda: months(one)),
        (families_chart, "families", "The path of families, from a referral to where they are in the end",
         lambda: pd.DataFrame(family_flow(one, worst_months(one)), columns=LINKS)),
        (beds_chart, "beds", "Beds and placements against their limits", lambda: one.weekly),
    ):  # fmt: skip
        _Chart(one, chart, name, label, data, result)


@solara.component
def _Chart(one: Any, chart: Any, name: str, label: str, data: Any, result: Run) -> None:
    with element("section", classes="d-panel"):
        Drawn(lambda: chart(one), [id(one)], f"{name}-{result.about['scenario']}", label, data, Legend.of(result.about))


@solara.component
def _Measures(one: Account, scenario: str) -> None:
    rows = [
        [row["part"], row["measure"], _figure(row["value"], row["unit"]),
         row["unit"] if row["unit"] != "dollars" else "",
         f"{row['extreme']} in {row['month']:%B %Y}: {_figure(row['of_month'], row['unit'])}" if row["extreme"] else "",
         happened(scenario, row["measure"])]
        for row in downstream(one).to_dict("records")
    ]  # fmt: skip
    columns = {"part": "", "measure": "Measure", "value": "Model, over the whole watch", "unit": "",
               "month": "Model, in a month", "happened": "What happened"}  # fmt: skip
    Table("Downstream effects by measure", columns, rows, ["value"])


def _figure(value: float, unit: str) -> str:
    if pd.isna(value):
        return "-"
    if unit == "dollars":
        return dollars(value)
    return f"{value:.1%}" if unit == "share" else f"{value:,.0f}"


@solara.component
def Interior(result: Run) -> None:
    """The interior: beds, caps and the longest queues, week by week."""
    legend = solara.use_memo(lambda: Legend.of(result.about), [id(result)])
    waiting = result.resources[result.resources["kind"] == "waiting"]
    last = waiting[waiting["day"] == waiting["day"].max()]
    stages, scale = result.about["stages"], result.about["scale"]
    rows = [[stages[row["what"]]["title"], f"{row['used'] / scale:,.0f}"]
            for row in last.to_dict("records") if row["used"]]  # fmt: skip
    with element("section", classes="d-panel"):
        Drawn(lambda: resources_over_time(result.resources, legend), [id(result)],
              f"resources-{result.about['scenario']}", "Beds, caps and queues week by week",
              lambda: result.resources, legend)  # fmt: skip
        columns = {"stage": "Decision", "people": "People"}
        Table("Who waits on the last day, in figures of the real system", columns, rows, ["people"])
