"""A posterior: weighted points of the parameters, what they say of each, and draws from them for other experiments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.calibration.priors import PRIOR_VARIANCE, factor
from experiments.ordering import ordered
from model.schema import Prior

Floats = npt.NDArray[np.float64]
WEIGHT = "weight"
LEVEL = 0.9
DIGITS, PLACE = 6, 9
PINNED, NARROWED = 0.8, 0.4
"""Contraction from which the data pin a parameter down, or narrow it at all."""
TOGETHER = 0.5
"""Correlation from which two parameters are known together rather than each alone."""


@dataclass(frozen=True)
class Posterior:
    """Weighted points.

    Attributes:
        name: of the calibration.
        priors: of its parameters.
        points: ``weight`` (the sum is 1), and the value of each parameter.
    """

    name: str
    priors: Mapping[str, Prior] = field(repr=False)
    points: pd.DataFrame = field(repr=False)

    @classmethod
    def of_places(cls, name: str, priors: Mapping[str, Prior], places: pd.DataFrame) -> "Posterior":
        """The posterior whose points have these places among the priors' values."""
        values = {name: _short(factor(prior).at(places[name].to_numpy())) for name, prior in priors.items()}
        return cls(name, priors, pd.DataFrame({WEIGHT: places[WEIGHT].round(9), **values}))

    @property
    def weights(self) -> Floats:
        """Of the points; they sum to 1."""
        weights = self.points[WEIGHT].to_numpy(dtype=np.float64)
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    @property
    def effective(self) -> float:
        """How many points of equal weight would say as much: ``1 / sum of squared weights``."""
        return float(1.0 / np.square(self.weights).sum())

    def places(self, name: str) -> Floats:
        """The places of a parameter's points among its prior's values."""
        known = factor(self.priors[name])
        return np.array([known.unit(value) for value in self.points[name]])

    def summary(self) -> pd.DataFrame:
        """What is known of each parameter.

        Returns:
            One row a parameter: ``parameter``, ``title``, ``prior_low``, ``prior_median``, ``prior_high``, ``low``,
            ``median``, ``high`` (90 percent), ``contraction`` (1 - variance of the places / 1/12, at least 0) and
            ``verdict``.
        """
        rows = []
        for name, prior in self.priors.items():
            ends = (1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2
            before = factor(prior).at(ends).tolist()
            after = [quantile(self.points[name].to_numpy(), self.weights, at) for at in ends]
            places = self.places(name)
            middle = float(self.weights @ places)
            contraction = max(0.0, 1.0 - float(self.weights @ np.square(places - middle)) / PRIOR_VARIANCE)
            rows.append((name, prior.title, *before, *after, contraction, verdict(contraction)))
        columns = ["parameter", "title", "prior_low", "prior_median", "prior_high", "low", "median", "high",
                   "contraction", "verdict"]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def together(self) -> pd.DataFrame:
        """Parameters known together rather than each alone: ``one``, ``other``, ``correlation`` of their places."""
        names = list(self.priors)
        places = np.column_stack([self.places(name) for name in names])
        spread = np.cov(places.T, aweights=self.weights, ddof=0).reshape(len(names), len(names))
        sd = np.sqrt(np.diag(spread))
        pairs = [
            (names[i], names[j], float(spread[i, j] / (sd[i] * sd[j])))
            for i in range(len(names)) for j in range(i)
            if sd[i] * sd[j] > 0.0 and abs(spread[i, j]) >= TOGETHER * sd[i] * sd[j]
        ]  # fmt: skip
        table = pd.DataFrame([(j, i, r) for i, j, r in pairs], columns=["one", "other", "correlation"])
        return ordered(table, "correlation", "one", size=True).reset_index(drop=True)

    def draws(self, count: int, seed: int = 1) -> list[dict[str, float]]:
        """Settings (path to value) of some points, drawn by their weights, evenly over all of them."""
        return [
            {path: float(self.points[name].iloc[row]) for name, prior in self.priors.items() for path in prior.moves}
            for row in self._rows(count, seed)
        ]

    def drawn_places(self, count: int, seed: int = 1) -> list[dict[str, float]]:
        """The same draws, as the places of the parameters among their priors' values, to `PLACE` decimals.

        The random seed of a run belongs to its place, and the last digits of a distribution differ between machines.
        """
        known = {name: factor(prior) for name, prior in self.priors.items()}
        return [
            {name: round(one.unit(self.points[name].iloc[row]), PLACE) for name, one in known.items()}
            for row in self._rows(count, seed)
        ]

    def _rows(self, count: int, seed: int) -> npt.NDArray[np.int64]:
        rng = np.random.default_rng([count, seed])
        at = np.searchsorted(np.cumsum(self.weights), (np.arange(count) + rng.random()) / count)
        return rng.permutation(np.minimum(at, len(self.points) - 1))


def _short(values: Floats) -> Floats:
    """Values in as many digits as points are stored with."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in values])


def verdict(contraction: float) -> str:
    """What the data say of a parameter, in words.

    >>> [verdict(contraction) for contraction in (0.95, 0.5, 0.1)]
    ['pinned down', 'narrowed', 'open']
    """
    return "pinned down" if contraction >= PINNED else "narrowed" if contraction >= NARROWED else "open"


def quantile(values: Floats, weights: Floats, level: float) -> float:
    """The smallest value with at least ``level`` of the weight at or below it.

    >>> quantile(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), 0.6)
    2.0
    """
    order = np.argsort(values, kind="stable")
    at = int(np.searchsorted(np.cumsum(weights[order]), level * weights.sum() - 1e-12))
    return float(values[order][min(at, len(values) - 1)])
