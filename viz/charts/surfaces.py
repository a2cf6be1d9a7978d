"""A response surface: the outcome along each parameter, and over the two that matter most."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from viz.charts.theme import INK, in_lines, styled

COLUMNS, WIDTH, HEIGHT, SQUARE = 3, 250, 130, 380
COLOUR = "#1F6F8B"


def response_surface(
    along: pd.DataFrame, points: pd.DataFrame, over: pd.DataFrame | None, title: str, notes: list[str],
    heading: str = "The two that matter most, the others in their middle",
) -> Any:  # fmt: skip
    """Curves along each parameter, the others held, with the points that were run; and a map of two.

    Args:
        along: ``factor``, ``value``, ``outcome``: the surface, the strongest parameter first.
        points: ``factor``, ``value``, ``outcome``: what was run.
        over: ``x``, ``y`` (names in ``x_name``, ``y_name``), ``outcome``; none for a single parameter.
        title: what the chart shows.
        notes: lines under the title.
        heading: of the map.
    """
    scale = alt.Scale(zero=False)
    names = list(dict.fromkeys(along["factor"]))
    panels = [_curve(along[along["factor"] == n], points[points["factor"] == n], n, scale) for n in names]
    curves = alt.concat(*panels, columns=COLUMNS, bounds="flush", spacing={"row": 80, "column": 70})
    if over is None:
        return styled(curves, title, notes)
    both = alt.vconcat(curves.resolve_scale(y="shared"), _map(over, heading), spacing=50)
    return styled(both.resolve_scale(color="independent"), title, notes)


def _curve(rows: pd.DataFrame, points: pd.DataFrame, factor: str, scale: alt.Scale) -> Any:
    x = alt.X("value:Q", title=None, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=4))
    y = alt.Y("outcome:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, format=".4~g"))
    dots = alt.Chart(points).mark_point(color=COLOUR, filled=True, size=24, opacity=0.35).encode(x=x, y=y)
    line = alt.Chart(rows).mark_line(color=INK, strokeWidth=2.5).encode(x=x, y=y)
    heading = alt.TitleParams(in_lines(factor), frame="group", offset=10, fontSize=13)
    return alt.layer(dots, line).properties(title=heading, width=WIDTH, height=HEIGHT)


def _map(over: pd.DataFrame, heading: str) -> Any:
    names = {axis: str(over[f"{axis}_name"].iloc[0]) for axis in ("x", "y")}
    tiles = over.assign(**{f"{axis}{end}": edges for axis in "xy" for end, edges in enumerate(_edges(over[axis]))})
    flat = alt.Scale(zero=False, nice=False)
    rect = alt.Chart(tiles).mark_rect(strokeWidth=1).encode(
        x=alt.X("x0:Q", title=names["x"], scale=flat, axis=alt.Axis(tickCount=5, grid=False)), x2="x1:Q",
        y=alt.Y("y0:Q", title=names["y"], scale=flat, axis=alt.Axis(tickCount=5, grid=False)), y2="y1:Q",
        color=alt.Color("outcome:Q", title="outcome", scale=alt.Scale(scheme="viridis"),
                        legend=alt.Legend(gradientLength=SQUARE - 60, labelFontSize=13, titleFontSize=13,
                                          format=".4~g")),
        stroke=alt.Stroke("outcome:Q", scale=alt.Scale(scheme="viridis"), legend=None),
        tooltip=[alt.Tooltip("x:Q", title=names["x"]), alt.Tooltip("y:Q", title=names["y"]),
                 alt.Tooltip("outcome:Q", format=".3~g")],
    )  # fmt: skip
    above = alt.TitleParams(heading, frame="group", offset=10)
    return rect.properties(title=above, width=SQUARE, height=SQUARE)


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
