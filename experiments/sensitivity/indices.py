"""Sensitivity indices: which parameters an outcome depends on, and how far, with intervals."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from experiments.sensitivity.sample import Sample
from experiments.sweep.designs import problem
from experiments.sweep.discrete import members
from experiments.sweep.factors import Floats
from model.errors import InputError

LEVEL = 0.9
RESAMPLES = 1000
SEED = 1
"""Of the resampling that makes the intervals: the same tables whenever they are made."""
FEWEST = 4
"""Base samples or trajectories without which there is nothing to resample; also those in which a parameter must have
changed its value, for anything to be known of it."""
FIRST, TOTAL, MU_STAR, SIGMA = "first order", "total order", "mu*", "sigma"


def indices(sample: Sample, samples: int | None = None) -> pd.DataFrame:
    """Indices of each parameter, or group of parameters, by the design of the sweep.

    Sobol (Saltelli et al. 2010; Jansen's estimator of the total): with Y the outcome and X the parameters, the share
    of the variance of Y that parameter i alone makes, ``V(E(Y | X_i)) / V(Y)`` (first order), and that it makes
    together with others, ``E(V(Y | all but X_i)) / V(Y)`` (total order). Their difference is interaction. Both are
    shares: an estimate or an end of an interval that sampling puts below 0 or above 1 is put there.

    Morris (Morris 1991; Campolongo et al. 2007): an elementary effect is the change of Y on one step of a trajectory,
    per whole range of parameter i: divided by the part of the range (of the list, for numbers one by one) that the step
    went. Texts and switches have no range: the effect is the change itself. ``mu*`` is the mean of their absolute
    values, in units of the outcome; ``sigma`` their standard deviation: large beside ``mu*`` where the parameter acts
    unevenly or through others.

    Args:
        sample: of a ``sobol`` or a ``morris`` design.
        samples: base samples, or trajectories, to use, from the first on; all of them unless given.

    Returns:
        ``factor``, ``index``, ``value``, ``low``, ``high`` (90 percent, bootstrap; ``sigma`` has none). No number where
        the samples hold no information: fewer than `FEWEST` of them change the parameter, or no outcome differs among
        A and B.

    Raises:
        InputError: another design, too few samples, or an outcome that never changes.
    """
    kind = sample.resolved.plan.design.kind
    if kind not in ("sobol", "morris"):
        raise InputError("a design without indices", where="design.kind", found=kind, allowed="sobol, morris")
    outcome = sample.blocks()[1]
    if len(outcome[:samples]) < FEWEST:
        raise InputError(
            "too few samples for indices", where="design.samples", found=len(outcome[:samples]), allowed=f"{FEWEST}"
        )
    if np.ptp(outcome) == 0.0:
        raise InputError("an outcome that never changes has no indices", where=f"--of {sample.target}")
    made = _sobol(sample, samples) if kind == "sobol" else _morris(sample, samples)
    rows = [
        (factor, index, *found)
        for index, values in made.items()
        for factor, *found in zip(sample.groups, *values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["factor", "index", "value", "low", "high"])


def pairs(sample: Sample) -> pd.DataFrame:
    """Second-order Sobol indices (Saltelli 2002), of a design with ``second_order``.

    The share of the variance that two parameters, or groups, make together, beyond what each makes alone:
    ``V(E(Y | X_i, X_j)) / V(Y)`` less both first orders. It is put between 0 and 1 as they are.

    Returns:
        ``first``, ``second`` (in the order of the plan), ``value``, ``low``, ``high`` (90 percent, bootstrap); no
        number where the samples hold no information on one of the two.
    """
    found, told = _analysed(sample, None)
    at = np.triu_indices(len(told), 1)
    values = _interval(found["S2"][at], found["S2_conf"][at], told[at[0]] & told[at[1]], highest=1.0)
    names = np.array(sample.groups, dtype=object)
    columns = ("first", "second", "value", "low", "high")
    return pd.DataFrame(dict(zip(columns, (names[at[0]], names[at[1]], *values), strict=True)))


def _analysed(sample: Sample, samples: int | None) -> tuple[dict[str, Floats], npt.NDArray[np.bool_]]:
    """What SALib finds of the first samples, and of which parameters or groups they tell anything."""
    from SALib.analyze import sobol

    design, factors = sample.resolved.plan.design, sample.points.factors
    units, outcome = (part[:samples] for part in sample.blocks())
    changed = (units[:, 0] != units[:, -1])[:, np.newaxis] & members(factors)
    told = (changed.any(axis=2).sum(axis=0) >= FEWEST) & (np.ptp(outcome[:, [0, -1]]) > 0.0)
    if not told.any():
        none = np.full(len(told), np.nan)
        return {**dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), none),
                **dict.fromkeys(("S2", "S2_conf"), np.tile(none, (len(none), 1)))}, told  # fmt: skip
    found = sobol.analyze(
        problem(factors), outcome.ravel(), calc_second_order=design.second_order, num_resamples=RESAMPLES,
        conf_level=LEVEL, seed=SEED,
    )  # fmt: skip
    return dict(found), told


def _sobol(sample: Sample, samples: int | None) -> dict[str, tuple[Floats, Floats, Floats]]:
    found, told = _analysed(sample, samples)
    return {
        index: _interval(found[name], found[f"{name}_conf"], told, highest=1.0)
        for index, name in ((FIRST, "S1"), (TOTAL, "ST"))
    }


def _morris(sample: Sample, samples: int | None) -> dict[str, tuple[Floats, Floats, Floats]]:
    factors = sample.points.factors
    units, outcome = (part[:samples] for part in sample.blocks())
    moves = np.diff(units, axis=1)
    step = np.abs(moves).argmax(axis=1)
    moved = np.take_along_axis(moves, step[:, np.newaxis], axis=1)[:, 0]
    far = np.where([factor.numeric for factor in factors], moved, np.sign(moved))
    told = (moved != 0.0).sum(axis=0) >= FEWEST
    effects = np.take_along_axis(np.diff(outcome, axis=1), step, axis=1) / np.where(told, far, np.nan)
    drawn = np.random.default_rng(SEED).integers(len(effects), size=(RESAMPLES, len(effects)))
    half = ndtri((1.0 + LEVEL) / 2.0) * np.abs(effects)[drawn].mean(axis=1).std(axis=0, ddof=1)
    none = np.full(len(factors), np.nan)
    stars = _interval(np.abs(effects).mean(axis=0), half, told, highest=np.inf)
    return {MU_STAR: stars, SIGMA: (effects.std(axis=0, ddof=1), none, none)}


def _interval(
    value: Floats, half: Floats, told: npt.NDArray[np.bool_], highest: float
) -> tuple[Floats, Floats, Floats]:
    """Value, low and high from 0 to ``highest``, where they are told."""
    inside = np.where(told, np.clip(value, 0.0, highest), np.nan)
    return inside, np.clip(inside - half, 0.0, highest), np.clip(inside + half, 0.0, highest)
