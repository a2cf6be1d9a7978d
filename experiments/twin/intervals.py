"""What replications say of a mean: intervals from pairs, from runs on their own, and with what is known beforehand."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

LEVEL = 0.9
SPARE = 4
"""Degrees of freedom that controls must leave; with fewer replications they are not used."""


class Estimate(NamedTuple):
    """A mean and its interval; no number where there are too few replications for one."""

    mean: float
    low: float
    high: float

    @property
    def detectable(self) -> bool:
        """Whether the interval leaves 0 out.

        >>> Estimate(0.02, 0.01, 0.03).detectable, Estimate(0.02, -0.01, 0.05).detectable, paired([0.02]).detectable
        (True, False, False)
        """
        return bool(self.low > 0.0 or self.high < 0.0)

    def within(self, lowest: float, highest: float) -> "Estimate":
        """The same, cut off at what the quantity can be; it holds the truth as often as before.

        >>> Estimate(0.9, 0.7, 1.1).within(0.0, 1.0), paired([0.9]).within(0.0, 1.0)
        (Estimate(mean=0.9, low=0.7, high=1.0), Estimate(mean=0.9, low=nan, high=nan))
        """
        return Estimate(*(float(end) for end in np.clip(self, lowest, highest)))


def paired(differences: npt.ArrayLike, level: float = LEVEL) -> Estimate:
    """``mean(d) ± t(n - 1) * sd(d) / sqrt(n)`` over replications that differ in their seed.

    ``d`` is the difference between two worlds with the same seed; ``t`` the quantile that leaves
    ``(1 - level) / 2`` above it; ``sd`` divides by ``n - 1``.

    With 0.01, 0.02 and 0.03: mean 0.02, sd 0.01, t(2) = 2.92, so 0.02 ± 2.92 * 0.01 / 1.732 = 0.02 ± 0.0169.

    >>> Estimate(*(round(value, 4) for value in paired([0.01, 0.02, 0.03])))
    Estimate(mean=0.02, low=0.0031, high=0.0369)
    >>> paired([0.01])
    Estimate(mean=0.01, low=nan, high=nan)
    """
    d = np.asarray(differences, dtype=np.float64)
    if len(d) < 2:
        return Estimate(float(d.mean()) if len(d) else np.nan, np.nan, np.nan)
    return _around(float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d))), len(d) - 1, level)


def unpaired(with_it: npt.ArrayLike, without: npt.ArrayLike, level: float = LEVEL) -> Estimate:
    """The interval that as many runs would give if every one had a seed of its own.

    ``mean(a) - mean(b) ± t(2n - 2) * sqrt((var(a) + var(b)) / n)``: as many runs, and so the same cost.

    With 0.11, 0.12, 0.13 and 0.09, 0.10, 0.11: 0.02 ± t(4) * sqrt(0.0002 / 3) = 0.02 ± 2.132 * 0.00816.

    >>> Estimate(*(round(value, 4) for value in unpaired([0.11, 0.12, 0.13], [0.09, 0.1, 0.11])))
    Estimate(mean=0.02, low=0.0026, high=0.0374)
    """
    a, b = np.asarray(with_it, dtype=np.float64), np.asarray(without, dtype=np.float64)
    if len(a) < 2:
        return Estimate(float(a.mean() - b.mean()) if len(a) else np.nan, np.nan, np.nan)
    error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))
    return _around(float(a.mean() - b.mean()), float(error), 2 * len(a) - 2, level)


def adjusted(values: npt.ArrayLike, controls: npt.ArrayLike, level: float = LEVEL) -> Estimate:
    """The mean of ``values`` as it would be with every control at zero: the intercept of a least-squares fit.

    ``value(s) = mean + sum of b(k) * control(s, k) + rest(s)`` over replications ``s``; the interval is that of the
    intercept, ``± t(n - 1 - K)`` times its standard error. Controls are quantities that a seed draws and whose mean
    over all seeds is known to be zero; so the mean stays the same, and the interval narrows as far as they explain
    why one replication differs from the next (control variates: Lavenberg and Welch 1981, Management Science 27(3)).

    Eight values that follow ``2 + control``:

    >>> x = [-1.0, 1.0, 0.0, 2.0, 1.0, 3.0, 0.5, 1.5]
    >>> Estimate(*(round(part, 6) for part in adjusted([2.0 + one for one in x], [[one] for one in x])))
    Estimate(mean=2.0, low=2.0, high=2.0)

    Args:
        values: one a replication.
        controls: replications x controls.
        level: of the interval.

    Returns:
        The interval without controls (`paired`) where they would leave fewer than `SPARE` degrees of freedom, or do
        not differ.
    """
    y = np.asarray(values, dtype=np.float64)
    x = np.column_stack([np.ones(len(y)), np.asarray(controls, dtype=np.float64).reshape(len(y), -1)])
    freedom = len(y) - x.shape[1]
    if freedom < SPARE or np.linalg.matrix_rank(x) < x.shape[1]:
        return paired(y, level)
    fit, *_ = np.linalg.lstsq(x, y)
    rest = y - x @ fit
    error = np.sqrt(rest @ rest / freedom * np.linalg.inv(x.T @ x)[0, 0])
    return _around(float(fit[0]), float(error), freedom, level)


def _around(mean: float, error: float, freedom: int, level: float) -> Estimate:
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    reach = float(student.ppf((1.0 + level) / 2.0, freedom)) * error
    return Estimate(mean, mean - reach, mean + reach)
