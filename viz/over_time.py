"""How often the front line decides leniently, month by month."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import altair as alt
import pandas as pd

from viz.theme import INK, PERCENT, QUIET, WIDTH, Legend, day_of, nothing, styled, time_axis, window

COLUMNS = 4
LEAST = 10
WEEKS = 3
LINE = 140
SPACING = {"row": 88, "column": 66}


def rates_over_time(
    outcomes: pd.DataFrame, directives: Sequence[Mapping[str, Any]], legend: Legend, least: int = LEAST
) -> Any:
    """Discretion rate by month: a panel for each decision, in the colour of the agency that takes it.

    A numbered line marks each directive in the panels of the decisions that it speaks to.

    Args:
        outcomes: weekly counts (``week``, ``agency``, ``stage``, ``decided``, ``favourable``).
        directives: of each its ``title``, ``start`` (ISO date), ``to`` (agencies), ``stages`` (None for all).
        legend: names and colours.
        least: months with fewer decisions than this are left out, and the line is broken.
    """
    counts = _by_month(outcomes)
    span = [counts["month"].min(), counts["month"].max() + pd.offsets.MonthEnd()]
    issued = [d for d in directives if span[0] <= pd.Timestamp(d["start"]) <= span[1]]
    numbered = [{"number": str(at), **d} for at, d in enumerate(sorted(issued, key=itemgetter("start")), start=1)]
    panels: list[Any] = []
    too_few: list[str] = []
    for (agency, stage), rows in counts.groupby(["agency", "stage"], observed=True, sort=True):
        if (rows["decided"] >= least).any():
            panels.append(_over_months(rows, str(agency), str(stage), numbered, span, legend, least))
        else:
            too_few.append(str(stage))
    notes = ["Share of decisions that were favourable, by month. Each panel has its own scale."]
    if too_few:
        notes.append(f"Never {least} decisions in a month, and not shown: {', '.join(too_few)}.")
    if numbered:
        notes += ["Dashed lines: directives that speak to the decision.", *numbered_key(numbered)]
    return styled(
        alt.concat(*(panels or [nothing()]), columns=COLUMNS, bounds="flush", spacing=SPACING),
        "How often does the front line decide leniently?",
        notes,
    )


def _by_month(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Counts by agency, stage and month: a week goes with its Thursday, a month has three weeks at least."""
    month = pd.Series((outcomes["week"] + pd.Timedelta(days=3)).dt.to_period("M").dt.to_timestamp())
    whole = outcomes["week"].groupby(month).transform("nunique") >= WEEKS
    grouped = outcomes.assign(month=month)[whole].groupby(["agency", "stage", "month"], observed=True)
    return grouped[["decided", "favourable"]].sum().reset_index()


def numbered_key(numbered: Sequence[Mapping[str, Any]]) -> list[str]:
    """The numbered directives with their dates, in lines of even length; no directive is broken."""
    space = "\N{NO-BREAK SPACE}"
    texts = [f"{d['number']} {d['title']} ({date.fromisoformat(d['start']):%d %b %Y})" for d in numbered]
    lines = textwrap.wrap(" · ".join(text.replace(" ", space) for text in texts), LINE, break_on_hyphens=False)
    return [line.removesuffix(" ·") for line in lines]


def _over_months(
    counts: pd.DataFrame, agency: str, stage: str, directives: Sequence[Mapping[str, Any]],
    span: list[pd.Timestamp], legend: Legend, least: int,
) -> Any:  # fmt: skip
    months = pd.date_range(span[0], span[1], freq="MS", name="month")
    rows = counts.set_index("month")[["decided", "favourable"]].reindex(months, fill_value=0).reset_index()
    rows["rate"] = (rows["favourable"] / rows["decided"]).where(rows["decided"] >= least)
    low, high = window(rows["rate"].min(), rows["rate"].max())
    x = alt.X(
        "month:T",
        title=None,
        axis=time_axis(pd.Series(span)),
        scale=alt.Scale(domain=[day_of(day) for day in span]),
    )
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[low, high]), axis=alt.Axis(format=PERCENT, tickCount=4))
    tooltip = [
        alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("rate:Q", format=".2%"),
        alt.Tooltip("favourable:Q", format=","), alt.Tooltip("decided:Q", format=","),
    ]  # fmt: skip
    line = (
        alt.Chart(rows)
        .mark_line(color=legend.colours[agency], strokeWidth=2, strokeJoin="round")
        .encode(x=x, y=y, tooltip=tooltip)
    )
    rule, number = marks(directives, agency, stage)
    title = alt.TitleParams(
        f"{legend.agencies[agency]}: {stage}", subtitle=legend.favourable[stage], offset=12, frame="group"
    )
    return alt.layer(rule, line, number).properties(title=title, width=WIDTH // COLUMNS, height=110)


def marks(directives: Sequence[Mapping[str, Any]], agency: str, stage: str) -> tuple[Any, Any]:
    """A dashed line and its number at the start of each directive that speaks to a decision."""
    base = alt.Chart(_speaking(directives, agency, stage)).encode(x=alt.X("start:T"), tooltip=["title:N", "start:T"])
    rule = base.mark_rule(color=QUIET, strokeDash=[4, 3])
    number = base.mark_text(align="left", baseline="top", dx=3, fontSize=13, color=INK).encode(
        text="number:N", y=alt.value(0)
    )
    return rule, number


def _speaking(directives: Sequence[Mapping[str, Any]], agency: str, stage: str) -> pd.DataFrame:
    """The directives that speak to a decision: number, title, start."""
    here = [d for d in directives if agency in d["to"] and (not d["stages"] or stage in d["stages"])]
    table = pd.DataFrame(here, columns=["number", "title", "start"])
    table["start"] = pd.to_datetime(table["start"])
    return table
