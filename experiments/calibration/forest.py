"""Quantile regression forests: the second estimator, which shares no assumption with the first.

A forest predicts the place of a parameter from the errors; what it says of an observation is not the mean of a leaf but
the members of all leaves into which the observation falls, with weights (Meinshausen 2006; Raynal and others 2019 for
approximate Bayesian computation). There is no distance, no kernel, no tolerance, and no straight line through the whole
bank. Beside the errors a forest is given what linear regression says of each parameter, which is one more column to
split on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression

Floats = npt.NDArray[np.float64]
TREES, LEAF = 200, 8
"""Trees of a forest, and members of a leaf at the least."""


@dataclass(frozen=True)
class Forest:
    """A forest for one parameter.

    Attributes:
        places: of the parameter, by member.
        weights: of all members for what is aimed at; their sum is 1.
        trees: the leaf of each member in each tree, members x trees.
        drawn: how often each member was drawn for each tree, members x trees.
    """

    places: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    trees: npt.NDArray[np.int64] = field(repr=False)
    drawn: npt.NDArray[np.int64] = field(repr=False)

    def without(self, member: int) -> Floats:
        """The weights of all members for the errors of one, by the trees that were grown without it."""
        unseen = self.drawn[member] == 0
        return weights(self.trees[:, unseen], self.trees[member, unseen], self.drawn[:, unseen])


def weights(trees: npt.NDArray[np.int64], leaf: npt.NDArray[np.int64], drawn: npt.NDArray[np.int64]) -> Floats:
    """The mean over trees of a member's share of the leaf into which something falls.

    >>> weights(np.array([[1], [1], [2]]), np.array([1]), np.array([[2], [1], [1]])).round(2).tolist()
    [0.67, 0.33, 0.0]
    """
    together = (trees == leaf) * drawn
    return np.asarray((together / together.sum(axis=0)).mean(axis=1), dtype=np.float64)


def forests(
    members: pd.DataFrame, aim: Mapping[str, float], parameters: list[str], seed: int, workers: int = 1
) -> Iterator[tuple[str, Forest]]:
    """A forest for each parameter, one after the other, for they are large.

    Args:
        members: of a bank (`experiments.calibration.bank.Bank`).
        aim: the errors to come close to, by target.
        parameters: their names.
        seed: of the forests.
        workers: threads; the result is the same.
    """
    errors = members[[f"error.{name}" for name in aim]].to_numpy()
    goal = np.array([list(aim.values())])
    places = members[[f"place.{name}" for name in parameters]].to_numpy()
    straight = LinearRegression().fit(errors, places)
    told, asked = ([*one.T, *straight.predict(one).reshape(len(one), -1).T] for one in (errors, goal))
    x, goal = np.column_stack(told), np.column_stack(asked)
    for at, name in enumerate(parameters):
        grown = RandomForestRegressor(TREES, min_samples_leaf=LEAF, max_features=1 / 3, random_state=seed,
                                      n_jobs=workers).fit(x, places[:, at])  # fmt: skip
        trees = grown.apply(x)
        drawn = np.column_stack([np.bincount(one, minlength=len(x)) for one in grown.estimators_samples_])
        yield name, Forest(places[:, at], weights(trees, grown.apply(goal)[0], drawn), trees, drawn)
