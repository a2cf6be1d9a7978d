"""A quadratic through points of several replications, and how far off it is in replications that it has not seen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.sensitivity.indices import LEVEL
from experiments.sensitivity.surface import Term, as_columns
from experiments.sweep.factors import Floats
from model.errors import InputError


@dataclass(frozen=True)
class Fit:
    """A quadratic that is 0 at one point, ``y(x) = sum b_t (t(x) - t(own))``, and its errors, in units of ``y``.

    Errors are those of each replication under a fit to the others, so random variation is part of them.

    Attributes:
        coefficients: of the terms other than the constant.
        error: root mean square.
        half_width: within which 90 percent lie.
        luck: standard deviation between replications, as far as it is more than their points would give by themselves.
        explained: share of the mean square of ``y`` that the errors leave (at most 1; below 0 it is worse than none).
    """

    coefficients: Floats
    error: float
    half_width: float
    luck: float
    explained: float


def fitted(x: Floats, y: Floats, own: Floats, replication: npt.NDArray[np.int64], terms: list[Term]) -> Fit:
    """Fit by least squares.

    Args:
        x: points x inputs, from -1 to 1.
        y: the outcome at each point, less that of its replication at ``own``.
        own: the inputs where ``y`` is 0.
        replication: of each point; as many points of each.
        terms: of the quadratic, the constant first.

    Raises:
        InputError: too few points for so many terms, or a single replication.
    """
    each = np.unique(replication)
    seen = len(y) - len(y) // len(each)
    if len(each) < 2 or seen < len(terms):
        raise InputError(
            "too few pairs of worlds for an emulator", where="points, replications",
            found=f"{len(y)} points in {len(each)} replications",
            allowed=f"2 replications or more, and {len(terms)} points without one of them",
        )  # fmt: skip
    columns = (as_columns(x, terms) - as_columns(own[np.newaxis], terms))[:, 1:]
    off = np.empty_like(y)
    for one in each:
        out = replication == one
        off[out] = y[out] - columns[out] @ _least_squares(columns[~out], y[~out])
    groups = [off[replication == one] for one in each]
    between = float(np.var([group.mean() for group in groups], ddof=1))
    within = float(np.mean([group.var(ddof=1) / len(group) for group in groups]))
    spread = float(np.square(y).mean())
    square = float(np.square(off).mean())
    return Fit(
        _least_squares(columns, y), square**0.5, float(np.quantile(np.abs(off), LEVEL)),
        max(0.0, between - within) ** 0.5, 1.0 - square / spread if spread else 0.0,
    )  # fmt: skip


def _least_squares(columns: Floats, y: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(columns, y, rcond=None)[0])
