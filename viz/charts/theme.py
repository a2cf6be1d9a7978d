"""One look for every chart: type, colours, and the names that stand on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from model.schema import World
from viz.charts.notebook import shown_offline

INK = "#222222"
QUIET = "#6E6E6E"
FAINT = "#DDDDDD"
OVER = "#B5442B"
FONT = "DejaVu Sans, Verdana, sans-serif"
WIDTH = 900
PERCENT = "~%"
FIGURE = "datum.value == 0 ? '0' : replace(replace(format(datum.value, '~s'), 'G', 'bn'), 'M', 'm')"
"""Labels of an axis of counts or dollars: thousands as k, millions as m, billions as bn."""
IN_POINTS = "datum.value == 0 ? '0' : format(datum.value * 100, '+~r')"
"""Labels of an axis of differences of shares, in percentage points."""


@dataclass(frozen=True)
class Legend:
    """What things are called on a chart, and an agency's colour, by their short names.

    Colours alone distinguish nobody: marks carry their names as well, and each agency has its own panel.
    """

    agencies: Mapping[str, str]
    colours: Mapping[str, str]
    stages: Mapping[str, str]
    favourable: Mapping[str, str]
    resources: Mapping[str, str]

    @classmethod
    def of(cls, about: Mapping[str, Any]) -> "Legend":
        """The names and colours of a run, from its description (``run.json``)."""
        return cls(
            agencies={name: entry["title"] for name, entry in about["agencies"].items()},
            colours={name: entry["colour"] for name, entry in about["agencies"].items()},
            stages={name: entry["title"] for name, entry in about["stages"].items()},
            favourable={name: entry["labels"]["favourable"] for name, entry in about["stages"].items()},
            resources=dict(about["resources"]),
        )

    @classmethod
    def of_world(cls, world: World) -> "Legend":
        """The names and colours of a world."""
        return cls(
            agencies={name: agency.title for name, agency in world.agencies.items()},
            colours={name: agency.colour for name, agency in world.agencies.items()},
            stages={name: stage.title for name, stage in world.stages.items()},
            favourable={name: stage.labels["favourable"] for name, stage in world.stages.items()},
            resources={name: resource.title for name, resource in world.resources.items()},
        )


def styled(chart: Any, title: str, subtitle: list[str], larger: float = 1.0) -> Any:
    """The chart under its title, in the look that all charts share; letters of the title so many times as large."""
    heading = alt.TitleParams(
        title, subtitle=subtitle, anchor="start", frame="bounds", fontSize=20 * larger, fontWeight="bold",
        color=INK, subtitleFontSize=14 * larger, subtitleColor=QUIET, subtitlePadding=6, offset=18,
    )  # fmt: skip
    return dressed(chart.properties(title=heading, padding=16, background="white"))


def dressed(chart: Any) -> Any:
    """The chart in the look that all charts share, without a title of its own; a notebook shows it offline."""
    shown_offline()
    letters: dict[str, Any] = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": INK}
    return chart.configure(
        font=FONT, view=alt.ViewConfig(strokeWidth=0),
        axis=alt.AxisConfig(
            **letters, titleColor=QUIET, gridColor=FAINT, domainColor=QUIET, tickColor=QUIET, labelFlush=False
        ),
        legend=alt.LegendConfig(**letters, titleColor=INK),
        title=alt.TitleConfig(fontSize=15, anchor="start", color=INK, subtitleFontSize=13, subtitleColor=QUIET),
    )  # fmt: skip


def window(low: float, high: float) -> tuple[float, float]:
    """The part of 0 to 1 that shows rates from ``low`` to ``high``: low ones from zero, high ones up to one.

    >>> window(0.0, 0.04)
    (0.0, 0.05)
    >>> window(0.984, 0.996)
    (0.98, 1.0)
    """
    if low + high < 1.0:
        return 0.0, min(1.0, max(1.25 * high, 0.01))
    return max(0.0, 1.0 - max(1.25 * (1.0 - low), 0.01)), 1.0


def nothing() -> alt.Chart:
    """In place of panels, where there is nothing to draw."""
    table = pd.DataFrame({"text": ["Too few decisions to draw."]})
    return alt.Chart(table).mark_text(align="left", fontSize=14, color=QUIET).encode(text="text:N", x=alt.value(0))


def across(scale: alt.Scale, axis: alt.Axis, title: str | None = None) -> Callable[[str], alt.X]:
    """What lays a number along the one axis that all marks of a panel share, by its column."""
    return lambda field: alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)


def upward(scale: alt.Scale, axis: alt.Axis) -> Callable[[str], alt.Y]:
    """The same, along an axis that goes up."""
    return lambda field: alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis)


def reach(figures: pd.DataFrame, margin: float = 1.0, around: float = 0.01) -> list[float]:
    """From the lowest figure to the highest, zero among them and ``margin`` times as far; ``around`` zero if all are 0.

    >>> reach(pd.DataFrame({"low": [0.1, -0.2], "high": [0.5, 0.0]}), 2.0), reach(pd.DataFrame({"low": [0.0]}))
    ([-0.4, 1.0], [-0.01, 0.01])
    """
    low, high = min(float(figures.min().min()), 0.0), max(float(figures.max().max()), 0.0)
    return [margin * low, margin * high] if high > low else [-around, around]


def at_none(x: alt.X | str) -> Any:
    """A dashed line where there is no difference; ``x`` lays the column ``none`` along the axis."""
    return alt.Chart(pd.DataFrame({"none": [0.0]})).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x=x)


def rows_of(field: str, order: list[str], width: int, size: int = 14, padding: int = 12, **more: Any) -> alt.Y:
    """A row for each text of a column, named to the left of the panel in a space of ``width`` pixels."""
    look = {"minExtent": width, "labelLimit": width, "labelFontSize": size, "labelPadding": padding, **more}
    return alt.Y(f"{field}:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, **look))


def time_axis(days: pd.Series) -> alt.Axis:
    """Ticks at each new year, or each month or so where the days span less than a year and a half."""
    if days.max() - days.min() > pd.Timedelta(days=548):
        return alt.Axis(format="%Y", tickCount=alt.TimeIntervalStep(interval="year", step=1))
    return alt.Axis(format="%b %Y", tickCount=3)


def day_of(day: pd.Timestamp) -> alt.DateTime:
    """A day as the end of an axis."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def heading(text: str, width: int, height: int) -> Any:
    """What stands to the left of a row of panels."""
    table = pd.DataFrame({"text": [text.split("\n")]})
    marks = alt.Chart(table).mark_text(align="left", baseline="top", fontSize=14, color=INK)
    return marks.encode(text="text:N", x=alt.value(0), y=alt.value(0)).properties(width=width, height=height)
