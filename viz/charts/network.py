"""The hierarchy as a network: heads on top, each office a column, officers below those they report to."""

from collections.abc import Mapping
from itertools import groupby
from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from viz.charts.screen import named
from viz.charts.theme import FAINT, INK, QUIET, Legend

SLOT, UNIT_GAP, AGENCY_GAP = 1.0, 1.0, 2.5
"""Widths: of a column, and of the space between units and between agencies, in columns."""
EXPOSED = ["#E4E2DC", "#F6C24F", "#D9731A", "#7A1F1F"]
"""None to all: lighter to darker, so that it reads in grey as well."""
LEANING = ["#8C3B10", "#C97C4A", "#E4E2DC", "#5FA39D", "#0F5F5A"]
"""Towards enforcement, neutral, towards leniency."""
SPAN, WORD = 14, 12
"""The least columns of a unit, so that its name stands under nobody else's, and the letters of a line of the name."""
RANKS = {"head": 260, "manager": 80, "officer": 34}
"""Square pixels of a mark, if the columns are as wide: a mark may not cover the middle of the one beside it."""
SCALES = {
    "exposure": alt.Scale(domain=[0.0, 1.0], range=EXPOSED, interpolate="rgb", clamp=True),
    "culture": alt.Scale(domain=[-3.0, -1.5, 0.0, 1.5, 3.0], range=LEANING, interpolate="rgb", clamp=True),
}
TITLES = {
    "exposure": "How far the directive has reached (0 not at all, 1 undiluted)",
    "culture": "Leaning in log-odds (below 0 towards enforcement, above 0 towards leniency)",
}


def places(people: pd.DataFrame) -> pd.DataFrame:
    """Where everybody is drawn.

    Args:
        people: as `experiments.staff.people`.

    Returns:
        ``people`` with ``x`` (in columns), ``y`` (steps from the head; officers of a manager one below the other) and
        ``above_x``, ``above_y`` of the manager reported to (missing for a head).
    """
    officers, managers = people[people["kind"] == "officer"], people[people["kind"] == "manager"]
    columns = list(dict.fromkeys(officers["above"]))
    of = people.set_index("id")
    x: dict[str, float] = {}
    here, before = 0.0, ""
    for (agency, _), group in groupby(columns, lambda leaf: (str(of.at[leaf, "agency"]), str(of.at[leaf, "unit"]))):
        leaves = list(group)
        here += 0.0 if not before else UNIT_GAP if agency == before else AGENCY_GAP
        wide, before = SLOT * max(len(leaves), SPAN), agency
        first = here + (wide - SLOT * len(leaves)) / 2
        x |= {leaf: first + SLOT * at for at, leaf in enumerate(leaves)}
        here += wide
    y = {name: float(level) for name, level in zip(managers["id"], managers["level"], strict=True)}
    deepest = managers["level"].max()
    for name in managers.sort_values("level", ascending=False, kind="stable")["id"]:
        below = managers.loc[managers["above"] == name, "id"]
        if len(below):
            x[name] = float(np.mean([x[one] for one in below if one in x]))
    place = officers.groupby("above", sort=False).cumcount()
    for name, above, at in zip(officers["id"], officers["above"], place, strict=True):
        x[name], y[name] = x[above], float(deepest + 1) + 0.42 * at
    table = people.assign(x=people["id"].map(x), y=people["id"].map(y))
    return table.assign(above_x=people["above"].map(x), above_y=people["above"].map(y))


def hierarchy(
    placed: pd.DataFrame, values: Any, legend: Legend, units: Mapping[str, str], colour: str = "exposure",
    picked: str = "", width: int = 940,
) -> Any:  # fmt: skip
    """Everybody at their place, coloured by how far a directive has reached them or by their leaning.

    The data of the marks are called ``people`` and ``picked``, so that a page can move the values without redrawing.

    Args:
        placed: as `places`.
        values: of everybody, in that order: exposure (0 to 1) or leaning (log-odds).
        legend: names and colours of agencies.
        units: what each unit is called.
        colour: ``exposure`` or ``culture``: what the values are.
        picked: the id of one to be marked.
        width: in pixels.
    """
    bottom = float(placed["y"].max()) + 2.5
    ends = _ends(placed)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=ends, nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[bottom, -0.9], nice=False))
    under = placed[placed["above"] != ""]
    lines = alt.Chart(named(under[["x", "y", "above_x", "above_y"]], "lines")).mark_rule(color=FAINT).encode(
        x=x, y=y, x2="above_x:Q", y2="above_y:Q"
    )  # fmt: skip
    marks = alt.Chart(named(who(placed, values, SLOT * width / (ends[1] - ends[0])), "people")).encode(x=x, y=y)
    dots = marks.mark_point(shape="circle", filled=True, opacity=1, stroke=QUIET, strokeWidth=0.6, cursor="pointer")
    dots = dots.encode(
        size=alt.Size("size:Q", scale=None, legend=None),
        color=alt.Color(
            "value:Q", scale=SCALES[colour],
            legend=alt.Legend(title=TITLES[colour], orient="bottom", direction="horizontal", titleLimit=width,
                              gradientLength=min(360, width - 60), gradientThickness=12, tickCount=5),
        ),
        tooltip=[alt.Tooltip("who:N", title=" "), alt.Tooltip("value:Q", format=".2f", title=colour)],
    )  # fmt: skip
    ring = alt.Chart(named(placed.loc[placed["id"] == picked, ["x", "y"]], "picked")).mark_point(
        size=420, color=INK, strokeWidth=3, opacity=1
    )
    layers = (lines, dots, ring.encode(x=x, y=y), _names(placed, legend, x, y), _units(placed, units, bottom, x, y))
    return alt.layer(*layers).properties(width=width, height=int(26 * (bottom + 0.9)))


def who(placed: pd.DataFrame, values: Any, slot: float) -> pd.DataFrame:
    """What the marks of `hierarchy` need where a column is ``slot`` pixels wide: place, size, who it is, value."""
    office = placed["office"].where(placed["kind"] == "officer", "")
    text = placed["title"].where(office == "", placed["title"] + ", " + office)
    rank = placed["kind"].where(placed["level"] > 0, "head")
    size = rank.map(RANKS).where(rank == "head", rank.map(RANKS).clip(upper=(2 * 0.85 * slot) ** 2))
    return placed[["id", "x", "y"]].assign(size=size, who=text, value=np.round(np.asarray(values, dtype=float), 3))


def _ends(placed: pd.DataFrame) -> list[float]:
    """From left to right: everybody, and the names of the first and of the last unit."""
    middles = placed[placed["kind"] == "officer"].groupby(["agency", "unit"], sort=False)["x"].mean()
    low, high = middles.min() - SPAN / 2, middles.max() + SPAN / 2
    return [min(float(placed["x"].min()) - 1.0, float(low)), max(float(placed["x"].max()) + 1.0, float(high))]


def _units(placed: pd.DataFrame, units: Mapping[str, str], bottom: float, x: alt.X, y: alt.Y) -> alt.Chart:
    """The units' names under their officers."""
    officers = placed[placed["kind"] == "officer"].groupby(["agency", "unit"], sort=False)["x"].mean()
    table = officers.reset_index().assign(y=bottom - 1.8)
    table["name"] = [wrap(units[unit], WORD) for unit in table["unit"]]
    text = alt.Chart(named(table, "units")).mark_text(fontSize=12, color=QUIET, baseline="top")
    return text.encode(x=x, y=y, text="name:N")


def _names(placed: pd.DataFrame, legend: Legend, x: alt.X, y: alt.Y) -> alt.Chart:
    """The agencies' names above their heads, in their colours."""
    heads = placed.loc[placed["level"] == 0, ["x", "y", "agency"]].assign(
        name=lambda rows: rows["agency"].map(legend.agencies)
    )
    scale = alt.Scale(domain=list(legend.colours), range=list(legend.colours.values()))
    text = alt.Chart(named(heads, "heads")).mark_text(dy=-20, fontSize=16, fontWeight="bold")
    return text.encode(x=x, y=y, text="name:N", color=alt.Color("agency:N", scale=scale, legend=None))
