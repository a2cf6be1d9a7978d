"""What became of those who were separated, and where legal limits on time were broken: two tidy tables of a run."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.record.paths import named

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

NEVER = -1


def separated(model: "BureaucracyModel") -> pd.DataFrame:
    """One row a person who was separated from those they came with, in the order in which they came.

    ``separated``, ``handed`` and ``left`` are days (none if it has not happened by the end of the watch): taken from
    those they came with, handed on from where that was, gone from the stream. ``hours`` are those until handed on, to
    a day's precision. ``days_apart`` end with reunion, or with the watch. ``at`` is where the person is now.
    """
    world, timelines, cases = model.world, model.timelines, model.cases
    rows = np.flatnonzero(timelines.separated >= 0) if len(timelines.separated) else np.zeros(0, dtype=np.int64)
    places = [*model.stage_names, *world.exits]
    back = np.array([name in world.exits and world.exits[name].reunites for name in places], dtype=np.bool_)
    at = model.case_state.place[rows]
    apart, handed, left = (column[rows] for column in (timelines.separated, timelines.handed, timelines.left))
    handed = np.where((handed > apart) & (handed != left), handed, NEVER)
    reunited = back[at]
    until = np.where(reunited, left, model.day + 1)
    return pd.DataFrame(
        {
            "mix": named(cases.mix[rows], list(world.mixes)),
            "number": cases.number[rows],
            "arrival": cases.arrival[rows],
            "area": named(cases.area[rows], world.all_areas()),
            "age": cases.age[rows],
            "separated": _dates(model, apart),
            "handed": _dates(model, handed),
            "hours": np.where(handed >= 0, 24.0 * (handed - apart), np.nan),
            "left": _dates(model, left),
            "at": named(at, places),
            "reunited": reunited,
            "days_apart": until - apart,
        }
    )


def breaches(model: "BureaucracyModel") -> pd.DataFrame:
    """One row a clock x area x day on which somebody was held beyond its limit: how many were."""
    counts = model.clocks.breaches
    clock, area, day = np.nonzero(counts)
    return pd.DataFrame(
        {
            "day": _dates(model, day),
            "clock": named(clock, list(model.world.clocks)),
            "area": named(area, model.world.all_areas()),
            "persons": counts[clock, area, day].astype(np.int64),
        }
    )


def _dates(model: "BureaucracyModel", days: npt.NDArray[np.signedinteger]) -> pd.Series:
    """Days of the watch as dates; none for a day that never came."""
    start = np.datetime64(model.start, "s")
    dates = start + np.maximum(days, 0).astype("timedelta64[D]").astype("timedelta64[s]")
    return pd.Series(np.where(days >= 0, dates, np.datetime64("NaT", "s")))
