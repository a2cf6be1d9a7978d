"""What each memo that a budget buys shifts, beside what it costs."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.guesses import GUESSED, MODEL
from viz.charts.theme import FAINT, IN_POINTS, QUIET, dressed

HEIGHT = 360


def memos_by_cost(memos: pd.DataFrame, budget: int, width: int = 640) -> Any:
    """A dot a memo, with the interval of its shift: what it costs along, what it shifts up; a class's own as diamonds.

    Args:
        memos: ``label``; ``cost`` (points); ``shift``, ``shift_low``, ``shift_high`` (shares; no bar where an interval
            is missing); ``name``, which stands beside the mark, and ``own``, whether somebody built it.
        budget: points that there are to spend.
        width: of the axis, in pixels.
    """
    top = max(0.01, 1.1 * memos[["shift", "shift_high"]].max().max())
    low = min(0.0, 1.1 * memos[["shift", "shift_low"]].min().min())
    x = alt.X("cost:Q", title="points spent", scale=alt.Scale(domain=[-0.3, budget + 0.7], nice=False),
              axis=alt.Axis(values=list(range(budget + 1)), format="d", grid=False))  # fmt: skip
    scale = alt.Scale(domain=[low, top], nice=False)
    y = alt.Y("shift:Q", title="shift, in percentage points", scale=scale,
              axis=alt.Axis(labelExpr=IN_POINTS, gridColor=FAINT, tickCount=6))  # fmt: skip
    base = alt.Chart(memos).encode(x=x)
    bar = base.transform_filter("isValid(datum.shift_low)").mark_rule(strokeWidth=3, opacity=0.5, color=MODEL)
    shown = ["label", alt.Tooltip("cost:Q", title="points"), alt.Tooltip("shift:Q", format="+.3f")]
    dot = base.transform_filter("!datum.own").mark_point(filled=True, size=80, opacity=0.75, color=MODEL)
    diamond = base.transform_filter("datum.own").mark_point(
        filled=True, shape="diamond", size=190, opacity=1, color=GUESSED
    )
    name = base.mark_text(align="left", dx=11, fontSize=14, fontWeight="bold", color=GUESSED)
    note = ["Diamonds: your memos. Dots: the others.", "Bars: 90 percent intervals."]
    return dressed(
        alt.layer(
            bar.encode(y=alt.Y("shift_low:Q", scale=scale), y2="shift_high:Q"), dot.encode(y=y, tooltip=shown),
            diamond.encode(y=y, tooltip=shown), name.encode(y=y, text="name:N"),
        ).properties(
            width=width, height=HEIGHT, title=alt.TitleParams(note, color=QUIET, fontSize=13, fontWeight="normal")
        )
    )  # fmt: skip
