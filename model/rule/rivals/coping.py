"""Coping: effort and hours are short, and are spent where they come back."""

from model.arithmetic import exp
from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.terms import among, values
from model.rule.terms.metrics import attention_left
from model.rule.weighed import Weighed

WEIGHS = ("equities", "severity", "metrics")
_WEIGHS = among(WEIGHS)


@compiled
def coping(asked: float, officer: int, case: int, stage: int, columns: RuleColumns) -> Weighed:
    """``notice = looked * attention left * exp(-(strain * backlog + foreign * complexity))``; the file and the count.

    ``looked = 1 - (1 - habit)(1 - asked)``, and ``attention left = 1 / (1 + haste * pressure)``. Under backlog and
    pressure everybody looks less, those whose task it is as well: in the whole rule habit protects them. What is looked
    at is judged by its facts and by what is counted and quicker; leaning, persuasion and answering move
    nothing. An order reaches a desk only as work. Lipsky 1980, ch. 7-10.
    """
    desks = columns.desks
    looked = 1.0 - (1.0 - columns.habits[desks.office[officer], stage]) * (1.0 - asked)
    tires = columns.rule.strain * desks.backlog[officer]
    searches = columns.units.complexity[desks.unit[officer]] * columns.cases.complexity[case]
    notice = looked * attention_left(officer, stage, columns) * exp(-(tires + searches))
    return Weighed(notice, values(_WEIGHS, officer, case, stage, columns))
