"""What the knock-outs of all replications say together: changes, shares and totals, with their intervals.

The tables are described in `experiments.mechanisms.knockouts.Knockouts`. Whatever is compared is compared within a
replication, and the interval is over replications (`experiments.twin.intervals.paired`).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from experiments.mechanisms.pair_effects import GROUP
from experiments.mechanisms.shapley import Order, coalitions, shapley
from experiments.mechanisms.switches import off_in_words
from experiments.nested import draws_of
from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.intervals import both, paired

WHOLE, BARE = "whole", "bare"


def complete(worths: pd.DataFrame) -> pd.DataFrame:
    """The groups that had a decision in every run, which ``seed`` and ``label`` tell; of others nothing can be said."""
    runs = len(worths[["seed", "label"]].drop_duplicates())
    return worths[worths.groupby(GROUP)["effect"].transform("size") == runs].reset_index(drop=True)


def _wide(worths: pd.DataFrame) -> pd.DataFrame:
    """Effects with a row a seed and set, and a column a group."""
    return worths.pivot(index=["seed", "off"], columns=GROUP, values="effect")


def _ends(worths: pd.DataFrame) -> tuple[str, ...]:
    return POSTERIOR if "draw" in worths else ()


def knocked(worths: pd.DataFrame, names: Sequence[str], smallest: float = SMALLEST) -> pd.DataFrame:
    """The effect with each mechanism off, and with each pair of them, and its change against all on.

    >>> worths = pd.DataFrame({"seed": [1, 1, 2, 2], "off": ["nothing", "notice"] * 2, "agency": "ice", "stage": "all",
    ...                        "cases": "same", "effect": [0.04, 0.01, 0.05, 0.03]})
    >>> [round(float(knocked(worths, ["notice"]).loc[0, name]), 4) for name in ("effect", "change")]
    [0.02, -0.025]
    """
    wide = _wide(worths)
    on = wide.xs(off_in_words([]), level="off")
    draws = draws_of(worths, on.index)
    rows = []
    for one, other in [(name, name) for name in names] + list(combinations(names, 2)):
        off = wide.xs(off_in_words({one, other}), level="off")
        for group in wide.columns:
            change = both(off[group] - on[group], draws)
            rows.append((*group, one, other, *paired(off[group], draws=draws).within(-1.0, 1.0), *change))
    ends = ["change_low", "change_high", *_ends(worths)]
    columns = [*GROUP, "one", "other", "effect", "low", "high", "change", *ends]
    return judged(pd.DataFrame(rows, columns=columns), smallest, ends=("change_low", "change_high"))


def shares(
    worths: pd.DataFrame, names: Sequence[str], orders: Mapping[int, Sequence[Order]], smallest: float = SMALLEST
) -> pd.DataFrame:
    """The share of each mechanism: Shapley's value in each replication, over that replication's orders."""
    wide = _wide(worths)
    found = []
    for seed, its in orders.items():
        here = wide.xs(seed, level="seed")
        worth = {there: here.loc[off_in_words(set(names) - there)].to_numpy() for there in coalitions(its)}
        parts = shapley(its, worth)
        found.append([parts[name] for name in names])
    values, draws = np.array(found), draws_of(worths, pd.Index(list(orders)))
    rows = []
    for at, name in enumerate(names):
        for column, group in enumerate(wide.columns):
            rows.append((*group, name, *both(values[:, at, column], draws)))
    columns = [*GROUP, "mechanism", "share", "low", "high", *_ends(worths)]
    return judged(pd.DataFrame(rows, columns=columns), smallest)


def totals(worths: pd.DataFrame, names: Sequence[str], smallest: float = SMALLEST) -> pd.DataFrame:
    """The effect with all mechanisms on, and with all of them off."""
    wide = _wide(worths)
    rows = []
    for total, off in ((WHOLE, off_in_words([])), (BARE, off_in_words(names))):
        for group in wide.columns:
            effects = wide.xs(off, level="off")[group]
            rows.append((*group, total, *both(effects, draws_of(worths, effects.index), (-1.0, 1.0))))
    columns = [*GROUP, "total", "effect", "low", "high", *_ends(worths)]
    return judged(pd.DataFrame(rows, columns=columns), smallest)
