"""The questions that an explanation asks of one decision: by the rule, by law, and before which officers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from model.bureaucracy import BureaucracyModel
from model.cases.columns import Cases
from model.cases.conditions import holds
from model.cases.people import of_people
from model.rule.decision import RuleOutput, bound_by_law, consider, held, likely
from model.rule.situation import Situation
from model.schema import Person


def as_cases(model: BureaucracyModel, people: Sequence[Person], area: str, mix: str) -> Cases:
    """Named people as cases, and the last of them once more.

    Columns of one row alone would be of another layout, for which the rule would have to be compiled again.
    """
    return of_people(model.world, model.register, [*people, *people[-1:]], area, mix, model.today)


def considered(at: Situation) -> RuleOutput:
    """The decision, by the rule; a custom settles a share of cases like this, and does not draw for this one.

    The case is of the type that a run has: the rule need not be compiled again.
    """
    customs = at.columns.customs
    without = at.having(customs=customs._replace(share=np.zeros_like(customs.share)))
    case: Any = np.int32(at.case)
    made = consider(at.officer, case, at.stage, without.columns)
    if made.bound == 0:
        for custom, share in reversed(settling(at)):
            made = made._replace(p=share * (customs.must[custom] > 0) + (1.0 - share) * made.p)
    return made


def settling(at: Situation) -> list[tuple[int, float]]:
    """The customs that settle some of the cases like this one, those that prevail first, and the share they settle."""
    customs, bits = at.columns.customs, at.columns.cases.bits
    here = [int(row) for row in np.flatnonzero(customs.binds[:, at.stage]) if holds(bits, at.case, customs.when[row])]
    return [(row, float(held(at.officer, row, at.columns))) for row in here]


def bounds(at: Situation) -> list[tuple[int, int]]:
    """The laws that bind here, with -1 (bars leniency) or +1 (demands it); those that prevail first."""
    laws, found = at.columns.laws, []
    for law in np.flatnonzero(laws.in_force):
        alone = laws._replace(in_force=np.arange(len(laws.in_force)) == law)
        if way := bound_by_law(at.columns.cases.bits, at.case, at.stage, alone):
            found.append((int(law), int(way)))
    return sorted(found, key=lambda pair: pair[1])


def views(model: BureaucracyModel, cases: Cases, stage: str) -> list[Situation]:
    """The first case before every officer of the unit that decides a stage, as things stand today.

    Where each area has an office with a custom or guidance of its own, only before the officers of that office.
    """
    at = model.stage_names.index(stage)
    unit = int(model.stages.unit[at])
    there = ~model.desks.vacant
    officers = np.flatnonzero(there & (model.desks.unit == unit))
    agency, title = model.world.units()[unit].split(".")
    if model.world.agencies[agency].units[title].region is not None:
        office = model.seating.first[unit] + model.seating.of_area[unit, cases.area[0]]
        officers = np.flatnonzero(there & (model.desks.office == office))
    columns = model.columns._replace(cases=cases)
    return [Situation(int(officer), 0, at, columns) for officer in officers]


def typical(seen: list[Situation]) -> Situation:
    """The one in the middle by lenience, law aside: the less lenient of two, the first of equals."""

    def lenience(at: Situation) -> float:
        made = considered(at)
        return likely(made.notice, made.judgment, float(at.columns.stages.unnoticed[at.stage]))

    return sorted(seen, key=lenience)[(len(seen) - 1) // 2]
