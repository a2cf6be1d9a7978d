"""When a pattern holds: rules that are fixed before a run, in words, with their reasons.

A rule looks at what the replications say (`Found`) and at nothing else. The words and the reason stand beside every
verdict, so that a reader can disagree with the rule without having to run anything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.replications import interval
from experiments.smallest import least
from experiments.twin.intervals import over_draws, paired


class Found(NamedTuple):
    """What the replications say.

    ``low`` and ``high`` tell of random variation alone: the ends of an interval that holds nine replications in ten of
    the same parameters; or, of a difference between two worlds that share random numbers, of the 90 percent interval of
    its mean. ``posterior_low`` and ``posterior_high`` tell of what is unknown: 5 to 95 percent of the mean over draws
    of the parameters, where they were drawn. ``middle`` is what a rule that asks for one number looks at: the median,
    or of a difference the mean.
    """

    median: float
    mean: float
    low: float
    high: float
    difference: bool
    posterior_low: float = np.nan
    posterior_high: float = np.nan

    @property
    def middle(self) -> float:
        """The median; of a difference the mean."""
        return self.mean if self.difference else self.median


def over(values: Iterable[float], difference: bool, draws: Sequence[int] | None = None) -> Found:
    """What replications say of one pattern, of the parameters or of several ``draws``; missing values are left out.

    >>> over([0.01, 0.02, 0.03], difference=False).median
    0.02
    >>> [round(end, 4) for end in over([0.01, 0.02, 0.03], difference=True)[2:4]]
    [0.0031, 0.0369]
    """
    every = np.array(list(values), dtype=np.float64)
    there = ~np.isnan(every)
    known, of = every[there], None if draws is None else np.asarray(draws)[there]
    median, low, high = interval(known)
    mean = float(known.mean()) if len(known) else np.nan
    if difference:
        _, low, high = paired(known, draws=of)
    elif of is not None:
        low, high = within_draws(known, of)
    return Found(median, mean, low, high, difference, *over_draws(known, of))


def within_draws(values: npt.NDArray[np.float64], draws: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Ends that hold nine replications in ten of one draw, around the median of all, and no further than any came.

    Each replication is taken from the mean of its draw, ``sqrt(r / (r - 1))`` times as far as it lies (``r``
    replications of a draw lie nearer to their own mean than to the true one).

    >>> [round(end, 2) for end in within_draws(np.array([0.0, 1.0, 10.0, 11.0]), np.array([0, 0, 1, 1]))]
    [4.79, 6.21]
    """
    table = pd.Series(values).groupby(draws)
    many = table.transform("size")
    if not (many > 1).any():
        return np.nan, np.nan
    off = ((values - table.transform("mean")) * np.sqrt(many / (many - 1).clip(lower=1)))[many > 1]
    ends = float(np.median(values)) + np.quantile(off, [0.05, 0.95])
    low, high = np.clip(ends, values.min(), values.max())
    return float(low), float(high)


QUARTER = 0.25
FARTHEST = 20.0
"""Tolerances beyond which all is equally far off; also where a run has no value at all."""
LEAST = 1e-9


class Reach(NamedTuple):
    """What gives the distance from a record its size.

    Attributes:
        kind: ``share`` (the record, and a share of it), ``points`` (the record, and a reach in its unit), ``at most``
            or ``at least`` (a limit, and a share of it that counts as one tolerance beyond it).
        record: the record, or the limit.
        width: how far off still agrees.
    """

    kind: Literal["share", "points", "at most", "at least"]
    record: float
    width: float

    def off(self, value: float, error: float = 0.0) -> float:
        """How far a value lies from the record, in tolerances; above 0 where there is more of it than recorded.

        ``(value - record) / width`` of points; else ``log(value / record) / log(1 + width)``, so that twice and half
        are as far; of a limit only what lies beyond it. ``error`` is added, as an error of the record would be.

        >>> round(Reach("share", 2000.0, 0.15).off(2300.0), 3), round(Reach("points", 0.5, 0.02).off(0.49), 3)
        (1.0, -0.5)
        >>> Reach("at most", 0.02, 0.25).off(0.015), round(Reach("at most", 0.02, 0.25).off(0.025), 3)
        (0.0, 1.0)
        """
        if np.isnan(value):
            return FARTHEST
        if self.kind == "points":
            off = (value - self.record) / self.width + error
        else:
            off = np.log(max(value, LEAST) / self.record) / np.log1p(self.width) + error
        low = 0.0 if self.kind == "at most" else -FARTHEST
        high = 0.0 if self.kind == "at least" else FARTHEST
        return float(min(max(off, low), high))


@dataclass(frozen=True)
class Rule:
    """When a pattern holds.

    Attributes:
        words: the rule.
        reason: why it is this one.
        met: whether it is met; never where nothing was found.
        reach: what gives the distance from the record its size; None of a direction.
    """

    words: str
    reason: str
    met: Callable[[Found], bool] = field(repr=False)
    reach: Reach | None = None


RECORD_NO_SURER = "the record is itself an estimate, and no surer than that"
EXCLUDES_NONE = "a direction is on record, and no size; it holds if the 90% interval excludes none"
MATTERS_THERE = "a claim of theory, of a size that matters: above the smallest effect of interest"


def within_share(record: float, share: float, reason: str = RECORD_NO_SURER) -> Rule:
    """The middle within a share of the record.

    >>> rule = within_share(100.0, 0.25)
    >>> rule.words, rule.met(over([80.0, 120.0, 130.0], False)), rule.met(over([70.0], False))
    ('within 25% of the record', True, False)
    """
    reach = share * abs(record)
    return Rule(f"within {share:.0%} of the record", reason, lambda found: abs(found.middle - record) <= reach,
                Reach("share", record, share) if record > 0.0 else None)  # fmt: skip


def within_points(record: float, points: float, reason: str) -> Rule:
    """The middle, a share, within some percentage points of the record.

    >>> within_points(0.55, 3, "?").met(over([0.57], False)), within_points(0.55, 3, "?").met(over([0.59], False))
    (True, False)
    """
    words = f"within {points:g} point{'s' if points != 1 else ''} of the record"
    met: Callable[[Found], bool] = lambda found: abs(found.middle - record) <= points / 100.0  # noqa: E731
    return Rule(words, reason, met, Reach("points", record, points / 100.0))


def at_most(limit: float, words: str, reason: str) -> Rule:
    """The middle no higher than a limit."""
    return Rule(words, reason, lambda found: found.middle <= limit, _beyond("at most", limit))


def at_least(limit: float, words: str, reason: str) -> Rule:
    """The middle no lower than a limit."""
    return Rule(words, reason, lambda found: found.middle >= limit, _beyond("at least", limit))


def above(limit: float, reason: str) -> Rule:
    """The middle higher than a limit: a direction."""
    return Rule(f"above {limit:g}", reason, lambda found: found.middle > limit)


def exactly(number: float, reason: str) -> Rule:
    """The middle neither more nor less than a number.

    >>> exactly(1.0, "?").met(over([1.0, 1.0, 2.0], False)), exactly(1.0, "?").met(over([0.0], False))
    (True, False)
    """
    return Rule(f"exactly {number:g}", reason, lambda found: found.middle == number)


def _beyond(kind: Literal["at most", "at least"], limit: float) -> Reach | None:
    """The reach of a limit; none of a limit of zero, which has no share."""
    return Reach(kind, limit, QUARTER) if limit > 0.0 else None


def all_on_side(side: str, reason: str = EXCLUDES_NONE) -> Rule:
    """The whole interval above none (``up``), or below it (``down``).

    >>> all_on_side("up").met(over([0.01, 0.02, 0.03], True)), all_on_side("up").met(over([0.01], True))
    (True, False)
    """
    return Rule(f"the interval all {side}", reason,
                lambda found: found.high < 0.0 if side == "down" else found.low > 0.0)  # fmt: skip


def above_smallest(unit: str, reason: str = MATTERS_THERE) -> Rule:
    """The whole interval above the smallest effect of interest, in a unit (`experiments.smallest.least`).

    >>> rule = above_smallest("points")
    >>> rule.words, rule.met(over([0.01, 0.02, 0.03], True)), rule.met(over([0.0001, 0.0002], True))
    ('the interval above 0.05 points', True, False)
    """
    limit = least(unit)
    words = f"{100.0 * limit:g} points" if unit == "points" else f"{limit:.2g} {unit}".replace(" ratio", "")
    return Rule(f"the interval above {words}", reason, lambda found: found.low > limit)


def near_none(reach: float, reason: str) -> Rule:
    """The whole interval within some distance of none.

    >>> near_none(0.05, "?").met(over([0.0, 0.001], True)), near_none(0.05, "?").met(over([0.0, 0.2], True))
    (True, False)
    """
    return Rule(f"the interval within {reach:.0%} of none", reason,
                lambda found: found.low >= -reach and found.high <= reach)  # fmt: skip


def never(reason: str) -> Rule:
    """None in any replication: neither end of the interval, nor the mean, is anything but zero.

    >>> never("?").met(over([0.0, 0.0], False)), never("?").met(over([0.0] * 50 + [1.0], False))
    (True, False)
    """
    return Rule("0 in every replication", reason, lambda found: found.mean == found.low == found.high == 0.0)
