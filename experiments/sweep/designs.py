"""Designs: which points of the space are run, as rows of numbers from 0 to 1, one a factor.

SALib and scipy draw the samples; what takes values one by one has them placed on these (`experiments.sweep.discrete`),
for samples of a range do not fit them. A design is a function of its plan alone, so that it can be made again. Those of
``sobol``, ``morris``, and a factorial one whose old levels are among the new, hold the rows of a smaller one: what was
run for it is not run again.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from experiments.sweep.discrete import apart, from_b, stepped
from experiments.sweep.factors import Factor, Floats
from experiments.sweep.plan import Design

LEVELS, GRID = 3, 4
"""Levels of a range unless the plan says otherwise: in a factorial design, and in the grid of a Morris design."""


def rows(design: Design, factors: Sequence[Factor], seed: int) -> Floats:
    """The rows of a design.

    Args:
        design: its kind and size.
        factors: what varies; one column each.
        seed: of the design's own draws, above 0.

    Returns:
        Numbers from 0 to 1, design rows x factors: of n factors, s samples and levels l, ``product(l)`` rows
        (factorial), ``1 + sum(l)`` at most (one-at-a-time), s (latin-hypercube), s times `block` (sobol, morris).

    >>> factors = [Factor("a", 0.0, 1.0), Factor("b", 0.0, 1.0)]
    >>> rows(Design(kind="factorial", levels=2), factors, seed=1).tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    >>> [len(rows(Design(kind=kind, samples=8), factors, seed=1)) for kind in ("latin-hypercube", "sobol", "morris")]
    [8, 32, 24]
    """
    if design.kind == "factorial":
        grids = [factor.grid(design.levels or LEVELS) for factor in factors]
        return np.array(list(product(*grids)), dtype=np.float64)
    if design.kind == "one-at-a-time":
        return _one_at_a_time(factors, design.levels or LEVELS)
    samples = design.samples or 0
    if design.kind == "latin-hypercube":
        from SALib.sample import latin

        return np.asarray(latin.sample(problem(factors), samples, seed=seed), dtype=np.float64)
    if design.kind == "sobol":
        from SALib.sample import sobol

        drawn = sobol.sample(problem(factors), samples, calc_second_order=design.second_order, seed=seed)
        return apart(drawn, factors, seed, design.second_order)
    from SALib.sample import morris

    return stepped(morris.sample(problem(factors), samples, num_levels=design.levels or GRID, seed=seed), factors, seed)


def problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """The factors as SALib knows them, from 0 to 1."""
    names, groups = [factor.path for factor in factors], [factor.name for factor in factors]
    made = {"num_vars": len(factors), "names": names, "bounds": [[0.0, 1.0] for _ in factors]}
    return made if groups == names else {**made, "groups": groups}


def block(design: Design, factors: Sequence[Factor]) -> int:
    """Rows that belong together: one base sample of a Sobol design, or one trajectory of Morris's.

    Of g groups (a parameter alone is one) ``g + 2``, with second order ``2 g + 2``; of n parameters ``n + 1`` (morris).

    >>> factors = [Factor("a", 0.0, 1.0, group="x"), Factor("b", 0.0, 1.0, group="x"), Factor("c", 0.0, 1.0)]
    >>> [block(Design(kind="sobol", samples=2, second_order=more), factors) for more in (False, True)]
    [4, 6]
    """
    if design.kind == "morris":
        return len(factors) + 1
    return len(from_b(factors, design.second_order))


def _one_at_a_time(factors: Sequence[Factor], levels: int) -> Floats:
    """The world's own values, and from there each factor through its levels, the others as they are."""
    base = np.array([factor.unit(factor.own) for factor in factors])
    made = [base]
    for at, factor in enumerate(factors):
        for unit in factor.grid(levels):
            moved = base.copy()
            moved[at] = unit
            made.append(moved)
    return np.array(made)
