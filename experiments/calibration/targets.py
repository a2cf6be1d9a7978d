"""What a fit aims at: patterns whose use is ``fit``, and how far from each a run lies."""

from dataclasses import dataclass

import numpy as np

from experiments.patterns import Pattern
from experiments.patterns.rules import Reach
from model.errors import InputError

FIT = "fit"


@dataclass(frozen=True)
class Target:
    """One recorded figure that parameters may be fitted to; there is none of a fact that is only checked.

    Attributes:
        name: the id of the pattern.
        fact: its row of ``evidence.csv``.
        use: of the fact there; anything but ``fit`` is refused.
        reach: the record, and how far off still counts as agreeing.

    Raises:
        InputError: the fact is not for fitting.

    >>> from experiments.patterns.rules import Reach
    >>> Target("I04", "I04", "check", Reach("share", 21648.0, 0.25))
    Traceback (most recent call last):
    ...
    model.errors.InputError: a fact that may not be fitted to: it would no longer check anything
      where:   fit to I04
      found:   'check'
      allowed: facts whose use in evidence.csv is fit
    """

    name: str
    fact: str
    use: str
    reach: Reach

    def __post_init__(self) -> None:
        if self.use != FIT:
            raise InputError(
                "a fact that may not be fitted to: it would no longer check anything", where=f"fit to {self.fact}",
                found=self.use, allowed="facts whose use in evidence.csv is fit",
            )  # fmt: skip

    def holds(self, off: float) -> bool:
        """Whether the pattern holds of a run that lies so many tolerances off: as near to the record as its rule asks.

        >>> share = Target("I03", "I03", "fit", Reach("share", 100.0, 0.25))
        >>> [share.holds(share.reach.off(value)) for value in (74.0, 76.0, 124.0, 126.0)]
        [False, True, True, False]
        """
        width = self.reach.width
        low = {"at most": -np.inf, "at least": 0.0, "share": np.log1p(-width) / np.log1p(width)}
        high = {"at most": 0.0, "at least": np.inf}
        return bool(low.get(self.reach.kind, -1.0) <= off <= high.get(self.reach.kind, 1.0))

    @classmethod
    def of(cls, pattern: Pattern) -> "Target":
        """The target that a pattern is.

        Raises:
            InputError: it may not be fitted to, or its record gives no distance.
        """
        if pattern.rule.reach is None:
            cls(pattern.id, pattern.fact, pattern.use, Reach("share", 1.0, 1.0))
            raise InputError("a direction gives no distance to fit to", where=f"fit to {pattern.id}",
                             found=pattern.rule.words, allowed="a record that is a number")  # fmt: skip
        return cls(pattern.id, pattern.fact, pattern.use, pattern.rule.reach)
