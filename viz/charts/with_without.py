"""Rates with directives and without them, side by side, on one scale for all agencies."""

import math
from typing import Any

import altair as alt
import pandas as pd

from experiments.smallest import POSTERIOR
from viz.charts.shifts import signed_points
from viz.charts.theme import INK, PERCENT, QUIET, Legend, across, nothing, rows_of, styled

ROW, LABELS, WIDTH = 27, 110, 470
LARGEST_ODDS = 100.0
"""Above it odds are told as more than that: the rate without was next to nothing."""


def rates_with_and_without(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """From the rate without (hollow) to the rate with the directives (filled), the difference and its odds beside.

    A thick bar reaches as far as random variation does, a thin line as far as what is unknown of the parameters.

    Args:
        table: ``agency``, ``heading`` (of a panel), ``label`` (its rows, in the order given), ``with``, ``without``
            (shares), their difference ``shift`` with ``low``, ``high``, ``posterior_low`` and ``posterior_high``
            (missing where there is none), and the ratio ``odds``.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    groups = list(table.groupby("heading", sort=False))
    panels = [
        _panel(rows.reset_index(drop=True), legend, str(heading), at == len(groups) - 1)
        for at, (heading, rows) in enumerate(groups)
    ]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=12), title, notes)


def _panel(rows: pd.DataFrame, legend: Legend, heading: str, is_last: bool) -> Any:
    ends = {name: rows["without"] + rows[name] for name in ("low", "high", *POSTERIOR)}
    told = [told_shift(*row) for row in rows[["shift", "odds"]].itertuples(index=False)]
    base = alt.Chart(rows.assign(**ends, figures=told)).encode(
        y=rows_of("label", list(rows["label"]), LABELS, padding=14)
    )
    axis = alt.Axis(format=PERCENT, tickCount=5, labels=is_last, ticks=is_last, domain=is_last)
    x = across(alt.Scale(domain=[0.0, 1.0], clamp=True), axis)
    colour = legend.colours[str(rows["agency"].iloc[0])]
    way = base.mark_rule(color=colour, strokeWidth=3, opacity=0.3).encode(x=x("without"), x2="with:Q")
    unknown = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=x(POSTERIOR[0]), x2=f"{POSTERIOR[1]}:Q")
    luck = base.mark_rule(color=colour, strokeWidth=9, opacity=0.5).encode(x=x("low"), x2="high:Q")
    tooltip = ["label", alt.Tooltip("with:Q", format=".2%"), alt.Tooltip("without:Q", format=".2%"), "figures"]
    hollow = base.mark_point(color=QUIET, fill="white", size=90, opacity=1, strokeWidth=2).encode(x=x("without"))
    filled = base.mark_point(color=colour, filled=True, size=110, opacity=1).encode(x=x("with"), tooltip=tooltip)
    text = base.mark_text(align="left", fontSize=14, color=INK).encode(x=alt.value(WIDTH + 20), text="figures:N")
    title = alt.TitleParams(heading, frame="group", offset=4)
    drawn = alt.layer(way, luck, unknown, hollow, filled, text)
    return drawn.properties(title=title, width=WIDTH, height=ROW * len(rows))


def told_shift(shift: float, odds: float) -> str:
    """A difference of shares in points, and how many times the odds are what they were without.

    >>> told_shift(0.0961, 6.43), told_shift(0.0625, 1507.2), told_shift(0.0, float("nan"))
    ('+9.61 points, odds × 6.43', '+6.25 points, odds × 100 or more', '0.00 points')
    """
    points = f"{signed_points(shift)} points"
    if math.isnan(odds):
        return points
    return f"{points}, odds × {times(odds)}"


def times(odds: float) -> str:
    """A ratio of odds, and no more of it than says something.

    >>> times(1.034), times(43.2), times(1507.2)
    ('1.03', '43', '100 or more')
    """
    return f"{LARGEST_ODDS:.0f} or more" if odds >= LARGEST_ODDS else f"{odds:.2f}" if odds < 10.0 else f"{odds:.0f}"
