"""Expected sanction: a rational agent weighs the benefit of an outcome against what it may cost."""

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.terms import among, values
from model.rule.weighed import Weighed

WEIGHS = ("culture", "equities", "severity", "metrics", "accountability")
_WEIGHS = among(WEIGHS)


@compiled
def sanction(asked: float, officer: int, case: int, stage: int, columns: RuleColumns) -> Weighed:
    """``benefit - expected sanction``, in log-odds: nobody is persuaded, nobody tires.

    The benefit of leniency is the officer's own leaning and what the case means to it (culture, equities, severity).
    The sanction is what one answers for: to whoever evaluates a directive (accountability), and to the count (metrics).
    ``notice = 1 - (1 - habit)(1 - asked)``: a case that one was told to look at is
    looked at, whatever waits. Brehm and Gates 1997, ch. 2-3; Prendergast 2003.
    """
    habit = columns.habits[columns.desks.office[officer], stage]
    return Weighed(1.0 - (1.0 - habit) * (1.0 - asked), values(_WEIGHS, officer, case, stage, columns))
