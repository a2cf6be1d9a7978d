"""The weeks of both worlds beside each other: what is in use, at work, waiting, beyond a legal limit, taken apart.

Of each week stand its last day, and of both worlds how much of it: in figures of the real system (those of the run,
over its scale), from the first whole week with the draft on.
"""

from collections.abc import Callable
from datetime import date
from math import nan

import pandas as pd

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.pairs import Pair
from experiments.twin.world_outcomes import Side

POOL, DESK, CLOCK, APART, QUEUE = "resource", "desk", "legal limit", "separation", "queue"
KINDS = (POOL, DESK, CLOCK, APART, QUEUE)
"""What is watched: resources, officers' hours, legal limits on time, people taken from those they came with, and cases
that wait; the last has no limit of its own."""
KEYS = ["kind", "what", "area", "day"]
WEEK = 7


def weeks(pair: Pair) -> pd.DataFrame:
    """One row of each week of whatever is watched.

    Returns:
        ``kind`` (`KINDS`), ``what`` (resource, unit, clock, stage; empty for separations), ``area`` (empty where there
        is one pool for all), ``day`` (the last of the week), ``with``, ``without`` and ``limit`` (missing where there
        is none): units in use of a stock, on the week's last day; spent of a flow, and officers' hours, in the week;
        person-days beyond a legal limit in the week; persons separated in it; cases that wait on its last day.
    """
    return beside(pair.with_it, pair.without, pair.scale, pair.twins.first_day)


def beside(with_it: Side, without: Side, scale: float, first_day: date) -> pd.DataFrame:
    """The same of two worlds at a scale, from a day on."""
    sides = [pd.concat([part(side) for part in PARTS], ignore_index=True) for side in (with_it, without)]
    table = sides[0].merge(sides[1], on=KEYS, how="outer", suffixes=(WITH, WITHOUT))
    table["limit"] = table["limit" + WITH].fillna(table["limit" + WITHOUT])
    table["limit"] /= scale
    for side in (WITH, WITHOUT):
        table[side.removeprefix("_")] = table["value" + side].fillna(0.0) / scale
    table = table[table["day"] >= pd.Timestamp(first_day)]
    return table[[*KEYS, "with", "without", "limit"]].sort_values(KEYS, ignore_index=True)


def _pools(side: Side) -> pd.DataFrame:
    table = side.resources[side.resources["kind"] != "waiting"]
    return table[["what", "area", "day"]].assign(kind=POOL, value=table["used"].astype(float), limit=table["amount"])


def _queues(side: Side) -> pd.DataFrame:
    table = side.resources[side.resources["kind"] == "waiting"]
    return table[["what", "day"]].assign(kind=QUEUE, area="", value=table["used"].astype(float), limit=nan)


def _desks(side: Side) -> pd.DataFrame:
    hours = side.outcomes.groupby(["unit", "week"], observed=True)["hours"].sum().rename("value").reset_index()
    table = hours.assign(what=hours["unit"].astype(str), day=_last_days(hours["week"], side))
    limit = WEEK * table["what"].map(side.hours)
    return table[["what", "day", "value"]].assign(kind=DESK, area="", limit=limit)


def _clocks(side: Side) -> pd.DataFrame:
    table = side.breaches.assign(day=_last_days(side.breaches["day"], side), what=side.breaches["clock"])
    return _summed(table.groupby(["what", "area", "day"], observed=True)["persons"].sum(), CLOCK)


def _apart(side: Side) -> pd.DataFrame:
    table = side.separated.assign(day=_last_days(side.separated["separated"], side), what="")
    return _summed(table.groupby(["what", "area", "day"], observed=True).size(), APART)


def _summed(counts: pd.Series, kind: str) -> pd.DataFrame:
    table = counts.rename("value").reset_index().astype({"what": str, "area": str, "value": float})
    return table.assign(kind=kind, limit=0.0)


def _last_days(days: pd.Series, side: Side) -> pd.Series:
    """The last day of the week of each day, or of the watch."""
    ends = days - pd.to_timedelta(days.dt.day_of_week, unit="D") + pd.Timedelta(days=WEEK - 1)
    last = pd.Timestamp(side.scenario.end)
    return ends.where(ends <= last, last).astype("datetime64[s]")


PARTS: tuple[Callable[[Side], pd.DataFrame], ...] = (_pools, _desks, _clocks, _apart, _queues)
