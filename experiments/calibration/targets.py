"""What a fit aims at: recorded facts whose use is ``fit``, and how far from each a run lies."""

from dataclasses import dataclass
from math import isnan, log, log1p
from typing import Literal

from model.errors import InputError

Kind = Literal["relative", "absolute", "at most"]
FIT = "fit"
FARTHEST = 20.0
"""Tolerances beyond which all is equally wrong; also where a run has no value at all."""
LEAST = 1e-9


@dataclass(frozen=True)
class Target:
    """One recorded figure that parameters may be fitted to; there is none of a fact that is only checked.

    Attributes:
        name: of the figure, apart from all others of a fit.
        fact: its id in ``evidence.csv``.
        use: of the fact there; anything but ``fit`` is refused.
        observed: the record.
        tolerance: how far off still counts as agreeing: a share of the record where ``relative``, else in its unit.
        kind: ``relative`` (off by a factor), ``absolute``, or ``at most`` (the record is an upper bound).

    Raises:
        InputError: the fact is not for fitting.
    """

    name: str
    fact: str
    use: str
    observed: float
    tolerance: float
    kind: Kind = "absolute"

    def __post_init__(self) -> None:
        if self.use != FIT:
            raise InputError(
                "a fact that may not be fitted to: it would no longer check anything", where=f"fit to {self.fact}",
                found=self.use, allowed="facts whose use in evidence.csv is fit",
            )  # fmt: skip

    def error(self, value: float) -> float:
        """How far a run's value lies from the record, in tolerances; above 0 where the run has more.

        ``(value - observed) / tolerance``; of a relative one ``log(value / observed) / log(1 + tolerance)``; of an upper
        bound only what exceeds it.

        >>> round(Target("cases", "P20", "fit", 2000.0, 0.15, "relative").error(2300.0), 3)
        1.0
        >>> bound = Target("closed", "I02", "fit", 0.02, 0.002, "at most")
        >>> bound.error(0.015), round(bound.error(0.025), 3)
        (0.0, 2.5)
        """
        if isnan(value):
            return FARTHEST
        if self.kind == "relative":
            off = log(max(value, LEAST) / self.observed) / log1p(self.tolerance)
        else:
            off = (value - self.observed) / self.tolerance
        least = 0.0 if self.kind == "at most" else -FARTHEST
        return min(max(off, least), FARTHEST)
