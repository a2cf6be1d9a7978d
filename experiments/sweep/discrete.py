"""Values one by one in designs that were made for ranges.

A sample of a range tells its points apart by digits that a few values cannot see: in one of sixteen rows, two columns
of a Sobol sequence may take the upper half of their range in the same rows throughout, and a switch is then never
turned between them. So each of these columns is drawn for itself, in an order of its own. Rows are drawn in turn, so
that a design holds those of a smaller one.
"""

from collections.abc import Sequence
from itertools import combinations
from math import ceil

import numpy as np
import numpy.typing as npt
import scipy

from experiments.sweep.factors import Factor, Floats


def groups(factors: Sequence[Factor]) -> list[str]:
    """The names under which parameters are moved, in their order; a parameter alone has its path."""
    return list(dict.fromkeys(factor.name for factor in factors))


def members(factors: Sequence[Factor]) -> npt.NDArray[np.bool_]:
    """Which parameters are moved under each name: names x factors."""
    return np.array([[factor.name == name for factor in factors] for name in groups(factors)])


def from_b(factors: Sequence[Factor], second_order: bool) -> npt.NDArray[np.bool_]:
    """Which columns of each row of Saltelli's sample are those of B: rows of a sample x factors.

    A; A with each group of B; for second order B with each group of A; B.
    """
    own = members(factors)
    whole = np.ones((1, len(factors)), dtype=bool)
    return np.concatenate([~whole, own, *([~own] if second_order else []), whole])


def apart(rows: Floats, factors: Sequence[Factor], seed: int, second_order: bool = False) -> Floats:
    """Saltelli's sample, in which the values of A and of B differ as often as two values drawn at random.

    Of k values in ``1 - 1/k`` of the samples: in half of them, from two samples on, for a switch.

    Args:
        rows: of the sample: samples, each with the rows of `from_b`, x factors; from 0 to 1.
        factors: what varies; one column each.
        seed: of the design.
        second_order: whether the rows for second-order indices are among them.

    >>> one = [Factor("world.flag", 0.0, 1.0, values=(False, True))]
    >>> units = apart(np.zeros((24, 1)), one, seed=1).reshape(8, 3)
    >>> int((one[0].at(units[:, 0]) != one[0].at(units[:, 2])).sum()), bool((units[:, 1] == units[:, 2]).all())
    (4, True)
    """
    moved = from_b(factors, second_order)
    blocks = np.array(rows, dtype=np.float64).reshape(-1, *moved.shape)
    for at, factor in enumerate(factors):
        if factor.values is not None:
            of_a, of_b = _pairs(len(blocks), np.random.default_rng([seed, at])).T
            blocks[:, :, at] = np.where(moved[:, at], of_b[:, np.newaxis], of_a[:, np.newaxis])
    return blocks.reshape(-1, len(factors))


def _pairs(samples: int, draws: np.random.Generator) -> Floats:
    """Points of a square that cover it evenly, in an order of their own: samples x 2."""
    pairs = scipy.stats.qmc.Sobol(2, seed=draws).random(samples)
    first = 2
    while first < samples:
        pairs[first : 2 * first] = draws.permutation(pairs[first : 2 * first])
        first *= 2
    return pairs


def stepped(rows: Floats, factors: Sequence[Factor], seed: int) -> Floats:
    """Morris's trajectories, in which a step goes from one value to another, and every such step comes equally often.

    Of k numbers, ``k // 2`` places up or down the list of them; else from any value to any other.

    Args:
        rows: of the trajectories: ``samples * (factors + 1)`` x factors, from 0 to 1; each column takes two values in a
            trajectory.
        factors: what varies; one column each.
        seed: of the design.

    >>> one = [Factor("world.levels", 0.0, 2.0, values=(1.0, 2.0, 4.0))]
    >>> sorted(stepped(np.array([[0.0], [1.0], [0.0], [1.0]]), one, seed=1).reshape(2, 2).tolist())
    [[0.0, 0.5], [0.5, 1.0]]
    """
    blocks = np.array(rows, dtype=np.float64).reshape(-1, len(factors) + 1, len(factors))
    for at, factor in enumerate(factors):
        if factor.values is not None and len(factor.values) > 1:
            ends = factor.grid(0)[_steps(factor, len(blocks), np.random.default_rng([seed, at]))]
            column = blocks[:, :, at]
            lower = column == column.min(axis=1, keepdims=True)
            blocks[:, :, at] = np.where(lower, ends[:, :1], ends[:, 1:])
    return blocks.reshape(-1, len(factors))


def _steps(factor: Factor, samples: int, draws: np.random.Generator) -> npt.NDArray[np.int64]:
    """Places of the lower and the upper value of each trajectory's step: samples x 2."""
    places = range(len(factor.values or ()))
    half = len(places) // 2
    steps = [(low, low + half) for low in places[:-half]] if factor.numeric else list(combinations(places, 2))
    rounds = [draws.permutation(np.array(steps)) for _ in range(ceil(samples / len(steps)))]
    return np.concatenate(rounds)[:samples]
