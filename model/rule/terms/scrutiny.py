"""Scrutiny: fear of blame, for leniency that goes wrong and, while those outside look, for severity."""

from typing import TYPE_CHECKING

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Parts, Term

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def blame(weight: float, fear: float, visibility: float, grade: float) -> float:
    """``-weight * fear * visibility * grade``: blame falls on the one who was lenient in a visible, grave case.

    >>> blame(1.0, 0.5, 0.4, 2.0)
    -0.4
    """
    return -weight * fear * visibility * grade


@compiled
def outcry(weight: float, fear: float, visibility: float, attention: float, hardship: float) -> float:
    """``weight * fear * visibility * attention * hardship``: blame for severity, as far as those outside look.

    ``hardship`` is the summed weight of what is seen to speak for the person, in log-odds.

    >>> outcry(1.0, 0.5, 0.4, 0.5, 2.0)
    0.2
    """
    return weight * fear * visibility * attention * hardship


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    fear, visibility = columns.units.fear[columns.desks.unit[officer]], columns.cases.visibility[case]
    lenient = blame(columns.rule.scrutiny, fear, visibility, columns.rule.grades[columns.cases.level[case]])
    return lenient + outcry(columns.rule.scrutiny, fear, visibility, columns.attention[0], columns.cases.merit[case])


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    cases, rule, attention = at.columns.cases, at.columns.rule, float(at.columns.attention[0])
    fear, visibility = float(at.columns.units.fear[at.unit]), float(cases.visibility[at.case])
    grade, merit = float(rule.grades[cases.level[at.case]]), float(cases.merit[at.case])
    lenient = {"fear": fear, "visibility": visibility, "grade": grade}
    severe = {"fear": fear, "visibility": visibility, "attention": attention, "hardship": merit}
    return (
        Detail("blame", "fear of blame for leniency", blame(rule.scrutiny, fear, visibility, grade), lenient),
        Detail("outcry", "fear of blame for severity",
               outcry(rule.scrutiny, fear, visibility, attention, merit), severe),
    )  # fmt: skip


def _clause(parts: Parts) -> str:
    lenient = sum(part.adds for part in parts) < 0.0
    return "fear of blame if leniency goes wrong" if lenient else "fear of blame for severity while others look"


SCRUTINY = Term("scrutiny", "fear of blame", _value, _details, _clause)
