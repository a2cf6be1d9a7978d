"""A response surface: the outcome along each parameter, and over the two that matter most."""

from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from viz.charts.theme import INK, OVER, styled

COLUMNS, WIDTH, HEIGHT, SQUARE = 3, 250, 130, 380
COLOUR = "#1F6F8B"
LETTERS = 34
"""In a line of a heading."""


def response_surface(
    along: pd.DataFrame, points: pd.DataFrame, here: pd.DataFrame, over: pd.DataFrame | None, title: str,
    notes: list[str], heading: str = "The two that matter most, the others in their middle",
) -> Any:  # fmt: skip
    """Curves along each parameter, the others held, with the points that were run; and a map of two.

    A ring marks the point that all curves go through.

    Args:
        along: ``factor``, ``value``, ``outcome``: the surface, the strongest parameter first.
        points: ``factor``, ``value``, ``outcome``: what was run.
        here: ``factor``, ``value``, ``outcome``: the one point that all curves go through.
        over: ``x``, ``y`` (names in ``x_name``, ``y_name``), ``outcome``; none for a single parameter.
        title: what the chart shows.
        notes: lines under the title.
        heading: of the map.
    """
    scale = alt.Scale(zero=False)
    names = list(dict.fromkeys(along["factor"]))
    panels = [_curve(_of(along, n), _of(points, n), _of(here, n), n, scale) for n in names]
    curves = alt.concat(*panels, columns=COLUMNS, bounds="flush", spacing={"row": 80, "column": 70})
    if over is None:
        return styled(curves, title, notes)
    both = alt.vconcat(curves.resolve_scale(y="shared"), _map(over, here, heading), spacing=50)
    return styled(both.resolve_scale(color="independent"), title, notes)


def _of(rows: pd.DataFrame, factor: str) -> pd.DataFrame:
    return rows[rows["factor"] == factor]


def _curve(rows: pd.DataFrame, points: pd.DataFrame, here: pd.DataFrame, factor: str, scale: alt.Scale) -> Any:
    x = alt.X("value:Q", title=None, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=4))
    y = alt.Y("outcome:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, format=".4~g"))
    dots = alt.Chart(points).mark_point(color=COLOUR, filled=True, size=24, opacity=0.35).encode(x=x, y=y)
    line = alt.Chart(rows).mark_line(color=INK, strokeWidth=2.5).encode(x=x, y=y)
    ring = _ring(here).encode(x=x, y=y)
    heading = alt.TitleParams(wrap(factor, LETTERS), frame="group", offset=10, fontSize=13)
    return alt.layer(dots, line, ring).properties(title=heading, width=WIDTH, height=HEIGHT)


def _ring(here: pd.DataFrame) -> Any:
    return alt.Chart(here).mark_point(stroke=OVER, fill="white", strokeWidth=3, size=120, opacity=1)


def _map(over: pd.DataFrame, here: pd.DataFrame, heading: str) -> Any:
    names = {axis: str(over[f"{axis}_name"].iloc[0]) for axis in ("x", "y")}
    tiles = over.assign(**{f"{axis}{end}": edges for axis in "xy" for end, edges in enumerate(_edges(over[axis]))})
    flat, axis = alt.Scale(zero=False, nice=False), alt.Axis(tickCount=5, grid=False)
    values = here.set_index("factor")["value"]
    titles = {axis: wrap(name, LETTERS) for axis, name in names.items()}
    ring = _ring(pd.DataFrame({axis: [values[name]] for axis, name in names.items()})).encode(
        x=alt.X("x:Q", title=titles["x"], scale=flat, axis=axis),
        y=alt.Y("y:Q", title=titles["y"], scale=flat, axis=axis),
    )
    rect = alt.Chart(tiles).mark_rect(strokeWidth=1).encode(
        x=alt.X("x0:Q", title=titles["x"], scale=flat, axis=axis), x2="x1:Q",
        y=alt.Y("y0:Q", title=titles["y"], scale=flat, axis=axis), y2="y1:Q",
        color=alt.Color("outcome:Q", title="outcome", scale=alt.Scale(scheme="viridis"),
                        legend=alt.Legend(gradientLength=SQUARE - 60, labelFontSize=13, titleFontSize=13,
                                          format=".4~g")),
        stroke=alt.Stroke("outcome:Q", scale=alt.Scale(scheme="viridis"), legend=None),
        tooltip=[alt.Tooltip("x:Q", title=names["x"]), alt.Tooltip("y:Q", title=names["y"]),
                 alt.Tooltip("outcome:Q", format=".3~g")],
    )  # fmt: skip
    above = alt.TitleParams(heading, frame="group", offset=10)
    return alt.layer(rect, ring).properties(title=above, width=SQUARE, height=SQUARE)


def _edges(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Where the tile of each value begins and ends: half-way to its neighbours.

    >>> begins, ends = _edges(pd.Series([1.0, 2.0, 4.0]))
    >>> begins.tolist(), ends.tolist()
    ([1.0, 1.5, 3.0], [1.5, 3.0, 4.0])
    """
    cells = np.sort(values.unique())
    middles = (cells[1:] + cells[:-1]) / 2.0
    edges = np.concatenate([cells[:1], middles, cells[-1:]])
    at = np.searchsorted(cells, values)
    return pd.Series(edges[at], index=values.index), pd.Series(edges[at + 1], index=values.index)
