"""Levers ranked by what they shift, with what they cost and whom beside."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.numbers import scaled
from viz.charts.shifts import in_points
from viz.charts.theme import FAINT, IN_POINTS, INK, QUIET, across, at_none, nothing, reach, rows_of, styled

ROW = 34
LABELS = 390
WIDE, NARROW = 260, 84
MARGIN = 1.15
OTHERS = "OTHERS DECIDE IN THEIR PLACE\n"


def lever_ranking(table: pd.DataFrame, beside: Mapping[str, str], colour: str, title: str, notes: list[str]) -> Any:
    """One row a lever: the shift, then a panel for each cost or harm; a dot, its interval, its figures.

    Scales are linear, and the figures are written out. Levers that put other desks in the place of those who decide
    shift things by another order of magnitude, so they stand below, on scales of their own. What does not matter, or is
    undecided, is hollow (`experiments.smallest`).

    Args:
        table: as `experiments.levers.Ranking.ranked` gives it: ``title``, ``shift``, ``low``, ``high`` (differences of
            shares), ``verdict``, ``replaces``, and for each panel its column with ``_low``, ``_high`` and
            ``_verdict``; in the order in which it is drawn.
        beside: headings of the panels by the columns that they show.
        colour: of the agency.
        title: what the chart shows.
        notes: lines under the title.
    """
    if table.empty:
        return styled(nothing(), title, notes)
    parts = [_panels(rows, beside, colour, OTHERS * bool(others)) for others, rows in table.groupby("replaces")]
    return styled(alt.vconcat(*parts, spacing=44), title, notes)


def _panels(table: pd.DataFrame, beside: Mapping[str, str], colour: str, above: str) -> Any:
    order = list(table["title"])
    panels = [_shift(_rows(table, "shift", ""), order, colour, above)]
    for column, heading in beside.items():
        panels.append(_beside(_rows(table, column, f"{column}_"), order, heading))
    return alt.hconcat(*panels, spacing=26)


def _rows(table: pd.DataFrame, middle: str, of: str) -> pd.DataFrame:
    """What a panel draws; an interval that is missing is the figure itself."""
    ends = {name: table[f"{of}{name}"].fillna(table[middle]) for name in ("low", "high")}
    verdict = table[f"{of}verdict"]
    return pd.DataFrame({"label": table["title"], "middle": table[middle], **ends, "verdict": verdict})


def _shift(rows: pd.DataFrame, order: list[str], colour: str, above: str) -> Any:
    figures = [in_points(*row) for row in rows[["middle", "low", "high"]].itertuples(index=False)]
    axis = alt.Axis(tickCount=4, labelExpr=IN_POINTS, gridColor=FAINT)
    y = rows_of("label", order, LABELS)
    panel = _dots(rows.assign(figures=figures), y, axis, colour)
    text = alt.Chart(rows.assign(figures=figures)).mark_text(align="left", fontSize=13, color=INK)
    panel += text.encode(y=y, x=alt.value(WIDE + 14), text="figures:N")
    return panel.properties(title=_heading(f"{above}shift, in percentage points"), width=WIDE, height=ROW * len(rows))


def _beside(rows: pd.DataFrame, order: list[str], heading: str) -> Any:
    y = alt.Y("label:N", sort=order, title=None, axis=None)
    axis = alt.Axis(values=[0.0], labels=False, ticks=False, gridColor=FAINT)
    figures = rows["middle"].map(in_short)
    text = alt.Chart(rows.assign(figure=figures)).mark_text(align="right", fontSize=13).encode(
        y=y, x=alt.value(NARROW + 56), text="figure:N",
        color=alt.when("datum.verdict == 'matters'").then(alt.value(INK)).otherwise(alt.value(QUIET)),
    )  # fmt: skip
    panel = _dots(rows, y, axis, QUIET) + text
    return panel.properties(title=_heading(heading), width=NARROW, height=ROW * len(rows))


def _dots(rows: pd.DataFrame, y: alt.Y, axis: alt.Axis, colour: str) -> Any:
    domain = reach(rows[["low", "high"]], MARGIN, around=1.0)
    x = across(alt.Scale(domain=domain, nice=False, zero=True), axis)
    base = alt.Chart(rows).encode(y=y)
    bar = base.mark_rule(color=colour, strokeWidth=5, opacity=0.45).encode(x=x("low"), x2="high:Q")
    fill = alt.when("datum.verdict == 'matters'").then(alt.value(colour)).otherwise(alt.value("white"))
    dot = base.mark_point(color=colour, size=80, opacity=1, strokeWidth=2).encode(x=x("middle"), fill=fill)
    return alt.layer(at_none(x("none")), bar, dot)


def in_short(value: float) -> str:
    """A number with two digits or three, in thousands, millions or billions; a dash where there is none.

    >>> in_short(-7077212.5), in_short(-1.25e9), in_short(12.5), in_short(0.0), in_short(float("nan"))
    ('-7.1m', '-1.2bn', '+12', '0', '-')
    """
    if pd.isna(value):
        return "-"
    number, letter = scaled(value)
    if letter:
        return f"{number:+.{0 if abs(number) >= 10 else 1}f}{letter}"
    return f"{value:+.0f}" if round(value) else "0"


def _heading(words: str) -> alt.TitleParams:
    return alt.TitleParams(
        words.split("\n"), fontSize=13, fontWeight="normal", frame="group", anchor="start", color=INK
    )
