"""Tables of many pairs, kept as the pairs come, and what they say together.

Where parameters were drawn, every table has the number of the ``draw`` of its pairs, and what they say has
``posterior_low`` and ``posterior_high`` beside ``low`` and ``high``: `experiments.twin.intervals.over_draws`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.flips import flips
from experiments.twin.intervals import over_draws, paired, parts
from experiments.twin.join import ONLY_WITH, WITH, WITHOUT
from experiments.twin.measures import COLUMNS, SHARE, bounds, effects, measured
from experiments.twin.pairs import Pair
from experiments.twin.persons import moved
from experiments.twin.shift import LEANING, over_pairs, paired_rates
from experiments.twin.twins import Twins

GROUPS = ("unit", "stage", "office", "level")
FEWEST = 3
"""Replications before an interval is trusted to say that it is narrow enough."""


@dataclass(frozen=True)
class PairTables:
    """What is kept of a pair: small tables, which another process can hand back.

    Attributes:
        twins, seed, scale: of the pair.
        rates: by agency, and within it by each of `GROUPS` (`experiments.twin.shift.paired_rates`).
        measured, effects: as `experiments.twin.measures` has them.
        months: as `by_month`.
        flips: as `experiments.twin.flips.flips`, with the ``seed``.
        new: how many decisions exist only with the directives, and their mean rate, by agency and stage.
        kinds: decisions of each kind.
        persons: as `experiments.twin.persons.moved`.
    """

    twins: Twins
    seed: int
    scale: float
    rates: dict[str, pd.DataFrame]
    measured: pd.DataFrame
    effects: pd.DataFrame
    months: pd.DataFrame
    flips: pd.DataFrame
    new: pd.DataFrame
    kinds: dict[str, int]
    persons: pd.DataFrame


def tables_of(one: Pair) -> PairTables:
    """What is kept of a pair."""
    changed = flips(one)
    changed.insert(0, "seed", one.seed)
    only = one.decisions[one.decisions["kind"] == ONLY_WITH].groupby(["agency", "stage"], observed=True)
    rates = {
        name: paired_rates(one, ["agency"] if name == "agency" else ["agency", name]) for name in ("agency", *GROUPS)
    }
    return PairTables(
        one.twins, one.seed, one.scale, rates, measured(one), effects(one), by_month(one), changed,
        only["p_with"].agg(["size", "mean"]).reset_index(), one.counts(), moved(one),
    )  # fmt: skip


class Gathered:
    """Tables of the pairs so far; the pairs themselves are not kept."""

    def __init__(self, draws: Mapping[int, int] | None = None) -> None:
        """None has come yet; ``draws`` has the number of the draw of the parameters by seed, if they were drawn."""
        self.draws = draws or {}
        self.seeds: list[int] = []
        self.rates: dict[str, list[pd.DataFrame]] = {name: [] for name in ("agency", *GROUPS)}
        self.measured: list[pd.DataFrame] = []
        self.effects: list[pd.DataFrame] = []
        self.flips: list[pd.DataFrame] = []
        self.new: list[pd.DataFrame] = []
        self.months: list[pd.DataFrame] = []
        self.persons: list[pd.DataFrame] = []
        self.kinds: dict[str, int] = {}

    def add(self, one: PairTables) -> None:
        """Put those of one more pair to them."""
        self.seeds = [*self.seeds, one.seed]
        draw = {"draw": self.draws[one.seed]} if self.draws else {}
        for name, tables in self.rates.items():
            tables.append(one.rates[name].assign(**draw))
        self.measured.append(one.measured.assign(**draw))
        self.effects.append(one.effects.assign(**draw))
        self.months.append(one.months.assign(**draw))
        self.flips.append(one.flips)
        self.new.append(one.new.assign(**draw))
        self.persons.append(one.persons.assign(**draw))
        for kind, count in one.kinds.items():
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


def months(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The course of both worlds over all pairs (`by_month`).

    Returns:
        ``agency``, ``stage``, ``month``; ``decisions`` (mean of a pair, with the directives); ``with``, ``without``
        (mean rates; missing where no pair decided anything); ``low``, ``high`` of their difference, where it has one,
        and `POSTERIOR`.
    """
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage", "month"], observed=True):
        both = values.dropna(subset=["with", "without"])
        difference, draws = both["with"] - both["without"], both.get("draw")
        ends = _intervals(difference, draws, (-1.0, 1.0))[1:]
        decisions = values["decisions_with"].sum() / len(tables)
        rows.append((*group, decisions, values["with"].mean(), values["without"].mean(), *ends))
    columns = ["agency", "stage", "month", "decisions", "with", "without", "low", "high", *POSTERIOR]
    return pd.DataFrame(rows, columns=columns).astype({"agency": str, "stage": str})


def shifts(rates: dict[str, list[pd.DataFrame]], smallest: float = SMALLEST) -> pd.DataFrame:
    """The shift by agency, and within it by unit, stage, office and level: `over_pairs`, with ``by`` and ``group``."""
    parts = []
    for name, tables in rates.items():
        by = ["agency"] if name == "agency" else ["agency", name]
        part = over_pairs(pd.concat(tables, ignore_index=True), by, smallest=smallest)
        group = part.pop(name).astype(str) if name != "agency" else "all"
        part.insert(0, "by", name)
        part.insert(2, "group", group)
        parts.append(part)
    return pd.concat(parts, ignore_index=True).astype({"agency": str})


def split(rates: dict[str, list[pd.DataFrame]]) -> pd.DataFrame:
    """What the variance of one pair's shift is made of, by agency and stage (`experiments.twin.intervals.parts`).

    Returns:
        ``agency``, ``stage`` (``all`` for the agency); the standard deviation of each part, ``cases``, ``desks`` and
        ``parameters``, as a difference of shares; and its share of the variance, with the ending ``_share``.
    """
    rows = []
    for by in (["agency"], ["agency", "stage"]):
        for group, values in pd.concat(rates[by[-1]], ignore_index=True).groupby(by, observed=True):
            change = (values["rate_with"] - values["rate_without"]).to_numpy(dtype=np.float64)
            known = values.filter(like=LEANING).dropna(axis="columns")
            found = np.array(parts(change, values.get("draw"), known))
            whole = np.nansum(found)
            shares = found / whole if whole > 0.0 else np.full(len(found), np.nan)
            rows.append((str(group[0]), str(group[1]) if len(group) > 1 else "all", *np.sqrt(found), *shares))
    names = ["cases", "desks", "parameters"]
    return pd.DataFrame(rows, columns=["agency", "stage", *names, *(f"{name}_share" for name in names)])


def _intervals(values: npt.ArrayLike, draws: npt.ArrayLike | None, limits: tuple[float, float]) -> tuple[float, ...]:
    """The mean with the interval of its random variation, and that over draws of the parameters, within limits."""
    return *paired(values, draws=draws).within(*limits), *over_draws(values, draws).within(*limits)


def averaged(tables: list[pd.DataFrame], days: int) -> pd.DataFrame:
    """Measures of a pair (`measured`) over those pairs in which they have a value, with their interval.

    ``days`` are those from the directives' first to the last of the watch; no interval leaves the `bounds` of its
    measure.
    """
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage", "measure"], observed=True, sort=False):
        known = values.dropna(subset="value")
        if len(known):
            found, draws = known["value"].to_numpy(dtype=np.float64), known.get("draw")
            ends = bounds(str(group[-1]), days)
            rows.append((*map(str, group), len(known), *_intervals(found, draws, ends)))
    columns = ["agency", "stage", "measure", "replications", "mean", "low", "high", *POSTERIOR]
    return pd.DataFrame(rows, columns=columns)


def compared(tables: list[pd.DataFrame], smallest: float = SMALLEST) -> pd.DataFrame:
    """Measures of either world (`effects`) over all pairs, with their paired ``difference`` and its ``verdict``."""
    rows = []
    for group, values in pd.concat(tables).groupby(COLUMNS, observed=True, sort=False):
        both = values.dropna(subset=["with", "without"])
        if len(both):
            known, draws = both[["with", "without"]].to_numpy(dtype=np.float64), both.get("draw")
            found, most = known[:, 0] - known[:, 1], 1.0 if group[-1] == SHARE else np.inf
            intervals = _intervals(found, draws, (-most, most))
            rows.append((*map(str, group), len(known), *known.mean(axis=0), *intervals))
    columns = [*COLUMNS, "replications", "with", "without", "difference", "low", "high", *POSTERIOR]
    return judged(pd.DataFrame(rows, columns=columns), smallest, of="without", unit="unit")


def exclusive(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Decisions that exist only with the directives: how many a pair has, and their expected rate."""
    rows = []
    for group, values in pd.concat(tables).groupby(["agency", "stage"], observed=True):
        rates, draws = values["mean"].to_numpy(float), values.get("draw")
        found = _intervals(rates, draws, (0.0, 1.0))
        rows.append((*map(str, group), float(values["size"].sum()) / len(tables), *found))
    return pd.DataFrame(rows, columns=["agency", "stage", "decisions", "rate", "low", "high", *POSTERIOR])
