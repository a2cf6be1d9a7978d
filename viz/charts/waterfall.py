"""How a decision is made up: the same case at every desk, and term by term."""

from collections.abc import Iterator, Mapping, Sequence
from math import log
from textwrap import shorten
from typing import Any

import altair as alt
import pandas as pd

from model.arithmetic import sigmoid
from model.rule.terms import TERM_PHRASES
from model.schema.phrases import chance
from viz.charts.theme import FAINT, INK, PERCENT, QUIET, Legend, styled

FOR, AGAINST, TOTAL = "#2F7F79", "#B4562B", "#6E6E6E"
ROW, PANEL, COLUMNS, LABELS, ALONE, GAP = 24, 262, 3, 250, 150, 34
WIDE = (COLUMNS - 1) * PANEL
START, SUM = "starting point", "once looked at"
MARKS = (-6, -4, -2, 0, 2, 4, 6)
AS_CHANCE = "format(1 / (1 + exp(-datum.value)), abs(datum.value) > 4 ? '.1%' : '.0%')"
HOW_TO_READ = "Green adds to the chance, brown takes from it (log-odds); the axis is the chance once looked at."
Explained = Mapping[str, Any]


def waterfall(explained: Sequence[Explained], legend: Legend, title: str, notes: list[str]) -> Any:
    """Where a case stands at each desk, and under it a waterfall of terms for each decision.

    Args:
        explained: one entry a decision, as ``Explanation.as_json`` gives them.
        legend: colours of agencies.
        title: what the chart shows.
        notes: lines under the title.
    """
    domain = _domain(explained)
    panels = [_panel(one, legend.colours[_agency(one)], domain, at % COLUMNS == 0) for at, one in enumerate(explained)]
    below = alt.concat(*panels, columns=COLUMNS, spacing=GAP).resolve_scale(color="independent")
    heading = _heading("Term by term", [HOW_TO_READ])
    how = "Dot: chance with the typical officer. Line: eight officers in ten. Band: share of files looked at."
    above = desks(explained, legend).properties(title=_heading("The same person before each desk", [how]))
    parts = alt.vconcat(above, below.properties(title=heading), spacing=44)
    return styled(parts.resolve_scale(color="independent"), title, notes)


def two_worlds(sides: Sequence[Explained], legend: Legend, title: str, notes: list[str]) -> Any:
    """One decision in two worlds: a waterfall of terms for each, on one scale.

    Args:
        sides: one entry a world, as `waterfall` takes them, without ``spread``; ``title`` names the world.
        legend: colours of agencies.
        title: what the chart shows.
        notes: lines under the title.
    """
    domain = _domain(sides)
    panels = [_panel(one, legend.colours[_agency(one)], domain, at == 0) for at, one in enumerate(sides)]
    side_by_side = alt.hconcat(*panels, spacing=GAP).resolve_scale(color="independent")
    return styled(side_by_side, title, [*notes, HOW_TO_READ])


def _domain(explained: Sequence[Explained]) -> list[float]:
    """The log-odds that an axis for some decisions spans."""
    ends = [end for one in explained for step in _steps(one) for end in (step["from"], step["to"])]
    return [min(-2.0, *ends) - 0.4, max(2.0, *ends) + 1.6]


def _heading(title: str, lines: list[str], colour: str = INK, size: int = 15) -> alt.TitleParams:
    return alt.TitleParams(
        title, subtitle=lines, anchor="start", frame="group", offset=10, color=colour, fontSize=size,
        subtitleFontSize=12,
    )  # fmt: skip


def desks(
    explained: Sequence[Explained], legend: Legend, before: Sequence[Explained] = (), width: int = WIDE,
    labels: int = LABELS,
) -> Any:  # fmt: skip
    """The chance at every desk, how far eight officers in ten differ, and the share looked at.

    Args:
        explained: one entry a decision, as ``Explanation.as_json`` gives them.
        legend: colours of agencies.
        before: the same before something was changed; drawn as rings.
        width: of the axis from 0 to 1, in pixels.
        labels: pixels for the names of the decisions.
    """
    rows = _chances(explained)
    side = alt.Axis(minExtent=labels, maxExtent=labels, labelLimit=labels, labelPadding=10, ticks=False, domain=False)
    bottom = alt.Axis(format=PERCENT, tickCount=5)
    scale = alt.Scale(domain=list(legend.colours), range=list(legend.colours.values()))
    base = alt.Chart(rows).encode(
        y=alt.Y("desk:N", sort=list(rows["desk"]), title=None, axis=side),
        color=alt.Color("agency:N", scale=scale, legend=None),
        tooltip=["desk", "figure"],
    )
    x = alt.X("notice:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=bottom)
    looked = base.mark_bar(height=12, opacity=0.22).encode(x=x)
    spread = base.mark_rule(strokeWidth=4, opacity=0.6).encode(x="low:Q", x2="high:Q")
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x="probability:Q")
    text = base.mark_text(align="left", fontSize=13).encode(x=alt.value(width + 20), text="figure:N")
    layers = [looked, spread, dot, text]
    if before:
        was = _chances(before)
        there = was[was["desk"].isin(rows["desk"])]
        ring = alt.Chart(there).mark_point(size=170, strokeWidth=2, opacity=1, color=INK)
        layers.append(ring.encode(y=alt.Y("desk:N", sort=list(rows["desk"])), x="probability:Q"))
    return alt.layer(*layers).properties(width=width, height=30 * len(rows))


def _chances(explained: Sequence[Explained]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "desk": [one["title"] for one in explained],
            "agency": [_agency(one) for one in explained],
            "probability": [one["probability"] for one in explained],
            "notice": [one["notice"] for one in explained],
            "low": [one["spread"]["low"] for one in explained],
            "high": [one["spread"]["high"] for one in explained],
            "figure": [f"{one['agency']} · {_outcome(one)} · {chance(one['probability'])}" for one in explained],
        }
    )


def terms(one: Explained, legend: Legend, width: int = 2 * PANEL) -> alt.LayerChart:
    """One decision term by term, from the starting point to the chance once it is looked at."""
    return _panel(one, legend.colours[_agency(one)], _domain([one]), True, ALONE).properties(width=width)


def _agency(one: Explained) -> str:
    return str(one["unit"]).split(".")[0]


def _outcome(one: Explained) -> str:
    return str(one["labels"]["favourable"]) + (f", {_by_law(one)}" if one["law"] else "")


def _by_law(one: Explained) -> str:
    return "barred by law" if one["law"]["must"] == "unfavourable" else "demanded by law"


def _panel(one: Explained, colour: str, domain: list[float], labelled: bool, labels: int = LABELS) -> Any:
    rows = pd.DataFrame(_steps(one))
    side = alt.Axis(labels=labelled, minExtent=labels if labelled else 0, labelPadding=10, ticks=False, domain=False)
    marks = [value for value in MARKS if domain[0] <= value <= domain[1]]
    bottom = alt.Axis(values=marks, labelExpr=AS_CHANCE, labelFontSize=11, gridColor=FAINT)
    base = alt.Chart(rows).encode(
        y=alt.Y("step:N", sort=None, title=None, axis=side),
        tooltip=["step", alt.Tooltip("adds:Q", format="+.2f", title="log-odds")],
    )
    scale = alt.Scale(domain=["for", "against", "total"], range=[FOR, AGAINST, TOTAL])
    bar = base.mark_bar(height=15).encode(
        x=alt.X("from:Q", title=None, scale=alt.Scale(domain=domain, nice=False), axis=bottom),
        x2="to:Q",
        color=alt.Color("way:N", scale=scale, legend=None),
    )
    figure = base.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(x="right:Q", text="figure:N")
    even = alt.Chart(pd.DataFrame({"even": [0.0]})).mark_rule(color=QUIET, strokeDash=[3, 3]).encode(x="even:Q")
    return alt.layer(even, bar, figure).properties(
        title=_heading(one["title"], _sum(one), colour, 13), width=PANEL, height=ROW * len(rows)
    )


def _sum(one: Explained) -> list[str]:
    """What the panel amounts to, in two lines of its width."""
    if one["law"]:
        return [
            f"{one['agency']}: {_by_law(one)}, whatever the terms",
            shorten(one["law"]["title"], 44, placeholder=" …"),
        ]
    looked, then = chance(one["notice"]), chance(one["judgment"])
    return [f"{one['agency']}: {looked} looked at, {then} of these", f"{_outcome(one)}: {chance(one['probability'])}"]


def _steps(one: Explained) -> Iterator[dict[str, Any]]:
    """From the threshold of the stage, term by term, to the log-odds once a file is looked at."""
    here = one["threshold"]
    yield _step(START, 0.0, here, "total")
    for term, adds in one["terms"].items():
        yield _step(TERM_PHRASES[term], here, here + adds, "for" if adds > 0 else "against")
        here += adds
    yield _step(SUM, 0.0, log(one["judgment"] / (1.0 - one["judgment"])), "total")


def _step(name: str, start: float, end: float, way: str) -> dict[str, Any]:
    adds = end - start
    figure = f"{adds:+.1f}" if abs(adds) >= 0.05 else "·"
    if way == "total":
        share = float(sigmoid(end))
        figure = f"{share:.0%}" if 0.01 <= share <= 0.99 else f"{share:.1%}"
    return {
        "step": name, "from": start, "to": end, "right": max(start, end), "adds": adds, "way": way,
        "figure": figure,
    }  # fmt: skip
