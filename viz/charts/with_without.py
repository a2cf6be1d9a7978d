"""Rates with directives and without them, side by side, on one scale for all agencies."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.shifts import in_points
from viz.charts.theme import INK, PERCENT, QUIET, Legend, across, nothing, rows_of, styled

ROW, LABELS, WIDTH = 30, 210, 400


def rates_with_and_without(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """From the rate without (hollow) to the rate with the directives (filled), the difference and its interval beside.

    Args:
        table: ``agency``, ``label`` (its rows, in the order given), ``with``, ``without`` (shares), and their
            difference ``shift`` with ``low`` and ``high``.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    panels = [
        _panel(rows.reset_index(drop=True), legend, str(agency))
        for agency, rows in table.groupby("agency", observed=True, sort=False)
    ]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=26), title, notes)


def _panel(rows: pd.DataFrame, legend: Legend, agency: str) -> Any:
    shown = rows.assign(
        lowest=rows["without"] + rows["low"], highest=rows["without"] + rows["high"],
        figures=[in_points(*row) for row in rows[["shift", "low", "high"]].itertuples(index=False)],
    )  # fmt: skip
    base = alt.Chart(shown).encode(y=rows_of("label", list(rows["label"]), LABELS, padding=14))
    x = across(alt.Scale(domain=[0.0, 1.0], clamp=True), alt.Axis(format=PERCENT, tickCount=5))
    colour = legend.colours[agency]
    way = base.mark_rule(color=colour, strokeWidth=3, opacity=0.35).encode(x=x("without"), x2="with:Q")
    bar = base.mark_rule(color=colour, strokeWidth=7, opacity=0.5).encode(x=x("lowest"), x2="highest:Q")
    tooltip = ["label", alt.Tooltip("with:Q", format=".2%"), alt.Tooltip("without:Q", format=".2%"), "figures"]
    hollow = base.mark_point(color=QUIET, fill="white", size=90, opacity=1, strokeWidth=2).encode(x=x("without"))
    filled = base.mark_point(color=colour, filled=True, size=110, opacity=1).encode(x=x("with"), tooltip=tooltip)
    text = base.mark_text(align="left", fontSize=14, color=INK).encode(x=alt.value(WIDTH + 20), text="figures:N")
    heading = alt.TitleParams(legend.agencies[agency], frame="group", offset=10)
    return alt.layer(way, bar, hollow, filled, text).properties(title=heading, width=WIDTH, height=ROW * len(rows))
