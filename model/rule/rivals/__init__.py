"""Rules that can take the place of the whole one: rival theories of what an officer does.

A rival is a compiled function of what the whole rule is a function of (`model.rule.decision.weigh`), and says the same
two things: the chance that a case is looked at, and the terms. Thresholds, the law, customs, hours, routes and every
draw stay as they are, so that worlds under two rules are twins. ``[rule] name`` in a world's file selects one
(`model.schema.world.RULES`); a rule of one's own stands in a file of its own (`model.rule.own`).
"""

from model.rule.rivals.coping import WEIGHS as _COPING
from model.rule.rivals.coping import coping
from model.rule.rivals.offices import WEIGHS as _OFFICES
from model.rule.rivals.offices import offices
from model.rule.rivals.sanction import WEIGHS as _SANCTION
from model.rule.rivals.sanction import sanction

__all__ = ["WEIGHS", "coping", "offices", "sanction"]

WEIGHS = {"sanction": _SANCTION, "coping": _COPING, "offices": _OFFICES}
"""The terms that each rival adds up; its others are 0."""
