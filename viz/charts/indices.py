"""Which parameters an outcome depends on: a row for each, with its indices and their intervals."""

from typing import Any

import altair as alt
import pandas as pd

from experiments.ordering import ordered
from viz.charts.theme import FAINT, INK, at_none, rows_of, styled

ROW, WIDTH = 40, 460
LETTER, LONGEST = 7.2, 560
"""Pixels of a letter of a name, and those that names may take at most."""
COLOURS = ("#1F6F8B", "#B4562B")


def indices_by_factor(table: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """Sensitivity indices: the first index as a filled mark, the second as a hollow one; bars over the intervals.

    Args:
        table: ``factor``, ``index`` (one or two kinds), ``value``, ``low``, ``high`` (no bar where they are missing).
        title: what the chart shows.
        notes: lines under the title.
    """
    kinds = list(dict.fromkeys(table["index"]))
    main = table[table["index"] == kinds[-1 if "total order" in kinds else 0]]
    order = list(ordered(main, "value", "factor")["factor"])
    ends = table[["value", "low", "high"]].fillna(0.0).to_numpy(float)
    low, high = min(0.0, float(ends.min())), float(ends.max()) or 1.0
    scale = alt.Scale(domain=[1.05 * low, 1.05 * high], nice=False)
    room = int(min(LONGEST, LETTER * max(map(len, order), default=0)))
    y = rows_of("factor", order, room, size=13, padding=14, grid=True, gridColor=FAINT)
    shape = alt.Scale(domain=kinds, range=["circle", "diamond"])
    colour = alt.Scale(domain=kinds, range=list(COLOURS))
    base = alt.Chart(table).encode(
        y=y, yOffset=alt.YOffset("index:N", sort=kinds, scale=alt.Scale(paddingOuter=0.8)),
        color=alt.Color("index:N", scale=colour, title=None, legend=alt.Legend(orient="top", labelFontSize=13)),
        tooltip=["factor", "index", alt.Tooltip("value:Q", format=".3~g"), alt.Tooltip("low:Q", format=".3~g"),
                 alt.Tooltip("high:Q", format=".3~g")],
    )  # fmt: skip
    x = alt.X("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=6, gridColor=FAINT))
    bar = base.mark_rule(strokeWidth=4, opacity=0.45).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    mark = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=x, shape=alt.Shape("index:N", scale=shape, title=None)
    )
    chart = alt.layer(at_none("none:Q"), bar.transform_filter("isValid(datum.low)"), mark)
    return styled(chart.properties(width=WIDTH, height=ROW * len(order)), title, notes).configure_legend(labelColor=INK)
