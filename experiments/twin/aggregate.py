"""Tables of many pairs, kept as the pairs come, and what they say together."""

import numpy as np
import pandas as pd

from experiments.twin.flips import flips
from experiments.twin.intervals import LEVEL, paired
from experiments.twin.join import ONLY_WITH, WITH, WITHOUT
from experiments.twin.measures import COLUMNS, SHARE, bounds, effects, measured
from experiments.twin.pairs import Pair
from experiments.twin.shift import over_pairs, paired_rates

GROUPS = ("unit", "stage", "office", "level")
FEWEST = 3
"""Replications before an interval is trusted to say that it is narrow enough."""


class Gathered:
    """Tables of the pairs so far; the pairs themselves are not kept."""

    def __init__(self) -> None:
        """None has come yet."""
        self.seeds: list[int] = []
        self.rates: dict[str, list[pd.DataFrame]] = {name: [] for name in ("agency", *GROUPS)}
        self.measured: list[pd.DataFrame] = []
        self.effects: list[pd.DataFrame] = []
        self.flips: list[pd.DataFrame] = []
        self.new: list[pd.DataFrame] = []
        self.months: list[pd.DataFrame] = []
        self.kinds: dict[str, int] = {}

    def add(self, one: Pair) -> None:
        """Keep what is needed of a pair."""
        self.seeds = [*self.seeds, one.seed]
        for name, tables in self.rates.items():
            tables.append(paired_rates(one, ["agency"] if name == "agency" else ["agency", name]))
        self.measured.append(measured(one))
        self.effects.append(effects(one))
        self.months.append(by_month(one))
        changed = flips(one)
        changed.insert(0, "seed", one.seed)
        self.flips.append(changed)
        only = one.decisions[one.decisions["kind"] == ONLY_WITH].groupby(["agency", "stage"], observed=True)
        self.new.append(only["p_with"].agg(["size", "mean"]).reset_index())
        for kind, count in one.counts().items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count

    def narrow(self, precision: float) -> bool:
        """Whether every agency's interval reaches no further than ``precision`` to either side."""
        found = over_pairs(pd.concat(self.rates["agency"]))
        half = (found["high"] - found["low"]) / 2.0
        return bool((found["replications"] >= FEWEST).all() and (half <= precision).all())


def by_month(pair: Pair) -> pd.DataFrame:
    """The expected rate of either world, on decisions of its own, before the directives' first day as well as after it.

    Returns:
        ``agency``, ``stage``, ``month`` (its first day), ``decisions_with``, ``with``, ``decisions_without``,
        ``without``.
    """
    parts = []
    for side in (WITH, WITHOUT):
        made = pair.decisions.loc[pair.decisions["p" + side].notna(), ["agency", "stage", "day" + side, "p" + side]]
        month = made["day" + side].dt.to_period("M").dt.to_timestamp().rename("month")
        groups = made.groupby(["agency", "stage", month], observed=True)["p" + side]
        parts.append(groups.agg(["size", "mean"]).set_axis(["decisions" + side, side.removeprefix("_")], axis=1))
    return parts[0].join(parts[1], how="outer").reset_index()


def months(tables: list[pd.DataFrame], level: float = LEVEL) -> pd.DataFrame:
    """The course of both worlds over all pairs (`by_month`).

    Returns:
        ``agency``, ``stage``, ``month``; ``decisions`` (mean of a pair, with the directives); ``with``, ``without``
        (mean rates; missing where no pair decided anything); ``low``, ``high`` of their difference, where it has one.
    """
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage", "month"], observed=True):
        both = values[["with", "without"]].dropna()
        found = paired(both["with"] - both["without"], level).within(-1.0, 1.0)
        decisions = values["decisions_with"].sum() / len(tables)
        rows.append((*group, decisions, values["with"].mean(), values["without"].mean(), found.low, found.high))
    columns = ["agency", "stage", "month", "decisions", "with", "without", "low", "high"]
    return pd.DataFrame(rows, columns=columns).astype({"agency": str, "stage": str})


def shifts(rates: dict[str, list[pd.DataFrame]]) -> pd.DataFrame:
    """The shift by agency, and within it by unit, stage, office and level: `over_pairs`, with ``by`` and ``group``."""
    parts = []
    for name, tables in rates.items():
        by = ["agency"] if name == "agency" else ["agency", name]
        part = over_pairs(pd.concat(tables, ignore_index=True), by)
        group = part.pop(name).astype(str) if name != "agency" else "all"
        part.insert(0, "by", name)
        part.insert(2, "group", group)
        parts.append(part)
    return pd.concat(parts, ignore_index=True).astype({"agency": str})


def averaged(tables: list[pd.DataFrame], days: int, level: float = LEVEL) -> pd.DataFrame:
    """Measures of a pair (`measured`) over those pairs in which they have a value, with their interval.

    ``days`` are those from the directives' first to the last of the watch; no interval leaves the `bounds` of its
    measure.
    """
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage", "measure"], observed=True, sort=False):
        known = values["value"].dropna().to_numpy(dtype=np.float64)
        if len(known):
            rows.append((*map(str, group), len(known), *paired(known, level).within(*bounds(str(group[-1]), days))))
    return pd.DataFrame(rows, columns=["agency", "stage", "measure", "replications", "mean", "low", "high"])


def compared(tables: list[pd.DataFrame], level: float = LEVEL) -> pd.DataFrame:
    """Measures of either world (`effects`) over all pairs, with their paired ``difference`` and its interval."""
    rows = []
    for group, values in pd.concat(tables).groupby(COLUMNS, observed=True, sort=False):
        known = values[["with", "without"]].dropna().to_numpy(dtype=np.float64)
        if len(known):
            most = 1.0 if group[-1] == SHARE else np.inf
            found = paired(known[:, 0] - known[:, 1], level).within(-most, most)
            rows.append((*map(str, group), len(known), *known.mean(axis=0), *found, found.detectable))
    return pd.DataFrame(
        rows, columns=[*COLUMNS, "replications", "with", "without", "difference", "low", "high", "detectable"]
    )


def exclusive(tables: list[pd.DataFrame], level: float = LEVEL) -> pd.DataFrame:
    """Decisions that exist only with the directives: how many a pair has, and their expected rate."""
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage"], observed=True):
        rate = paired(values["mean"].to_numpy(float), level).within(0.0, 1.0)
        rows.append((*map(str, group), float(values["size"].sum()) / len(tables), *rate))
    return pd.DataFrame(rows, columns=["agency", "stage", "decisions", "rate", "low", "high"])
