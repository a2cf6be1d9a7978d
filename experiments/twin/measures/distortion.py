"""Distortion: what directives do to work that they did not ask for.

Each takes decisions of one world of a pair, on the directives' first day or later. Whom directives cover and would
spare is said by their texts, whether or not they are in effect (`experiments.twin.case_traits.wanted`); so the same
cases are counted in both worlds.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from experiments.twin.join import WITH
from model.schema import Scenario, World


def counted_stages(world: World, *scenarios: Scenario) -> set[str]:
    """Stages whose outcomes a metric counts, in the world as it is or by a directive of any of the scenarios."""
    counting = {metric for one in scenarios for name in one.directives for metric in world.directives[name].counts}
    return {metric.stage for name, metric in world.metrics.items() if metric.in_force or name in counting}


def counted_work(decisions: pd.DataFrame, counted: Collection[str], side: str = WITH) -> float:
    """``hours at counted stages / hours``: how much of the work goes where it is counted.

    Agencies with several goals overperform on what is counted (Biber 2009; Wilson 1989).

    Four hours on arrests, which are counted, and one on a review, which is not: 0.8.

    >>> table = pd.DataFrame({"after": True, "stage": ["arrest", "review"], "hours_with": [4.0, 1.0]})
    >>> counted_work(table, {"arrest"})
    0.8
    """
    here = decisions[decisions["after"]]
    hours = here["hours" + side].sum()
    at_counted = here.loc[here["stage"].isin(list(counted)), "hours" + side].sum()
    return float(at_counted / hours) if hours else np.nan


def enforcing_stages(world: World) -> set[str]:
    """Stages where enforcement is counted: a metric counts the unfavourable outcome there, or presses for it."""
    goals = [metric for metric in world.metrics.values() if metric.outcome == "unfavourable"]
    return {stage for metric in goals for stage in (metric.stage, *metric.presses)}


def missed(decisions: pd.DataFrame, enforcing: Collection[str], side: str = WITH) -> float:
    """``mean of p over serious cases``, where enforcement is counted: how often the gravest are let go.

    Two serious cases at 0.1 and 0.3, one of no gravity, and one before an agency that grants licences: 0.2.

    >>> table = pd.DataFrame({"after": True, "serious": [True, True, False, True], "p_with": [0.1, 0.3, 0.9, 0.8],
    ...                       "stage": ["charge", "charge", "charge", "licence"]})
    >>> missed(table, {"charge"})
    0.2
    """
    here = decisions["after"] & decisions["serious"] & decisions["stage"].isin(list(enforcing))
    return float(decisions.loc[here, "p" + side].mean())


def unreached(cases: pd.DataFrame, stages: Collection[str]) -> float:
    """``serious cases that wait / serious cases``: the gravest cases that nobody has got to when the watch ends.

    Args:
        cases: of one world (`experiments.twin.world_outcomes.Side.cases`).
        stages: the places where a case waits; all others are exits.

    >>> cases = pd.DataFrame({"serious": [True, True, False], "place": ["hearing", "removed", "hearing"]})
    >>> unreached(cases, {"hearing"})
    0.5
    """
    grave = cases[cases["serious"]]
    return float(grave["place"].isin(list(stages)).mean()) if len(grave) else np.nan


def other_work(decisions: pd.DataFrame, side: str = WITH) -> float:
    """Decisions on cases that no directive in question covers, without reviews by order: work of another kind.

    Fewer of them with the directives than without is work crowded out.

    Of four decisions one is covered, one reviewed by order and one made only in the other world: 1.

    >>> table = pd.DataFrame({"after": True, "covered": [True, False, False, False], "round": [0, 0, 1, 0],
    ...                       "p_with": [0.5, 0.5, 0.5, None]})
    >>> other_work(table)
    1.0
    """
    here = decisions["after"] & ~decisions["covered"] & (decisions["round"] == 0) & decisions["p" + side].notna()
    return float(here.sum())


def overreach(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``sum of (1 - p) over those to be spared / sum of (1 - p)``: decisions against people whom the texts would spare.

    Reviews by order, which end nothing where they are unfavourable, do not count.

    Against two cases is decided with 0.5 each, one of them to be spared; against a third, not to be spared, with 1.0:
    0.5 of 2.0.

    >>> table = pd.DataFrame({"after": True, "round": 0, "spare": [True, False, False], "p_with": [0.5, 0.5, 0.0]})
    >>> overreach(table)
    0.25
    """
    here = decisions[decisions["after"] & (decisions["round"] == 0)]
    against = 1.0 - here["p" + side]
    return float(against[here["spare"]].sum() / against.sum()) if against.sum() else np.nan


def spared(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``mean of p over those to be spared``: how far those whom the texts would spare are spared.

    >>> table = pd.DataFrame({"after": True, "spare": [True, True, False], "p_with": [0.5, 0.1, 0.9]})
    >>> round(spared(table), 6)
    0.3
    """
    return float(decisions.loc[decisions["after"] & decisions["spare"], "p" + side].mean())


def looked_at(decisions: pd.DataFrame, side: str = WITH) -> float:
    """``mean of notice``: the share of cases that are looked at as an individual matter at all.

    >>> looked_at(pd.DataFrame({"after": True, "notice_with": [1.0, 0.5]}))
    0.75
    """
    return float(decisions.loc[decisions["after"], "notice" + side].mean())
