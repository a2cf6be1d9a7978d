"""Sections 7.8 to 7.10 of docs/odd.md: notice, judgment, reading."""

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from model.schema import Directive
from tests.odd.offices import Officer
from tests.odd.people import Case, holds

if TYPE_CHECKING:
    from tests.odd.days import Days


class Made(NamedTuple):
    p: float
    notice: float
    judgment: float
    bound: int
    terms: dict[str, float]


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def read(days: "Days", directive: Directive, case: Case, leaning: float) -> float:
    own = sigmoid(days.world.rule.reading.value * directive.direction * leaning)
    scope = directive.scope
    if scope.exclude and holds(days.world, scope.exclude, case):
        said = "out"
    elif scope.include and holds(days.world, scope.include, case):
        said = "in"
    else:
        said = scope.otherwise
    latitude = directive.latitude.value
    return {"out": 0.0, "in": 1 - latitude + latitude * own, "silent": own}[said]


def consider(days: "Days", officer: Officer, case: Case, stage: str) -> Made:
    world, rule = days.world, days.world.rule
    culture, entry = days.offices.cultures[officer.unit], world.stages[stage]
    grade, mission = rule.grades[case.level].value, culture.mission.value
    asked, unmandated = 0.0, 1.0
    for name in days.speaking(stage):
        directive, x = world.directives[name], officer.exposure[name]
        unmandated *= 1 - directive.mandate.value * x
        willing = directive.meaning.value * exp(-mission * max(0.0, -directive.direction * officer.leaning))
        authority = rule.authority[directive.authority].value
        text = read(days, directive, case, officer.leaning)
        asked += directive.direction * authority * x * willing * text
    counted = 0.0
    for name in days.metrics_in_force():
        metric = world.metrics[name]
        own = days.decider(stage).split(".")[0] == metric.agency
        if own and stage in metric.presses and holds(world, metric.when, case):
            credit = 1 if metric.outcome == "favourable" else -1
            counted += rule.metrics.value * officer.pressure[name] * credit
    lens, convicted = culture.lens.value, case.level != "none"
    terms = {
        "culture": officer.leaning,
        "equities": culture.regard.value * case.merit,
        "severity": -((1 - lens) * grade + lens * rule.conviction.value * convicted),
        "metrics": counted,
        "directive": asked,
        "peers": rule.peers.value * officer.peers,
        "scrutiny": -rule.scrutiny.value * culture.fear.value * case.visibility * grade,
    }
    habit = days.habit(officer.unit, stage)
    looked = 1 - (1 - habit) * unmandated
    strain = rule.strain.value * officer.backlog + culture.complexity.value * case.complexity
    notice = looked * exp(-(1 - habit) * strain)
    judgment = sigmoid(entry.threshold.value + sum(terms.values()))
    bound = days.bound(stage, case)
    return Made(notice * judgment if not bound else float(bound > 0), notice, judgment, bound, terms)
