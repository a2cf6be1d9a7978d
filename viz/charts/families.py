"""The path of families: who goes from where to where, as ribbons as wide as they are many."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from viz.charts.theme import INK, nothing, styled

HEIGHT, COLUMN, NODE = 460, 215, 10
LABEL, GAP = 62, 0.15
"""Pixels that what a place says takes, and the part of them that is left between places."""
STEPS = 24
LETTERS = 17


class Ribbon(NamedTuple):
    """One link: ``out`` leave the first place, ``into`` come to the second, whose meaning is ``fate``."""

    source: str
    target: str
    out: float
    into: float
    fate: str


class Place(NamedTuple):
    """A place on the chart: its column, the top and the height of its bar in persons, its meaning."""

    column: int
    top: float
    size: float
    fate: str


def path_of_families(links: Sequence[tuple[Any, ...]], colours: Mapping[str, str], title: str, notes: list[str]) -> Any:
    """Ribbons between places, in columns from the first place to the last.

    A ribbon may come in wider than it went out, where one person stands for more at the next place. Each place says
    what it is and how many come there.

    Args:
        links: as `Ribbon`, in the order in which they are drawn from the top.
        colours: by what a place means.
        title: what the chart shows.
        notes: lines under the title.
    """
    ribbons = [Ribbon(*link) for link in links]
    if not ribbons:
        return styled(nothing(), title, notes)
    placed, height = _stacked(_places(ribbons))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0.0, height], reverse=True))
    width = COLUMN * max(place.column for place in placed.values()) + NODE
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width]))
    shown = _areas(ribbons, placed)
    areas = alt.Chart(shown.assign(colour=shown["fate"].map(colours))).mark_area(opacity=0.45).encode(
        x=x, y=y, y2="y2:Q", detail="link:N", color=alt.Color("colour:N", scale=None),
        tooltip=["from:N", "to:N", alt.Tooltip("persons:Q", format=",.0f")],
    )  # fmt: skip
    base = alt.Chart(_bars(placed).assign(colour=lambda table: table["fate"].map(colours)))
    bars = base.mark_rect(opacity=1).encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("colour:N", scale=None))
    words = base.mark_text(align="left", baseline="top", dx=5, fontSize=13, color=INK, lineHeight=16)
    drawn = alt.layer(areas, bars, words.encode(x="x2:Q", y=y, text="text:N"))
    return styled(drawn.properties(width=width, height=HEIGHT), title, notes)


def _bars(places: Mapping[str, Place]) -> pd.DataFrame:
    rows = [
        (one.column * COLUMN, one.column * COLUMN + NODE, one.top, one.top + one.size, one.fate,
         [*textwrap.wrap(name, LETTERS), f"{one.size:,.0f}"])
        for name, one in places.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["x", "x2", "y", "y2", "fate", "text"])


def _places(ribbons: Sequence[Ribbon]) -> dict[str, Place]:
    """Each place in the column after the last one that leads to it, as large as what comes or what goes."""
    found: dict[str, Place] = {}
    for one in ribbons:
        if one.source not in found:
            found[one.source] = Place(0, 0.0, 0.0, "on the way")
        found[one.target] = Place(found[one.source].column + 1, 0.0, 0.0, one.fate)
    sizes = {
        name: max(sum(r.into for r in ribbons if r.target == name), sum(r.out for r in ribbons if r.source == name))
        for name in found
    }
    return {name: place._replace(size=sizes[name]) for name, place in found.items()}


def _stacked(places: Mapping[str, Place]) -> tuple[dict[str, Place], float]:
    """The places of each column one below the other, down to a common foot, with room for what they say."""
    columns = [[place for place in places.values() if place.column == at] for at in range(len(places))]
    most = max(sum(place.size for place in column) for column in columns)
    room = most * LABEL / HEIGHT
    heights = [sum(max(place.size, room) for place in column) + room * GAP * (len(column) - 1) for column in columns]
    tops = {at: max(heights) - height for at, height in enumerate(heights)}
    found = {}
    for name, place in places.items():
        found[name] = place._replace(top=tops[place.column])
        tops[place.column] += max(place.size, room) + room * GAP
    return found, max(heights)


def _areas(ribbons: Sequence[Ribbon], places: Mapping[str, Place]) -> pd.DataFrame:
    """The edges of each ribbon, step by step from one bar to the next."""
    leaving, arriving = dict.fromkeys(places, 0.0), dict.fromkeys(places, 0.0)
    steps = np.linspace(0.0, 1.0, STEPS)
    eased = steps * steps * (3.0 - 2.0 * steps)
    tables = []
    for at, one in enumerate(ribbons):
        source, target = places[one.source], places[one.target]
        start, end = source.top + leaving[one.source], target.top + arriving[one.target]
        leaving[one.source] += one.out
        arriving[one.target] += one.into
        left = source.column * COLUMN + NODE
        tables.append(pd.DataFrame({
            "x": left + steps * (target.column * COLUMN - left), "y": start + eased * (end - start),
            "y2": (start + one.out) + eased * (end + one.into - start - one.out), "link": at, "fate": one.fate,
            "from": one.source, "to": one.target, "persons": one.into,
        }))  # fmt: skip
    return pd.concat(tables, ignore_index=True)
