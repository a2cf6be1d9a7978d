"""The charts of a run at the border: its last months by district, the path of families, beds against their limits."""

from collections.abc import Callable
from functools import partial
from typing import Any

from experiments.border.account import Account
from experiments.border.flow import APART, BACK, ON_THE_WAY, TOGETHER, family_flow, worst_months
from experiments.border.names import DISTRICTS, JAIL
from experiments.border.year import period, year
from viz.charts import beds_over_time, months_by_district, path_of_families
from viz.charts.districts import Row
from viz.charts.theme import OVER

ROWS = (
    Row("Adults alone:\nprosecuted, of\napprehended", "adults alone, prosecuted", "adults alone"),
    Row("Parents:\nprosecuted, of\napprehended", "parents, prosecuted", "parents"),
    Row("Children\nseparated", "children separated", colour=OVER),
    Row("Felonies of others,\nprosecuted", "other crime, prosecuted"),
    Row("Serious offenders\nmissed", "serious offenders missed"),
    Row("Marshals beds\nin use", "Marshals beds in use"),
)
CHARTS = ("months", "families", "beds")
COLOURS = {TOGETHER: "#7A9CC6", APART: OVER, BACK: "#4C9F70", ON_THE_WAY: "#999999"}


def border_charts(one: Account) -> dict[str, Callable[[], Any]]:
    """What makes each chart, by its name (`CHARTS`)."""
    made = (months_chart, families_chart, beds_chart)
    return {name: partial(draw, one) for name, draw in zip(CHARTS, made, strict=True)}


def months_chart(one: Account) -> Any:
    """The last months of the watch by district."""
    rows = year(one)
    sectors = {district: ", ".join(parts) for district, parts in one.world.regions[DISTRICTS].parts.items()}
    title = f"The districts, month by month: {period(list(rows['month'].drop_duplicates()))}"
    return months_by_district(rows, ROWS, sectors, one.about["directives"], title)


def families_chart(one: Account) -> Any:
    """What became of parents and of their children, in the months in which most were separated."""
    months = worst_months(one)
    return path_of_families(
        family_flow(one, months), COLOURS, f"The path of families: {period(months)}",
        ["Parents of those months; then the children who were taken from them, and where they are when the watch ends.",
         "In figures of the real system. Blue: parent and child stay together. Red: apart. Green: back together."],
    )  # fmt: skip


def beds_chart(one: Account) -> Any:
    """Beds and placements against their limits."""
    beds = one.weekly[one.weekly["kind"] == "stock"]
    beds = beds.assign(used=beds["used"] / one.scale, amount=beds["amount"] / one.scale)
    titles = {what: one.world.resources[what].title for what in beds["what"].unique()}
    panels = {f"{titles[JAIL]}, {district}": (JAIL, district) for district in one.world.regions[DISTRICTS].parts}
    panels |= {title: (what, "") for what, title in titles.items() if one.world.resources[what].region is None}
    return beds_over_time(beds, panels, one.about["directives"])
