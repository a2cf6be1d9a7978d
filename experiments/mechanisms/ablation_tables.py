"""What the misses of all replications say together: blocks that are missed by more, and what a mechanism earns."""

from collections.abc import Sequence
from math import isnan, nan, sqrt

import pandas as pd

from experiments.mechanisms.blocks import BLOCK
from experiments.patterns import Pattern
from experiments.patterns.pattern import DIRECTION, FIGURE, FITTED, INSIDE
from experiments.patterns.rules import over
from experiments.smallest import TOO_FEW

ALL_ON = "nothing"
"""What is off in the world that the others are set against."""
ERRORS = 2.0
"""Standard errors by which a block has to be missed by more, or by less."""
WORSE, BETTER, NO_DIFFERENCE = "worse", "better", "no difference"
UNSEEN, THEORY, TUNED, NOTHING = "unseen facts", "theory alone", "fitted facts alone", "nothing"
ABSENT = "off in this world as it is"
EARNS = {UNSEEN: (FIGURE, DIRECTION), THEORY: (INSIDE,), TUNED: (FITTED,)}
"""What a mechanism may earn, by the kinds of patterns that are missed by more without it; the best that holds."""


def by_block(misses: pd.DataFrame, known: Sequence[Pattern]) -> pd.DataFrame:
    """The change of the mean miss of every block by switching off, as `experiments.mechanisms.ablations` tells it."""
    held = _held(misses, known)
    mean = misses.groupby(["off", *BLOCK, "seed"])["miss"].mean()
    rows = []
    for (episode, kind), there in misses[misses["off"] == ALL_ON].groupby(BLOCK, sort=False):
        block, ids = (str(episode), str(kind)), list(there["id"].unique())
        whole = mean[(ALL_ON, *block)]
        for off in misses["off"].unique():
            if off != ALL_ON:
                change, error = with_error(mean[(off, *block)] - whole)
                ceased = [one for one in ids if held[ALL_ON][one] and not held[off][one]]
                begun = [one for one in ids if held[off][one] and not held[ALL_ON][one]]
                rows.append((off, *block, len(ids), whole.mean(), change, error, " ".join(ceased), " ".join(begun),
                             judged_by_error(change, error)))  # fmt: skip
    columns = ["off", *BLOCK, "patterns", "whole", "change", "error", "ceased", "begun", "verdict"]
    return pd.DataFrame(rows, columns=columns)


def _held(misses: pd.DataFrame, known: Sequence[Pattern]) -> dict[str, dict[str, bool]]:
    """Whether each pattern holds over all replications, by what is off."""
    rule = {one.id: one for one in known}
    found: dict[str, dict[str, bool]] = {}
    for (off, name), rows in misses.groupby(["off", "id"], sort=False):
        one = rule[str(name)]
        found.setdefault(str(off), {})[str(name)] = one.rule.met(over(rows["value"], one.difference))
    return found


def with_error(differences: pd.Series) -> tuple[float, float]:
    """The mean of paired differences, and its standard error ``sd / sqrt(n)``; no error of a single one.

    >>> [round(part, 4) for part in with_error(pd.Series([0.01, 0.02, 0.03]))]
    [0.02, 0.0058]
    """
    count = len(differences)
    return float(differences.mean()), float(differences.std()) / sqrt(count) if count > 1 else nan


def judged_by_error(change: float, error: float) -> str:
    """Whether a miss has grown or shrunk by `ERRORS` standard errors.

    >>> judged_by_error(0.3, 0.1), judged_by_error(-0.3, 0.1), judged_by_error(0.1, 0.1), judged_by_error(0.0, 0.0)
    ('worse', 'better', 'no difference', 'no difference')
    """
    if isnan(error):
        return TOO_FEW
    if change == 0.0 or abs(change) < ERRORS * error:
        return NO_DIFFERENCE
    return WORSE if change > 0.0 else BETTER


def earned(by_block: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """What each mechanism earns: the best of `EARNS` of which a block is missed by more without it."""
    rows = []
    for name in names:
        here = by_block[by_block["off"] == name]
        worse = set(here.loc[here["verdict"] == WORSE, "kind"])
        earns = next((what for what, kinds in EARNS.items() if worse & set(kinds)), NOTHING)
        said = ABSENT if here.empty else TOO_FEW if (here["verdict"] == TOO_FEW).all() else earns
        rows.append((name, said, *(int((here["verdict"] == which).sum()) for which in (WORSE, BETTER))))
    return pd.DataFrame(rows, columns=["mechanism", "earns", "worse", "better"])
