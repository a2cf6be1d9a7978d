"""What a directive did, beside the shift: uptake, slippage, spillover, latency, persistence, lottery.

Each takes the decisions of a pair (`experiments.twin.pairs.Pair.decisions`) and counts those on the directives'
first day or later. Noise is kept out of what happens over time by the probability with which a decision was
favourable, in place of its outcome. A measure of nothing is missing, not zero.
"""

from datetime import date

import numpy as np
import pandas as pd

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.pairs import Pair
from experiments.twin.shift import shared

BLOCK = 28
"""Days in a step of latency and persistence."""
LEAST = 20
"""Decisions without which a block or an office tells nothing."""
HALF = 0.5


def uptake(decisions: pd.DataFrame) -> float:
    """``went the directives' way / decided``, of the decisions with the directives that are in their scope.

    The way is the favourable outcome where those in whose scope the case is ask leniency, the other where they ask
    the contrary; where they contradict each other the case is left out.

    In scope of a lenient text: favourable, favourable, not, not; of a strict one: not. So 3 of 5.

    >>> table = pd.DataFrame({"after": True, "scope": "in", "wants": [1, 1, 1, 1, -1],
    ...                       "favourable_with": [True, True, False, False, False]})
    >>> uptake(table)
    0.6
    """
    here = decisions[
        decisions["after"] & (decisions["scope"] == "in") & (decisions["wants"] != 0)
        & decisions["favourable" + WITH].notna()
    ]  # fmt: skip
    if here.empty:
        return np.nan
    return float((here["favourable" + WITH].astype(bool) == (here["wants"] > 0)).mean())


def slippage(decisions: pd.DataFrame) -> float:
    """``1 - uptake``: in scope, and decided as if nothing had come down.

    >>> table = pd.DataFrame({"after": True, "scope": "in", "wants": 1, "favourable_with": [True, False, False, False]})
    >>> slippage(table)
    0.75
    """
    return 1.0 - uptake(decisions)


def gain(decisions: pd.DataFrame) -> float:
    """``rate with - rate without`` of the same cases in scope: what of the uptake would not have been anyway.

    Of four cases in scope two are favourable with the directive and one without it: 0.5 - 0.25.

    >>> table = pd.DataFrame({"after": True, "kind": "same", "scope": "in",
    ...                       "favourable_with": [True, True, False, False],
    ...                       "favourable_without": [True, False, False, False]})
    >>> gain(table)
    0.25
    """
    both = shared(decisions)
    return _difference(both[both["scope"] == "in"])


def spillover(decisions: pd.DataFrame) -> float:
    """``rate with - rate without`` of the same cases out of scope, or at desks that no text addresses.

    Of five such cases one became favourable: 0.2.

    >>> table = pd.DataFrame({"after": True, "kind": "same", "scope": ["out", "out", "out", "not addressed", "out"],
    ...                       "favourable_with": [True, True, False, False, False],
    ...                       "favourable_without": [True, False, False, False, False]})
    >>> round(spillover(table), 6)
    0.2
    """
    both = shared(decisions)
    return _difference(both[both["scope"].isin(["out", "not addressed"])])


def _difference(both: pd.DataFrame) -> float:
    rates = [both["favourable" + side].astype("Float64").mean() for side in (WITH, WITHOUT)]
    return np.nan if both.empty else float(rates[0] - rates[1])


def course(decisions: pd.DataFrame, first_day: date) -> pd.Series:
    """``d(b)``, the mean of ``p with - p without`` over the same cases, by block of `BLOCK` days after the first day.

    Blocks with fewer than `LEAST` decisions are left out.

    >>> days = pd.to_datetime(["2011-01-01"] * 20 + ["2011-02-10"] * 20 + ["2011-03-10"])
    >>> table = pd.DataFrame({"after": True, "kind": "same", "day_with": days, "p_without": 0.1,
    ...                       "p_with": [0.1] * 20 + [0.3] * 20 + [0.9]})
    >>> course(table, date(2011, 1, 1)).round(3).to_dict()
    {0: 0.0, 1: 0.2}
    """
    both = shared(decisions)
    block = (both["day" + WITH] - pd.Timestamp(first_day)).dt.days // BLOCK
    groups = (both["p" + WITH] - both["p" + WITHOUT]).groupby(block)
    return groups.mean()[groups.size() >= LEAST]


def latency(by_block: pd.Series) -> float:
    """Days from the first day to the end of the first block with ``|d(b)| >= max |d| / 2``, towards the largest.

    With d = 0.00, 0.02, 0.06, 0.10, 0.08 the half of 0.10 is reached in the third block: 3 * 28 = 84 days.

    >>> latency(pd.Series([0.0, 0.02, 0.06, 0.10, 0.08]))
    84.0
    >>> latency(pd.Series([0.0, 0.0]))
    nan
    """
    if by_block.empty or not by_block.abs().max():
        return np.nan
    reached = by_block.index[(by_block / _peak(by_block)) >= HALF]
    return float((reached[0] + 1) * BLOCK)


def persistence(by_block: pd.Series) -> float:
    """``mean of the last three d(b) / largest d(b)``: what is left of the effect at the end of the watch.

    With d = 0.10, 0.08, 0.05, 0.03, 0.04: (0.05 + 0.03 + 0.04) / 3 / 0.10 = 0.4.

    >>> round(persistence(pd.Series([0.10, 0.08, 0.05, 0.03, 0.04])), 6)
    0.4
    """
    if by_block.empty or not by_block.abs().max():
        return np.nan
    return float(by_block.iloc[-3:].mean() / _peak(by_block))


def _peak(by_block: pd.Series) -> float:
    """The largest difference, with its sign."""
    values = by_block.to_numpy(dtype=np.float64)
    return float(values[np.abs(values).argmax()])


def lottery(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``sqrt(sum n(o) * (m(o) - m)^2 / sum n(o))``: spread of office rates, in the world of a side.

    ``m(o)`` is the mean probability of a favourable decision in office ``o`` and ``m`` that of all; offices with fewer
    than `LEAST` decisions are left out. Offices draw different cases, so a part of it is the cases', not the desks'.

    Two offices that decide 20 cases each, at 0.1 and 0.3: 0.1.

    >>> table = pd.DataFrame({"after": True, "office": ["a"] * 20 + ["b"] * 20, "p_with": [0.1] * 20 + [0.3] * 20})
    >>> round(lottery(table), 6)
    0.1
    """
    groups = decisions[decisions["after"] & decisions["p" + side].notna()].groupby("office", observed=True)["p" + side]
    rates, sizes = groups.mean(), groups.size()
    rates, sizes = rates[sizes >= LEAST], sizes[sizes >= LEAST]
    if rates.empty:
        return np.nan
    mean = np.average(rates, weights=sizes)
    return float(np.sqrt(np.average((rates - mean) ** 2, weights=sizes)))


def measured(pair: Pair) -> pd.DataFrame:
    """All measures of one pair: ``seed``, ``agency``, ``stage``, ``measure``, ``value``.

    They are taken by agency and stage: decisions of different stages have nothing to average.
    """
    rows = []
    for (agency, stage), table in pair.decisions.groupby(["agency", "stage"], observed=True):
        by_block = course(table, pair.twins.first_day)
        values = {
            "uptake": uptake(table), "slippage": slippage(table), "gain": gain(table),
            "spillover": spillover(table), "latency": latency(by_block), "persistence": persistence(by_block),
            "lottery": lottery(table), "lottery without": lottery(table, WITHOUT),
        }  # fmt: skip
        rows += [(pair.seed, agency, stage, name, value) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["seed", "agency", "stage", "measure", "value"])
