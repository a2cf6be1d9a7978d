"""What the rule reads for one decision, and the questions that an explanation asks of it."""

from typing import NamedTuple

import numpy as np

from model.agencies.officers import Desks, Units
from model.bureaucracy import BureaucracyModel
from model.cases.columns import Cases
from model.rule.decision import Considered, bound_by_law, consider
from model.rule.rule_columns import Directives, Laws, Metrics, RuleWeights, Stages


class View(NamedTuple):
    """The arguments of `model.rule.decision.consider`: rows of an officer, a case and a stage, and the columns."""

    officer: int
    case: int
    stage: int
    cases: Cases
    desks: Desks
    units: Units
    stages: Stages
    directives: Directives
    laws: Laws
    metrics: Metrics
    rule: RuleWeights

    @property
    def unit(self) -> int:
        """The officer's unit."""
        return int(self.desks.unit[self.officer])

    def considered(self) -> Considered:
        """The decision, by the rule."""
        return consider(*self)

    def speaking(self) -> list[int]:
        """The directives in effect that speak to this stage."""
        spoken = self.directives.active & self.directives.speaks[:, self.stage]
        return [int(text) for text in np.flatnonzero(spoken)]

    def bounds(self) -> list[tuple[int, int]]:
        """The laws that bind here, with -1 (bars leniency) or +1 (demands it); those that prevail first."""
        found = []
        for law in np.flatnonzero(self.laws.in_force):
            alone = self.laws._replace(in_force=np.arange(len(self.laws.in_force)) == law)
            if way := bound_by_law(self.cases.bits, self.case, self.stage, alone):
                found.append((int(law), int(way)))
        return sorted(found, key=lambda pair: pair[1])


def views(model: BureaucracyModel, cases: Cases, stage: str) -> list[View]:
    """The first case before every officer of the unit that decides a stage, as things stand today.

    Where each area has an office with a custom or guidance of its own, only before the officers of that office.
    """
    at = model.stage_names.index(stage)
    unit = int(model.stages.unit[at])
    officers = np.flatnonzero(model.desks.unit == unit)
    agency, title = model.world.units()[unit].split(".")
    if model.world.agencies[agency].units[title].region is not None:
        office = model.seating.first[unit] + model.seating.of_area[unit, cases.area[0]]
        officers = np.flatnonzero(model.desks.office == office)
    return [
        View(
            int(officer), 0, at, cases, model.desks, model.units, model.stages, model.directives, model.laws,
            model.metrics, model.rule,
        )
        for officer in officers
    ]  # fmt: skip


def typical(seen: list[View]) -> View:
    """The one in the middle by lenience, law aside: the less lenient of two, the first of equals."""

    def lenience(view: View) -> float:
        made = view.considered()
        return made.notice * made.judgment

    return sorted(seen, key=lenience)[(len(seen) - 1) // 2]
