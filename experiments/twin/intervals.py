"""What replications say: the random variation of a mean, and what draws of the parameters leave open; two intervals,
never mixed.

*Random variation*: were the same worlds run again under other seeds, where would the mean come out? `paired`,
`unpaired` and `adjusted` give its interval, which more replications narrow. *What is unknown of the world*: were its
parameters known, where would the mean over all seeds lie? `over_draws` gives the 5 to 95 percent of it over draws of a
posterior, which more draws make surer and no narrower.

The two are separated by replications within draws: ``y(i, j) = level(i) + noise(i, j)`` for replication ``j`` of draw
``i``. Replications of one draw differ by noise alone, and give its variance; what the draws' means differ by beyond
that is unknown (law of total variance: ``var(mean of i) = var(level) + var(noise) / replications of a draw``).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from experiments.smallest import FEWEST_DRAWS, POSTERIOR

LEVEL = 0.9
SPARE = 4
"""Degrees of freedom that controls must leave; with fewer replications they are not used."""
Draws = npt.ArrayLike | None
"""The number of the draw that each replication belongs to; None where all have the same parameters."""


class Estimate(NamedTuple):
    """A mean and the interval of its random variation; no number where there are too few replications for one."""

    mean: float
    low: float
    high: float

    def within(self, lowest: float, highest: float) -> "Estimate":
        """The same, cut off at what the quantity can be; it holds the truth as often as before.

        >>> Estimate(0.9, 0.7, 1.1).within(0.0, 1.0), paired([0.9]).within(0.0, 1.0)
        (Estimate(mean=0.9, low=0.7, high=1.0), Estimate(mean=0.9, low=nan, high=nan))
        """
        return Estimate(*(float(end) for end in np.clip(self, lowest, highest)))


class Spread(NamedTuple):
    """The ends of 5 to 95 percent over draws of the parameters; no number where they cannot be estimated."""

    low: float
    high: float

    def within(self, lowest: float, highest: float) -> "Spread":
        """The same, cut off at what the quantity can be."""
        return Spread(*(float(end) for end in np.clip(self, lowest, highest)))


def paired(differences: npt.ArrayLike, level: float = LEVEL, draws: Draws = None) -> Estimate:
    """``mean(d) ± t(n - 1) * sd(d) / sqrt(n)`` over replications that differ in their seed.

    ``d`` is the difference between two worlds with the same seed; ``t`` the quantile that leaves
    ``(1 - level) / 2`` above it; ``sd`` divides by ``n - 1``. Of several ``draws`` of the parameters it is the mean of
    their means, and ``sd`` that within draws, so that what they differ by is no part of the interval.

    With 0.01, 0.02 and 0.03: mean 0.02, sd 0.01, t(2) = 2.92, so 0.02 ± 2.92 * 0.01 / 1.732 = 0.02 ± 0.0169.

    >>> Estimate(*(round(value, 4) for value in paired([0.01, 0.02, 0.03])))
    Estimate(mean=0.02, low=0.0031, high=0.0369)
    >>> paired([0.01])
    Estimate(mean=0.01, low=nan, high=nan)

    Two draws with the levels 0 and 1: sd within them 0.01, so 0.5 ± t(2) * 0.01 / sqrt(4).

    >>> Estimate(*(round(value, 4) for value in paired([0.0, 1.0, 0.01 * 2**0.5, 1.0], draws=[0, 1, 0, 1])))
    Estimate(mean=0.5035, low=0.4932, high=0.5139)
    """
    return _mean(_levels(np.asarray(differences, dtype=np.float64), draws), level)


def paired_by(
    table: pd.DataFrame,
    by: Sequence[str],
    difference: str,
    means: Sequence[str] = (),
    limits: tuple[float, float] = (-np.inf, np.inf),
) -> pd.DataFrame:
    """`paired` over the replications of each group, of those in which the difference is known.

    Args:
        table: one row a group and replication; with its ``draw`` if parameters were drawn.
        by: the columns that make the groups.
        difference: the column of the difference.
        means: further columns, of which the mean is told.
        limits: that the difference cannot pass.

    Returns:
        ``by``, ``replications``, ``means``, ``difference`` (mean), ``low``, ``high``; with draws also `POSTERIOR`
        (`over_draws`).

    >>> table = pd.DataFrame({"agency": "ice", "rate": 0.5, "shift": [0.01, 0.02, 0.03]})
    >>> paired_by(table, ["agency"], "shift", ["rate"]).round(4).to_dict("records")
    [{'agency': 'ice', 'replications': 3, 'rate': 0.5, 'shift': 0.02, 'low': 0.0031, 'high': 0.0369}]
    """
    rows = []
    for group, values in table.groupby(list(by), sort=False):
        known = values.dropna(subset=difference)
        ends = both(known[difference], known.get("draw"), limits)
        rows.append((*group, len(known), *known[list(means)].mean(), *ends))
    posterior = POSTERIOR if "draw" in table else ()
    return pd.DataFrame(rows, columns=[*by, "replications", *means, difference, "low", "high", *posterior])


def both(values: npt.ArrayLike, draws: Draws, limits: tuple[float, float] = (-np.inf, np.inf)) -> tuple[float, ...]:
    """The mean with the interval of its random variation (`paired`), and, with draws, that over them (`over_draws`)."""
    found = paired(values, draws=draws).within(*limits)
    return tuple(found) if draws is None else (*found, *over_draws(values, draws).within(*limits))


def unpaired(with_it: npt.ArrayLike, without: npt.ArrayLike, level: float = LEVEL, draws: Draws = None) -> Estimate:
    """The interval that as many runs would give if every one had a seed of its own.

    ``mean(a) - mean(b) ± t(2n - 2) * sqrt((var(a) + var(b)) / n)``: as many runs, and so the same cost.

    With 0.11, 0.12, 0.13 and 0.09, 0.10, 0.11: 0.02 ± t(4) * sqrt(0.0002 / 3) = 0.02 ± 2.132 * 0.00816.

    >>> Estimate(*(round(value, 4) for value in unpaired([0.11, 0.12, 0.13], [0.09, 0.1, 0.11])))
    Estimate(mean=0.02, low=0.0026, high=0.0374)
    """
    a, b = (_levels(np.asarray(side, dtype=np.float64), draws) for side in (with_it, without))
    return _mean(_Levels(a.levels - b.levels, a.shape, a.variance + b.variance, 2 * a.freedom), level)


def adjusted(values: npt.ArrayLike, controls: npt.ArrayLike, level: float = LEVEL, draws: Draws = None) -> Estimate:
    """The mean of ``values`` as it would be with every control at zero: the intercept of a least-squares fit.

    ``value(s) = mean + sum of b(k) * control(s, k) + rest(s)`` over replications ``s``; the interval is that of the
    intercept, ``± t(n - 1 - K)`` times its standard error. Controls are quantities that a seed draws and whose mean
    over all seeds is known to be zero; so the mean stays the same, and the interval narrows as far as they explain
    why one replication differs from the next (control variates: Lavenberg and Welch 1981, Management Science 27(3)).
    Of several ``draws`` each has an intercept of its own, and the mean is theirs.

    Eight values that follow ``2 + control``:

    >>> x = [-1.0, 1.0, 0.0, 2.0, 1.0, 3.0, 0.5, 1.5]
    >>> Estimate(*(round(part, 6) for part in adjusted([2.0 + one for one in x], [[one] for one in x])))
    Estimate(mean=2.0, low=2.0, high=2.0)

    Args:
        values: one a replication.
        controls: replications x controls.
        level: of the interval.
        draws: that the replications belong to.

    Returns:
        The interval without controls (`paired`) where they would leave fewer than `SPARE` degrees of freedom, or do
        not differ.
    """
    return _mean(_levels(np.asarray(values, dtype=np.float64), draws, controls), level)


def over_draws(values: npt.ArrayLike, draws: Draws, controls: npt.ArrayLike | None = None) -> Spread:
    """5 to 95 percent of the mean over draws of the parameters, without the noise of replications.

    The quantiles of the draws' means, drawn together around their mean ``m`` as far as noise has spread them:
    ``m + sqrt(1 - noise / seen) * (q - m)``, where ``seen`` is the variance of the draws' means, and ``noise`` what the
    variance within draws gives them. More draws make it surer, and no narrower.

    Twenty draws with the means 0 to 19, whose variance is 35. With a replication 3 above and one 3 below each, the
    variance within draws is 18, and noise accounts for 18 / 2 of the 35; with two that are alike, for none of it.

    >>> levels = [float(draw) for draw in range(20)]
    >>> found = over_draws([up + 3.0 for up in levels] + [down - 3.0 for down in levels], [*range(20), *range(20)])
    >>> [round(end, 2) for end in found], [round(end, 2) for end in over_draws([*levels, *levels], [*range(20)] * 2)]
    ([1.61, 17.39], [0.35, 18.65])

    Args:
        values: one a replication.
        draws: that they belong to.
        controls: as of `adjusted`.

    Returns:
        Nothing (nan) without draws, with fewer than `FEWEST_DRAWS`, with one replication of each, and where noise
        accounts for all that the draws' means differ by: then more replications of each are needed to tell.
    """
    found = _levels(np.asarray(values, dtype=np.float64), draws, controls)
    if draws is None or len(found.levels) < FEWEST_DRAWS or found.freedom < 1:
        return Spread(np.nan, np.nan)
    many, middle = len(found.levels), float(found.levels.mean())
    seen = float(found.levels.var(ddof=1))
    noise = found.variance * float(np.trace(found.shape) - found.shape.sum() / many) / (many - 1)
    if seen == noise == 0.0:
        return Spread(middle, middle)
    if noise >= seen:
        return Spread(np.nan, np.nan)
    ends = np.quantile(found.levels, [0.05, 0.95], method="median_unbiased")
    low, high = middle + np.sqrt(1.0 - noise / seen) * (ends - middle)
    return Spread(float(low), float(high))


class Parts(NamedTuple):
    """What the variance of one replication is made of, in squared units: chance in who comes and what is drawn for
    them, ``cases``; who sits at the desks, ``desks``; and what is unknown of the ``parameters``.
    """

    cases: float
    desks: float
    parameters: float


def parts(values: npt.ArrayLike, draws: Draws, controls: npt.ArrayLike) -> Parts:
    """Split the variance of one replication: a nested analysis of variance, with the desks as covariates.

    Of replications within draws, what a fit on the desks' leanings explains (`adjusted`) is the desks', the rest that
    of the cases. The ``parameters`` have what the draws' means differ by beyond the variance within draws over the
    replications of each (Searle, Casella and McCulloch 1992, Variance Components, on unbalanced nested designs). No
    part is below 0; each is missing where it cannot be estimated.

    Four draws with levels 0 to 3 and two replications of each, 1 above and 1 below: the variance within is 2, that of
    the means 5/3, of which 2/2 is noise.

    >>> found = parts([0.0 + 1, 1 + 1, 2 + 1, 3 + 1, 0 - 1, 1 - 1, 2 - 1, 3 - 1], [0, 1, 2, 3] * 2, [[]] * 8)
    >>> [round(part, 3) for part in found]
    [2.0, 0.0, 0.667]
    """
    y, known = np.asarray(values, dtype=np.float64), np.asarray(controls, dtype=np.float64)
    raw = _levels(y, draws)
    if raw.freedom < 1:
        return Parts(np.nan, np.nan, np.nan)
    rest = min(_levels(y, draws, known).variance if known.size else raw.variance, raw.variance)
    between = np.nan
    if draws is not None and len(raw.levels) > 1:
        between = max(float(raw.levels.var(ddof=1)) - raw.variance * float(np.trace(raw.shape)) / len(raw.levels), 0.0)
    return Parts(rest, raw.variance - rest, between)


class _Levels(NamedTuple):
    """The mean of each draw; their covariance, in units of the variance within draws; that variance, its freedom."""

    levels: npt.NDArray[np.float64]
    shape: npt.NDArray[np.float64]
    variance: float
    freedom: int


def _levels(y: npt.NDArray[np.float64], draws: Draws, controls: npt.ArrayLike | None = None) -> _Levels:
    """Of each draw the mean of its replications, with controls at zero where there are enough to use them."""
    of = np.zeros(len(y), dtype=np.int64) if draws is None else np.unique(np.asarray(draws), return_inverse=True)[1]
    own = (of[:, None] == np.arange(of.max(initial=-1) + 1)).astype(np.float64)
    counts = own.sum(axis=0)
    if controls is not None and len(y):
        x = np.column_stack([own, np.asarray(controls, dtype=np.float64).reshape(len(y), -1)])
        freedom = len(y) - x.shape[1]
        if freedom >= SPARE and np.linalg.matrix_rank(x) == x.shape[1]:
            fit, *_ = np.linalg.lstsq(x, y)
            rest = y - x @ fit
            many = len(counts)
            return _Levels(fit[:many], np.linalg.inv(x.T @ x)[:many, :many], float(rest @ rest) / freedom, freedom)
    levels = np.array([y[of == draw].mean() for draw in range(len(counts))])
    rest, freedom = y - levels[of], len(y) - len(counts)
    return _Levels(levels, np.diag(1.0 / counts), float(rest @ rest) / max(freedom, 1), freedom)


def _mean(found: _Levels, level: float) -> Estimate:
    """The mean of the draws' means, with the interval of its random variation."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    if not len(found.levels):
        return Estimate(np.nan, np.nan, np.nan)
    mean = float(found.levels.mean())
    if found.freedom < 1:
        return Estimate(mean, np.nan, np.nan)
    error = np.sqrt(found.variance * found.shape.sum()) / len(found.levels)
    reach = float(stdtrit(found.freedom, (1.0 + level) / 2.0) * error)
    return Estimate(mean, mean - reach, mean + reach)
