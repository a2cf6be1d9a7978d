"""What breaks downstream: which limit, how many days after the start, how surely."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, OVER, nothing, rows_of, styled

ROW, LABELS, WIDTH = 34, 300, 380


def limits_over_time(table: pd.DataFrame, days: int, title: str, notes: list[str]) -> Any:
    """For each limit a dot on the day by which it is first passed, the fuller the surer, and a bar over 5-95 percent.

    Args:
        table: ``label`` (in the order given), ``day``, ``day_low``, ``day_high`` (days after the start), ``chance``.
        days: of the watch.
        title: what the chart shows.
        notes: lines under the title.
    """
    if table.empty:
        return styled(nothing(), title, notes)
    shown = table.assign(figures=[f"{chance:.0%} of worlds" for chance in table["chance"]])
    scale = alt.Scale(domain=[0, days], nice=False)
    axis = alt.Axis(gridColor=FAINT, tickCount=6)
    base = alt.Chart(shown).encode(y=rows_of("label", list(table["label"]), LABELS))
    x = alt.X("day:Q", scale=scale, axis=axis, title="days after the start")
    bar = base.mark_rule(color=OVER, strokeWidth=5, opacity=0.4).encode(
        x=alt.X("day_low:Q", scale=scale, axis=axis, title="days after the start"), x2="day_high:Q"
    )
    dot = base.mark_point(color=OVER, filled=True, size=150).encode(
        x=x, opacity=alt.Opacity("chance:Q", scale=alt.Scale(domain=[0, 1], range=[0.15, 1]), legend=None),
        tooltip=["label", "day", "figures"],
    )  # fmt: skip
    text = base.mark_text(align="left", fontSize=14, color=INK).encode(x=alt.value(WIDTH + 16), text="figures:N")
    return styled(alt.layer(bar, dot, text).properties(width=WIDTH, height=ROW * len(table)), title, notes)
