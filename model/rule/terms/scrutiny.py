"""Scrutiny: fear of blame for leniency that goes wrong."""

from typing import TYPE_CHECKING

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Parts, Term

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def scrutiny(weight: float, fear: float, visibility: float, grade: float) -> float:
    """``-weight * fear * visibility * grade``: blame falls on the one who was lenient in a visible, grave case.

    >>> scrutiny(1.0, 0.5, 0.4, 2.0)
    -0.4
    """
    return -weight * fear * visibility * grade


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    fear, grade = columns.units.fear[columns.desks.unit[officer]], columns.rule.grades[columns.cases.level[case]]
    return scrutiny(columns.rule.scrutiny, fear, columns.cases.visibility[case], grade)


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    cases, rule = at.columns.cases, at.columns.rule
    fear, visibility = float(at.columns.units.fear[at.unit]), float(cases.visibility[at.case])
    grade = float(rule.grades[cases.level[at.case]])
    facts = {"fear": fear, "visibility": visibility, "grade": grade}
    return (Detail("blame", "fear of blame", scrutiny(rule.scrutiny, fear, visibility, grade), facts),)


def _clause(parts: Parts) -> str:
    return "fear of blame if leniency goes wrong"


SCRUTINY = Term("scrutiny", "fear of blame", _value, _details, _clause)
