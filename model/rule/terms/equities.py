"""Equities: what is documented in the person's favour, as the agency weighs it."""

from typing import TYPE_CHECKING

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.metrics import attention_left
from model.rule.terms.term import Detail, Fact, Parts, Term
from model.schema.phrases import listed

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

NAMED = 3
"""Equities that are named one by one; the heaviest."""


@compiled
def equities(merit: float, regard: float, attention: float) -> float:
    """``regard * merit * attention``: the summed weight of the equities that are documented and seen, as weighed here.

    ``attention`` is what haste leaves of it (`model.rule.terms.metrics.attention_left`). The list and its order of
    weight are those of the June 2011 memos (Rabin 2014, fn 156-157).

    >>> equities(1.3, 0.6, 1.0)
    0.78
    """
    return regard * merit * attention


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    regard = columns.units.regard[columns.desks.unit[officer]]
    return equities(columns.cases.merit[case], regard, attention_left(officer, stage, columns))


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    cases, regard = at.columns.cases, float(at.columns.units.regard[at.unit])
    attention = float(attention_left(at.officer, at.stage, at.columns))
    true, paper = int(cases.equities[at.case]), int(cases.documented[at.case])
    parts = []
    for bit, (name, word) in enumerate(model.world.words.equities.items()):
        if true >> bit & 1:
            weight, seen = model.world.rule.equities[name].value, bool(paper >> bit & 1)
            adds = equities(weight, regard, attention) if seen else 0.0
            facts: dict[str, Fact] = {
                "weight": weight, "regard": regard, "attention": attention, "documented": seen, "said": word.said,
            }  # fmt: skip
            parts.append(Detail(name, name, adds, facts))
    return tuple(parts)


def _clause(parts: Parts) -> str:
    seen = sorted((part for part in parts if part.facts["documented"]), key=lambda part: -part.adds)
    named = [str(part.facts["said"]) for part in seen[:NAMED]]
    more = [f"{len(seen) - NAMED} more"] if len(seen) > NAMED else []
    return f"{listed([*named, *more])}, on paper"


EQUITIES = Term("equities", "equities on paper", _value, _details, _clause)
