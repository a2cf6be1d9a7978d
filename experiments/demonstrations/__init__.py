"""What the guided demonstrations of the app run: small experiments, each with replications and an interval.

A demonstration is a function of one seed that gives the figures to be guessed; `demonstrate` runs it under several.

>>> found = demonstrate("fading", seeds=[1], scale=0.002)
>>> found["key"].tolist()
['directors', 'supervisors', 'officers', 'ordered']
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from experiments.demonstrations.budget import AS_IT_IS, budget, key_of, memos, office
from experiments.demonstrations.counted import counted
from experiments.demonstrations.fading import fading
from experiments.demonstrations.limits import limits
from experiments.demonstrations.same_facts import same_facts
from experiments.demonstrations.whose import whose
from experiments.parallel import Progress, one_of
from experiments.replications import interval
from experiments.twin.intervals import paired
from model.errors import InputError
from model.schema import World
from model.world.loader import load

SEEDS = (1, 2, 3, 4, 5, 6)
SCALE = 0.005
SCALES = {"limits": 0.02, "budget": 1.0}
"""Of the demonstrations that cannot be read at `SCALE` (`model.sizes`), or whose world is small enough to be whole."""
BESIDE = {
    "counted": {"no-quotas": "as-issued", "counted": "as-issued"},
    "whose": {"adjudicators": "prosecutors", "daca-at-ice": "daca"},
    "budget": {key_of(memo): key_of(AS_IT_IS) for memo in memos() if memo != AS_IT_IS},
}
"""Of a demonstration that runs worlds in pairs: the figure that each is compared with, under the same seed."""


class Demonstration(Protocol):
    """One replication: the figures by their key, and what it tells of how far it is."""

    def __call__(self, seed: int, scale: float, progress: Progress) -> dict[str, float]: ...  # noqa: D102


DEMONSTRATIONS: dict[str, Demonstration] = {
    "same-facts": same_facts, "fading": fading, "counted": counted, "limits": limits, "whose": whose,
    "budget": budget,
}  # fmt: skip


def scale_of(name: str) -> float:
    """The size at which a demonstration is run unless told otherwise."""
    return SCALES.get(name, SCALE)


def world_of(name: str) -> World:
    """The world that a demonstration is of."""
    return office() if name == "budget" else load()


def demonstrate(
    name: str, seeds: Sequence[int] = SEEDS, scale: float | None = None, progress: Progress | None = None
) -> pd.DataFrame:
    """Run a demonstration under several seeds.

    Args:
        name: of the demonstration.
        seeds: one replication each.
        scale: share of the real system's cases and officers; None for that of the demonstration.
        progress: told the days done and the days in all, over all replications.

    Returns:
        As `summary`.

    Raises:
        InputError: there is no such demonstration.
    """
    return summary(name, figures(name, seeds, scale, progress))


def figures(
    name: str, seeds: Sequence[int] = SEEDS, scale: float | None = None, progress: Progress | None = None
) -> dict[str, list[float]]:
    """The figures of each replication by their key, as `demonstrate` takes its arguments and raises its errors."""
    if name not in DEMONSTRATIONS:
        raise InputError("no such demonstration", where="demonstration", found=name, known=DEMONSTRATIONS)
    found: dict[str, list[float]] = {}
    for at, seed in enumerate(seeds):
        days = one_of(progress, at, len(seeds))
        for key, value in DEMONSTRATIONS[name](seed, scale or scale_of(name), days).items():
            found.setdefault(key, []).append(value)
    return found


def summary(name: str, found: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """What the replications of a demonstration say together.

    Returns:
        One row a figure, in the order in which they are to be guessed: ``key``, ``median``, ``low`` and ``high`` (the
        range that holds 90 percent of the replications); and where it is compared with another (`BESIDE`) the mean
        difference under the same seeds, ``shift``, with the 90 percent interval of that mean, ``shift_low`` and
        ``shift_high``.

    Two worlds of one seed have the same cases and the same luck, so a shift may be sure where the ranges overlap:

    >>> rows = summary("counted", {"as-issued": [0.04, 0.05], "no-quotas": [0.047, 0.058], "counted": [0.1, 0.1]})
    >>> rows.set_index("key").loc["no-quotas", ["shift", "shift_low", "shift_high"]].round(4).tolist()
    [0.0075, 0.0043, 0.0107]
    """
    beside = BESIDE.get(name, {})
    rows = []
    for key, values in found.items():
        with_, without = np.array(values), np.array(found[beside.get(key, key)])
        shift = paired(with_ - without) if key in beside else (np.nan, np.nan, np.nan)
        rows.append((key, *interval(values), *shift))
    return pd.DataFrame(rows, columns=["key", "median", "low", "high", "shift", "shift_low", "shift_high"])
