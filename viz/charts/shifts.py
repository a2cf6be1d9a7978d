"""By how much a directive moves each agency, with intervals."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, IN_POINTS, INK, Legend, across, at_none, nothing, reach, rows_of, styled

ROW = 34
LABELS = 210
WIDTH = 430
MARGIN = 1.1
POSTERIOR = ("posterior_low", "posterior_high")


def shift_by_agency(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """The paired difference of the discretion rate: a dot at the mean, a bar over the interval, a line at none.

    One scale for all agencies, so that they can be compared; what does not matter, or is undecided, is hollow
    (`experiments.smallest`).

    Args:
        table: ``agency``, ``label`` (its rows, in the order given), ``shift``, ``low``, ``high`` (differences of
            shares; no bar where an interval is missing) and ``verdict``; with ``posterior_low`` and ``posterior_high``
            a thin line from one to the other.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    limits = table[[name for name in ("shift", "low", "high", *POSTERIOR) if name in table]]
    panels = [
        _panel(rows.reset_index(drop=True), legend, str(agency), reach(limits, MARGIN))
        for agency, rows in table.groupby("agency", observed=True, sort=False)
    ]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=26), title, notes)


def _panel(rows: pd.DataFrame, legend: Legend, agency: str, ends: list[float]) -> Any:
    shown = rows.assign(figures=[in_points(*row) for row in rows[["shift", "low", "high"]].itertuples(index=False)])
    y = rows_of("label", list(rows["label"]), LABELS, padding=14)
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    x = across(scale, alt.Axis(labelExpr=IN_POINTS, tickCount=6, gridColor=FAINT), "percentage points")
    base = alt.Chart(shown).encode(y=y)
    colour = legend.colours[agency]
    bar = base.mark_rule(color=colour, strokeWidth=5, opacity=0.45).encode(x=x("low"), x2="high:Q")
    fill = alt.when("datum.verdict == 'matters'").then(alt.value(colour)).otherwise(alt.value("white"))
    dot = base.mark_point(color=colour, size=110, opacity=1, strokeWidth=2).encode(
        x=x("shift"), fill=fill, tooltip=["label", "figures"]
    )
    text = base.mark_text(align="left", fontSize=14, color=INK).encode(x=alt.value(WIDTH + 20), text="figures:N")
    title = alt.TitleParams(legend.agencies[agency], frame="group", offset=10)
    whisker = base.mark_rule(color=colour, strokeWidth=1.5).encode(x=x(POSTERIOR[0]), x2=f"{POSTERIOR[1]}:Q")
    unknown = [whisker] if POSTERIOR[0] in rows else []
    return alt.layer(at_none(x("none")), *unknown, bar, dot, text).properties(
        title=title, width=WIDTH, height=ROW * len(rows)
    )


LEAST, NEAR = 5e-6, "within 0.001 of 0"
"""Half a thousandth of a point: less is not told in figures."""


def in_points(shift: float, low: float, high: float) -> str:
    """A difference of shares and its interval, in percentage points; with three decimals below a tenth of a point.

    >>> in_points(0.0512, 0.048, 0.0553), in_points(-0.0001, -0.0003, 0.0001)
    ('+5.12 (+4.80 to +5.53)', '-0.010 (-0.030 to +0.010)')
    >>> in_points(0.0, float("nan"), float("nan")), in_points(1e-6, 5e-7, 2e-6), in_points(1e-6, -2e-6, 3e-6)
    ('0.00', 'above 0, under 0.001', 'within 0.001 of 0')
    """
    known = [value for value in (shift, low, high) if not pd.isna(value)]
    if 0.0 < max(map(abs, known)) < LEAST:
        return "above 0, under 0.001" if min(known) > 0 else "below 0, above -0.001" if max(known) < 0 else NEAR
    places = 3 if 0.0 < max(map(abs, known)) < 0.001 else 2
    figures = [signed_points(value, places) for value in known]
    return figures[0] if pd.isna(low) else f"{figures[0]} ({figures[1]} to {figures[2]})"


def signed_points(share: float, places: int = 2) -> str:
    """A difference of shares in percentage points.

    >>> signed_points(0.0512), signed_points(-0.0001, 3), signed_points(-0.00001)
    ('+5.12', '-0.010', '0.00')
    """
    text = f"{100 * share:+.{places}f}"
    return text[1:] if float(text) == 0.0 else text
