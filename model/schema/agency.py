"""Agencies: their culture, their hierarchy, and the units of officers who decide."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from model.schema.quantity import (
    LogOdds,
    PerYear,
    Quantity,
    Ratio,
    Share,
    Spread,
    counted_in,
)
from model.schema.validators import Name, Source, Strict, matching, refused

Mission = Annotated[Quantity, counted_in("per log-odds")]
Colour = Annotated[str, matching("#[0-9a-fA-F]{6}", "not a colour", "six hexadecimal digits, such as #1F6FA8")]
Weight = Annotated[float, Field(gt=0.0, le=1e6)]


def _areas_or_names(value: Any) -> Any:
    if isinstance(value, str) and value != "areas":
        raise refused("no such list of offices", found=value, known=["areas"])
    return value


Offices = Annotated[Annotated[dict[str, Weight], Field(min_length=1)] | str, BeforeValidator(_areas_or_names)]


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
        complexity: how much a searching inquiry is left undone where the task is foreign to the culture.
    """

    orientation: LogOdds
    spread: Spread
    office_spread: Spread
    formation: Share
    mission: Mission
    lens: Share
    regard: Ratio
    complexity: Ratio


class CultureChange(Strict):
    """Where a unit's culture differs from its agency's."""

    orientation: LogOdds | None = None
    spread: Spread | None = None
    office_spread: Spread | None = None
    formation: Share | None = None
    mission: Mission | None = None
    lens: Share | None = None
    regard: Ratio | None = None
    complexity: Ratio | None = None


class Level(Strict):
    """A level of managers. The one that reports to nobody is the head of the agency.

    Attributes:
        reports_to: the level above; none for the head.
        span: officers per manager; without it there is one manager an office (or one in all, for the head).
        judged_by_numbers: how far this level is judged by the counted targets. The head speaks for the directives
            and passes them on whole, so has none.
    """

    title: str
    reports_to: str | None = None
    span: Annotated[Quantity, counted_in("persons", least=1)] | None = None
    judged_by_numbers: Share | None = None


class Unit(Strict):
    """A corps of officers who decide alike cases, in offices.

    Attributes:
        role: the kind of its officers, one of the world's words, and their agent type.
        staff: how many there are, in all offices together, at scale 1.
        hours: hours a calendar day that an officer has for these decisions.
        habit: share of cases weighed as an individual matter by custom, where ``habits`` names no other.
        habits: the same for single stages: Wilson's critical tasks.
        turnover: share of officers who leave in a year.
        recruits: leaning of those hired in their place, in log-odds.
        union_consent: share of a training that the union lets through.
        offices: offices and their share of staff and cases, or ``areas`` for one in each area of the world.
        region: the offices are those of this region, and a case falls to the one of its area.
        local: leaning of single offices, where their custom or guidance differs from the unit's.
        culture: where this unit differs from its agency.
        cost: dollars an hour of an officer's work.
    """

    title: str
    role: str
    staff: Annotated[Quantity, counted_in("persons", least=1, most=1e6)]
    hours: Annotated[Quantity, counted_in("hours", least=0.001, most=24)]
    habit: Share
    habits: dict[str, Share] = {}
    turnover: PerYear
    recruits: LogOdds
    union_consent: Share
    offices: Offices
    offices_source: Source = "areas of the world"
    region: str | None = None
    local: dict[str, LogOdds] = {}
    culture: CultureChange = CultureChange()
    cost: Annotated[Quantity, counted_in("dollars")] | None = None

    @model_validator(mode="after")
    def _own_offices_have_a_source(self) -> Self:
        if isinstance(self.offices, dict) and "offices_source" not in self.model_fields_set:
            raise refused("the key 'offices_source' is missing", key="offices_source", allowed="where the list is from")
        return self

    def culture_in(self, agency: Culture) -> Culture:
        """The unit's culture: the agency's, with what differs here."""
        changes = {k: v for k in CultureChange.model_fields if (v := getattr(self.culture, k)) is not None}
        return agency.model_copy(update=changes)


class Agency(Strict):
    """An agency: culture, levels of managers, units of officers."""

    title: str
    full_name: str
    colour: Colour
    culture: Culture
    levels: dict[Name, Level] = Field(min_length=1)
    units: dict[Name, Unit] = Field(min_length=1)

    def chain(self) -> list[str]:
        """The levels from the head down to those whom officers report to; `model.world.checks` sees to it."""
        below = {level.reports_to: name for name, level in self.levels.items()}
        chain = [below[None]]
        while chain[-1] in below:
            chain.append(below[chain[-1]])
        return chain
