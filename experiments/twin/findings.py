"""What many pairs say together: the shift with its interval, the measures, the flips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from experiments.twin.flips import flips
from experiments.twin.intervals import LEVEL, paired
from experiments.twin.join import ONLY_WITH
from experiments.twin.measures import measured
from experiments.twin.pairs import Pair, pair
from experiments.twin.shift import over_pairs, paired_rates
from experiments.twin.twins import Twins
from model.errors import InputError
from model.schema import World

GROUPS = ("unit", "stage", "office", "level")
FEWEST = 3
"""Replications before an interval is trusted to say that it is narrow enough."""


@dataclass(frozen=True)
class Findings:
    """The findings of a twin experiment.

    Attributes:
        twins: the scenarios, and how they differ.
        seeds: of the replications that were run.
        shift: as `experiments.twin.shift.over_pairs`, with ``by`` (``agency``, and within it `GROUPS`), ``group``.
        measures: ``agency``, ``stage``, ``measure``, ``replications`` in which it has a value, ``mean``, ``low`` and
            ``high``.
        flips: as `experiments.twin.flips.flips`, with the ``seed``.
        new: decisions that exist only with the directives: ``agency``, ``stage``, ``decisions`` (mean of a
            replication), ``rate``, ``low``, ``high``.
        kinds: decisions of each kind, over all replications.
        precise: whether every agency's interval is as narrow as was asked; None if nothing was asked.
    """

    twins: Twins
    seeds: list[int]
    shift: pd.DataFrame = field(repr=False)
    measures: pd.DataFrame = field(repr=False)
    flips: pd.DataFrame = field(repr=False)
    new: pd.DataFrame = field(repr=False)
    kinds: dict[str, int]
    precise: bool | None


def find(
    scenario: str,
    without: Sequence[str] | None = None,
    against: str | None = None,
    *,
    world: World,
    replications: int = 8,
    precision: float | None = None,
    seed: int = 1,
    scale: float = 0.02,
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """Run pairs under ``seed``, ``seed + 1``, ... and put them together; of each only its tables are kept.

    Args:
        scenario: name of a scenario of the world.
        without: directives to take away.
        against: another scenario instead.
        world: the world, with its settings.
        replications: how many pairs; with ``precision``, how many at the most.
        precision: stop once the half-width of every agency's interval is no more than this (a difference of shares).
            A rule that looks at the data stops a little too early: such intervals hold somewhat less than they say.
        seed: of the first pair.
        scale: share of the real system's cases and officers.
        progress: told the days done and the days in all.

    Raises:
        InputError: a number that cannot be used, or anything that `experiments.twin.pairs.pair` refuses.
    """
    if replications < 1:
        raise InputError("no replication, no finding", where="replications", found=replications, allowed="1 or more")
    if precision is not None and not 0.0 < precision < 1.0:
        raise InputError(
            "a precision is a difference of shares", where="precision", found=precision, allowed="between 0 and 1"
        )
    kept = _Kept()
    for at in range(replications):

        def days(day: int, total: int, at: int = at) -> None:
            if progress is not None:
                progress(at * total + day, replications * total)

        one = pair(scenario, without, against, seed=seed + at, scale=scale, world=world, progress=days)
        kept.add(one)
        narrow = None if precision is None else _narrow(pd.concat(kept.rates["agency"]), precision)
        if narrow:
            break
    return Findings(
        one.twins, [seed + at for at in range(at + 1)], _shifts(kept.rates), _over(pd.concat(kept.measures)),
        pd.concat(kept.flips, ignore_index=True), _new(pd.concat(kept.new)), kept.kinds, narrow,
    )  # fmt: skip


class _Kept:
    """Tables of the pairs so far."""

    def __init__(self) -> None:
        self.rates: dict[str, list[pd.DataFrame]] = {name: [] for name in ("agency", *GROUPS)}
        self.measures: list[pd.DataFrame] = []
        self.flips: list[pd.DataFrame] = []
        self.new: list[pd.DataFrame] = []
        self.kinds: dict[str, int] = {}

    def add(self, one: Pair) -> None:
        """Keep what is needed of a pair."""
        for name, tables in self.rates.items():
            tables.append(paired_rates(one, ["agency"] if name == "agency" else ["agency", name]))
        self.measures.append(measured(one))
        changed = flips(one)
        changed.insert(0, "seed", one.seed)
        self.flips.append(changed)
        only = one.decisions[one.decisions["kind"] == ONLY_WITH].groupby(["agency", "stage"], observed=True)
        self.new.append(only["favourable_with"].agg(["size", "mean"]).reset_index())
        for kind, count in one.counts().items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count


def _narrow(rates: pd.DataFrame, precision: float) -> bool:
    found = over_pairs(rates)
    half = (found["high"] - found["low"]) / 2.0
    return bool((found["replications"] >= FEWEST).all() and (half <= precision).all())


def _shifts(rates: dict[str, list[pd.DataFrame]]) -> pd.DataFrame:
    parts = []
    for name, tables in rates.items():
        by = ["agency"] if name == "agency" else ["agency", name]
        part = over_pairs(pd.concat(tables, ignore_index=True), by)
        group = part.pop(name).astype(str) if name != "agency" else "all"
        part.insert(0, "by", name)
        part.insert(2, "group", group)
        parts.append(part)
    return pd.concat(parts, ignore_index=True).astype({"agency": str})


def _over(tables: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    rows = []
    for group, values in tables.groupby(["agency", "stage", "measure"], observed=True, sort=False):
        known = values["value"].dropna().to_numpy(dtype=np.float64)
        if len(known):
            rows.append((*map(str, group), len(known), *paired(known, level)))
    return pd.DataFrame(rows, columns=["agency", "stage", "measure", "replications", "mean", "low", "high"])


def _new(tables: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    rows = [
        (*map(str, group), float(values["size"].mean()), *paired(values["mean"].to_numpy(float), level))
        for group, values in tables.groupby(["agency", "stage"], observed=True)
    ]
    return pd.DataFrame(rows, columns=["agency", "stage", "decisions", "rate", "low", "high"])
