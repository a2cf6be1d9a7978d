"""Rates of both worlds, month by month, with the directives marked."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.marks import key, labels, numbered, rules, speaking
from viz.charts.over_time import COLUMNS, SPACING, along_months, decision
from viz.charts.theme import PERCENT, QUIET, WIDTH, Legend, nothing, styled, upward, window

LEAST = 5
"""Decisions a month and pair below which a month is left out."""


def rates_of_both_worlds(
    months: pd.DataFrame, directives: Sequence[Mapping[str, Any]], legend: Legend, title: str, notes: list[str]
) -> Any:
    """Two lines a decision: with the directives, in the colour of the agency, and without them, dashed.

    The band is the interval of the difference, laid on the line without: where it leaves that line, the worlds differ.

    Args:
        months: ``agency``, ``stage``, ``month``, ``decisions``, ``with``, ``without``, ``low``, ``high``
            (`experiments.twin.aggregate.months`).
        directives: of each that tells the worlds apart its ``title``, ``start`` (ISO date), ``to`` (agencies),
            ``stages`` (None for all).
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    known = months[months["decisions"] >= LEAST]
    if known.empty:
        return styled(nothing(), title, notes)
    span = [known["month"].min(), known["month"].max() + pd.offsets.MonthEnd()]
    issued = numbered(directives, *span)
    panels = [
        _panel(rows, str(agency), str(stage), issued, span, legend)
        for (agency, stage), rows in known.groupby(["agency", "stage"], observed=True, sort=True)
    ]
    drawn = alt.concat(*panels, columns=COLUMNS, bounds="flush", spacing=SPACING)
    return styled(drawn, title, [*notes, *key(issued)])


def _panel(
    rows: pd.DataFrame, agency: str, stage: str, directives: Sequence[Mapping[str, Any]], span: list[pd.Timestamp],
    legend: Legend,
) -> Any:  # fmt: skip
    whole = pd.date_range(span[0], span[1], freq="MS", name="month")
    table = rows.set_index("month")[["with", "without", "low", "high", "decisions"]].reindex(whole).reset_index()
    table["lowest"], table["highest"] = table["without"] + table["low"], table["without"] + table["high"]
    rates = table[["with", "without"]]
    low, high = window(rates.min().min(), rates.max().max())
    y = upward(alt.Scale(domain=[low, high], clamp=True), alt.Axis(format=PERCENT, tickCount=4))
    base = alt.Chart(table).encode(x=along_months(span))
    tooltip = [alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("with:Q", format=".2%"),
               alt.Tooltip("without:Q", format=".2%"), alt.Tooltip("decisions:Q", format=",.0f")]  # fmt: skip
    colour = legend.colours[agency]
    band = base.mark_area(color=colour, opacity=0.22).encode(y=y("lowest"), y2="highest:Q")
    without = base.mark_line(color=QUIET, strokeDash=[5, 3], strokeWidth=2).encode(y=y("without"))
    with_it = base.mark_line(color=colour, strokeWidth=2, strokeJoin="round").encode(y=y("with"), tooltip=tooltip)
    here = speaking(directives, agency, stage)
    layers = [rules(here), labels(here, span[0], span[1], WIDTH / COLUMNS), band, without, with_it]
    return alt.layer(*layers).properties(**decision(agency, stage, legend))
