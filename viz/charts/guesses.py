"""What was guessed beside what came out of the model, and what happened."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.shifts import in_points
from viz.charts.theme import FAINT, INK, QUIET, dressed

ROW = 104
NARROW, LETTERS = 480, 42
"""Pixels below which the figures have a line of their own, and letters that then fit into a line."""
MODEL, GUESSED, HAPPENED = "#1F3A5F", "#A35A00", "#2F7F79"
WRONG = "the model is wrong here"


def guesses_and_result(result: pd.DataFrame, guesses: pd.DataFrame, order: Sequence[str], width: int = 640) -> Any:
    """For each figure a row: the model as a dot with its range, what happened as a square, each guess as a diamond.

    Args:
        result: ``label``; ``median``, ``low``, ``high`` (shares; above 1 for more than there is room for); ``shift``,
            ``shift_low``, ``shift_high`` (shares, where it is compared with the one named in ``against`` under the same
            seeds); ``happened`` (a share, where there is one) and ``fails``: where the model is known to be wrong its
            dot is hollow, and it is not told as a result.
        guesses: ``label``, ``who``, ``value`` (shares).
        order: the labels from the top.
        width: of the axis, in pixels.
    """
    narrow = width < NARROW
    top = max([1.0, *result[["high", "happened"]].max().dropna(), *guesses["value"]])
    y = alt.Y("label:N", sort=list(order), title=None, axis=None)
    scale = alt.Scale(domain=[0.0, top], nice=False)
    axis = alt.Axis(labelExpr="format(datum.value * 100, '.0f')", tickCount=6, gridColor=FAINT)
    x = alt.X("median:Q", title="of 100", scale=scale, axis=axis)
    rows = result.assign(
        figures=[_figures(row, narrow) for row in result.to_dict("records")],
        under=pd.Series([against(row, narrow) for row in result.to_dict("records")], index=result.index),
    )
    base = alt.Chart(rows).encode(y=y)
    bar = base.mark_rule(color=MODEL, strokeWidth=6).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q",
        opacity=alt.when("datum.fails").then(alt.value(0.15)).otherwise(alt.value(0.4)),
    )  # fmt: skip
    dot = base.mark_point(stroke=MODEL, strokeWidth=2, size=150, opacity=1).encode(
        x=x, tooltip=["label", "figures"],
        fill=alt.when("datum.fails").then(alt.value("white")).otherwise(alt.value(MODEL)),
    )  # fmt: skip
    square = base.transform_filter("isValid(datum.happened)").mark_point(
        shape="square", color=HAPPENED, strokeWidth=3, size=190, opacity=1
    )
    square = square.encode(x=alt.X("happened:Q", scale=scale))
    heading = base.mark_text(align="left", dy=-45 if narrow else -27, fontSize=15, fontWeight="bold", color=INK).encode(
        x=alt.value(0), text="label:N"
    )
    figure = base.mark_text(
        align="left" if narrow else "right", dy=-27, fontSize=15 - narrow, fontWeight="bold", color=MODEL
    )
    figure = figure.encode(x=alt.value(0 if narrow else width), text="figures:N")
    under = base.mark_text(align="left", dy=37, fontSize=13, color=QUIET).encode(x=alt.value(0), text="under:N")
    marks = alt.Chart(guesses).encode(y=y, x=alt.X("value:Q", scale=scale))
    diamond = marks.mark_point(shape="diamond", color=GUESSED, filled=True, size=150, opacity=0.9).encode(
        tooltip=["who", alt.Tooltip("value:Q", format=".0%")]
    )
    name = marks.mark_text(dy=17, fontSize=13, color=GUESSED).encode(text="who:N")
    chart = alt.layer(bar, square, dot, heading, figure, under, diamond, name).properties(
        width=width, height=(ROW + 40 * narrow) * len(order)
    )
    note = ["Dot: the model, with the range of 90 percent of its runs (hollow: known to be wrong).",
            "Square: what happened. Diamonds: guesses."]  # fmt: skip
    if narrow:
        note = [line for part in note for line in wrap(part, LETTERS)]
    return dressed(chart.properties(title=alt.TitleParams(note, color=QUIET, fontSize=13, fontWeight="normal")))


def _figures(row: dict[Any, Any], narrow: bool) -> str:
    """What stands beside a name: the model's figure; what happened where the model is wrong."""
    if row["fails"]:
        return f"{'in fact' if narrow else 'what happened:'} {100 * row['happened']:.0f}; {WRONG}"
    return said(row["median"], row["low"], row["high"])


def against(row: dict[Any, Any], narrow: bool = False) -> list[str]:
    """What stands under a name: the difference under the same seeds, where the figure is compared with another."""
    if pd.isna(row["shift"]):
        return [""]
    shift = in_points(row["shift"], row["shift_low"], row["shift_high"])
    told = f"{shift} points against “{row['against']}”, seed by seed"
    return wrap(told, LETTERS) if narrow else [told]


def said(median: float, low: float, high: float) -> str:
    """A share and its range, of a hundred; the share alone where the range is no wider than it is written.

    >>> said(0.041, 0.036, 0.05), said(0.9951, 0.99, 0.997), said(0.0004, 0.0, 0.001), said(0.608, 0.608, 0.608)
    ('4.1 (3.6 to 5.0)', '99.5 (99.0 to 99.7)', '0.04 (0.00 to 0.10)', '60.8')
    """
    places = 2 if median < 0.01 else 1
    middle, *ends = (f"{100 * value:.{places}f}" for value in (median, low, high))
    return middle if ends == [middle, middle] else f"{middle} ({ends[0]} to {ends[1]})"
