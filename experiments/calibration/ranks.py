"""Calibration tested by simulation: do the posteriors hold the truth as often as they say?

Members of a bank are taken for the truth in turn, and their errors for the record; the others say what the parameters
would be (Talts and others 2018). Where a truth lies among what is said of it, as the share of the weight below it, is
its *rank*: over truths from the prior, ranks are uniform if the posterior is one. The test is that of Säilynoja,
Bürkner and Vehtari (2022): how far the share of ranks below each of a row of points leaves what chance allows, at the
point where it leaves it most.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from experiments.calibration.adjust import adjusted
from experiments.calibration.forest import Forest
from experiments.calibration.problem import Problem

Floats = npt.NDArray[np.float64]
TRUTHS = 300
"""Members that are taken for the truth, at the most."""
POINTS, SIMULATED = 50, 4000
REGRESSION, FOREST = "regression", "forest"


def truths(members: pd.DataFrame, count: int = TRUTHS) -> npt.NDArray[np.int64]:
    """Members to be taken for the truth, evenly over the bank."""
    return np.unique(np.linspace(0, len(members) - 1, min(count, len(members))).astype(np.int64))


def by_regression(members: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    """The rank of each parameter (columns) of each truth, in the adjusted posterior of the other members."""
    rows = []
    for at in truths(members):
        truth, others = members.iloc[at], members.drop(index=members.index[at])
        aim = {name: float(truth[f"error.{name}"]) for name in problem.aim}
        found = adjusted(others, aim, list(problem.priors))
        rows.append({name: rank(found[name].to_numpy(), found["weight"].to_numpy(), truth[f"place.{name}"])
                     for name in problem.priors})  # fmt: skip
    return pd.DataFrame(rows)


def by_forest(forest: Forest) -> Floats:
    """The rank of the parameter of each truth, by the trees that were grown without it."""
    at = truths(pd.DataFrame(index=range(len(forest.places))))
    return np.array([rank(forest.places, forest.without(one), forest.places[one]) for one in at])


def rank(values: Floats, weights: Floats, truth: float) -> float:
    """The share of the weight below a truth, what is level with it by half.

    >>> rank(np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.25, 0.25]), 2.0)
    0.625
    """
    return float(weights[values < truth].sum() + 0.5 * weights[values == truth].sum())


def uniform(ranks: Floats) -> float:
    """How likely ranks that are uniform are to be as uneven as these (a p-value).

    >>> even = np.linspace(0.005, 0.995, 100)
    >>> uniform(even) > 0.9, uniform(0.25 + 0.5 * even) < 0.001
    (True, True)
    """
    return float((_by_chance(len(ranks)) <= _rarest(np.asarray(ranks)[np.newaxis])[0]).mean())


def _rarest(ranks: Floats) -> Floats:
    """Of each row of ranks, how rare the count below the point is at which it is rarest (both tails)."""
    at = np.arange(1, POINTS) / POINTS
    below = (ranks[:, :, np.newaxis] < at).sum(axis=1)
    many = ranks.shape[1]
    lower, upper = scipy.stats.binom.cdf(below, many, at), scipy.stats.binom.sf(below - 1, many, at)
    return np.asarray(2.0 * np.minimum(lower, upper).min(axis=1))


@lru_cache(maxsize=8)
def _by_chance(many: int) -> Floats:
    """The same of uniform ranks."""
    draws = np.random.default_rng(many).random((SIMULATED, many))
    return np.concatenate([_rarest(part) for part in np.array_split(draws, 40)])


def evenness(ranks: pd.DataFrame) -> pd.DataFrame:
    """What the ranks say of each estimator and parameter.

    Args:
        ranks: ``estimator``, ``parameter``, ``rank``.

    Returns:
        ``estimator``, ``parameter``, ``truths``, ``covered`` (the share within the 90 percent interval), ``p``
        (`uniform`) and ``uneven``: whether p is too low even for the rarest of so many tests (Holm 1979, 5 percent).
    """
    table = pd.DataFrame([
        {"estimator": estimator, "parameter": parameter, "truths": len(found),
         "covered": float(found["rank"].between(0.05, 0.95).mean()), "p": uniform(found["rank"].to_numpy())}
        for (estimator, parameter), found in ranks.groupby(["estimator", "parameter"], sort=False)
    ])  # fmt: skip
    order = np.argsort(table["p"].to_numpy(), kind="stable")
    limit = 0.05 / (len(order) - np.arange(len(order)))
    low = np.cumprod(table["p"].to_numpy()[order] <= limit).astype(bool)
    return table.assign(uneven=pd.Series(low, index=order).sort_index().to_numpy())
