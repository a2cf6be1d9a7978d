"""In which corner of the parameter space an outcome fails: the box, what it holds, and the way to it."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.numbers import plain
from viz.charts.theme import FAINT, INK, QUIET, rows_of, styled

ROW, LABELS, WIDTH, SQUARE = 40, 420, 360, 330
FAILS, HOLDS = "#B4562B", "#9FB7C4"


def corner_of_failure(
    limits: pd.DataFrame, path: pd.DataFrame, cases: pd.DataFrame, title: str, notes: list[str]
) -> Any:
    """The limits of the box over the range of each parameter; points inside and outside; the boxes on the way.

    Args:
        limits: ``factor``, ``from``, ``to``, ``lowest``, ``highest``; the surest limit first; numbers only are drawn.
        path: ``coverage``, ``density``, ``chosen``.
        cases: a column for each factor, and ``failing``.
        title: what the chart shows.
        notes: lines under the title.
    """
    numbers = limits[limits["lowest"].notna()].reset_index(drop=True)
    parts = [_boxes(path)]
    if len(numbers):
        parts.insert(0, _points(numbers, cases))
    below = alt.hconcat(*parts, spacing=70)
    return styled(alt.vconcat(_limits(numbers), below, spacing=50) if len(numbers) else below, title, notes)


def _limits(numbers: pd.DataFrame) -> Any:
    """Every range stretched to the same width, the part inside the box filled."""
    width = numbers["highest"] - numbers["lowest"]
    rows = numbers.assign(
        start=(numbers["from"].astype(float) - numbers["lowest"]) / width,
        end=(numbers["to"].astype(float) - numbers["lowest"]) / width,
        figures=[f"{plain(a)} to {plain(b)}" for a, b in zip(numbers["from"], numbers["to"], strict=True)],
        whole=1.0, none=0.0,
    )  # fmt: skip
    y = rows_of("factor", list(rows["factor"]), LABELS, size=13, padding=14)
    x = alt.X("none:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=None)
    base = alt.Chart(rows).encode(y=y)
    whole = base.mark_bar(height=10, color=FAINT).encode(x=x, x2="whole:Q")
    inside = base.mark_bar(height=10, color=FAILS).encode(x=alt.X("start:Q", axis=None), x2="end:Q")
    text = base.mark_text(align="left", fontSize=13, color=INK).encode(x=alt.value(WIDTH + 16), text="figures:N")
    heading = alt.TitleParams("The corner, within the range of each parameter", frame="group", offset=10)
    return alt.layer(whole, inside, text).properties(title=heading, width=WIDTH, height=ROW * len(rows))


def _points(numbers: pd.DataFrame, cases: pd.DataFrame) -> Any:
    first = numbers.iloc[0]
    second = numbers.iloc[1] if len(numbers) > 1 else None
    rows = pd.DataFrame({"x": cases[first["factor"]], "failing": cases["failing"].map({True: "fails", False: "holds"})})
    rows["y"] = cases[second["factor"]] if second is not None else range(len(cases))
    box = pd.DataFrame(
        {"x0": [first["from"]], "x1": [first["to"]], "y0": [second["from"] if second is not None else 0],
         "y1": [second["to"] if second is not None else len(cases)]}
    )  # fmt: skip
    flat = alt.Scale(zero=False, nice=False)
    colour = alt.Scale(domain=["fails", "holds"], range=[FAILS, HOLDS])
    dots = alt.Chart(rows).mark_point(filled=True, size=34, opacity=0.85).encode(
        x=alt.X("x:Q", title=first["factor"], scale=flat, axis=alt.Axis(tickCount=5)),
        y=alt.Y("y:Q", title=second["factor"] if second is not None else "point", scale=flat,
                axis=alt.Axis(tickCount=5)),
        color=alt.Color("failing:N", scale=colour, title=None, legend=alt.Legend(orient="bottom", labelFontSize=13)),
    )  # fmt: skip
    frame = alt.Chart(box).mark_rect(fillOpacity=0, stroke=INK, strokeWidth=2).encode(
        x=alt.X("x0:Q", title=first["factor"], scale=flat), x2="x1:Q", y=alt.Y("y0:Q", scale=flat), y2="y1:Q"
    )  # fmt: skip
    heading = alt.TitleParams("What lies in it, and outside", frame="group", offset=10)
    return alt.layer(dots, frame).properties(title=heading, width=SQUARE, height=SQUARE)


def _boxes(path: pd.DataFrame) -> Any:
    share = alt.Axis(format="~%", tickCount=5)
    base = alt.Chart(path).encode(
        x=alt.X("coverage:Q", title="coverage: share of all failures", axis=share, scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("density:Q", title="density: share that fails in it", axis=share, scale=alt.Scale(domain=[0, 1])),
    )
    line = base.mark_line(color=QUIET, point=alt.OverlayMarkDef(color=QUIET, size=25), order=False)
    taken = base.mark_point(color=FAILS, filled=True, size=130, opacity=1).transform_filter("datum.chosen")
    heading = alt.TitleParams("Boxes on the way; the one taken is filled", frame="group", offset=10)
    return alt.layer(line, taken).properties(title=heading, width=SQUARE, height=SQUARE)
