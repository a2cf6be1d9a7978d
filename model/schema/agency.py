"""Agencies: their culture, their hierarchy, and the units of officers who decide."""

from typing import Annotated

from pydantic import Field

from model.schema.quantity import Quantity, Source, Strict, one_of
from model.vocabulary import ROLES

Role = Annotated[str, one_of("role", ROLES)]


class Culture(Strict):
    """An agency's culture, after Wilson (1989) and Rabin (2014).

    Attributes:
        orientation: the mean leaning of its officers, in log-odds; negative towards enforcement.
        spread: how far officers of one office differ (standard deviation) if the agency had no formation.
        office_spread: how far offices differ by their own history (standard deviation).
        formation: how strongly the founding years still hold; narrows the spread and slows change.
        mission: the sense of mission; how steeply willingness falls for a directive against the grain.
        lens: the weight of "any conviction" against the graded seriousness of it.
        regard: how much documented equities weigh here.
        fear: how much officers fear the blame for a lenient decision that goes wrong.
        complexity: how much a searching inquiry is left undone where the task is foreign to the culture.
    """

    orientation: Quantity
    spread: Quantity
    office_spread: Quantity
    formation: Quantity
    mission: Quantity
    lens: Quantity
    regard: Quantity
    fear: Quantity
    complexity: Quantity


class CultureChange(Strict):
    """Where a unit's culture differs from its agency's."""

    orientation: Quantity | None = None
    spread: Quantity | None = None
    office_spread: Quantity | None = None
    formation: Quantity | None = None
    mission: Quantity | None = None
    lens: Quantity | None = None
    regard: Quantity | None = None
    fear: Quantity | None = None
    complexity: Quantity | None = None


class Level(Strict):
    """A level of managers. The one that reports to nobody is the head of the agency.

    Attributes:
        reports_to: the level above; none for the head.
        span: officers per manager; without it there is one manager an office (or one in all, for the head).
        judged_by_numbers: how far this level is judged by the counted targets.
    """

    title: str
    reports_to: str | None = None
    span: Quantity | None = None
    judged_by_numbers: Quantity


class Unit(Strict):
    """A corps of officers who decide alike cases, in offices.

    Attributes:
        role: the agent class of its officers.
        staff: how many there are, in all offices together, at scale 1.
        hours: hours a calendar day that an officer has for these decisions.
        habit: share of cases weighed as an individual matter by custom, where ``habits`` names no other.
        habits: the same for single stages: Wilson's critical tasks.
        turnover: share of officers who leave in a year.
        recruits: leaning of those hired in their place, in log-odds.
        union_consent: share of a training that the union lets through.
        offices: offices and their share of staff and cases, or ``areas`` for one in each area of the world.
        culture: where this unit differs from its agency.
    """

    title: str
    role: Role
    staff: Quantity
    hours: Quantity
    habit: Quantity
    habits: dict[str, Quantity] = {}
    turnover: Quantity
    recruits: Quantity
    union_consent: Quantity
    offices: dict[str, float] | str = Field(min_length=1)
    offices_source: Source = "areas of the world"
    culture: CultureChange = CultureChange()

    def culture_in(self, agency: Culture) -> Culture:
        """The unit's culture: the agency's, with what differs here."""
        changes = {k: v for k in CultureChange.model_fields if (v := getattr(self.culture, k)) is not None}
        return agency.model_copy(update=changes)


class Agency(Strict):
    """An agency: culture, levels of managers, units of officers."""

    title: str
    full_name: str
    colour: str = Field(pattern=r"^#[0-9a-fA-F]{6}$")
    culture: Culture
    levels: dict[str, Level] = Field(min_length=1)
    units: dict[str, Unit] = Field(min_length=1)

    def chain(self) -> list[str]:
        """The levels from the head down to those whom officers report to; raises ValueError if not a chain."""
        heads = [name for name, level in self.levels.items() if level.reports_to is None]
        if len(heads) != 1:
            raise ValueError(f"exactly one level reports to nobody; here {', '.join(heads) or 'none'} (circular?)")
        below = {level.reports_to: name for name, level in self.levels.items() if level.reports_to}
        if len(below) != len(self.levels) - 1:
            raise ValueError("two levels report to the same level; a hierarchy is a chain")
        chain = heads
        while chain[-1] in below:
            chain = [*chain, below[chain[-1]]]
        if len(chain) != len(self.levels):
            raise ValueError(f"circular hierarchy: {', '.join(sorted(set(self.levels) - set(chain)))}")
        return chain
