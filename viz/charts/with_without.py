"""Rates with directives and without them, side by side, on one scale for all agencies."""

import math
from typing import Any

import altair as alt
import pandas as pd

from experiments.smallest import POSTERIOR
from viz.charts.shifts import signed_points
from viz.charts.theme import INK, PERCENT, QUIET, Legend, across, nothing, rows_of, styled

ROW, LABELS, WIDTH, TEXT = 27, 140, 700, 17
"""Pixels, also of letters, for a picture that a projector shows as wide as it is."""
FIGURES, OPEN = WIDTH + 24, WIDTH + 256
"""Where the two columns of figures begin."""
LARGEST_ODDS = 100.0
"""Above it odds are told as more than that: the rate without was next to nothing."""


def rates_with_and_without(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """From the rate without (hollow) to the rate with the directives (filled); beside it the shift and both intervals.

    A thin line reaches as far as what is unknown of the parameters; where nothing is fitted, a question mark stands.

    Args:
        table: ``agency``, ``heading`` (of a panel), ``label`` (its rows, in the order given), ``with``, ``without``
            (shares), their difference ``shift`` with ``low``, ``high``, ``posterior_low`` and ``posterior_high``
            (missing where there is none).
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    groups = list(table.groupby("heading", sort=False))
    panels = [
        _panel(rows.reset_index(drop=True), legend, str(heading), at == 0, at == len(groups) - 1)
        for at, (heading, rows) in enumerate(groups)
    ]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=10), title, notes, 1.25)


def _panel(rows: pd.DataFrame, legend: Legend, heading: str, is_first: bool, is_last: bool) -> Any:
    ends = {name: rows["without"] + rows[name] for name in POSTERIOR}
    told = {
        "figures": [in_short(*row) for row in rows[["shift", "low", "high"]].itertuples(index=False)],
        "open": [left_open(*row) for row in rows[list(POSTERIOR)].itertuples(index=False)],
    }
    rows = rows.assign(**ends, **told)
    base = alt.Chart(rows).encode(y=rows_of("label", list(rows["label"]), LABELS, TEXT, padding=14))
    axis = alt.Axis(format=PERCENT, tickCount=5, labels=is_last, ticks=is_last, domain=is_last, labelFontSize=TEXT)
    x = across(alt.Scale(domain=[0.0, 1.0], clamp=True), axis)
    colour = legend.colours[str(rows["agency"].iloc[0])]
    tooltip = ["label", alt.Tooltip("with:Q", format=".2%"), alt.Tooltip("without:Q", format=".2%"), "figures", "open"]
    letters: dict[str, Any] = {"align": "left", "fontSize": TEXT}
    layers = [
        base.mark_rule(color=colour, strokeWidth=4, opacity=0.3).encode(x=x("without"), x2="with:Q"),
        base.mark_point(color=QUIET, fill="white", size=130, opacity=1, strokeWidth=2).encode(x=x("without")),
        base.mark_point(color=colour, filled=True, size=150, opacity=1).encode(x=x("with"), tooltip=tooltip),
        base.mark_rule(color=INK, strokeWidth=2).encode(x=x(POSTERIOR[0]), x2=f"{POSTERIOR[1]}:Q"),
        base.transform_filter(f"!isValid(datum.{POSTERIOR[0]})").mark_text(dx=12, color=INK, text="?", **letters)
        .encode(x=x("with")),
        base.mark_text(color=INK, **letters).encode(x=alt.value(FIGURES), text="figures:N"),
        base.mark_text(color=INK, **letters).encode(x=alt.value(OPEN), text="open:N"),
        *(_headings(letters) if is_first else ()),
    ]  # fmt: skip
    title = alt.TitleParams(heading, frame="group", offset=4, fontSize=TEXT + 1)
    return alt.layer(*layers).properties(title=title, width=WIDTH, height=ROW * len(rows))


def _headings(letters: dict[str, Any]) -> list[Any]:
    """What stands over the two columns of figures, as high as the title of the first panel."""
    over = alt.Chart(pd.DataFrame({"none": [0.0]}))
    return [
        over.mark_text(text=text, color=QUIET, **letters).encode(x=alt.value(at), y=alt.value(-13))
        for at, text in ((FIGURES, "shift in points (luck)"), (OPEN, "unknown"))
    ]


def in_short(*figures: float) -> str:
    """A shift with its interval, in points; with two decimals below one point.

    >>> in_short(0.0971, 0.0923, 0.1018), in_short(0.0007, 0.0006, 0.0008), in_short(0.5, float("nan"), float("nan"))
    ('+9.7 (+9.2 to +10.2)', '+0.07 (+0.06 to +0.08)', '+50.0')
    """
    places = 1 if max(map(abs, figures)) >= 0.01 else 2
    shift, low, high = (signed_points(figure, places) for figure in figures)
    return shift if math.isnan(figures[1]) else f"{shift} ({low} to {high})"


def left_open(low: float, high: float) -> str:
    """What is unknown of a shift, in points; or that nothing of it was fitted.

    >>> left_open(0.039, 0.306), left_open(float("nan"), float("nan"))
    ('+3.9 to +30.6', 'all assumed')
    """
    return "all assumed" if math.isnan(low) else f"{signed_points(low, 1)} to {signed_points(high, 1)}"


def times(odds: float) -> str:
    """A ratio of odds, and no more of it than says something.

    >>> times(1.034), times(43.2), times(1507.2)
    ('1.03', '43', '100 or more')
    """
    return f"{LARGEST_ODDS:.0f} or more" if odds >= LARGEST_ODDS else f"{odds:.2f}" if odds < 10.0 else f"{odds:.0f}"
