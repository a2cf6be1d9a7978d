"""What could have been instead, measure by measure, against what happened."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.numbers import scaled
from viz.charts.theme import FAINT, FIGURE, INK, QUIET, across, rows_of, styled

ROW = 46
LABELS = 310
WIDTH = 132
FIGURES = 58
BAR = "#4477AA"


def counterfactuals_downstream(table: pd.DataFrame, record: str, measures: Sequence[str], notes: list[str]) -> Any:
    """A panel a measure, a row a counterfactual: a bar for what it comes to, a line at the record.

    Beside each bar stands the difference to what was issued, and a whisker spans its interval; a bar whose difference
    does not matter, or is undecided, is hollow (`experiments.smallest`). Each panel has its own scale, from zero.

    Args:
        table: ``title`` (of a counterfactual), ``measure``, ``record``, ``value``, ``difference``, ``low``, ``high``
            (ends of the interval of the difference, missing where there is none), ``verdict``.
        record: what happened, in words.
        measures: the panels, in this order.
        notes: lines under the title.
    """
    order = list(table["title"].drop_duplicates())
    panels = [
        _panel(table[table["measure"] == measure].reset_index(drop=True), measure, order, first=not at)
        for at, measure in enumerate(measures)
    ]
    return styled(alt.hconcat(*panels, spacing=FIGURES + 8), f"{record}: counterfactuals", notes)


def _panel(rows: pd.DataFrame, measure: str, order: list[str], first: bool) -> Any:
    ends = {end: (rows["record"] + rows[end]).fillna(rows["value"]) for end in ("low", "high")}
    shown = rows.assign(**ends, figure=[difference_in_words(one) for one in rows["difference"]])
    y = rows_of("title", order, LABELS, grid=False) if first else alt.Y("title:N", sort=order, title=None, axis=None)
    most = float(max(shown[["high", "value", "record"]].max().max(), 1.0))
    scale = alt.Scale(domain=[min(0.0, float(shown["low"].min())), 1.05 * most], nice=False)
    x = across(scale, alt.Axis(labelExpr=FIGURE, tickCount=2, gridColor=FAINT))
    base = alt.Chart(shown).encode(y=y)
    fill = alt.when("datum.verdict == 'matters'").then(alt.value(BAR)).otherwise(alt.value("white"))
    tooltip = ["title:N", *(alt.Tooltip(f"{name}:Q", format=",.0f") for name in ("record", "value", "difference"))]
    bar = base.mark_bar(height=18, stroke=BAR, opacity=0.75).encode(x=x("value"), fill=fill, tooltip=tooltip)
    whisker = base.mark_rule(color=INK, strokeWidth=2).encode(x=x("low"), x2="high:Q")
    there = alt.Chart(shown.head(1)).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x("record"))
    text = base.mark_text(align="left", fontSize=13, color=INK).encode(x=alt.value(WIDTH + 6), text="figure:N")
    note = f"record: {_short(float(rows['record'].iloc[0]))}"
    title = alt.TitleParams(
        measure.replace(" ", "\n", 1).split("\n"), subtitle=note, fontSize=13, frame="group", anchor="start", offset=8,
        color=INK, subtitleColor=QUIET,
    )  # fmt: skip
    return alt.layer(bar, whisker, there, text).properties(title=title, width=WIDTH, height=ROW * len(order))


def difference_in_words(value: float) -> str:
    """A difference with its sign, in three figures.

    >>> difference_in_words(-2913.0), difference_in_words(0.2), difference_in_words(12_400_000.0)
    ('-2.91k', '0', '+12.4m')
    """
    text = _short(value)
    return text if text == "0" or value < 0 else f"+{text}"


def _short(value: float) -> str:
    """Thousands as k, millions as m, billions as bn."""
    number, letter = scaled(value)
    if letter:
        return f"{number:.3g}{letter}"
    return f"{value:.0f}".replace("-0", "0") if abs(value) < 0.5 else f"{value:.0f}"
