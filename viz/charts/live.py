"""Rates as they happen: one panel a decision, drawn up to today, with what would have been beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.screen import named
from viz.charts.theme import INK, PERCENT, QUIET, Legend, time_axis

HEIGHT = 104
EXTENT = 40
NEAR = 0.15
"""The share of the watch within which two numbers would touch."""
LETTER = 9
"""Pixels of a letter of a title."""
LEAST = 20
"""A week with fewer decisions behind it is not drawn."""


def rates_live(
    now: pd.DataFrame, before: pd.DataFrame, stages: Sequence[tuple[str, str]], directives: Sequence[Mapping[str, Any]],
    span: tuple[date, date], legend: Legend, columns: int = 3, width: int = 240,
) -> alt.ConcatChart:  # fmt: skip
    """The rate of the last weeks, week by week, with a band that says how sure it is.

    The data are called ``now``, ``before`` and ``bare`` (the panels in which nothing can be drawn yet, as `bare`), so
    that a page can let them grow without redrawing.

    Args:
        now: as `experiments.rates.lately`: ``agency``, ``stage``, ``week``, ``rate``, ``low``, ``high``.
        before: the same, of a run to compare with; drawn thin and grey. May be empty.
        stages: the (agency, stage) of each panel.
        directives: of each its ``title``, ``start`` (ISO date), ``to`` (agencies), ``stages`` (None for all).
        span: first and last day of the watch.
        legend: names and colours.
        columns: panels in a row.
        width: of a panel, in pixels.
    """
    issued = numbered(directives, span)
    days = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in span]
    axis = time_axis(pd.to_datetime(pd.Series(span)))
    x = alt.X("week:T", title=None, scale=alt.Scale(domain=days), axis=axis)
    panels = [_panel(agency, stage, issued, x, legend, width, span).properties(width=width, height=HEIGHT)
              for agency, stage in stages]  # fmt: skip
    tables = {"now": named(now, "now"), "before": named(before, "before"), "bare": named(bare(now, stages), "bare")}
    for panel in panels:
        for layer, name in zip(panel.layer, ("before", "now", "now", "bare"), strict=False):
            layer.data = tables[name]
    return alt.concat(*panels, columns=columns, spacing={"row": 10, "column": 16})


def numbered(directives: Sequence[Mapping[str, Any]], span: tuple[date, date]) -> list[dict[str, Any]]:
    """Those that are issued within a watch, in the order of their days, each with its ``number``."""
    issued = [d for d in directives if span[0].isoformat() <= d["start"] <= span[1].isoformat()]
    ordered = sorted(issued, key=lambda one: one["start"])
    return [{"number": str(at), **d} for at, d in enumerate(ordered, start=1)]


def _panel(
    agency: str, stage: str, issued: Sequence[Mapping[str, Any]], x: alt.X, legend: Legend, width: int,
    span: tuple[date, date],
) -> Any:  # fmt: skip
    colour = legend.colours[agency]
    here = (alt.datum.agency == agency) & (alt.datum.stage == stage) & (alt.datum.decided >= LEAST)
    axis = alt.Axis(format=PERCENT, tickCount=4, minExtent=EXTENT, maxExtent=EXTENT)
    y = alt.Y("rate:Q", title=None, axis=axis, scale=alt.Scale(zero=False))
    tooltip = [
        alt.Tooltip("week:T", format="%d %b %Y", title="week of"), alt.Tooltip("rate:Q", format=".1%"),
        alt.Tooltip("low:Q", format=".1%"), alt.Tooltip("high:Q", format=".1%"),
        alt.Tooltip("decided:Q", format=","),
    ]  # fmt: skip
    base = alt.Chart().transform_filter(here).encode(x=x)
    ghost = base.mark_line(color=QUIET, strokeWidth=1.5, strokeDash=[5, 3]).encode(y=y)
    band = base.mark_area(color=colour, opacity=0.2).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    line = base.mark_line(color=colour, strokeWidth=2.5, strokeJoin="round").encode(y=y, tooltip=tooltip)
    nothing = (
        alt.Chart()
        .transform_filter((alt.datum.agency == agency) & (alt.datum.stage == stage))
        .mark_text(
            text=["Fewer than 20 decisions", "in any eight weeks so far."], align="left", fontSize=13, color=QUIET
        )
        .encode(x=alt.value(8), y=alt.value(HEIGHT / 2))
    )
    marks = alt.Chart(_speaking(issued, agency, stage, span)).encode(x=alt.X("week:T"))
    rule = marks.mark_rule(color=QUIET, strokeDash=[3, 3]).encode(tooltip=["title:N", "week:T"])
    number = marks.mark_text(align="left", baseline="top", dx=3, fontSize=13, color=INK)
    number = number.encode(text="numbers:N", y=alt.value(0))
    title = alt.TitleParams(
        wrap(f"{legend.agencies[agency]}: {legend.stages[stage]}", max(12, width // LETTER)),
        subtitle=f"share {legend.favourable[stage]}", offset=6, frame="group", fontSize=14,
    )  # fmt: skip
    return alt.layer(ghost, band, line, nothing, rule, number).properties(title=title)


def bare(now: pd.DataFrame, stages: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The (agency, stage) of the panels in which no week has decisions enough to be drawn."""
    enough = now[now["decided"] >= LEAST]
    drawn = set(zip(enough["agency"], enough["stage"], strict=True))
    return pd.DataFrame([one for one in stages if one not in drawn], columns=["agency", "stage"])


def _speaking(issued: Sequence[Mapping[str, Any]], agency: str, stage: str, span: tuple[date, date]) -> pd.DataFrame:
    """The lines of a panel, each with the numbers that stand at it: its own, and those that would touch it."""
    here = [d for d in issued if agency in d["to"] and (not d["stages"] or stage in d["stages"])]
    table = pd.DataFrame(here, columns=["number", "title", "start"]).rename(columns={"start": "week"})
    table["week"] = pd.to_datetime(table["week"])
    near = NEAR * (pd.Timestamp(span[1]) - pd.Timestamp(span[0]))
    groups: list[list[int]] = []
    for at, week in enumerate(table["week"]):
        if groups and week - table["week"][groups[-1][0]] < near:
            groups[-1].append(at)
        else:
            groups.append([at])
    words = {group[0]: _numbers([table["number"][at] for at in group]) for group in groups}
    return table.assign(numbers=[words.get(at, "") for at in range(len(table))])


def _numbers(numbers: Sequence[str]) -> str:
    """Some numbers in a few letters.

    >>> _numbers(["2", "3"]), _numbers(["10", "11", "13", "15"])
    ('2, 3', '10 to 15')
    """
    return ", ".join(numbers) if len(numbers) < 3 else f"{numbers[0]} to {numbers[-1]}"
