"""Public value: Moore's strategic triangle, each corner with its measures side by side.

A directive creates public value where what it produces is worth having, where it is seen as legitimate and finds
support, and where the agencies can carry it (Moore 1995). Nothing is weighed or added up: each component is a measure
of its own, of which it is said only which way is the better one, and whether the directive moved it that way.

Moore, M. H. (1995). Creating Public Value: Strategic Management in Government. Harvard University Press.
"""

from typing import NamedTuple

import pandas as pd

from experiments.smallest import MATTERS

VALUE, LEGITIMACY, CAPACITY = "value", "legitimacy and support", "operational capacity"
MORE, LESS = 1, -1
BETTER, WORSE = "better", "worse"


class Component(NamedTuple):
    """A measure in a corner of the triangle, and whether more or less of it is the better."""

    corner: str
    measure: str
    better: int


TRIANGLE = (
    Component(VALUE, "spared, of those to be spared", MORE),
    Component(VALUE, "serious cases missed", LESS),
    Component(VALUE, "custody", LESS),
    Component(VALUE, "apart", LESS),
    Component(LEGITIMACY, "looked at as an individual", MORE),
    Component(LEGITIMACY, "disagreement by desk", LESS),
    Component(LEGITIMACY, "overreach", LESS),
    Component(LEGITIMACY, "beyond the limit", LESS),
    Component(CAPACITY, "backlog", LESS),
    Component(CAPACITY, "overtime", LESS),
    Component(CAPACITY, "over capacity", LESS),
    Component(CAPACITY, "cost", LESS),
)


def public_value(effects: pd.DataFrame) -> pd.DataFrame:
    """The triangle, from measures of both worlds (`experiments.twin.measures.effects` over replications).

    Of decisions it takes each agency as a whole.

    A backlog that falls for sure, and a disagreement whose interval lies across the smallest effect of interest:

    >>> effects = pd.DataFrame({"stage": "all", "measure": ["disagreement by desk", "backlog"],
    ...                         "difference": [0.01, -5.0], "verdict": ["undecided", "matters"]})
    >>> public_value(effects)[["corner", "measure", "verdict"]].values.tolist()
    [['legitimacy and support', 'disagreement by desk', 'undecided'], ['operational capacity', 'backlog', 'better']]

    Returns:
        The rows of ``effects`` that are components, in the order of `TRIANGLE`, with ``corner``, ``better`` (+1 where
        more is better, -1 where less is) and ``verdict``: better or worse where the difference matters, else as it was.
    """
    whole = effects[effects["stage"] == "all"]
    parts = []
    for component in TRIANGLE:
        rows = whole[whole["measure"] == component.measure]
        parts.append(rows.assign(corner=component.corner, better=component.better))
    found = pd.concat(parts, ignore_index=True)
    verdicts = [verdict(*row) for row in found[["verdict", "difference", "better"]].itertuples(index=False)]
    return found.assign(verdict=verdicts)


def verdict(said: str, difference: float, better: int) -> str:
    """What the verdict of a difference (`experiments.smallest`) comes to where more (+1) or less (-1) is better.

    >>> verdict("matters", 0.01, MORE), verdict("matters", 0.01, LESS), verdict("undecided", 0.01, MORE)
    ('better', 'worse', 'undecided')
    """
    if said != MATTERS:
        return said
    return BETTER if (difference > 0.0) == (better > 0) else WORSE
