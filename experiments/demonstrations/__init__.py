"""What the guided demonstrations of the app run: small experiments, each with replications and an interval.

A demonstration is a function of one seed that gives the figures to be guessed; `demonstrate` runs it under several.

>>> found = demonstrate("fading", seeds=[1], scale=0.002)
>>> found["key"].tolist()
['directors', 'supervisors', 'officers', 'ordered']
"""

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from experiments.demonstrations.counted import counted
from experiments.demonstrations.fading import fading
from experiments.demonstrations.limits import limits
from experiments.demonstrations.same_facts import same_facts
from experiments.demonstrations.whose import whose
from experiments.parallel import Progress, one_of
from experiments.replications import interval
from model.errors import InputError

SEEDS = (1, 2, 3, 4, 5, 6)
SCALE = 0.005
SCALES = {"limits": 0.02}
"""Of the demonstrations whose scenario cannot be read at `SCALE` (`model.sizes`)."""


class Demonstration(Protocol):
    """One replication: the figures by their key, and what it tells of how far it is."""

    def __call__(self, seed: int, scale: float, progress: Progress) -> dict[str, float]: ...  # noqa: D102


DEMONSTRATIONS: dict[str, Demonstration] = {
    "same-facts": same_facts, "fading": fading, "counted": counted, "limits": limits, "whose": whose,
}  # fmt: skip


def scale_of(name: str) -> float:
    """The size at which a demonstration is run unless told otherwise."""
    return SCALES.get(name, SCALE)


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
        One row a figure, in the order in which they are to be guessed: ``key``, ``median``, ``low`` and ``high`` (the
        range that holds 90 percent of the replications).

    Raises:
        InputError: there is no such demonstration.
    """
    if name not in DEMONSTRATIONS:
        raise InputError("no such demonstration", where="demonstration", found=name, known=DEMONSTRATIONS)
    figures: dict[str, list[float]] = {}
    for at, seed in enumerate(seeds):
        days = one_of(progress, at, len(seeds))
        for key, value in DEMONSTRATIONS[name](seed, scale or scale_of(name), days).items():
            figures.setdefault(key, []).append(value)
    rows = [(key, *interval(values)) for key, values in figures.items()]
    return pd.DataFrame(rows, columns=["key", "median", "low", "high"])
