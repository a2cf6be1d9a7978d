"""Forecasts against what happened, on one scale."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, OVER, QUIET, nothing, rows_of, styled

ROW, LABELS, WIDTH = 34, 380, 420
LEAST, MOST = 1 / 16, 16.0
"""Times what happened: further away than this, a forecast is drawn at the edge."""


def forecast_against_record(table: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """For each figure the forecast as a multiple of what happened: a dot, and a bar from the low to the high end.

    Args:
        table: ``label`` (in the order given), ``forecast``, ``low``, ``high``, ``value``, all of one sign; what
            happened must not be zero.
        title: what the chart shows.
        notes: lines under the title.
    """
    if table.empty:
        return styled(nothing(), title, notes)
    times = table[["forecast", "low", "high"]].div(table["value"], axis=0)
    ends = times[["low", "high"]].apply(lambda side: side.fillna(times["forecast"]))
    shown = times.assign(low=ends.min(axis=1), high=ends.max(axis=1)).clip(LEAST, MOST).assign(label=table["label"])
    base = alt.Chart(shown).encode(y=rows_of("label", list(table["label"]), LABELS))
    near = alt.Chart(pd.DataFrame({"low": [0.5], "high": [2.0]})).mark_rect(color=FAINT, opacity=0.6)
    one = alt.Chart(pd.DataFrame({"at": [1.0]})).mark_rule(color=OVER, strokeWidth=2)
    bar = base.mark_rule(color=QUIET, strokeWidth=5).encode(x=_along("low"), x2="high:Q")
    dot = base.mark_point(color=INK, filled=True, size=110).encode(x=_along("forecast"))
    drawn = alt.layer(near.encode(x=_along("low"), x2="high:Q"), one.encode(x=_along("at")), bar, dot)
    drawn = drawn.properties(width=WIDTH, height=ROW * len(table))
    return styled(drawn, title, notes)


def _along(field: str) -> Any:
    axis = alt.Axis(gridColor=FAINT, values=[0.125, 0.25, 0.5, 1, 2, 4, 8], format="~g")
    scale = alt.Scale(type="log", domain=[LEAST, MOST], nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis, title="forecast, as a multiple of what happened")
