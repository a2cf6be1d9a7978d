"""Regression ABC: what the members of a bank nearest to the record would have been, had they hit it exactly.

With a handful of targets even the nearest of some thousand runs lie some tolerances away from the record, and would
make every posterior too wide. Beaumont, Zhang and Balding (2002) regress the parameters on the errors among the
nearest, and move each along the regression to where the errors are those aimed at. Parameters are moved as the log-odds
of their places, so that none leaves its prior's range.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from sklearn.linear_model import BayesianRidge

Floats = npt.NDArray[np.float64]
EDGE = 1e-4
"""Places nearer to 0 or 1 than this are taken for this far, since the log-odds of 0 have no end."""
NEAREST, AT_LEAST = 0.3, 400
"""Of the members, the share that is adjusted, and how many if that were fewer."""


def adjusted(members: pd.DataFrame, aim: Mapping[str, float], parameters: list[str]) -> pd.DataFrame:
    """The members nearest to what is aimed at, moved to where their errors are the ones aimed at.

    Args:
        members: of a bank (`experiments.calibration.bank.Bank`).
        aim: the errors to come close to, by target.
        parameters: their names.

    Returns:
        ``weight`` (nearer members count for more: Epanechnikov's kernel; the sum is 1), and a column of places for each
        parameter, named as it is.
    """
    off = np.column_stack([members[f"error.{name}"].to_numpy() - value for name, value in aim.items()])
    distance = np.sqrt(np.square(off).sum(axis=1))
    nearest = np.argsort(distance, kind="stable")[: max(AT_LEAST, round(NEAREST * len(members)))]
    weight = kernel(distance[nearest])
    weight, off = weight / weight.sum(), off[nearest]
    told = off[:, off.std(axis=0) > 0.0]
    moved = {}
    for name in parameters:
        place = logit(members[f"place.{name}"].to_numpy()[nearest].clip(EDGE, 1.0 - EDGE))
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

    The slopes are shrunk as far as the members themselves suggest (Bayesian ridge), for there may be few of them.
    """
    if not off.shape[1]:
        return np.zeros_like(place)
    found = BayesianRidge().fit(off, place, sample_weight=weight * len(weight))
    return np.asarray(off @ found.coef_, dtype=np.float64)
