"""The parts of each term, by the same functions as the rule: a part is the term with all else left out."""

from collections.abc import Mapping

from model.agencies.officers import cultures, office_names
from model.arithmetic import exp
from model.bureaucracy import BureaucracyModel
from model.cases.conditions import holds
from model.explain.parts import Detail, Fact
from model.explain.view import View
from model.rule import decision
from model.schema.vocabulary import EQUITIES, LEVELS

SCOPES = {1: "in", 0: "out", -1: "silent"}


def details(view: View, model: BureaucracyModel) -> Mapping[str, tuple[Detail, ...]]:
    """For each term of the rule its parts, which sum to it."""
    return {
        "culture": _culture(view, model),
        "equities": _equities(view, model),
        "severity": _severity(view),
        "metrics": _metrics(view, model),
        "directive": _directives(view, model),
        "peers": _peers(view),
        "scrutiny": _scrutiny(view),
    }


def attention(view: View) -> Mapping[str, float]:
    """The arguments of `model.rule.decision.noticed`."""
    passed_over = 1.0
    for text in view.speaking():
        passed_over *= 1.0 - view.directives.mandate[text] * view.desks.exposure[view.officer, text]
    return {
        "habit": float(view.units.habit[view.unit, view.stage]),
        "mandated": float(1.0 - passed_over),
        "strain": float(view.rule.strain),
        "backlog": float(view.desks.backlog[view.officer]),
        "foreign": float(view.units.complexity[view.unit]),
        "complexity": float(view.cases.complexity[view.case]),
    }


def _culture(view: View, model: BureaucracyModel) -> tuple[Detail, ...]:
    unit = cultures(model.world)[view.unit].orientation.value
    row = view.desks.office[view.officer]
    office = float(model.offices.history[row])
    agency, title = model.world.units()[view.unit].split(".")
    local = model.world.agencies[agency].units[title].local.get(office_names(model.world)[row][1])
    custom = local.value - unit if local else 0.0
    leaning = decision.culture(float(view.desks.orientation[view.officer]))
    return (
        Detail("formation", "the unit's formation", unit, {}),
        *([Detail("custom", "the known custom or guidance of this office", custom, {})] if local else []),
        Detail("history", "the office's own history", office - custom, {}),
        Detail("own", "the officer's own leaning", leaning - unit - office, {}),
    )


def _equities(view: View, model: BureaucracyModel) -> tuple[Detail, ...]:
    true, paper = int(view.cases.equities[view.case]), int(view.cases.documented[view.case])
    parts = []
    for bit, name in enumerate(EQUITIES):
        if true >> bit & 1:
            weight, seen = model.world.rule.equities[name].value, bool(paper >> bit & 1)
            regard = float(view.units.regard[view.unit])
            adds = decision.equities(weight, regard) if seen else 0.0
            parts.append(Detail(name, name, adds, {"weight": weight, "regard": regard, "documented": seen}))
    return tuple(parts)


def _severity(view: View) -> tuple[Detail, ...]:
    level = int(view.cases.level[view.case])
    if level == 0:
        return ()
    grade, lens = float(view.rule.grades[level]), float(view.units.lens[view.unit])
    graded = decision.severity(grade, False, lens, view.rule.conviction)
    as_such = decision.severity(0.0, True, lens, view.rule.conviction)
    return (
        Detail("conviction", "a conviction as such", as_such, {"lens": lens, "weight": view.rule.conviction}),
        Detail("grade", "how serious it is", graded, {"lens": lens, "grade": grade, "level": LEVELS[level]}),
    )


def _metrics(view: View, model: BureaucracyModel) -> tuple[Detail, ...]:
    parts = []
    for goal, (name, entry) in enumerate(model.world.metrics.items()):
        credit = float(view.metrics.credit[goal, view.stage])
        if view.metrics.in_force[goal] and credit != 0.0:
            counts = bool(holds(view.cases.bits, view.case, view.metrics.when[goal]))
            pressure = float(view.desks.pressure[view.officer, goal])
            adds = decision.metric(view.rule.metrics, pressure, credit) if counts else 0.0
            facts: dict[str, Fact] = {"pressure": pressure, "credit": credit, "counts": counts}
            parts.append(Detail(name, entry.title, adds, facts))
    return tuple(parts)


def _directives(view: View, model: BureaucracyModel) -> tuple[Detail, ...]:
    office = office_names(model.world)[view.desks.office[view.officer]][1]
    addressed = [model.world.directives[name].offices for name in model.directive_names]
    return tuple(
        _directive(view, model, text) for text in view.speaking() if (only := addressed[text]) is None or office in only
    )


def _directive(view: View, model: BureaucracyModel, text: int) -> Detail:
    name, texts = model.directive_names[text], view.directives
    direction, leaning = float(texts.direction[text]), float(view.desks.orientation[view.officer])
    exposure = float(view.desks.exposure[view.officer, text])
    mission, meaning = float(view.units.mission[view.unit]), float(texts.meaning[text])
    willing = decision.willingness(direction, leaning, mission, meaning)
    scope = int(decision.scope_of(view.cases.bits, view.case, text, texts))
    read = decision.reading(scope, direction, leaning, float(texts.latitude[text]), view.rule.reading)
    adds = decision.directive(direction, float(texts.authority[text]), exposure, willing, read)
    facts: dict[str, Fact] = {
        "direction": direction, "exposure": exposure, "willingness": willing, "scope": SCOPES[scope],
        "reading": read, "mandate": float(texts.mandate[text]),
    }  # fmt: skip
    return Detail(name, model.world.directives[name].title, adds, facts)


def _peers(view: View) -> tuple[Detail, ...]:
    signal = float(view.desks.peers[view.officer])
    facts = {"signal": signal, "ratio": exp(signal)}
    adds = decision.peers(view.rule.peers, signal)
    return (Detail("colleagues", "colleagues nearby", adds, facts),)


def _scrutiny(view: View) -> tuple[Detail, ...]:
    fear, visibility = float(view.units.fear[view.unit]), float(view.cases.visibility[view.case])
    grade = float(view.rule.grades[view.cases.level[view.case]])
    adds = decision.scrutiny(view.rule.scrutiny, fear, visibility, grade)
    facts = {"fear": fear, "visibility": visibility, "grade": grade}
    return (Detail("blame", "fear of blame", adds, facts),)
