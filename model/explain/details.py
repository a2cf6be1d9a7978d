"""The parts of each term, and what brought the case before the eyes."""

from collections.abc import Mapping

from model.bureaucracy import BureaucracyModel
from model.rule.decision import mandated
from model.rule.situation import Situation
from model.rule.terms import TERMS, Detail


def details(at: Situation, model: BureaucracyModel) -> Mapping[str, tuple[Detail, ...]]:
    """For each term of the rule its parts, which sum to it."""
    return {term.name: term.details(at, model) for term in TERMS}


def attention(at: Situation) -> Mapping[str, float]:
    """The arguments of `model.rule.decision.noticed`."""
    columns = at.columns
    return {
        "habit": float(columns.habits[columns.desks.office[at.officer], at.stage]),
        "mandated": float(mandated(at.officer, at.case, at.stage, columns)),
        "strain": float(columns.rule.strain),
        "backlog": float(columns.desks.backlog[at.officer]),
        "foreign": float(columns.units.complexity[at.unit]),
        "complexity": float(columns.cases.complexity[at.case]),
    }
