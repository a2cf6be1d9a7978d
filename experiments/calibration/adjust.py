"""Regression adjustment: what the accepted particles would have been, had they hit the record exactly.

With a handful of targets even the nearest of some hundred particles lie some tolerances away from the record, and
would make every posterior too wide. Beaumont, Zhang and Balding (2002) regress the parameters on the errors among the
accepted, and move each particle along the regression to where the errors are those aimed at. Parameters are moved as
the log-odds of their places, so that none leaves its prior's range.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from sklearn.linear_model import BayesianRidge

from experiments.calibration.problem import Problem

Floats = npt.NDArray[np.float64]
EDGE = 1e-4
"""Places nearer to 0 or 1 than this are taken for this far, since the log-odds of 0 have no end."""


def adjusted(particles: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    """Particles moved to where their errors are the ones aimed at.

    Args:
        particles: as `experiments.calibration.smc.Populations.last` has them.
        problem: what was asked.

    Returns:
        ``weight`` (nearer particles count for more: Epanechnikov's kernel; the sum is 1), and a column of places for
        each parameter, named as it is.
    """
    off = np.column_stack([particles[f"error.{name}"] - aim for name, aim in problem.aim.items()])
    weight = particles["weight"].to_numpy() * kernel(particles["distance"].to_numpy())
    weight = weight / weight.sum()
    told = off[:, off.std(axis=0) > 0.0]
    moved = {}
    for name in problem.priors:
        place = logit(particles[f"place.{name}"].clip(EDGE, 1.0 - EDGE).to_numpy())
        moved[name] = expit(place - slopes(told, place, weight))
    return pd.DataFrame({"weight": weight, **moved})


def kernel(distance: Floats) -> Floats:
    """Epanechnikov's kernel over the distances, a little beyond the farthest: ``1 - (distance / farthest)^2``.

    >>> kernel(np.array([0.0, 0.5, 1.0])).round(2).tolist()
    [1.0, 0.77, 0.09]
    """
    farthest = 1.05 * float(distance.max())
    return 1.0 - (distance / farthest) ** 2 if farthest > 0.0 else np.ones_like(distance)


def slopes(off: Floats, place: Floats, weight: Floats) -> Floats:
    """What of each place the regression puts down to the errors.

    The slopes are shrunk as far as the particles themselves suggest (Bayesian ridge), for there may be few of them.
    """
    if not off.shape[1]:
        return np.zeros_like(place)
    found = BayesianRidge().fit(off, place, sample_weight=weight * len(weight))
    return np.asarray(off @ found.coef_, dtype=np.float64)
