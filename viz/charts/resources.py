"""What runs out, and who waits, week by week."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, OVER, QUIET, WIDTH, Legend, nothing, styled, time_axis

COLUMNS = 3
SIZE = {"width": WIDTH // COLUMNS, "height": 130}
QUEUES = 4


def resources_over_time(resources: pd.DataFrame, legend: Legend) -> Any:
    """Resources in use against what there is, and the longest queues, at the end of each week.

    Args:
        resources: table of a run (``day``, ``what``, ``kind``, ``amount``, ``used``, ``over``).
        legend: names.
    """
    limited = resources[resources["kind"] != "waiting"]
    waiting = resources[resources["kind"] == "waiting"]
    longest = waiting.groupby("what", sort=False)["used"].max().nlargest(QUEUES)
    panels = [
        *(_limit(rows, legend.resources[str(what)]) for what, rows in limited.groupby("what", sort=False)),
        *(_queue(waiting[waiting["what"] == stage], str(stage)) for stage in longest.index),
    ]
    return styled(
        alt.concat(*(panels or [nothing()]), columns=COLUMNS, bounds="flush", spacing={"row": 70, "column": 80}),
        "Resource use and queue length",
        [
            "In use (line) against what there is (dashed), what is over it in red; longest queues in grey.",
            "At the end of each week, in numbers of this run. Each panel has its own scale.",
        ],
    )


def _limit(rows: pd.DataFrame, title: str) -> Any:
    top = rows[["used", "amount"]].max(axis=1)
    base = alt.Chart(rows.assign(top=top)).encode(x=_days(rows))
    tooltip = ["day:T", alt.Tooltip("used:Q", format=","), alt.Tooltip("amount:Q", format=",")]
    line = base.mark_line(color=INK, strokeWidth=2, strokeJoin="round").encode(y=_count(), tooltip=tooltip)
    limit = base.mark_line(color=QUIET, strokeDash=[5, 4]).encode(y="amount:Q")
    over = base.mark_area(color=OVER, opacity=0.5).encode(y="amount:Q", y2="top:Q")
    return alt.layer(line, over, limit).properties(title=_title(title), **SIZE)


def _queue(rows: pd.DataFrame, stage: str) -> Any:
    tooltip = ["day:T", alt.Tooltip("used:Q", title="waiting", format=",")]
    area = alt.Chart(rows).mark_area(color=FAINT, line={"color": QUIET, "strokeWidth": 1.5})
    return area.encode(x=_days(rows), y=_count(), tooltip=tooltip).properties(
        title=_title(f"Cases waiting: {stage}"), **SIZE
    )


def _days(rows: pd.DataFrame) -> alt.X:
    return alt.X("day:T", title=None, axis=time_axis(rows["day"]))


def _count() -> alt.Y:
    return alt.Y("used:Q", title=None, axis=alt.Axis(format="~s", tickCount=4))


def _title(text: str) -> alt.TitleParams:
    return alt.TitleParams(text, frame="group", offset=10)
