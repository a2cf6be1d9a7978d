"""Sections 7.8 to 7.10 of docs/odd.md: notice, judgment, reading."""

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from model.schema import Directive, Stage
from tests.odd.offices import Officer
from tests.odd.people import Case, holds

if TYPE_CHECKING:
    from tests.odd.days import Days


class Made(NamedTuple):
    p: float
    notice: float
    judgment: float
    bound: int
    left: float
    terms: dict[str, float]


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def says(days: "Days", directive: Directive, case: Case) -> str:
    scope = directive.scope
    if scope.exclude and holds(days.world, scope.exclude, case):
        return "out"
    return "in" if scope.include and holds(days.world, scope.include, case) else scope.otherwise


def read(days: "Days", directive: Directive, case: Case, leaning: float) -> float:
    own = sigmoid(days.world.rule.reading.value * directive.direction * leaning)
    said = says(days, directive, case)
    latitude = directive.latitude.value
    return {"out": 0.0, "in": 1 - latitude + latitude * own, "silent": own}[said]


def consider(days: "Days", officer: Officer, case: Case, stage: str) -> Made:
    world, rule = days.world, days.world.rule
    culture, entry = days.offices.cultures[officer.unit], world.stages[stage]
    grade, mission = rule.grades[case.level].value, culture.mission.value
    asked, owed, unmandated = 0.0, 0.0, 1.0
    for name in days.speaking(stage):
        directive, x = world.directives[name], officer.exposure[name]
        unmandated *= 1 - directive.mandate.value * x
        if says(days, directive, case) == "in":
            a = officer.answers[name]
            owed += directive.direction * rule.stake.value * a * (1 - directive.latitude.value)
            spared = entry.unnoticed == "favourable"
            unmandated *= 1 - a * min(1, rule.stake.value) if (directive.direction > 0) != spared else 1
        willing = directive.meaning.value * exp(-mission * max(0.0, -directive.direction * officer.leaning))
        authority = rule.authority[directive.authority].value
        text = read(days, directive, case, officer.leaning)
        asked += directive.direction * authority * x * willing * text
    counted, hurry = 0.0, 0.0
    for name in days.metrics_in_force():
        metric = world.metrics[name]
        own = days.decider(stage).split(".")[0] == metric.agency
        if own and stage in metric.presses and metric.outcome == "decided":
            hurry += officer.pressure[name]
        if own and stage in metric.presses and holds(world, metric.when, case):
            credit = {"favourable": 1.0, "unfavourable": -1.0, "decided": quicker(entry)}[metric.outcome]
            counted += rule.metrics.value * officer.pressure[name] * credit
    left = 1 / (1 + rule.haste.value * hurry)
    lens, convicted = culture.lens.value, case.level != "none"
    terms = {
        "culture": officer.leaning,
        "equities": culture.regard.value * case.merit * left,
        "severity": -((1 - lens) * grade + lens * rule.conviction.value * convicted),
        "metrics": counted,
        "directive": asked,
        "accountability": owed,
    }
    habit = officer.office.habit[stage]
    looked = 1 - (1 - habit) * unmandated
    strain = rule.strain.value * officer.backlog + culture.complexity.value * case.complexity
    notice = looked * exp(-(1 - habit) * strain)
    judgment = sigmoid(entry.threshold.value + sum(terms.values()))
    bound = days.bound(officer, stage, case)
    free = notice * judgment + (1 - notice) * (entry.unnoticed == "favourable")
    return Made(free if not bound else float(bound > 0), notice, judgment, bound, left, terms)


def quicker(stage: Stage) -> float:
    hours = {name: entry.value for name, entry in stage.outcome_hours.items()}
    longer, shorter = hours.get("unfavourable", 0.0), hours.get("favourable", 0.0)
    return (longer - shorter) / (stage.screening_hours.value + stage.review_hours.value + (longer + shorter) / 2)
