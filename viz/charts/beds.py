"""Beds and placements against their limits, over the time of a watch."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.marks import Directives, key, labels, numbered, rules
from viz.charts.theme import FAINT, FIGURE, INK, OVER, QUIET, WIDTH, day_of, heading, nothing, styled, time_axis

HEIGHT = 74
HEADING, LETTERS = 170, 20
"""Of what stands to the left of a panel: pixels, and letters in a line, which ends before the axis."""


def beds_over_time(weekly: pd.DataFrame, panels: Mapping[str, tuple[str, str]], directives: Directives) -> Any:
    """A panel for each kind of bed, one below the other on one axis of time: in use, what there is, and what is over.

    Args:
        weekly: ``day``, ``what``, ``area``, ``used``, ``amount`` (beds, at the end of each week).
        panels: (what, area) by their headings, in this order; an area of ``""`` is the one pool of all.
        directives: of each its ``title`` and ``start`` (ISO date); marked in all panels, and numbered above the first.
    """
    if weekly.empty:
        return styled(nothing(), "Beds against their limits", [])
    span = weekly["day"].min(), weekly["day"].max()
    issued = numbered(directives, *span)
    areas = weekly["area"].fillna("").astype(str)
    drawn: list[Any] = []
    for at, (name, (what, area)) in enumerate(panels.items()):
        rows = weekly[(weekly["what"] == what) & (areas == area)]
        panel = _panel(rows, issued, span, top=not at, bottom=at == len(panels) - 1)
        drawn += [heading(fill(name, LETTERS), HEADING, HEIGHT), panel]
    notes = [
        "In use (line) against what there is (dashed grey), at the end of each week; what is over it in red.",
        "In beds of the real system. Each panel has its own scale. Dashed lines: directives.", *key(issued),
    ]  # fmt: skip
    made = alt.concat(*drawn, columns=2, bounds="flush", spacing={"row": 26, "column": 40})
    return styled(made, "Beds and placements against their limits", notes)


def _panel(
    rows: pd.DataFrame, issued: Directives, span: tuple[pd.Timestamp, pd.Timestamp], top: bool, bottom: bool
) -> Any:
    table = rows.assign(top=rows[["used", "amount"]].max(axis=1))
    domain = alt.Scale(domain=[day_of(day) for day in span])
    axis = time_axis(pd.Series(span))
    axis.labels = bottom
    x = alt.X("day:T", title=None, axis=axis, scale=domain)
    y = alt.Y("used:Q", title=None, axis=alt.Axis(labelExpr=FIGURE, tickCount=3, gridColor=FAINT))
    base = alt.Chart(table).encode(x=x)
    tooltip = ["day:T", alt.Tooltip("used:Q", format=",.0f"), alt.Tooltip("amount:Q", format=",.0f")]
    over = base.mark_area(color=OVER, opacity=0.5).encode(y="amount:Q", y2="top:Q")
    limit = base.mark_line(color=QUIET, strokeDash=[5, 4], interpolate="step-before").encode(y="amount:Q")
    line = base.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(y=y, tooltip=tooltip)
    marks = [rules(issued), *([labels(issued, *span, WIDTH, above=True)] if top else [])]
    return alt.layer(over, limit, line, *marks).properties(width=WIDTH, height=HEIGHT)
