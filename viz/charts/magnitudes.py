"""How large each term of the rule is at each stage, and how far it differs there."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, QUIET, Legend, nothing, styled

COLUMN, ROW = 98, 26
LABELS = 360
BETWEEN = 7
FADED = 0.35
SIGNED = "datum.value == 0 ? '0' : format(datum.value, '+~r')"


def terms_by_stage(sizes: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """A row for each stage and a column for each term: its mean, how far decisions differ, and how far offices do.

    All columns have one scale, so that a wide bar is a term that tells one case from another. A term that is inert at a
    stage is faint. Log-odds; to the right is towards the favourable outcome.

    Args:
        sizes: ``scenario``, ``agency``, ``stage``, ``term``, ``mean``, ``sd``, ``between``, ``verdict``.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    if sizes.empty:
        return styled(nothing(), title, notes)
    shown = sizes.assign(
        low=sizes["mean"] - sizes["sd"], high=sizes["mean"] + sizes["sd"],
        office_low=sizes["mean"] - sizes["between"], office_high=sizes["mean"] + sizes["between"],
        figures=[f"mean {row.mean:+.2f}, sd {row.sd:.2f}" for row in sizes[["mean", "sd"]].itertuples(index=False)],
        label=[f"{legend.agencies[agency]}: {legend.stages[stage]}"
               for agency, stage in zip(sizes["agency"], sizes["stage"], strict=True)],
    )  # fmt: skip
    ends = [float(shown["low"].min()), float(shown["high"].max())]
    panels = [
        _scenario(rows, list(dict.fromkeys(shown["term"])), alt.Scale(domain=ends, nice=True), legend)
        .properties(title=alt.TitleParams(str(name), anchor="start", color=INK, fontSize=15))
        for name, rows in shown.groupby("scenario", sort=False)
    ]  # fmt: skip
    return styled(alt.vconcat(*panels, spacing=30), title, notes)


def _scenario(rows: pd.DataFrame, terms: list[str], scale: alt.Scale, legend: Legend) -> Any:
    order = list(dict.fromkeys(rows["label"]))
    panels = [
        _term(rows[rows["term"] == term], order, scale, legend, first=at == 0).properties(
            title=alt.TitleParams(term, fontSize=13, fontWeight="normal", color=INK, anchor="middle")
        )
        for at, term in enumerate(terms)
    ]
    return alt.hconcat(*panels, spacing=6)


def _term(rows: pd.DataFrame, order: list[str], scale: alt.Scale, legend: Legend, first: bool) -> Any:
    """One column: the bar is one standard deviation of decisions to each side, the thick part that of offices."""
    labels = alt.Axis(labelLimit=LABELS, ticks=False, domain=False, labelPadding=8) if first else None
    y = alt.Y("label:N", sort=order, title=None, axis=labels, scale=alt.Scale(domain=order))
    colours = alt.Scale(domain=list(legend.colours), range=list(legend.colours.values()))
    across = alt.Axis(tickCount=3, gridColor=FAINT, domain=False, labelExpr=SIGNED)
    inert = alt.when("datum.verdict == 'inert'").then(alt.value(FADED)).otherwise(alt.value(1.0))
    base = alt.Chart(rows).encode(
        y=y, color=alt.Color("agency:N", scale=colours, legend=None), opacity=inert, tooltip=["label", "figures"]
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=across, title=None)

    none = alt.Chart(pd.DataFrame({"none": [0.0]})).mark_rule(color=QUIET).encode(x=x("none"))
    bar = base.mark_rule(strokeWidth=2).encode(x=x("low"), x2="high:Q")
    offices = base.mark_rule(strokeWidth=BETWEEN).encode(x=x("office_low"), x2="office_high:Q")
    mean = base.mark_point(filled=True, size=55, stroke="white", strokeWidth=1).encode(x=x("mean"))
    return alt.layer(none, bar, offices, mean).properties(width=COLUMN, height=ROW * len(order))
