"""How often the front line decides leniently, month by month."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.marks import key, labels, numbered, rules, speaking
from viz.charts.theme import PERCENT, WIDTH, Legend, day_of, nothing, styled, time_axis, window

COLUMNS = 4
LEAST = 10
WEEKS = 3
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
    issued = numbered(directives, *span)
    panels: list[Any] = []
    too_few: list[str] = []
    for (agency, stage), rows in counts.groupby(["agency", "stage"], observed=True, sort=True):
        if (rows["decided"] >= least).any():
            panels.append(_over_months(rows, str(agency), str(stage), issued, span, legend, least))
        else:
            too_few.append(str(stage))
    notes = ["Share of decisions that were favourable, by month. Each panel has its own scale."]
    if too_few:
        notes.append(f"Never {least} decisions in a month, and not shown: {', '.join(too_few)}.")
    if issued:
        notes += ["Dashed lines: directives that speak to the decision.", *key(issued)]
    return styled(
        alt.concat(*(panels or [nothing()]), columns=COLUMNS, bounds="flush", spacing=SPACING),
        "Discretion rate by agency and month",
        notes,
    )


def _by_month(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Counts by agency, stage and month: a week goes with its Thursday, a month has three weeks at least."""
    month = pd.Series((outcomes["week"] + pd.Timedelta(days=3)).dt.to_period("M").dt.to_timestamp())
    whole = outcomes["week"].groupby(month).transform("nunique") >= WEEKS
    grouped = outcomes.assign(month=month)[whole].groupby(["agency", "stage", "month"], observed=True)
    return grouped[["decided", "favourable"]].sum().reset_index()


def _over_months(
    counts: pd.DataFrame, agency: str, stage: str, directives: Sequence[Mapping[str, Any]],
    span: list[pd.Timestamp], legend: Legend, least: int,
) -> Any:  # fmt: skip
    months = pd.date_range(span[0], span[1], freq="MS", name="month")
    rows = counts.set_index("month")[["decided", "favourable"]].reindex(months, fill_value=0).reset_index()
    rows["rate"] = (rows["favourable"] / rows["decided"]).where(rows["decided"] >= least)
    low, high = window(rows["rate"].min(), rows["rate"].max())
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[low, high]), axis=alt.Axis(format=PERCENT, tickCount=4))
    tooltip = [
        alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("rate:Q", format=".2%"),
        alt.Tooltip("favourable:Q", format=","), alt.Tooltip("decided:Q", format=","),
    ]  # fmt: skip
    line = (
        alt.Chart(rows)
        .mark_line(color=legend.colours[agency], strokeWidth=2, strokeJoin="round")
        .encode(x=along_months(span), y=y, tooltip=tooltip)
    )
    here = speaking(directives, agency, stage)
    marks = labels(here, span[0], span[1], WIDTH / COLUMNS)
    return alt.layer(rules(here), line, marks).properties(**decision(agency, stage, legend))


def along_months(span: list[pd.Timestamp]) -> alt.X:
    """The months of a span, along an axis."""
    domain = [day_of(day) for day in span]
    return alt.X("month:T", title=None, axis=time_axis(pd.Series(span)), scale=alt.Scale(domain=domain))


def decision(agency: str, stage: str, legend: Legend) -> dict[str, Any]:
    """Title and size of the panel of a decision."""
    title = alt.TitleParams(
        f"{legend.agencies[agency]}: {stage}", subtitle=legend.favourable[stage], offset=12, frame="group"
    )
    return {"title": title, "width": WIDTH // COLUMNS, "height": 110}
