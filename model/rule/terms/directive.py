"""Directives: what the texts in effect ask of a case, as far as they are heard, accepted and read so."""

from typing import TYPE_CHECKING, NamedTuple

from model.agencies.officers import office_names
from model.arithmetic import exp, sigmoid
from model.cases.conditions import NEVER, Bits, holds
from model.compiled import compiled
from model.rule.rule_columns import Directives, RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import SLIGHT, Detail, Fact, Parts, Term
from model.schema.phrases import listed

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

SCOPES = {1: "in", 0: "out", -1: "silent"}


class Heard(NamedTuple):
    """One directive before one officer with one case.

    Attributes:
        exposure: how far it has reached the officer, 0 to 1.
        says: +1 the case is in its scope, 0 out of it, -1 the text is silent.
        willing, read: `willingness` and `reading`.
        asked: what it adds to the decision, in log-odds.
        overlooked: chance that it does not bring the case before the eyes.
    """

    exposure: float
    says: int
    willing: float
    read: float
    asked: float
    overlooked: float


@compiled
def willingness(direction: float, orientation: float, mission: float, meaning: float) -> float:
    """``meaning * exp(-mission * distance)``, distance = how far the directive points against the officer's leaning.

    Falls with the distance, more steeply the stronger the sense of mission, and rises with how meaningful the
    policy seems (Rabin 2014, Part IV; Lopez Oliva 2019, Operational capacity).

    >>> willingness(1.0, 1.0, 0.3, 0.5), round(willingness(1.0, -2.0, 0.3, 0.5), 3)
    (0.5, 0.274)
    """
    return meaning * exp(-mission * max(0.0, -direction * orientation))


@compiled
def reading(scope: int, direction: float, orientation: float, latitude: float, slope: float) -> float:
    """How far the text is read as asking what it asks of this case: 1 fully, 0 not at all.

    ``scope`` is +1 in, 0 out, -1 silent. Where it is silent the reader's own culture fills the gap:
    ``sigmoid(slope * direction * orientation)``. Of a case that is in, ``latitude`` leaves that share to the reader
    (Rabin 2014, Part V.A: "agents naturally elided").

    >>> reading(0, 1.0, -2.0, 0.5, 1.0), round(reading(-1, 1.0, -2.0, 0.5, 1.0), 3)
    (0.0, 0.119)
    >>> round(reading(1, 1.0, -2.0, 0.5, 1.0), 3), reading(1, 1.0, -2.0, 0.0, 1.0)
    (0.56, 1.0)
    """
    if scope == 0:
        return 0.0
    own = sigmoid(slope * direction * orientation)
    return own if scope < 0 else (1.0 - latitude) + latitude * own


@compiled
def directive(direction: float, authority: float, exposure: float, willing: float, read: float) -> float:
    """``direction * authority * exposure * willingness * reading``: what one directive moves, in log-odds.

    >>> round(directive(1.0, 3.0, 0.4, 0.5, 1.0), 3)
    0.6
    """
    return direction * authority * exposure * willing * read


@compiled
def scope_of(bits: Bits, case: int, text: int, directives: Directives) -> int:
    """What a directive says of a case: +1 in scope, 0 out of it, -1 nothing."""
    if directives.excludes[text] != NEVER and holds(bits, case, directives.excludes[text]):
        return 0
    if directives.includes[text] != NEVER and holds(bits, case, directives.includes[text]):
        return 1
    return int(directives.otherwise[text])


@compiled
def overlooked(text: int, officer: int, stage: int, says: int, columns: RuleColumns) -> float:
    """Chance that a directive does not bring a case before the eyes.

    ``(1 - mandate * exposure)(1 - accountability * min(1, stake))``: those who answer for an outcome of the cases that
    a text names have to look at them, unless it is what becomes of a case that is passed over; and who has nothing at
    stake is obliged to nothing.
    """
    directives, desks = columns.directives, columns.desks
    passed = 1.0 - directives.mandate[text] * desks.exposure[officer, text]
    if says == 1 and directives.direction[text] * (1.0 - 2.0 * columns.stages.unnoticed[stage]) > 0.0:
        passed *= 1.0 - desks.accountability[officer, text] * min(1.0, columns.rule.stake)
    return float(passed)


@compiled
def heard(text: int, officer: int, case: int, stage: int, columns: RuleColumns) -> Heard:
    """One directive before one officer with one case."""
    directives, orientation = columns.directives, columns.desks.orientation[officer]
    direction, exposure = directives.direction[text], columns.desks.exposure[officer, text]
    mission = columns.units.mission[columns.desks.unit[officer]]
    says = scope_of(columns.cases.bits, case, text, directives)
    willing = willingness(direction, orientation, mission, directives.meaning[text])
    read = reading(says, direction, orientation, directives.latitude[text], columns.rule.reading)
    asked = directive(direction, directives.authority[text], exposure, willing, read)
    return Heard(exposure, says, willing, read, asked, overlooked(text, officer, stage, says, columns))


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    asked = 0.0
    for text in range(columns.directives.active.shape[0]):
        if columns.directives.active[text] and columns.directives.speaks[text, stage]:
            asked += heard(text, officer, case, stage, columns).asked
    return asked


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    office = office_names(model.world)[at.columns.desks.office[at.officer]][1]
    addressed = [model.world.directives[name].offices for name in model.directive_names]
    return tuple(
        _detail(at, model, text) for text in at.speaking() if (only := addressed[text]) is None or office in only
    )


def _detail(at: Situation, model: "BureaucracyModel", text: int) -> Detail:
    name, texts = model.directive_names[text], at.columns.directives
    made = heard(text, at.officer, at.case, at.stage, at.columns)
    facts: dict[str, Fact] = {
        "direction": float(texts.direction[text]), "exposure": float(made.exposure), "willingness": made.willing,
        "scope": SCOPES[made.says], "reading": made.read, "mandate": float(texts.mandate[text]),
    }  # fmt: skip
    return Detail(name, model.world.directives[name].title, made.asked, facts)


def _clause(parts: Parts) -> str:
    names = [f"“{part.title}”" for part in parts if abs(part.adds) >= SLIGHT]
    return listed(names) if names else "the directives together"


DIRECTIVE = Term("directive", "directives", _value, _details, _clause)
