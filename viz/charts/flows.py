"""Cases whose outcome changed: from where to where, and whether the directive itself or a ripple carried them."""

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from viz.charts.theme import INK, QUIET, Legend, nothing, styled

COLOURS = {"direct": "#2F7F79", "ripple": "#B9A46A"}
WIDE, TALL, LEAST, LABELS = 330, 170, 18, 190
BAR = 0.02
"""Thickness of the bars at both ends, as a share of the width."""
MOST, STEPS = 6, 24


def flows_of_flips(flips: pd.DataFrame, legend: Legend, title: str, notes: list[str]) -> Any:
    """Ribbons from the outcome without the directives to the outcome with them, one panel a decision.

    A ribbon is as wide as its share of the panel's changed decisions; its colour says whether they are direct flips or
    ripples. The panels with the most changes are shown, each as tall as they are many as far as its labels allow; the
    rest are counted in the notes.

    Args:
        flips: rows of the flip table: ``agency``, ``stage``, ``from``, ``to``, ``cause``, ``seed``.
        legend: names.
        title: what the chart shows.
        notes: lines under the title.
    """
    pairs = max(flips["seed"].nunique(), 1)
    counts = (
        flips.groupby(["agency", "stage", "from", "to", "cause"], observed=True).size().rename("count").reset_index()
    )
    counts = counts.astype({name: str for name in ("agency", "stage", "from", "to", "cause")})
    sizes = counts.groupby(["agency", "stage"])["count"].sum().sort_values(ascending=False, kind="stable")
    panels = [
        _panel(rows, legend, str(agency), str(stage), pairs, float(sizes.iloc[0]))
        for agency, stage in sizes.index[:MOST]
        for rows in [counts[(counts["agency"] == agency) & (counts["stage"] == stage)]]
    ]
    left = sizes.iloc[MOST:]
    if len(left):
        names = ", ".join(f"{legend.agencies[str(agency)]}: {stage}" for agency, stage in left.index)
        notes = [*notes, f"Not shown, with {left.sum() / pairs:,.1f} a pair in all: {names}."]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=30), title, notes)


def _panel(rows: pd.DataFrame, legend: Legend, agency: str, stage: str, pairs: int, most: float) -> Any:
    total = int(rows["count"].sum())
    height = max(TALL * total / most, LEAST * max(rows["from"].nunique(), rows["to"].nunique()))
    ribbons, nodes = _laid(rows.reset_index(drop=True), total, pairs, gap=LEAST / height)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Scale(domain=[0, float(nodes["bottom"].max())], reverse=True, nice=False)
    colour = alt.Color(
        "cause:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", labelFontSize=13, symbolOpacity=0.8),
    )  # fmt: skip
    area = (
        alt.Chart(ribbons)
        .mark_area(opacity=0.7)
        .encode(x=x, y=alt.Y("top:Q", axis=None, scale=y), y2="bottom:Q", color=colour, detail="flow:N",
                tooltip=["from:N", "to:N", "cause:N", "figure:N"])
    )  # fmt: skip
    bars = alt.Chart(nodes).mark_rect(color=QUIET).encode(
        x=alt.X("left:Q", scale=alt.Scale(domain=[0, 1])), x2="right:Q", y=alt.Y("top:Q", scale=y), y2="bottom:Q"
    )  # fmt: skip
    names = [_names(nodes[nodes["side"] == side], y, left=side == "from") for side in ("from", "to")]
    heading = alt.TitleParams(
        f"{legend.agencies[agency]}: {legend.stages[stage]}", subtitle=f"{total / pairs:,.1f} decisions a pair changed",
        frame="group", offset=8, dx=-LABELS,
    )  # fmt: skip
    return alt.layer(area, bars, *names).properties(title=heading, width=WIDE, height=height)


def _names(nodes: pd.DataFrame, y: alt.Scale, left: bool) -> Any:
    """What the outcomes on one side are called, beside their bars."""
    marked = alt.Chart(nodes).mark_text(
        align="right" if left else "left", dx=-8 if left else 8, fontSize=13, color=INK, limit=LABELS + 120
    )
    return marked.encode(x=alt.value(0 if left else WIDE), y=alt.Y("middle:Q", scale=y), text="label:N")


def _laid(rows: pd.DataFrame, total: int, pairs: int, gap: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The outlines of the ribbons and the bars at their ends, from 0 at the top; the largest outcomes come first."""
    heights = rows["count"].to_numpy(dtype=np.float64) / total
    rank = {side: rows.groupby(side)["count"].transform("sum").rank(ascending=False, method="dense")
            for side in ("from", "to")}  # fmt: skip
    tops: dict[str, Any] = {}
    nodes = []
    for side, other in (("from", "to"), ("to", "from")):
        order = rows.assign(rank=rank[side], other=rank[other]).sort_values(["rank", side, "other", other, "cause"])
        top, starts = 0.0, np.zeros(len(rows))
        for name, here in order.groupby(side, sort=False):
            begin = top
            for row in here.index:
                starts[row] = top
                top += heights[row]
            nodes.append((side, name, begin, top, int(here["count"].sum())))
            top += gap
        tops[side] = starts
    curve = np.linspace(0.0, 1.0, STEPS)
    eased = curve * curve * (3.0 - 2.0 * curve)
    parts = [
        _ribbon(at, row, curve, tops["from"][at] + (tops["to"][at] - tops["from"][at]) * eased, heights[at], pairs)
        for at, row in enumerate(rows.to_dict("records"))
    ]
    return pd.concat(parts, ignore_index=True), _nodes(nodes, pairs)


def _ribbon(at: int, row: Mapping[Any, Any], x: Any, top: Any, height: float, pairs: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"flow": at, "x": BAR + (1 - 2 * BAR) * x, "top": top, "bottom": top + height, "from": row["from"],
         "to": row["to"], "cause": row["cause"], "figure": f"{row['count'] / pairs:,.1f} a pair"}
    )  # fmt: skip


def _nodes(nodes: list[tuple[str, Any, float, float, int]], pairs: int) -> pd.DataFrame:
    def rows() -> Iterator[dict[str, Any]]:
        for side, name, top, bottom, count in nodes:
            left = 0.0 if side == "from" else 1.0 - BAR
            yield {
                "side": side, "left": left, "right": left + BAR, "top": top, "bottom": bottom,
                "middle": (top + bottom) / 2.0, "label": f"{name} ({count / pairs:,.1f})",
            }  # fmt: skip

    return pd.DataFrame(rows())
