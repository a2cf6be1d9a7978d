"""The same run under many seeds: what holds whatever the seed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.parallel import Progress, one_of
from experiments.rates import rates
from experiments.runs import Run, run
from model.schema import World
from model.world.loader import DEFAULT_WORLD


class Interval(NamedTuple):
    """The middle of some replications and the range that holds most of them."""

    median: float
    low: float
    high: float


def interval(values: Iterable[float], level: float = 0.9) -> Interval:
    """Median, and the central quantiles that hold ``level`` of the values (linear between neighbours).

    It tells where a single replication falls. More replications make it surer, not narrower; a larger scale
    makes it narrower. Missing values (a rate of no decisions) are left out; with none left, all are missing.

    >>> interval([0.02, 0.04, 0.03, 0.05, 0.01], level=0.5)
    Interval(median=0.03, low=0.02, high=0.04)
    >>> interval([0.0, 1.0], level=0.9)
    Interval(median=0.5, low=0.05, high=0.95)
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    known = np.array([value for value in values if not np.isnan(value)], dtype=np.float64)
    if not len(known):
        return Interval(np.nan, np.nan, np.nan)
    low, median, high = np.quantile(known, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Interval(float(median), float(low), float(high))


def overall(result: Run) -> pd.DataFrame:
    """Rates by agency and stage over the whole run."""
    return rates(result.outcomes)


def replicate(
    scenario: str,
    seeds: Sequence[int],
    scale: float = 0.02,
    *,
    measure: Callable[[Run], pd.DataFrame] = overall,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Sequence[str] = (),
    until: date | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run a scenario once a seed and measure each run.

    Args:
        scenario: name of a scenario of the world.
        seeds: one replication each, in this order.
        scale: share of the real system's cases and officers.
        measure: makes a table of one run; only this is kept.
        world: name of a shipped world, the folder of another, or a `World`.
        settings: parameters to move, as ``path=value``; none beside a `World`.
        until: last day, if not the scenario's.
        progress: told the days done and the days in all, over all replications.

    Returns:
        The rows of ``measure`` for every run, with the column ``seed`` first.
    """
    tables = []
    for at, seed in enumerate(seeds):
        days = one_of(progress, at, len(seeds))
        result = run(scenario, scale, seed, world=world, settings=settings, until=until, progress=days)
        table = measure(result)
        table.insert(0, "seed", seed)
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame({"seed": []})
