"""Recovery: a calibration to data that the model made itself, so that the truth is known."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.calibration.posterior import Posterior
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
