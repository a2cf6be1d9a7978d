"""Rival explanations on what they were not fitted to."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, QUIET, nothing, styled

ROW, WIDE, LABELS = 30, 170, 400
FARTHEST = 20.0
AGREES, OFF = "#1B7837", "#B5442B"
TICKS = (-20, -5, -1, 0, 1, 5, 20)


def rivals_on_checks(table: pd.DataFrame, order: Sequence[str], title: str, notes: list[str]) -> Any:
    """A panel for each rival, a row for each check: how far off the record, in tolerances.

    Args:
        table: ``rival``, ``id``, ``what``, ``off`` (tolerances; missing of a direction), ``verdict`` (``holds``,
            ``fails`` or ``says nothing``).
        order: of the rivals.
        title: what the chart shows.
        notes: lines under the title.
    """
    if table.empty:
        return styled(nothing(), title, notes)
    rows = table.assign(
        label=table["id"] + "  " + table["what"].str.slice(0, 60),
        at=table["off"].fillna(0.0).clip(-FARTHEST, FARTHEST),
        direction=table["off"].isna(),
    )
    labels = list(dict.fromkeys(rows["label"]))
    panels = [_panel(rows[rows["rival"] == rival], rival, labels, first=not at) for at, rival in enumerate(order)]
    return styled(alt.hconcat(*panels, spacing=18), title, notes)


def _panel(rows: pd.DataFrame, rival: str, labels: list[str], first: bool) -> Any:
    axis = alt.Axis(minExtent=LABELS, labelLimit=LABELS, ticks=False, domain=False) if first else None
    y = alt.Y("label:N", sort=labels, title=None, axis=axis, scale=alt.Scale(domain=labels))
    scale = alt.Scale(type="symlog", constant=1.0, domain=[-FARTHEST, FARTHEST], nice=False)
    ticks = alt.Axis(values=list(TICKS), labelExpr="format(datum.value, '+~r')", gridColor=FAINT)
    x = alt.X("at:Q", title=None, scale=scale, axis=ticks)
    span = pd.DataFrame({"low": [-1.0], "high": [1.0]})
    band = alt.Chart(span).mark_rect(color=AGREES, opacity=0.12).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    base = alt.Chart(rows).encode(y=y, x=x, tooltip=["id", "what", "off", "verdict"])
    colour = alt.when("datum.verdict == 'holds'").then(alt.value(AGREES)).otherwise(alt.value(OFF))
    dots = base.transform_filter("!datum.direction && datum.verdict != 'says nothing'").mark_point(
        filled=True, size=90, opacity=1.0
    ).encode(color=colour)  # fmt: skip
    fill = alt.when("datum.verdict == 'holds'").then(alt.value(AGREES)).otherwise(alt.value("white"))
    rings = base.transform_filter("datum.direction && datum.verdict != 'says nothing'").mark_point(
        size=110, opacity=1.0, strokeWidth=2
    ).encode(color=colour, fill=fill)  # fmt: skip
    silent = base.transform_filter("datum.verdict == 'says nothing'").mark_point(
        shape="cross", size=60, angle=45, color=QUIET, opacity=1.0
    ).encode(x=alt.value(WIDE / 2))  # fmt: skip
    heading = alt.TitleParams(rival, fontSize=14, color=INK, anchor="middle")
    layers = alt.layer(band, dots, rings, silent)
    return layers.properties(width=WIDE, height=ROW * len(labels), title=heading)
