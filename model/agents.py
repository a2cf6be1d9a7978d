"""Officers and managers as Mesa agents.

Their state lives in columns (`model.agencies.officers`, `model.agencies.hierarchy`), so that a day of a whole agency is
decided at once; the agents are the way to look at one of them, and to let one of them decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import mesa

from model.agencies.officers import office_names
from model.rule.decision import RuleOutput, consider
from model.rule.terms import TERM_NAMES

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@dataclass(frozen=True)
class Decision:
    """How one officer would decide one case: probability, notice, and the terms in log-odds."""

    stage: str
    probability: float
    notice: float
    judgment: float
    bound: int
    terms: Mapping[str, float]

    @classmethod
    def of(cls, stage: str, made: RuleOutput) -> "Decision":
        """The decision of a considered case."""
        return cls(
            stage, float(made.p), float(made.notice), float(made.judgment), int(made.bound),
            dict(zip(TERM_NAMES, map(float, made.terms), strict=True)),
        )  # fmt: skip


class Officer(mesa.Agent):
    """A street-level official: one row of the desks.

    Attributes:
        row: the row in ``model.desks``.
    """

    model: "BureaucracyModel"
    title: ClassVar[str] = "Officer"

    def __init__(self, model: "BureaucracyModel", row: int) -> None:
        """The officer at one desk."""
        super().__init__(model)
        self.row = row

    @property
    def culture(self) -> float:
        """Leaning in log-odds; negative towards enforcement."""
        return float(self.model.desks.orientation[self.row])

    @property
    def pressure(self) -> dict[str, float]:
        """Pressure of each metric, 0 upwards."""
        row = self.model.desks.pressure[self.row]
        return {name: float(value) for name, value in zip(self.model.world.metrics, row, strict=True)}

    @property
    def exposure(self) -> dict[str, float]:
        """How far each directive has reached this officer, 0 to 1."""
        row = self.model.desks.exposure[self.row]
        return {name: float(value) for name, value in zip(self.model.directive_names, row, strict=True)}

    @property
    def backlog(self) -> float:
        """Months of work waiting at this desk, as far as they are felt."""
        return float(self.model.desks.backlog[self.row])

    @property
    def unit(self) -> str:
        """The unit, as ``agency.unit``."""
        return str(self.model.world.units()[self.model.desks.unit[self.row]])

    @property
    def office(self) -> str:
        """The office by name."""
        return str(office_names(self.model.world)[self.model.desks.office[self.row]][1])

    @property
    def manager(self) -> "Manager":
        """The manager to whom this officer reports."""
        return self.model.managers[int(self.model.hierarchy.above[self.row])]

    @property
    def colleagues(self) -> list["Officer"]:
        """Those nearby, whose example counts."""
        return [self.model.officers[row] for row in self.model.hierarchy.near[self.row] if row >= 0]

    def decide(self, case: int, stage: str) -> Decision:
        """Decide one case at one stage, as things stand today: the rule, one agent at a time.

        Args:
            case: a row of ``model.cases``.
            stage: a stage that this officer's unit decides.
        """
        m = self.model
        at = m.stage_names.index(stage)
        made = consider.py_func(self.row, case, at, m.columns)  # type: ignore[attr-defined]
        return Decision.of(stage, made)


class ICEOfficer(Officer):
    """A deportation officer or a trial attorney of ICE."""

    title = "ICE officer"


class USCISAdjudicator(Officer):
    """An adjudicator of USCIS."""

    title = "USCIS adjudicator"


class ImmigrationJudge(Officer):
    """An immigration judge."""

    title = "Immigration judge"


class BorderPatrolAgent(Officer):
    """A Border Patrol agent who processes those apprehended and refers them for prosecution, or does not."""

    title = "Border Patrol agent"


class AUSA(Officer):
    """An Assistant U.S. Attorney, or one lent by another agency, who accepts cases for prosecution or declines them."""

    title = "AUSA"


class MagistrateJudge(Officer):
    """A federal magistrate judge, who takes pleas and sentences."""

    title = "Magistrate judge"


class CaseManager(Officer):
    """An official of the Office of Refugee Resettlement, who places children and releases them to sponsors."""

    title = "ORR case manager"


class Manager(mesa.Agent):
    """A manager at any level: passes directives on, and divides emphasis between them and the numbers."""

    model: "BureaucracyModel"

    def __init__(self, model: "BureaucracyModel", row: int) -> None:
        """The manager at one row of the hierarchy."""
        super().__init__(model)
        self.row = row

    @property
    def title(self) -> str:
        """What the manager is called."""
        return self.model.hierarchy.titles[self.row]

    @property
    def culture(self) -> float:
        """Leaning in log-odds."""
        return float(self.model.hierarchy.managers.orientation[self.row])

    @property
    def emphasis(self) -> float:
        """Share of attention that goes to numbers, 0 to 1; the rest goes to directives."""
        return float(self.model.emphasis[self.row])

    @property
    def exposure(self) -> dict[str, float]:
        """How far each directive has reached this manager, 0 to 1."""
        row = self.model.spread.exposure[self.row]
        return {name: float(value) for name, value in zip(self.model.directive_names, row, strict=True)}

    @property
    def reports_to(self) -> "Manager | None":
        """The manager above; none for the head of an agency."""
        parent = int(self.model.hierarchy.managers.parent[self.row])
        return self.model.managers[parent] if parent >= 0 else None


ROLES: dict[str, type[Officer]] = {
    "ICEOfficer": ICEOfficer,
    "USCISAdjudicator": USCISAdjudicator,
    "ImmigrationJudge": ImmigrationJudge,
    "BorderPatrolAgent": BorderPatrolAgent,
    "AUSA": AUSA,
    "MagistrateJudge": MagistrateJudge,
    "CaseManager": CaseManager,
}
