"""Accountability: what an officer expects to answer for."""

from typing import TYPE_CHECKING

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.directive import scope_of
from model.rule.terms.term import Detail, Parts, Term
from model.schema.phrases import listed

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def accountability(stake: float, direction: float, expects: float, latitude: float) -> float:
    """``direction * stake * expects * (1 - latitude)``: what an officer stands to lose by not doing as they are told.

    ``expects`` is how far they expect to answer for it (`model.agencies.exposure`). What the text leaves to the reader
    nobody can be held to. It needs no goodwill, and does nothing for a case that the text does not name: out of its
    scope, or without the paper that would put it there (Brehm and Gates 1997; Prendergast 2003; Mummolo 2018).

    >>> accountability(2.0, 1.0, 0.6, 0.5)
    0.6
    """
    return direction * stake * expects * (1.0 - latitude)


@compiled
def owed(text: int, officer: int, case: int, columns: RuleColumns) -> float:
    """What one directive adds to a decision because the officer answers for it, in log-odds."""
    texts, expects = columns.directives, columns.desks.accountability[officer, text]
    if expects == 0.0 or scope_of(columns.cases.bits, case, text, texts) != 1:
        return 0.0
    return accountability(columns.rule.stake, texts.direction[text], expects, texts.latitude[text])


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    total = 0.0
    for text in range(columns.directives.active.shape[0]):
        if columns.directives.active[text] and columns.directives.speaks[text, stage]:
            total += owed(text, officer, case, columns)
    return total


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    parts = []
    for text in at.speaking():
        name, expects = model.directive_names[text], float(at.columns.desks.accountability[at.officer, text])
        if expects > 0.0:
            adds = float(owed(text, at.officer, at.case, at.columns))
            facts = {"accountability": expects, "latitude": float(at.columns.directives.latitude[text])}
            parts.append(Detail(name, model.world.directives[name].title, adds, facts))
    return tuple(parts)


def _clause(parts: Parts) -> str:
    return f"having to answer for {listed([f'“{part.title}”' for part in parts if part.adds != 0.0])}"


ACCOUNTABILITY = Term("accountability", "what one answers for", _value, _details, _clause)
