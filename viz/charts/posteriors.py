"""What the facts say of parameters: posterior against prior."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, QUIET, across, nothing, styled

PANEL, HEIGHT, COLUMNS = 250, 110, 3
COLOUR, SECOND = "#1F6FA8", "#C8641E"
LARGE = 1000.0


def posterior_against_prior(curves: pd.DataFrame, marks: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """A panel for each parameter: the prior in grey, the posterior in colour, its interval and a second estimator's.

    Args:
        curves: ``parameter``, ``x`` (value), ``log`` (whether its axis is logarithmic), ``prior`` and ``posterior``
            (densities along the axis, each at most 1).
        marks: one row a parameter, in the order in which they are drawn: ``parameter``, ``title``, ``low``, ``median``,
            ``high``, ``point`` (what a dashed line marks: the value in the files, or the truth of a recovery test),
            ``contraction``, ``verdict``, and ``second_low``, ``second_median``, ``second_high``.
        title: what the chart shows.
        notes: lines under the title.
    """
    panels = [
        _panel(curves[curves["parameter"] == row["parameter"]], pd.DataFrame([row])) for row in marks.to_dict("records")
    ]
    chart = alt.concat(*panels, columns=COLUMNS, spacing=34) if panels else nothing()
    return styled(chart, title, notes)


def _panel(curve: pd.DataFrame, mark: pd.DataFrame) -> Any:
    log = bool(curve["log"].iloc[0])
    domain = [float(curve["x"].min()), float(curve["x"].max())]
    scale = alt.Scale(type="log" if log else "linear", domain=domain, nice=False, zero=False)

    words = "~s" if domain[1] >= LARGE else ".2~r"
    axis = alt.Axis(tickCount=4, format=words, grid=False, labelOverlap=True)
    x = across(scale, axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0.0, 1.15]), axis=None)

    base = alt.Chart(curve)
    prior = base.mark_area(color=FAINT, opacity=1.0).encode(x=x("x"), y=y("prior"))
    area = base.mark_area(color=COLOUR, opacity=0.3).encode(x=x("x"), y=y("posterior"))
    line = base.mark_line(color=COLOUR, strokeWidth=2).encode(x=x("x"), y=y("posterior"))
    ends = alt.Chart(mark)
    bars = [
        layer for colour, prefix, y_at in ((COLOUR, "", HEIGHT - 3), (SECOND, "second_", HEIGHT - 11)) for layer in (
            ends.mark_rule(color=colour, strokeWidth=5).encode(
                x=x(f"{prefix}low"), x2=f"{prefix}high:Q", y=alt.value(y_at)),
            ends.mark_point(color=colour, filled=True, size=70, opacity=1).encode(
                x=x(f"{prefix}median"), y=alt.value(y_at)),
        )
    ]  # fmt: skip
    point = ends.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5).encode(x=x("point"))
    row = mark.iloc[0]
    heading = alt.TitleParams(
        in_lines(str(row["title"])), subtitle=f"{row['verdict']}, contraction {row['contraction']:.0%}", fontSize=13,
        fontWeight="normal", color=INK, subtitleColor=QUIET, anchor="start", offset=8,
    )  # fmt: skip
    return alt.layer(prior, area, line, point, *bars).properties(width=PANEL, height=HEIGHT, title=heading)


def in_lines(text: str, widest: int = 36) -> list[str]:
    """A title in two lines at the most, so that panels of a row stand level.

    >>> in_lines("latitude that the guidance of Western Texas leaves")
    ['latitude that the guidance of', 'Western Texas leaves']
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= widest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [*lines, ""][:2] if len(lines) < 2 else lines
