"""Culture: the officer's own leaning."""

from typing import TYPE_CHECKING

from model.agencies.officers import cultures, office_names
from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Parts, Term

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def culture(orientation: float) -> float:
    """The officer's own leaning, drawn around the agency's formation and the office's history (Wilson 1989, ch. 5-6).

    >>> culture(-2.0)
    -2.0
    """
    return orientation


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    return culture(columns.desks.orientation[officer])


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    desks = at.columns.desks
    unit = cultures(model.world)[at.unit].orientation.value
    row = desks.office[at.officer]
    office = float(model.offices.history[row])
    agency, title = model.world.units()[at.unit].split(".")
    local = model.world.agencies[agency].units[title].local.get(office_names(model.world)[row][1])
    custom = local.value - unit if local else 0.0
    leaning = culture(float(desks.orientation[at.officer]))
    return (
        Detail("formation", "the unit's formation", unit, {}),
        *([Detail("custom", "the known custom or guidance of this office", custom, {})] if local else []),
        Detail("history", "the office's own history", office - custom, {}),
        Detail("own", "the officer's own leaning", leaning - unit - office, {}),
    )


def _clause(parts: Parts) -> str:
    leaning = sum(part.adds for part in parts)
    return f"the officer's leaning towards {'leniency' if leaning > 0 else 'enforcement'}"


CULTURE = Term("culture", "the officer's leaning", _value, _details, _clause)
