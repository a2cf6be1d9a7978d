"""Metrics: what is counted gets done."""

from typing import TYPE_CHECKING

from model.cases.conditions import holds
from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Fact, Parts, Term
from model.schema.phrases import listed

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def metric(weight: float, pressure: float, credit: float) -> float:
    """``weight * pressure * credit``: what is counted gets done (Wilson 1989, p. 161; Biber 2009, p. 9).

    ``credit`` is -1 where the unfavourable outcome would come to be counted, +1 where the favourable one would; where
    both would, it is how much quicker the favourable one is, as a share of what a case takes (Lipsky 1980, ch. 7-10).

    >>> metric(0.8, 0.5, -1.0)
    -0.4
    """
    return weight * pressure * credit


@compiled
def of_metric(goal: int, officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    """What one metric adds to a decision, in log-odds; nothing where it is not in force or does not count the case."""
    metrics = columns.metrics
    credit = metrics.credit[goal, stage]
    if metrics.in_force[goal] and credit != 0.0 and holds(columns.cases.bits, case, metrics.when[goal]):
        return metric(columns.rule.metrics, columns.desks.pressure[officer, goal], credit)
    return 0.0


@compiled
def attention_left(officer: int, stage: int, columns: RuleColumns) -> float:
    """``1 / (1 + haste * pressure)``: what is left of the hours and the attention that a case gets.

    The pressure is that of the metrics that count a decision here whichever way it goes (Lipsky 1980: coping).
    """
    metrics, pressure = columns.metrics, 0.0
    for goal in range(metrics.in_force.shape[0]):
        if metrics.in_force[goal] and metrics.hastens[goal, stage]:
            pressure += columns.desks.pressure[officer, goal]
    return 1.0 / (1.0 + columns.rule.haste * pressure)


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    counted = 0.0
    for goal in range(columns.metrics.in_force.shape[0]):
        counted += of_metric(goal, officer, case, stage, columns)
    return counted


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    metrics, parts = at.columns.metrics, []
    for goal, (name, entry) in enumerate(model.world.metrics.items()):
        credit = float(metrics.credit[goal, at.stage])
        if metrics.in_force[goal] and credit != 0.0:
            facts: dict[str, Fact] = {
                "pressure": float(at.columns.desks.pressure[at.officer, goal]), "credit": credit,
                "counts": bool(holds(at.columns.cases.bits, at.case, metrics.when[goal])),
            }  # fmt: skip
            adds = float(of_metric(goal, at.officer, at.case, at.stage, at.columns))
            parts.append(Detail(name, entry.title, adds, facts))
    return tuple(parts)


def _clause(parts: Parts) -> str:
    names = [part.title.lower() for part in parts if abs(part.adds) > 0.0]
    return f"the count of {listed(names)}"


METRICS = Term("metrics", "what is counted", _value, _details, _clause)
