"""Severity: how a conviction weighs, graded or as such."""

from typing import TYPE_CHECKING

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Parts, Term

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def severity(grade: float, convicted: bool, lens: float, conviction: float) -> float:
    """``-((1 - lens) * grade + lens * conviction)`` if convicted of anything, else ``-(1 - lens) * grade``.

    Through the categorical lens every conviction is the same "criminal"; without it each has its grade
    (Rabin 2014, Part V.A: convictions as the key sorting mechanism).

    >>> round(severity(1.0, True, 0.9, 2.6), 2), round(severity(1.0, True, 0.1, 2.6), 2)  # a misdemeanour
    (-2.44, -1.16)
    """
    return -((1.0 - lens) * grade + (lens * conviction if convicted else 0.0))


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    level, lens = columns.cases.level[case], columns.units.lens[columns.desks.unit[officer]]
    return severity(columns.rule.grades[level], level > 0, lens, columns.rule.conviction)


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    rule, level = at.columns.rule, int(at.columns.cases.level[at.case])
    if level == 0:
        return ()
    grade, lens = float(rule.grades[level]), float(at.columns.units.lens[at.unit])
    word, said = list(model.world.words.levels.items())[level]
    graded = severity(grade, False, lens, rule.conviction)
    as_such = severity(0.0, True, lens, rule.conviction)
    return (
        Detail("conviction", "a conviction as such", as_such, {"lens": lens, "weight": rule.conviction}),
        Detail("grade", "how serious it is", graded, {"lens": lens, "grade": grade, "level": word, "said": said}),
    )


def _clause(parts: Parts) -> str:
    as_such = {part.name: part for part in parts}
    level = str(as_such["grade"].facts["said"])
    lens = float(as_such["conviction"].facts["lens"])
    if lens >= 0.5:
        return f"{level}, seen as a conviction first and by its gravity second"
    return f"{level}, weighed by its gravity"


SEVERITY = Term("severity", "the conviction", _value, _details, _clause)
