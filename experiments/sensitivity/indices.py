"""Sensitivity indices: which parameters an outcome depends on, and how far, with intervals."""

from typing import Any

import numpy as np
import pandas as pd

from experiments.sensitivity.sample import Sample
from experiments.sweep.designs import GRID, problem
from experiments.sweep.factors import Floats
from model.errors import InputError

LEVEL = 0.9
RESAMPLES = 1000
SEED = 1
"""Of the resampling that makes the intervals: the same tables whenever they are made."""
FEWEST = 4
"""Base samples or trajectories without which there is nothing to resample."""
FIRST, TOTAL, MU_STAR, SIGMA = "first order", "total order", "mu*", "sigma"


def indices(sample: Sample, samples: int | None = None) -> pd.DataFrame:
    """Indices of each parameter, by the design of the sweep.

    Sobol (Saltelli et al. 2010; Jansen's estimator of the total): with Y the outcome and X the parameters, the share
    of the variance of Y that parameter i alone makes, ``V(E(Y | X_i)) / V(Y)`` (first order), and that it makes
    together with others, ``E(V(Y | all but X_i)) / V(Y)`` (total order). Their difference is interaction.

    Morris (Morris 1991; Campolongo et al. 2007): an elementary effect is the change of Y, per whole range of parameter
    i, on one step of a trajectory. ``mu*`` is the mean of their absolute values, in units of the outcome; ``sigma``
    their standard deviation: large beside ``mu*`` where the parameter acts unevenly or through others.

    Args:
        sample: of a ``sobol`` or a ``morris`` design.
        samples: base samples, or trajectories, to use, from the first on; all of them unless given.

    Returns:
        ``factor``, ``index``, ``value``, ``low``, ``high`` (90 percent, bootstrap; ``sigma`` has none).

    Raises:
        InputError: another design, too few samples, or an outcome that never changes.
    """
    kind = sample.resolved.plan.design.kind
    if kind not in ("sobol", "morris"):
        raise InputError("a design without indices", where="design.kind", found=kind, allowed="sobol, morris")
    size = len(sample.names) + (2 if kind == "sobol" else 1)
    units, outcome = sample.blocks(size)
    units, outcome = units[:samples], outcome[:samples]
    if len(outcome) < FEWEST:
        raise InputError("too few samples for indices", where="design.samples", found=len(outcome), allowed=f"{FEWEST}")
    if np.ptp(outcome) == 0.0:
        raise InputError("an outcome that never changes has no indices", where=f"--of {sample.target}")
    known = problem(sample.points.factors)
    found = _sobol(known, outcome) if kind == "sobol" else _morris(known, units, outcome, sample)
    rows = [
        (factor, index, value, max(value - half, 0.0) if index == MU_STAR else value - half, value + half)
        for index, (values, halves) in found.items()
        for factor, value, half in zip(sample.names, values, halves, strict=True)
    ]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high"])


def _sobol(known: dict[str, Any], outcome: Floats) -> dict[str, tuple[Floats, Floats]]:
    from SALib.analyze import sobol

    found = sobol.analyze(
        known, outcome.ravel(), calc_second_order=False, num_resamples=RESAMPLES, conf_level=LEVEL, seed=SEED
    )
    return {FIRST: (found["S1"], found["S1_conf"]), TOTAL: (found["ST"], found["ST_conf"])}


def _morris(known: dict[str, Any], units: Floats, outcome: Floats, sample: Sample) -> dict[str, tuple[Floats, Floats]]:
    from SALib.analyze import morris

    found = morris.analyze(
        known, units.reshape(-1, len(sample.names)), outcome.ravel(), num_resamples=RESAMPLES, conf_level=LEVEL,
        num_levels=sample.resolved.plan.design.levels or GRID, seed=SEED,
    )  # fmt: skip
    sigma = np.asarray(found["sigma"], dtype=np.float64)
    stars = np.asarray(found["mu_star"], dtype=np.float64), np.asarray(found["mu_star_conf"], dtype=np.float64)
    return {MU_STAR: stars, SIGMA: (sigma, np.full_like(sigma, np.nan))}
