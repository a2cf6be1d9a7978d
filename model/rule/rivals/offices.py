"""Offices as fixed effects: the place decides, and nothing else."""

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.terms import among, values
from model.rule.weighed import Weighed

WEIGHS = ("culture",)
_NOTHING = among(())


@compiled
def offices(asked: float, officer: int, case: int, stage: int, columns: RuleColumns) -> Weighed:
    """``leaning of the office``, in log-odds, beside the threshold of the stage: two fixed effects.

    Every officer of an office leans as the unit was formed and the office's history adds, on every day and for every
    case; ``notice = habit``. No text, count, backlog, colleague or fact of a case moves anything. It is the variance
    between offices that studies of disparity report, taken as the whole story (Ramji-Nogales and others 2007).
    """
    office = columns.desks.office[officer]
    culture, others = (columns.leanings[office],), values(_NOTHING, officer, case, stage, columns)[1:]
    return Weighed(columns.habits[office, stage], culture + others)
