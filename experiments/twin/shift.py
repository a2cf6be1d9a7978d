"""The shift: by how much a directive moves the rate of favourable decisions, on the same cases."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT, WITH, WITHOUT
from experiments.twin.pairs import Pair

LEVEL = 0.9
NOT_DETECTABLE = "no detectable difference"


class Estimate(NamedTuple):
    """A mean and its interval; no number where there are too few replications for one."""

    mean: float
    low: float
    high: float


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
    """The interval that the same rates would give if every run had a seed of its own.

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


def _around(mean: float, error: float, freedom: int, level: float) -> Estimate:
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    reach = float(student.ppf((1.0 + level) / 2.0, freedom)) * error
    return Estimate(mean, mean - reach, mean + reach)


def shared(decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions on the first day or later that both worlds made: the same cases, at the same stage."""
    return decisions[decisions["after"] & ~decisions["kind"].isin([ONLY_WITH, ONLY_WITHOUT])]


def paired_rates(pair: Pair, by: Sequence[str] = ("agency",)) -> pd.DataFrame:
    """Of one pair and each group: decisions that both worlds made, and their favourable rate in each.

    Args:
        pair: two worlds.
        by: columns that make the groups: ``agency``, ``unit``, ``stage``, ``office``, ``level``.

    Returns:
        ``seed``, the groups, ``decisions``, ``rate_with``, ``rate_without``.
    """
    groups = shared(pair.decisions).groupby(list(by), observed=True)
    table = groups.agg(
        decisions=("kind", "size"),
        rate_with=("favourable" + WITH, lambda column: float(column.mean())),
        rate_without=("favourable" + WITHOUT, lambda column: float(column.mean())),
    ).reset_index()
    table.insert(0, "seed", pair.seed)
    return table


def shift(pairs: Iterable[Pair], by: Sequence[str] = ("agency",), level: float = LEVEL) -> pd.DataFrame:
    """The paired difference of the favourable rate on the same cases, with its interval over replications.

    Decisions that only one world made are no part of it, however many; nor is what was decided before the
    directives' first day. Pairs are taken one at a time, and none is kept.

    Pairing removes what both worlds share. Where the rate without the directives is next to nothing there is little
    to share, and the paired interval is no narrower than the unpaired: ``ratio`` tells.

    Args:
        pairs: one a replication, with seeds of their own.
        by: columns that make the groups.
        level: of the intervals.

    Returns:
        As `over_pairs`.
    """
    tables = [paired_rates(one, by) for one in pairs]
    return over_pairs(pd.concat(tables, ignore_index=True), by, level)


def over_pairs(tables: pd.DataFrame, by: Sequence[str] = ("agency",), level: float = LEVEL) -> pd.DataFrame:
    """The shift by group, from the rates of every pair (`paired_rates`).

    Returns:
        The groups; ``replications``; ``decisions`` (mean of a replication); ``rate_with``, ``rate_without`` (means);
        ``shift``, ``low``, ``high`` (`paired`); ``unpaired_low``, ``unpaired_high`` (`unpaired`); ``ratio`` of the
        widths, paired to unpaired; ``detectable``, whether the interval leaves 0 out.

    >>> tables = pd.DataFrame({"agency": "ice", "decisions": 100, "rate_with": [0.11, 0.13, 0.15],
    ...                        "rate_without": [0.10, 0.12, 0.13]})
    >>> found = over_pairs(tables).iloc[0]
    >>> [round(float(found[name]), 4) for name in ("shift", "low", "high", "ratio")], bool(found["detectable"])
    ([0.0133, 0.0036, 0.0231, 0.3142], True)
    """
    rows = []
    for group, values in tables.groupby(list(by), observed=True):
        a, b = values["rate_with"].to_numpy(float), values["rate_without"].to_numpy(float)
        same, apart = paired(a - b, level), unpaired(a, b, level)
        width = apart.high - apart.low
        rows.append(
            (
                *group, len(values), float(values["decisions"].mean()), float(a.mean()), float(b.mean()), *same,
                apart.low, apart.high, (same.high - same.low) / width if width > 0.0 else np.nan,
                bool(same.low > 0.0 or same.high < 0.0),
            )
        )  # fmt: skip
    measures = ["replications", "decisions", "rate_with", "rate_without", "shift", "low", "high"]
    return pd.DataFrame(rows, columns=[*by, *measures, "unpaired_low", "unpaired_high", "ratio", "detectable"])


def in_words(low: float, high: float) -> str:
    """What an interval says of the difference.

    >>> in_words(-0.001, 0.002), in_words(0.01, 0.03), in_words(float("nan"), float("nan"))
    ('no detectable difference', 'more lenient', 'too few replications to say')
    """
    if np.isnan(low):
        return "too few replications to say"
    if low <= 0.0 <= high:
        return NOT_DETECTABLE
    return "more lenient" if low > 0.0 else "less lenient"
