"""Recovery: a calibration to data that the model made itself, so that the truth is known."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.calibration.adjust import adjusted
from experiments.calibration.posterior import LEVEL, Posterior, quantile
from experiments.calibration.priors import factor
from experiments.calibration.problem import Problem

EDGE = 0.1
"""Truths are drawn from the prior, but for this share at either end, where an interval of 90 percent never reaches."""


def to_recover(problem: Problem, seed: int = 1) -> tuple[Problem, dict[str, float]]:
    """The same calibration, of a run of the model instead of the record.

    Args:
        problem: what is asked of the record.
        seed: of the truth.

    Returns:
        The calibration, and the truth: the value of each parameter in that run.
    """
    rng = np.random.default_rng([seed, len(problem.priors)])
    places = {name: float(rng.uniform(EDGE, 1.0 - EDGE)) for name in problem.priors}
    truth = {name: factor(prior).at(places[name]).item() for name, prior in problem.priors.items()}
    return replace(problem, observed=problem.simulate(places)), truth


def recovered(posterior: Posterior, truth: Mapping[str, float]) -> pd.DataFrame:
    """Whether the truth lies within the 90 percent interval of each parameter.

    Returns:
        One row a parameter: ``parameter``, ``title``, ``truth``, ``low``, ``median``, ``high``, ``inside``,
        ``contraction`` and ``verdict``.
    """
    rows = posterior.summary()
    known = rows["parameter"].map(dict(truth))
    found = rows.assign(truth=known, inside=(rows["low"] <= known) & (known <= rows["high"]))
    return found[["parameter", "title", "truth", "low", "median", "high", "inside", "contraction", "verdict"]]


def coverage(first: pd.DataFrame, problem: Problem) -> pd.Series:
    """How often the interval of 90 percent holds the truth, over truths from the whole prior.

    Each point of the first round is taken for the truth in turn, and its run for the record; the other points are
    adjusted to it (Prangle, Blum, Popovic and Sisson 2014). It takes no further run. The share should be 0.9: below it
    the intervals are too narrow, above it too wide.

    Args:
        first: the first population (`experiments.calibration.smc.Populations.first`): the prior as it is.
        problem: what was asked.

    Returns:
        The share by parameter.
    """
    inside = np.array([_inside(first, problem, at) for at in range(len(first))])
    return pd.Series(inside.mean(axis=0), index=list(problem.priors), name="found")


def _inside(first: pd.DataFrame, problem: Problem, at: int) -> npt.NDArray[np.bool_]:
    """Whether the place of each parameter of one point lies within the interval that the others give."""
    errors = [f"error.{target.name}" for target in problem.targets]
    truth, others = first.iloc[at], first.drop(index=first.index[at])
    own = {target.name: float(truth[f"error.{target.name}"]) for target in problem.targets}
    off = others[errors] - truth[errors]
    found = adjusted(others.assign(distance=np.sqrt(np.square(off).sum(axis=1))), replace(problem, observed=own))
    weights, ends = found["weight"].to_numpy(), ((1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0)
    return np.array([
        low <= truth[f"place.{name}"] <= high
        for name in problem.priors
        for low, high in [[quantile(found[name].to_numpy(), weights, end) for end in ends]]
    ])  # fmt: skip
