"""A second opinion: the case of each decision, put before one other officer of the same unit on the same day.

Which other officer it is, is a draw that belongs to the case, the same in every world; so the mean over decisions
estimates the chance that any two officers of a unit disagree, without putting every case before everybody.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from model.agencies.decision_log import Log
from model.cases.draws import Floats, Keys, purpose, uniform
from model.compiled import compiled, retold
from model.day.queues import Numbers
from model.rule.decision import consider
from model.rule.own import OwnRule, considered
from model.rule.rule_columns import RuleColumns
from model.schema import World


def opinion_keys(world: World) -> Keys:
    """The key of the draw of the other officer, by stage."""
    return np.array([purpose("second opinion", stage) for stage in world.stages], dtype=np.uint64)


@compiled
def disagreement(p: float, other: float) -> float:
    """``p * (1 - q) + q * (1 - p)``: the chance that two officers come to different outcomes, each by chance.

    >>> round(disagreement(0.3, 0.1), 4)
    0.34
    """
    return p * (1.0 - other) + other * (1.0 - p)


@compiled
def by_the_desk(notice: float, judgment: float, other_notice: float, other_judgment: float) -> float:
    """``p + q - 2 * min(n, m) * min(j, k)``, with ``p = n * j`` and ``q = m * k``: the same, were their random numbers
    the same.

    ``n`` and ``m`` are the chances that they look, ``j`` and ``k`` how they judge. A case that meets the same draws at
    both desks is favourable at both with ``min(n, m) * min(j, k)``; officers who decide alike never disagree.

    Where an unnoticed case becomes the favourable outcome, ``j`` and ``k`` are the chances of the unfavourable one.

    >>> round(by_the_desk(1.0, 0.3, 1.0, 0.1), 4), by_the_desk(0.5, 0.3, 0.5, 0.3)
    (0.2, 0.0)
    """
    agreed = min(notice, other_notice) * min(judgment, other_judgment)
    return notice * judgment + other_notice * other_judgment - 2.0 * agreed


@compiled
def second_opinions(
    rows: int, log: Log, seed: np.uint64, keys: Keys, first: Numbers, size: Numbers, columns: RuleColumns,
    chance: Floats, desk: Floats,
) -> None:  # fmt: skip
    """Fill ``chance`` (`disagreement`) and ``desk`` (`by_the_desk`) for a day's decisions.

    Officers of unit ``u`` are rows ``first[u]`` to ``first[u] + size[u]`` of the desks; with one officer alone there is
    nobody to ask, and no number. In place of a vacant desk the next one is asked. Where the law leaves no choice nobody
    disagrees.
    """
    for row in range(rows):
        officer, case, stage = log.officer[row], log.case[row], int(np.int64(log.stage[row]))
        unit = columns.desks.unit[officer]
        if size[unit] < 2:
            chance[row] = desk[row] = np.nan
            continue
        other = first[unit] + int(uniform(seed, columns.cases.key[case], keys[stage]) * (size[unit] - 1))
        if other >= officer:
            other += 1
        while columns.desks.vacant[other]:
            other = first[unit] + (other + 1 - first[unit]) % size[unit]
        if other == officer:
            chance[row] = desk[row] = np.nan
            continue
        made = consider(other, case, stage, columns)
        free = log.bound[row] == 0 and made.bound == 0
        chance[row] = disagreement(log.p[row], made.p) if free else 0.0
        own, theirs = log.judgment[row], made.judgment
        if columns.stages.unnoticed[stage] > 0.0:
            own, theirs = 1.0 - own, 1.0 - theirs
        desk[row] = by_the_desk(log.notice[row], own, made.notice, theirs) if free else 0.0


def opinions_by(rule: OwnRule) -> Callable[..., None]:
    """`second_opinions` by a rule of one's own."""
    return retold(second_opinions, consider=partial(considered, rule))
