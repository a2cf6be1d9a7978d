"""The lottery of the desk: how much an outcome depends on where a case falls, and on who decides it.

Both take decisions of one world of a pair, on the directives' first day or later. Offices draw different cases, so
part of the spread of their rates is the cases', not the desks'; disagreement is about the same case.
"""

import numpy as np
import pandas as pd

from experiments.twin.join import WITH

FEWEST = 20
"""Decisions without which an office tells nothing."""


def spread_of_offices(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``sqrt(sum n(o) * (m(o) - m)^2 / sum n(o))``: how far the rates of offices lie from their mean.

    ``m(o)`` is the mean probability of a favourable decision in office ``o`` and ``m`` that of all; offices with fewer
    than `FEWEST` decisions are left out.

    Two offices that decide 20 cases each, at 0.1 and 0.3: 0.1.

    >>> table = pd.DataFrame({"after": True, "office": ["a"] * 20 + ["b"] * 20, "p_with": [0.1] * 20 + [0.3] * 20})
    >>> round(spread_of_offices(table), 6)
    0.1
    """
    groups = decisions[decisions["after"] & decisions["p" + side].notna()].groupby("office", observed=True)["p" + side]
    rates, sizes = groups.mean(), groups.size()
    rates, sizes = rates[sizes >= FEWEST], sizes[sizes >= FEWEST]
    if rates.empty:
        return np.nan
    mean = np.average(rates, weights=sizes)
    return float(np.sqrt(np.average((rates - mean) ** 2, weights=sizes)))


def disagreement(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``mean of p * (1 - q) + q * (1 - p)``: the chance that two officers of a unit disagree on the same case.

    ``p`` is the probability before the officer who decided it and ``q`` before one other of the unit, drawn at random,
    on the same day (`experiments.twin.inter_officer`). Each has random numbers of their own; even two who think alike
    disagree with ``2 * p * (1 - p)``.

    Two cases, at 0.3 and 0.1, and at 0.9 and 0.9: 0.3 * 0.9 + 0.1 * 0.7 = 0.34, and 2 * 0.9 * 0.1 = 0.18; so 0.26.

    >>> from experiments.twin.inter_officer import disagreement as of_one
    >>> table = pd.DataFrame({"after": True, "disagree_with": [of_one(0.3, 0.1), of_one(0.9, 0.9)]})
    >>> round(disagreement(table), 6)
    0.26
    """
    return _mean(decisions, "disagree" + side)


def disagreement_by_desk(decisions: pd.DataFrame, side: str = WITH) -> float:
    """The same, were the random numbers of both the same: what of it is the officers' own difference, and not chance.

    ``mean of p + q - 2 * min(n, m) * min(j, k)``, where ``p = n * j`` (looked at, then judged) and ``q = m * k``: a
    case meets the same draws at both desks, as it does in two worlds.

    Two cases that all look at, judged at 0.3 and 0.1, and at 0.9 and 0.9: 0.3 + 0.1 - 0.2 = 0.2, and 0; so 0.1.

    >>> from experiments.twin.inter_officer import by_the_desk as of_one
    >>> table = pd.DataFrame({"after": True, "by_desk_with": [of_one(1, 0.3, 1, 0.1), of_one(1, 0.9, 1, 0.9)]})
    >>> round(disagreement_by_desk(table), 6)
    0.1
    """
    return _mean(decisions, "by_desk" + side)


def _mean(decisions: pd.DataFrame, column: str) -> float:
    return float(decisions.loc[decisions["after"], column].mean())
