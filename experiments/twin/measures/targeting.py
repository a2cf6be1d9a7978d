"""Targeting: who bears enforcement, with the directives and without them.

What weighs on people is counted in two ways: decisions against them, and nights in custody. Groups are conviction
levels, or the target populations of Schneider and Ingram (1993; `experiments.twin.case_traits.populations`). A review
by order that ends nothing leaves a case where it was; such decisions do not count.
"""

import pandas as pd

from experiments.twin.join import WITH

GROUPS = ("level", "population")


def borne(decisions: pd.DataFrame, by: str, side: str = WITH) -> pd.Series:
    """``sum of (1 - p) in the group / sum of (1 - p)``: the share of decisions against people that falls on each group.

    Of the world of a side, on the directives' first day or later. ``1 - p`` is the probability of the unfavourable
    outcome. Only what is not reviewed by order counts.

    Four cases, against which is decided with 0.8, 0.8 (advantaged), 0.9 and 1.0 (deviants): 1.6 and 1.9 of 3.5.

    >>> table = pd.DataFrame({"after": True, "round": 0, "population": ["advantaged"] * 2 + ["deviants"] * 2,
    ...                       "p_with": [0.2, 0.2, 0.1, 0.0]})
    >>> borne(table, "population").round(4).to_dict()
    {'advantaged': 0.4571, 'deviants': 0.5429}
    """
    here = decisions[decisions["after"] & (decisions["round"] == 0) & decisions["p" + side].notna()]
    return _shares((1.0 - here["p" + side]).groupby(here[by], observed=False).sum())


def held(cases: pd.DataFrame, by: str) -> pd.Series:
    """``nights in the group / nights``: the share of nights in custody that falls on each group.

    >>> cases = pd.DataFrame({"level": ["none", "none", "level-1"], "nights": [10, 0, 30]})
    >>> held(cases, "level").to_dict()
    {'level-1': 0.75, 'none': 0.25}
    """
    return _shares(cases.groupby(by, observed=False)["nights"].sum())


def retargeted(with_it: pd.Series, without: pd.Series) -> float:
    """``half the sum of |share with - share without|``: how much of the burden has come to lie on other groups.

    From 0.5, 0.5 to 0.4, 0.6: a tenth.

    >>> round(retargeted(pd.Series({"a": 0.4, "b": 0.6}), pd.Series({"a": 0.5, "b": 0.5})), 6)
    0.1
    """
    return float((with_it - without).abs().sum() / 2.0)


def _shares(sums: pd.Series) -> pd.Series:
    return sums / sums.sum()
