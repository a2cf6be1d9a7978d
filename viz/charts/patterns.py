"""Patterns: what the model makes of each, beside what is on record."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, OVER, QUIET, across, nothing, rows_of, styled

ROW = 24
LABELS = 600
WIDTH = 330
HOLDS = "#2F7D5B"
FARTHEST = 3.0
"""A share of the record beyond which a panel does not reach; what lies farther stands at its edge."""


def patterns_beside_record(ratios: pd.DataFrame, sides: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """For each pattern the interval of the model, set against its record.

    Counts and shares stand on a scale on which the record is 1; directions each on a scale of its own, with none in
    the middle. A dot is the middle, a bar the interval; green holds, red and hollow fails.

    Args:
        ratios: ``group`` (a panel each), ``label``, ``middle``, ``low``, ``high`` (over the record), ``holds`` and
            ``figures`` (what stands beside the row).
        sides: the same, for patterns whose record is a direction; ends in the units of each.
        title: what the chart shows.
        notes: lines under the title.
    """
    panels = [_ratios(rows, f"{group}: the model over the record, which is 1") for group, rows in _groups(ratios)]
    panels += [_sides(rows, f"{group}: directions, each on its own scale") for group, rows in _groups(sides)]
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=30), title, notes)


def _groups(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(group), rows.reset_index(drop=True)) for group, rows in table.groupby("group", sort=False)]


def _ratios(rows: pd.DataFrame, title: str) -> Any:
    ends = {name: rows[name].clip(upper=FARTHEST) for name in ("middle", "low", "high")}
    beyond = rows["middle"] > FARTHEST
    figures = rows["figures"].where(~beyond, rows["figures"] + "  (beyond the edge)")
    most = max(1.5, float(ends["high"].max()))
    scale = alt.Scale(domain=[0.0, 1.03 * most], nice=False)
    return _panel(rows.assign(**ends, figures=figures), title, 1.0, scale, alt.Axis(tickCount=5, gridColor=FAINT))


def _sides(rows: pd.DataFrame, title: str) -> Any:
    reach = rows[["middle", "low", "high"]].abs().max(axis=1).replace(0.0, 1.0)
    ends = {name: rows[name] / reach for name in ("middle", "low", "high")}
    axis = alt.Axis(values=[0.0], labelExpr="'none'", gridColor=FAINT)
    return _panel(rows.assign(**ends), title, 0.0, alt.Scale(domain=[-1.05, 1.05], nice=False), axis)


def _panel(rows: pd.DataFrame, title: str, record: float, scale: alt.Scale, axis: alt.Axis) -> Any:
    y = rows_of("label", list(rows["label"]), LABELS, size=13)
    x = across(scale, axis)
    base = alt.Chart(rows).encode(y=y)
    colour = alt.when("datum.holds").then(alt.value(HOLDS)).otherwise(alt.value(OVER))
    fill = alt.when("datum.holds").then(alt.value(HOLDS)).otherwise(alt.value("white"))
    line = alt.Chart(pd.DataFrame({"record": [record]})).mark_rule(color=QUIET, strokeDash=[4, 3])
    bar = base.mark_rule(strokeWidth=5, opacity=0.45).encode(x=x("low"), x2="high:Q", color=colour)
    dot = base.mark_point(size=70, opacity=1, strokeWidth=2).encode(
        x=x("middle"), stroke=colour, fill=fill, tooltip=["label:N", "figures:N"]
    )
    text = base.mark_text(align="left", fontSize=13, color=INK).encode(x=alt.value(WIDTH + 14), text="figures:N")
    heading = alt.TitleParams(title, frame="group", offset=8)
    layers = alt.layer(line.encode(x=x("record")), bar, dot, text)
    return layers.properties(title=heading, width=WIDTH, height=ROW * len(rows))
