"""A day's work by a rule of one's own: what `model.day.work` says, in Python, with that rule in its place."""

from collections.abc import Callable
from functools import partial

from model.compiled import retold
from model.day import work
from model.day.bundles import Fixed, Moving
from model.rule.own import OwnRule, considered


def work_by(rule: OwnRule) -> Callable[[int, int, Fixed, Moving], int]:
    """`model.day.work.work` by another rule: the same queues, hours and draws."""
    decide = retold(work.decide, consider=partial(considered, rule))
    return retold(work.work, decide=decide)
