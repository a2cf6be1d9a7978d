"""What a rule of decision says of one case, whichever rule it is."""

from typing import NamedTuple


class Weighed(NamedTuple):
    """How one officer weighs one case.

    Attributes:
        notice: chance that the case is looked at as an individual, 0 to 1.
        terms: what speaks for the favourable outcome, in log-odds, in the order of `model.rule.terms.TERMS`.
    """

    notice: float
    terms: tuple[float, ...]
