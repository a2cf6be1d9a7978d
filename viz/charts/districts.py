"""The months of a run at the border, district by district."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from viz.charts.marks import Directives, key, labels, numbered, rules
from viz.charts.theme import FAINT, FIGURE, INK, PERCENT, QUIET, day_of, heading, nothing, styled

SIZE = {"width": 176, "height": 84}
HEADING = 150
LETTER = 7


class Row(NamedTuple):
    """What a row of panels shows: a heading, a measure, behind it in light what it is a part of, and its colour."""

    heading: str
    measure: str
    part_of: str = ""
    colour: str = INK


def months_by_district(
    table: pd.DataFrame, rows: Sequence[Row], districts: Mapping[str, str], directives: Directives, title: str
) -> Any:
    """A column of panels a district, a row a measure: bars by month, on one scale along a row.

    Args:
        table: ``place``, ``measure``, ``unit``, ``month`` (its first day), ``value``, as
            `experiments.border.year` has it. A measure in shares is drawn as a line, with a rule at 100 percent.
        rows: of panels.
        districts: what stands under the names of the places that are shown, in this order.
        directives: of each its ``title`` and ``start`` (ISO date); marked in all panels, and numbered in the first row.
        title: what the chart shows.
    """
    if table.empty:
        return styled(nothing(), title, [])
    first, last = table["month"].min(), table["month"].max() + pd.offsets.MonthEnd()
    issued = numbered(directives, first, last)
    panels = [
        panel
        for at, row in enumerate(rows)
        for panel in _row(table, row, _even(districts), issued, (first, last), top=not at, bottom=at == len(rows) - 1)
    ]
    notes = ["By month, in figures of the real system. One scale along a row."]
    if (table["value"] < 0.0).any():
        notes.append("Below zero: more of those accepted before ran out of time in that month than were accepted.")
    notes += key(issued)
    made = alt.concat(*panels, columns=1 + len(districts), bounds="flush", spacing={"row": 22, "column": 14})
    return styled(made, title, notes)


def _row(
    table: pd.DataFrame, row: Row, districts: Mapping[str, list[str]], issued: Directives,
    span: tuple[pd.Timestamp, pd.Timestamp], top: bool, bottom: bool,
) -> list[Any]:  # fmt: skip
    here = table[table["measure"].isin([row.measure, row.part_of]) & table["place"].isin(list(districts))]
    shares = bool((here["unit"] == "share").any())
    written: dict[str, Any] = {"format": PERCENT} if shares else {"labelExpr": FIGURE}
    values = here["value"].tolist()
    ends = min([0.0, *values]), max([1.0, *values])
    scale = alt.Scale(domain=[1.05 * end for end in ends], nice=False)
    months = alt.Axis(format="%b", tickCount=alt.TimeIntervalStep(interval="month", step=3), labels=bottom, grid=False)
    x = alt.X("month:T", title=None, scale=alt.Scale(domain=[day_of(day) for day in span]), axis=months)
    panels = []
    for at, (place, lines) in enumerate(districts.items()):
        axis = alt.Axis(labels=not at, ticks=not at, tickCount=3, title=None, **written)
        y = alt.Y("value:Q", scale=scale, stack=None, axis=axis)
        rows = here[here["place"] == place]
        drawn = _line(rows, x, y) if shares else _bars(rows, row, x, y)
        marks = [rules(issued), *([labels(issued, *span, SIZE["width"], above=True)] if top else [])]
        title = alt.TitleParams(place, subtitle=lines, frame="group", offset=24, subtitleFontSize=12)
        panel = alt.layer(drawn, *marks).properties(**SIZE)
        panels.append(panel.properties(title=title) if top else panel)
    return [heading(row.heading, HEADING, SIZE["height"]), *panels]


def _even(districts: Mapping[str, str]) -> dict[str, list[str]]:
    """The lines under the names of the districts, as many for each, so that the names stand side by side.

    >>> _even({"DAZ": "Yuma, Tucson", "SDCA": "San Diego sector, El Centro"})
    {'DAZ': ['Yuma, Tucson', ' '], 'SDCA': ['San Diego sector, El', 'Centro']}
    """
    lines = {place: textwrap.wrap(text, SIZE["width"] // LETTER) for place, text in districts.items()}
    most = max(map(len, lines.values()))
    return {place: [*text, *[" "] * (most - len(text))] for place, text in lines.items()}


def _bars(rows: pd.DataFrame, row: Row, x: alt.X, y: alt.Y) -> Any:
    def bars(measure: str, colour: str) -> Any:
        marks = alt.Chart(rows[rows["measure"] == measure]).mark_bar(color=colour, width=10, xOffset=7)
        return marks.encode(x=x, y=y, tooltip=_tooltip(","))

    own = bars(row.measure, row.colour)
    return alt.layer(bars(row.part_of, FAINT), own) if row.part_of else own


def _line(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> Any:
    full = alt.Chart(pd.DataFrame({"value": [1.0]})).mark_rule(color=QUIET).encode(y=y)
    line = alt.Chart(rows).mark_line(color=INK, strokeWidth=2, interpolate="step-after")
    return alt.layer(full, line.encode(x=x, y=y, tooltip=_tooltip(".0%")))


def _tooltip(form: str) -> list[Any]:
    return ["place:N", "measure:N", alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("value:Q", format=form)]
