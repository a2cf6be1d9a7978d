"""What breaks downstream: limits of capacity and of law that are passed because of the draft; where, when, how surely.

A limit is *passed* in a week in which it is reached with the draft, and by a tenth more is asked of it than without the
draft; it *breaks* in a world where that is so in two weeks or more. So what is at its limit in both worlds alike, and a
single week of bad luck, are no warning.
"""

from math import nan

import numpy as np
import pandas as pd

from experiments.premortem.question import Question
from experiments.premortem.tries import Tries
from experiments.premortem.weeks import CLOCK, DESK, POOL, QUEUE
from experiments.rates import wilson
from model.schema import World

MORE = 0.1
"""By how much more than without the draft, as a share of that; assumed."""
PERSISTENT = 2
"""Weeks in which a limit is passed before it is called broken; assumed."""
FULL = 0.98
"""Of a flow or of hours: what is left over of a week is too little for one more case."""
EVERYWHERE = "everywhere"
COLUMNS = ["kind", "what", "title", "area", "unit", "worlds", "broke", "chance", "chance_low", "chance_high", "day",
           "day_low", "day_high", "limit", "peak", "peak_without", "short", "beyond", "dollars"]  # fmt: skip


def passed(rows: pd.DataFrame) -> pd.Series:
    """In which of the weeks of something a limit is passed.

    >>> rows = pd.DataFrame({"kind": POOL, "with": [90.0, 100.0, 100.0], "without": [80.0, 95.0, 80.0],
    ...                      "limit": 100.0})
    >>> passed(rows).tolist()
    [False, False, True]
    """
    none = rows["limit"] == 0.0
    reached = (rows["with"] >= FULL * rows["limit"]) & (rows["with"] > 0.0)
    there = rows["limit"].notna() & ~(none & rows["kind"].isin([POOL, DESK]))
    return there & reached & (rows["with"] > (1.0 + MORE) * rows["without"])


def broken(weeks: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """What became of each limit in each world.

    Args:
        weeks: of one world or several, told apart by ``seed`` (`experiments.premortem.weeks.weeks`).
        start: first day of the draft.

    Returns:
        One row a limit and world: ``kind``, ``what``, ``area``, ``seed``; ``broke``; ``day`` by which it was first
        passed, in days after the start (missing where it did not break); ``limit``, and of the week with the most
        asked beyond limit and the world without: ``peak``, ``peak_without``; ``short``, what would have to be added
        for that week; ``beyond``, the same summed over the weeks in which it was passed.
    """
    table = weeks[weeks["kind"] != QUEUE]
    over = (table["with"] - table[["limit", "without"]].max(axis=1)).clip(lower=0.0)
    at = passed(table)
    table = table.assign(passed=at, over=over.where(at, 0.0), first=table["day"].where(at))
    by = ["kind", "what", "area", "seed"]
    worlds = table.groupby(by)
    worst = table.sort_values(["passed", "over", "with"], kind="stable").groupby(by).tail(1).set_index(by)
    found = worlds.agg(weeks=("passed", "sum"), first=("first", "min"), short=("over", "max"), beyond=("over", "sum"))
    found = found.join(worst[["limit", "with", "without"]].set_axis(["limit", "peak", "peak_without"], axis=1))
    found["broke"] = found["weeks"] >= PERSISTENT
    found["day"] = (found["first"] - start).dt.days.where(found["broke"]).astype(float)
    return found.reset_index()[[*by, "broke", "day", "limit", "peak", "peak_without", "short", "beyond"]]


def breaks(asked: Question, found: Tries) -> pd.DataFrame:
    """What breaks, over all worlds that were tried; the surest first, of those that break anywhere.

    Returns:
        One row a limit and area (``everywhere``: in any area), of `COLUMNS`: in how many of the ``worlds`` it
        ``broke``, that ``chance`` with its 90 percent interval (Wilson); ``day`` after the start by which it is first
        passed (median of the worlds in which it breaks, and their 5 to 95 percent); of these worlds the means of
        ``limit``, ``peak``, ``peak_without``, ``short``, ``beyond`` (as `broken` has them); and ``dollars`` that it
        costs more with the draft in all worlds, in the row for everywhere, where the world has a price.
    """
    worlds = broken(found.weeks, pd.Timestamp(asked.start))
    count = len(found.seeds)
    rows = []
    for (kind, what), here in worlds.groupby(["kind", "what"], sort=True):
        if not here["broke"].any():
            continue
        parts = [(area, rows_) for area, rows_ in here.groupby("area", sort=True) if rows_["broke"].any()]
        whole = _everywhere(here)
        several = len(here["area"].unique()) > 1
        parts = [(EVERYWHERE, whole), *(parts if several else [])]
        for area, those in parts:
            rows.append(_row(asked.world, found, str(kind), str(what), str(area), those, count))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return _surest_first(table)


def _surest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Limits by their chance, then by their day; each with its areas below it."""
    whole = table[table["area"] == EVERYWHERE].set_index(["kind", "what"])[["chance", "day"]]
    keys = table[["kind", "what"]].join(whole, on=["kind", "what"])
    order = keys.assign(part=table["area"] != EVERYWHERE, own=-table["chance"], chance=-keys["chance"])
    order = order.sort_values(["chance", "day", "kind", "what", "part", "own"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def _everywhere(here: pd.DataFrame) -> pd.DataFrame:
    """A limit in all its areas together: it breaks where it breaks in any, first where it does so first."""
    broke = here[here["broke"]]
    sums = broke.groupby("seed")[["limit", "peak", "peak_without", "short", "beyond"]].sum()
    first = broke.groupby("seed")["day"].min().rename("day")
    seeds = sorted(here["seed"].unique())
    return sums.join(first).reindex(seeds).assign(broke=[seed in first.index for seed in seeds]).reset_index()


def _row(
    world: World, found: Tries, kind: str, what: str, area: str, those: pd.DataFrame, count: int
) -> tuple[object, ...]:
    broke = those[those["broke"]]
    low, high = wilson(pd.Series([len(broke)]), pd.Series([count]))
    days = np.quantile(broke["day"], [0.5, 0.05, 0.95], method="closest_observation")
    means = broke[["limit", "peak", "peak_without", "short", "beyond"]].mean()
    spent = dollars(found.effects, kind, what) if area == EVERYWHERE else nan
    return (kind, what, title(world, kind, what), area, unit(world, kind, what), count, len(broke), len(broke) / count,
            float(low.iloc[0]), float(high.iloc[0]), *map(float, days), *means, spent)  # fmt: skip


def title(world: World, kind: str, what: str) -> str:
    """What a limit is called."""
    if kind == POOL:
        return world.resources[what].title
    if kind == CLOCK:
        return world.clocks[what].title
    if kind == DESK:
        agency, _, unit = what.partition(".")
        return f"{world.agencies[agency].title}: {world.agencies[agency].units[unit].title}"
    if kind == QUEUE:
        return world.stages[what].title
    return "People taken from those they came with"


def unit(world: World, kind: str, what: str) -> str:
    """In what a limit is counted."""
    if kind == POOL:
        return "in use" if world.resources[what].kind == "stock" else "a week"
    return {DESK: "hours a week", CLOCK: "person-days a week", QUEUE: "cases"}.get(kind, "persons a week")


def dollars(effects: pd.DataFrame, kind: str, what: str) -> float:
    """What a resource, or the officers of an agency, cost more with the draft; missing where there is no price."""
    agency, group = (what.split(".")[0], "officers") if kind == DESK else ("all", what)
    here = (effects["measure"] == "cost") & (effects["agency"] == agency) & (effects["group"] == group)
    return float(effects.loc[here, "difference"].sum()) if here.any() else nan
