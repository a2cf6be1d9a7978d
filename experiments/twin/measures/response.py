"""How the front line responds to directives: uptake, slippage, gain, spillover.

Each takes the decisions of a pair (`experiments.twin.pairs.Pair.decisions`) and counts those on the directives'
first day or later, each with the probability that it was favourable in place of its outcome (see
`experiments.twin.shift`). A measure of nothing is missing, not zero.
"""

import numpy as np
import pandas as pd

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.shift import shared


def uptake(decisions: pd.DataFrame) -> float:
    """``mean of q``: how far decisions in scope go the directives' way; ``q`` is ``p`` where they ask leniency.

    Where those in whose scope the case is ask severity, ``q = 1 - p``; where they contradict each other the case is
    left out. Decisions are those of the world with the directives.

    In scope of a lenient text, at 0.9, 0.5, 0.2 and 0.2; of a strict one, at 0.3: (0.9 + 0.5 + 0.2 + 0.2 + 0.7) / 5.

    >>> table = pd.DataFrame({"after": True, "scope": "in", "wants": [1, 1, 1, 1, -1],
    ...                       "p_with": [0.9, 0.5, 0.2, 0.2, 0.3]})
    >>> round(uptake(table), 6)
    0.5
    """
    p, wants = decisions["p" + WITH], decisions["wants"]
    here = decisions["after"] & (decisions["scope"] == "in") & (wants != 0) & p.notna()
    return float(np.where(wants > 0, p, 1.0 - p)[here].mean()) if here.any() else np.nan


def slippage(decisions: pd.DataFrame) -> float:
    """``1 - uptake``: in scope, and decided as if nothing had come down.

    >>> table = pd.DataFrame({"after": True, "scope": "in", "wants": 1, "p_with": [0.6, 0.2, 0.2, 0.0]})
    >>> round(slippage(table), 6)
    0.75
    """
    return 1.0 - uptake(decisions)


def gain(decisions: pd.DataFrame) -> float:
    """``rate with - rate without`` of the same cases in scope: what of the uptake would not have been anyway.

    Of four cases in scope at 0.6, 0.6, 0.4, 0.4 with the directive, and half of it without: 0.5 - 0.25.

    >>> table = pd.DataFrame({"after": True, "kind": "same", "scope": "in", "p_with": [0.6, 0.6, 0.4, 0.4],
    ...                       "p_without": [0.3, 0.3, 0.2, 0.2]})
    >>> round(gain(table), 6)
    0.25
    """
    both = shared(decisions)
    return _difference(both[both["scope"] == "in"])


def spillover(decisions: pd.DataFrame) -> float:
    """``rate with - rate without`` of the same cases out of scope, or at desks that no text addresses.

    Of five such cases one is a certain favour instead of a certain refusal: 0.2.

    >>> table = pd.DataFrame({"after": True, "kind": "same", "scope": ["out", "out", "out", "not addressed", "out"],
    ...                       "p_with": [1.0, 1.0, 0.0, 0.0, 0.0], "p_without": [1.0, 0.0, 0.0, 0.0, 0.0]})
    >>> round(spillover(table), 6)
    0.2
    """
    both = shared(decisions)
    return _difference(both[both["scope"].isin(["out", "not addressed"])])


def _difference(both: pd.DataFrame) -> float:
    return float((both["p" + WITH] - both["p" + WITHOUT]).mean()) if len(both) else np.nan
