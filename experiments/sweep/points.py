"""The points of a sweep: the rows of its design without repetition, as values of parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.sweep.designs import rows
from experiments.sweep.factors import Factor, Floats
from experiments.sweep.plan import Plan

DESIGN = 2**32 - 1
"""The branch of the plan's entropy that seeds the design; replications are counted from 0."""


@dataclass(frozen=True)
class Points:
    """The points of a plan, numbered in the order in which its design first comes to them.

    Attributes:
        factors: what varies.
        units: the design itself: rows x factors, from 0 to 1; of a factor with ``values``, where on its `Factor.grid`
            the value lies that is run there.
        values: points x factors: the value, or its place among the factor's ``values``.
        point: the point of each row of the design.
    """

    factors: tuple[Factor, ...]
    units: Floats
    values: Floats
    point: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """How many points there are."""
        return len(self.values)

    def settings(self, point: int) -> tuple[tuple[str, Any], ...]:
        """What is moved at a point: path and value."""
        return tuple(
            (factor.path, float(value) if factor.values is None else factor.values[int(value)])
            for factor, value in zip(self.factors, self.values[point], strict=True)
        )


def points(plan: Plan, factors: Sequence[Factor]) -> Points:
    """The points of a plan."""
    seed = int(np.random.SeedSequence(plan.entropy, spawn_key=(DESIGN,)).generate_state(1)[0]) | 1
    units = rows(plan.design, factors, seed)
    drawn = np.column_stack([factor.at(units[:, at]) for at, factor in enumerate(factors)])
    for at, factor in enumerate(factors):
        if factor.values is not None:
            units[:, at] = factor.grid(0)[drawn[:, at].astype(np.int64)]
    _, first, which = np.unique(drawn, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return Points(tuple(factors), units, drawn[first[order]], place[which.ravel()])
