"""Are there enough runs? Each index over the number of runs that it was made from."""

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from experiments.ordering import ordered
from viz.charts.theme import styled

COLUMNS, WIDTH, HEIGHT = 3, 250, 110
COLOUR = "#1F6F8B"
LETTERS = 34
"""In a line of a heading."""


def indices_over_runs(table: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """Indices against runs: a panel for each parameter, the most important first, all on one scale.

    Args:
        table: ``factor``, ``runs``, ``value``, ``low``, ``high``.
        title: what the chart shows.
        notes: lines under the title.
    """
    last = ordered(table[table["runs"] == table["runs"].max()], "value", "factor")
    ends = table[["low", "high"]].fillna(0.0).to_numpy(float)
    low, high = min(0.0, float(ends.min())), float(ends.max()) or 1.0
    scale = alt.Scale(domain=[low, 1.05 * high], nice=False)
    panels = [_panel(table[table["factor"] == factor], str(factor), scale) for factor in last["factor"]]
    return styled(alt.concat(*panels, columns=COLUMNS, bounds="flush", spacing={"row": 96, "column": 70}), title, notes)


def _panel(rows: pd.DataFrame, factor: str, scale: alt.Scale) -> Any:
    runs = alt.X("runs:Q", title="runs", scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4, format="~s"))
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4))
    base = alt.Chart(rows).encode(x=runs)
    band = base.mark_area(color=COLOUR, opacity=0.2).encode(y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q")
    line = base.mark_line(color=COLOUR, strokeWidth=2, point=alt.OverlayMarkDef(color=COLOUR, size=40)).encode(
        y=y, tooltip=["factor", "runs", alt.Tooltip("value:Q", format=".3~g")]
    )
    heading = alt.TitleParams(wrap(factor, LETTERS), frame="group", offset=10, fontSize=13)
    return alt.layer(band, line).properties(title=heading, width=WIDTH, height=HEIGHT)
