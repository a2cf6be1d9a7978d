"""What was guessed beside what came out."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, QUIET, dressed

ROW = 84
NARROW = 480
"""Pixels below which the figures have a line of their own."""
MODEL, GUESSED = "#1F3A5F", "#A35A00"


def guesses_and_result(result: pd.DataFrame, guesses: pd.DataFrame, order: Sequence[str], width: int = 640) -> Any:
    """For each figure a row: the result as a dot with its range, each guess as a diamond with its name.

    Args:
        result: ``label``, ``median``, ``low``, ``high`` (shares; above 1 for more than there is room for).
        guesses: ``label``, ``who``, ``value`` (shares).
        order: the labels from the top.
        width: of the axis, in pixels.
    """
    top = max(1.0, float(result["high"].max()), float(guesses["value"].max()) if len(guesses) else 0.0)
    y = alt.Y("label:N", sort=list(order), title=None, axis=None)
    scale = alt.Scale(domain=[0.0, top], nice=False)
    axis = alt.Axis(labelExpr="format(datum.value * 100, '.0f')", tickCount=6, gridColor=FAINT)
    x = alt.X("median:Q", title="of 100", scale=scale, axis=axis)
    figures = [said(*row) for row in result[["median", "low", "high"]].itertuples(index=False)]
    base = alt.Chart(result.assign(figures=figures)).encode(y=y)
    bar = base.mark_rule(color=MODEL, strokeWidth=6, opacity=0.4).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    dot = base.mark_point(color=MODEL, filled=True, size=170, opacity=1).encode(x=x, tooltip=["label", "figures"])
    narrow = width < NARROW
    heading = base.mark_text(align="left", dy=-45 if narrow else -27, fontSize=15, fontWeight="bold", color=INK).encode(
        x=alt.value(0), text="label:N"
    )
    figure = base.mark_text(align="left" if narrow else "right", dy=-27, fontSize=15, fontWeight="bold", color=MODEL)
    figure = figure.encode(x=alt.value(0 if narrow else width), text="figures:N")
    marks = alt.Chart(guesses).encode(y=y, x=alt.X("value:Q", scale=scale))
    diamond = marks.mark_point(shape="diamond", color=GUESSED, filled=True, size=150, opacity=0.9).encode(
        tooltip=["who", alt.Tooltip("value:Q", format=".0%")]
    )
    name = marks.mark_text(dy=18, fontSize=13, color=GUESSED).encode(text="who:N")
    chart = alt.layer(bar, dot, heading, figure, diamond, name).properties(
        width=width, height=(ROW + 24 * narrow) * len(order)
    )
    note = ["Blue: the model, with the range of", "90 percent of the runs. Diamonds: guesses."]
    note = note if narrow else [" ".join(note)]
    return dressed(chart.properties(title=alt.TitleParams(note, color=QUIET, fontSize=13, fontWeight="normal")))


def said(median: float, low: float, high: float) -> str:
    """A share and its range, of a hundred.

    >>> said(0.041, 0.036, 0.05), said(0.9951, 0.99, 0.997), said(0.0004, 0.0, 0.001)
    ('4.1 (3.6 to 5.0)', '99.5 (99.0 to 99.7)', '0.04 (0.00 to 0.10)')
    """
    places = 2 if median < 0.01 else 1
    return f"{100 * median:.{places}f} ({100 * low:.{places}f} to {100 * high:.{places}f})"
