"""What is true and what the heads of agencies believe, week by week."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.marks import Directives, key, labels, numbered, rules
from viz.charts.theme import FAINT, INK, OVER, PERCENT, QUIET, WIDTH, day_of, heading, nothing, styled, time_axis

HEIGHT, HEADING, LETTERS = 110, 200, 24
TRUE = "true"


def truth_and_belief(
    weekly: pd.DataFrame, titles: Mapping[str, str], believers: Mapping[str, tuple[str, str]], directives: Directives,
    title: str, notes: list[str],
) -> Any:  # fmt: skip
    """A panel for each report, one below the other on one axis of time: how bad it is, and how bad it is believed.

    Args:
        weekly: ``day``, ``report``, ``whose`` (`TRUE` or an agency), ``severity``, ``low``, ``high`` (0 to 1).
        titles: of the reports, in their order.
        believers: of each report, the agency whose head believes it and the colour.
        directives: of each its ``title`` and ``start`` (ISO date); marked in all panels, numbered above the first.
        title: of the chart.
        notes: below it.
    """
    if weekly.empty:
        return styled(nothing(), title, [])
    span = weekly["day"].min(), weekly["day"].max()
    issued = numbered(directives, *span)
    drawn: list[Any] = []
    for at, (name, said) in enumerate(titles.items()):
        rows = weekly[weekly["report"] == name]
        agency, colour = believers.get(name, ("", QUIET))
        panel = _panel(rows, agency, colour, issued, span, top=not at, bottom=at == len(titles) - 1)
        drawn += [heading(fill(said, LETTERS), HEADING, HEIGHT), panel]
    made = alt.concat(*drawn, columns=2, bounds="flush", spacing={"row": 26, "column": 40})
    return styled(made, title, [*notes, *key(issued)])


def _panel(
    rows: pd.DataFrame, agency: str, colour: str, issued: Directives, span: tuple[pd.Timestamp, pd.Timestamp],
    top: bool, bottom: bool,
) -> Any:  # fmt: skip
    axis = time_axis(pd.Series(span))
    axis.labels = bottom
    x = alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=[day_of(day) for day in span]))
    y = alt.Y("severity:Q", title=None, scale=alt.Scale(domain=[0, 1]),
              axis=alt.Axis(format=PERCENT, tickCount=3, gridColor=FAINT))  # fmt: skip
    true, believed = rows[rows["whose"] == TRUE], rows[rows["whose"] == agency]
    both = true[["day", "severity"]].merge(believed[["day", "severity"]], on="day", suffixes=("", "_believed"))
    tooltip = ["day:T", alt.Tooltip("severity:Q", format=".0%"), alt.Tooltip("severity_believed:Q", format=".0%")]
    layers = [
        alt.Chart(both).mark_area(color=OVER, opacity=0.25).encode(x=x, y=y, y2="severity_believed:Q"),
        alt.Chart(true).mark_line(color=INK, strokeWidth=2).encode(x=x, y=y),
        alt.Chart(believed).mark_line(color=colour, strokeWidth=2, strokeDash=[6, 3]).encode(x=x, y=y),
        alt.Chart(both).mark_point(opacity=0).encode(x=x, y=y, tooltip=tooltip),
        rules(issued),
    ]
    marks = [labels(issued, *span, WIDTH, above=True)] if top else []
    return alt.layer(*layers, *marks).properties(width=WIDTH, height=HEIGHT)
