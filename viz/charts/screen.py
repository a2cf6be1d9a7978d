"""Charts on a screen: data that can be moved without redrawing, and colours for a dark ground."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import FAINT, INK, QUIET


def named(table: pd.DataFrame, name: str) -> alt.InlineData:
    """A table under a name of its own, so that a page can replace its rows without redrawing the chart."""
    return alt.InlineData(values=rows(table), name=name)


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as a chart takes it: days in milliseconds, what is missing as nothing.

    >>> rows(pd.DataFrame({"week": pd.to_datetime(["1970-01-02"]), "rate": [float("nan")]}))
    [{'week': 86400000, 'rate': None}]
    """
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns(table).values(), strict=True)]


def columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    """The same column by column."""
    out: dict[str, list[Any]] = {}
    for column in table.columns:
        values = table[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.astype("datetime64[ms]").astype("int64")
        out[str(column)] = (values.astype(object).where(values.notna(), None) if values.hasnans else values).tolist()
    return out


DARK = {
    INK: "#ECEEF0", QUIET: "#A9B0B8", FAINT: "#3A4048", "white": "#1B1F24", "#E4E2DC": "#3A4048", "#7A1F1F": "#FFF3C4",
    "#D9731A": "#F6C24F", "#F6C24F": "#C05F12", "#1F3A5F": "#9CC3F0", "#A35A00": "#F2B84B", "#2F7F79": "#5FB8B0",
    "#B4562B": "#E0875C",
}  # fmt: skip
"""What stands in the place of the colours of paper on a dark screen; an exposed officer is then the bright one."""


def darkened(spec: Any, colours: Mapping[str, str]) -> Any:
    """A chart as Vega-Lite has it, with some colours changed wherever they stand; its data are left alone.

    >>> darkened({"mark": {"color": "#222222"}, "data": {"values": [{"a": "#222222"}]}}, DARK)
    {'mark': {'color': '#ECEEF0'}, 'data': {'values': [{'a': '#222222'}]}}
    """
    if isinstance(spec, dict):
        return {
            key: value if key in ("values", "datasets") else darkened(value, colours) for key, value in spec.items()
        }
    if isinstance(spec, list):
        return [darkened(entry, colours) for entry in spec]
    return colours.get(spec, spec) if isinstance(spec, str) else spec


def lightened(colour: str, share: float = 0.45) -> str:
    """A colour nearer to white, for a dark ground.

    >>> lightened("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)
