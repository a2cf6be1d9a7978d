"""A rate before and after, with the range over replications."""

from typing import Any

import altair as alt
import pandas as pd

from viz.theme import INK, PERCENT, Legend, styled, window

ROW = 44
LABELS = 270


def rates_before_after(table: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """Rates by period: a dot at the median, a bar over the interval, the figures beside them.

    Args:
        table: ``agency``, ``measure`` (heading of a panel), ``period`` (its rows, in the order given), and
            ``median``, ``low``, ``high`` (shares).
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    panels = [
        _panel(rows.reset_index(drop=True), legend, str(agency), str(measure))
        for (agency, measure), rows in table.groupby(["agency", "measure"], observed=True, sort=False)
    ]
    return styled(alt.vconcat(*panels, spacing=34), title, notes)


def _panel(rows: pd.DataFrame, legend: Legend, agency: str, measure: str) -> Any:
    shares = (in_percent(*row) for row in rows[["median", "low", "high"]].itertuples(index=False))
    figures = [f"{median} ({interval})" for median, interval in shares]
    low, high = window(rows["low"].min(), rows["high"].max())
    y = alt.Y(
        "period:N", sort=list(rows["period"]), title=None,
        axis=alt.Axis(
            minExtent=LABELS, labelLimit=LABELS, labelFontSize=14, labelPadding=14, ticks=False, domain=False
        ),
    )  # fmt: skip
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    x = alt.X("median:Q", title=None, scale=scale, axis=alt.Axis(format=PERCENT, tickCount=5))
    base = alt.Chart(rows.assign(figures=figures)).encode(y=y)
    colour = legend.colours[agency]
    bar = base.mark_rule(color=colour, strokeWidth=5, opacity=0.45).encode(
        x=alt.X("low:Q", title=None, scale=scale), x2="high:Q"
    )
    dot = base.mark_point(color=colour, filled=True, size=130, opacity=1).encode(x=x, tooltip=["period", "figures"])
    text = base.mark_text(align="left", dx=0, fontSize=14, color=INK).encode(x=alt.value(540), text="figures:N")
    title = alt.TitleParams(f"{legend.agencies[agency]}: {measure}", frame="group", offset=10)
    return alt.layer(bar, dot, text).properties(title=title, width=520, height=ROW * len(rows))


def in_percent(median: float, low: float, high: float) -> tuple[str, str]:
    """A share and its interval in percent, with two decimals below 1 and above 99.

    >>> in_percent(0.0512, 0.048, 0.0553)
    ('5.1%', '4.8 to 5.5%')
    >>> in_percent(0.0004, 0.0, 0.0012)
    ('0.04%', '0.00 to 0.12%')
    """
    places = 2 if min(median, 1.0 - median) < 0.01 else 1
    return f"{median:.{places}%}", f"{100 * low:.{places}f} to {high:.{places}%}"
