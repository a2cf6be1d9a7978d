"""A response surface: the outcome as a quadratic of the parameters (Box and Wilson 1951)."""

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from experiments.ordering import significant
from experiments.sensitivity.indices import LEVEL
from experiments.sensitivity.sample import Sample
from experiments.sweep.factors import Factor, Floats
from model.errors import InputError

FEW = 2
"""Points a term below which nothing is said of how well a surface fits: it runs through whatever it was fitted to."""
Term = tuple[int, ...]
"""The parameters of a term, by their places: () is the constant, (1,) linear, (1, 1) its square, (0, 1) both."""


@dataclass(frozen=True)
class Surface:
    """A fitted response surface.

    ``y(x) = b0 + sum b_i x_i + sum b_ii x_i^2 + sum b_ij x_i x_j``, each ``x`` from -1 to 1 over its range (in equal
    steps of probability, where its distribution is not uniform).

    Attributes:
        factors: the parameters.
        terms: the terms of the sum.
        coefficients: of the terms, in units of the outcome.
        table: ``term``, ``coefficient``, ``low``, ``high`` (90 percent).
        fit: share of the variance of the outcome that the surface has (R^2).
        foresight: the same of points left out one by one (Q^2): what the surface knows of points that it has not seen.
        points: that it was fitted to.
        left_out: parameters that are no numbers, and have no place in a surface.
    """

    factors: tuple[Factor, ...]
    terms: list[Term]
    coefficients: Floats
    table: pd.DataFrame = field(repr=False)
    fit: float
    foresight: float
    points: int
    left_out: list[str]

    def at(self, units: npt.ArrayLike) -> Floats:
        """The surface at some points: rows x parameters, from 0 to 1."""
        return as_columns(2.0 * np.asarray(units, dtype=np.float64) - 1.0, self.terms) @ self.coefficients

    def words(self) -> str:
        """How well it fits, in a sentence."""
        if self.points < FEW * len(self.terms):
            return (f"{self.points} points for the {len(self.terms)} terms of the surface: too few to say how well it "
                    "fits.")  # fmt: skip
        return (
            f"The surface has {self.fit:.1%} of the variance of {self.points:,} points (R²); of points left out one by "
            f"one, {max(self.foresight, 0.0):.1%} (Q²)."
        )

    def strongest(self) -> list[int]:
        """Places of the parameters, from that along which the surface varies most, the others in their middle."""
        units = np.full((len(self.factors), 21, len(self.factors)), 0.5)
        for at in range(len(self.factors)):
            units[at, :, at] = np.linspace(0.0, 1.0, 21)
        reach = significant([np.ptp(self.at(along)) for along in units])
        return sorted(range(len(self.factors)), key=lambda at: -reach[at])


def surface(sample: Sample) -> Surface:
    """Fit a quadratic to the outcome by least squares.

    Squares need three levels of their parameter, products a design that varies both; in a one-at-a-time design there
    are none.

    Raises:
        InputError: more terms than points.
    """
    numeric = [at for at, factor in enumerate(sample.points.factors) if factor.numeric]
    factors = tuple(sample.points.factors[at] for at in numeric)
    known = ~np.isnan(sample.outcome)
    first = np.unique(sample.points.point, return_index=True)[1]
    x = 2.0 * sample.points.units[first][known][:, numeric] - 1.0
    y = sample.outcome[known]
    terms = quadratic(x, products=sample.resolved.plan.design.kind != "one-at-a-time")
    if not factors or len(y) <= len(terms):
        raise InputError(
            "too few points for a response surface", where="design", found=f"{len(y)} points",
            allowed=f"more than {len(terms)}, the terms of a quadratic of {len(factors)} parameters",
        )  # fmt: skip
    columns = as_columns(x, terms)
    inverse = np.linalg.pinv(columns.T @ columns)
    coefficients = inverse @ columns.T @ y
    rest = y - columns @ coefficients
    leverage = np.einsum("ij,jk,ik->i", columns, inverse, columns)
    spread = float(np.square(y - y.mean()).sum()) or np.nan
    half = scipy.stats.t.ppf((1.0 + LEVEL) / 2.0, len(y) - len(terms)) * np.sqrt(
        np.square(rest).sum() / (len(y) - len(terms)) * np.diag(inverse)
    )
    table = pd.DataFrame(
        {"term": [_named(term, factors) for term in terms], "coefficient": coefficients,
         "low": coefficients - half, "high": coefficients + half}
    )  # fmt: skip
    foresight = 1.0 - float(np.square(rest / np.maximum(1.0 - leverage, 1e-9)).sum()) / spread
    left_out = [factor.path for factor in sample.points.factors if not factor.numeric]
    return Surface(
        factors, terms, coefficients, table, 1.0 - float(np.square(rest).sum()) / spread, foresight, len(y), left_out
    )


def quadratic(x: Floats, products: bool = True) -> list[Term]:
    """The terms of a quadratic of some points; no square of a parameter that has two levels alone.

    >>> quadratic(np.array([[0.0, 0.0], [1.0, 0.5], [0.0, 1.0]]))
    [(), (0,), (1,), (1, 1), (0, 1)]
    """
    every = range(x.shape[1])
    squares = [(at, at) for at in every if len(np.unique(x[:, at])) > 2]
    return [(), *((at,) for at in every), *squares, *(combinations(every, 2) if products else ())]


def as_columns(x: Floats, terms: list[Term]) -> Floats:
    """The terms as columns.

    >>> as_columns(np.array([[2.0, 3.0]]), [(), (0,), (1, 1), (0, 1)]).tolist()
    [[1.0, 2.0, 9.0, 6.0]]
    """
    return np.column_stack([np.prod(x[:, list(term)], axis=1) for term in terms])


def _named(term: Term, factors: tuple[Factor, ...]) -> str:
    if len(term) == 2 and term[0] == term[1]:
        return f"{factors[term[0]].path} squared"
    return " x ".join(factors[at].path for at in term) or "constant"
