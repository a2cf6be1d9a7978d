"""How far a directive shifts each agency, by dose."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.shifts import in_points
from viz.charts.theme import FAINT, IN_POINTS, QUIET, Legend, nothing, reach, styled, upward

PANEL, HEIGHT, COLUMNS = 235, 150, 3


def response_by_dose(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """For each agency and kind of dose a line through the shift at each dose, with its interval as a band.

    The kinds of one agency have one scale, so that they can be compared. The ring is the directive as it is.

    Args:
        table: ``agency``, ``label`` (of the decisions), ``over`` (kind of dose), ``unit`` (of the dose), ``at`` (the
            dose), ``dose`` (what it is called), ``own`` (whether the directive has it), ``effect``, ``low``, ``high``.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    groups: list[Any] = []
    for (agency, label), rows in table.groupby(["agency", "label"], sort=False, observed=True):
        colour = legend.colours[str(agency)]
        scale = alt.Scale(domain=reach(rows[["effect", "low", "high"]]), nice=False, zero=False)
        panels = [_panel(part, scale, colour) for _, part in rows.groupby("over", sort=False, observed=True)]
        heading = alt.TitleParams(f"{legend.agencies[str(agency)]}: {label}", frame="group", offset=10, color=colour)
        groups.append(alt.concat(*panels, columns=COLUMNS, spacing=28).properties(title=heading))
    return styled(alt.vconcat(*(groups or [nothing()]), spacing=36), title, notes)


def _panel(rows: pd.DataFrame, scale: alt.Scale, colour: str) -> Any:
    shown = rows.assign(figures=[in_points(*row) for row in rows[["effect", "low", "high"]].itertuples(index=False)])
    over, unit = str(rows["over"].iloc[0]), str(rows["unit"].iloc[0])
    words = any(dose != f"{at:g}" for dose, at in zip(rows["dose"], rows["at"], strict=True)) and unit != "days"
    names = {float(at): str(dose) for at, dose in zip(rows["at"], rows["dose"], strict=True)}
    labels = " : ".join(f"datum.value == {at!r} ? '{name}'" for at, name in names.items()) + " : ''"
    bottom = alt.Axis(values=list(names), labelExpr=labels) if words else alt.Axis(tickCount=5, format="~r")
    y = upward(scale, alt.Axis(labelExpr=IN_POINTS, tickCount=5, gridColor=FAINT, minExtent=34))
    base = alt.Chart(shown).encode(x=alt.X("at:Q", title=f"{over} ({unit})", axis=bottom, scale=alt.Scale(nice=False)))
    band = base.mark_area(color=colour, opacity=0.22).encode(y=y("low"), y2="high:Q")
    line = base.mark_line(color=colour, strokeWidth=2).encode(y=y("effect"))
    dot = base.mark_point(color=colour, filled=True, size=45, opacity=1).encode(
        y=y("effect"), tooltip=["dose", "figures"]
    )
    ring = base.transform_filter("datum.own").mark_point(color=QUIET, size=230, strokeWidth=2, opacity=1)
    ring = ring.encode(y=y("effect"))
    return alt.layer(band, line, dot, ring).properties(width=PANEL, height=HEIGHT)
