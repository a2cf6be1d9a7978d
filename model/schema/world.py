"""A world: everything that the model knows, typed."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from model.schema.agency import Agency, Unit, Weight
from model.schema.calibration import Calibration
from model.schema.condition import AnyOf
from model.schema.directive import AUTHORITIES, Authority, Directive
from model.schema.lever import Lever
from model.schema.mix import Mix
from model.schema.pattern import Study
from model.schema.quantity import Days, LogOdds, PerYear, Quantity, Ratio, Share, counted_in
from model.schema.region import Region, Series
from model.schema.report import Report, Reporting
from model.schema.stream import Clock, Custom, Exit, Law, Metric, Resource, Stage
from model.schema.validators import Day, Name, Source, Strict, not_empty, refused
from model.schema.words import Words

WHOLE, SANCTION, COPING, OFFICES = RULES = ("whole", "sanction", "coping", "offices")
"""The rules by which a world can decide (`model.rule.decision`, `model.rule.rivals`)."""
OF_ONES_OWN = re.compile(r"(?P<file>.+\.py):(?P<name>[A-Za-z_]\w*)", re.DOTALL)
"""How a rule of one's own is named (`model.rule.own`)."""


def _known_rule(name: str) -> str:
    if name not in RULES and not OF_ONES_OWN.fullmatch(name):
        raise refused("no such rule", found=name, known=[*RULES, "FILE.py:NAME"])
    return name


class Rule(Strict):
    """Which rule decides, and the parameters of the whole one; see `model.rule.decision` for what each does."""

    name: Annotated[str, AfterValidator(_known_rule)] = WHOLE
    equities: dict[str, LogOdds]
    grades: dict[str, LogOdds]
    conviction: LogOdds
    authority: dict[Authority, LogOdds]
    reading: Annotated[Quantity, counted_in("slope")]
    metrics: LogOdds
    stake: LogOdds
    haste: Ratio
    strain: Annotated[Quantity, counted_in("per month")]

    @model_validator(mode="after")
    def _weighs_every_authority(self) -> Self:
        for word in AUTHORITIES:
            if word not in self.authority:
                allowed = f"all of {', '.join(AUTHORITIES)}"
                raise refused("no weight for an authority", key="authority", found=word, allowed=allowed)
        return self


class Society(Strict):
    """How an office lives: memory, managers and slow change."""

    memory: Annotated[Quantity, counted_in("days", least=0.1)]
    prior: Annotated[Quantity, counted_in("cases", least=0.001)]
    experience: PerYear
    bulletin: Annotated[Quantity, counted_in("days", least=0.1, most=1000)]
    erosion: Annotated[Quantity, counted_in("per day")]
    standing_pressure: Share
    urgency: Ratio
    backlog_horizon: Ratio
    least_staff: Annotated[Quantity, counted_in("persons", least=1, most=1000)]
    overtime: Days


class Scenario(Strict):
    """Which directives are issued, in which streams, and when we watch.

    ``streams`` are those that are watched; without it, those in which cases arrive in that time.
    ``counterfactual_of`` names the scenario of the record that this one departs from.
    """

    title: str
    question: str
    start: Day
    end: Day
    directives: list[str] = []
    streams: Annotated[list[str], not_empty("stream")] | None = None
    counterfactual_of: str | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise refused(
                "an end that is not after the start", key="end", found=self.end, allowed=f"after {self.start}"
            )
        return self


class Person(Strict):
    """The facts of one case, as the columns have them."""

    level: str
    charge: str
    numbers: dict[str, Annotated[int, Field(ge=0, le=9)]] = {}
    age: int = Field(ge=0, le=110)
    entry_age: int = Field(ge=0, le=110)
    entered: Day | None = None
    children: int = Field(0, ge=0, le=15)
    youngest_child: int | None = Field(None, ge=0, le=17)
    circumstances: list[str] = []
    lawyer: bool
    detained: bool
    mandatory: bool
    equities: list[str] = []
    documented: list[str] = []

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.entry_age > self.age:
            raise refused(
                "came at a later age than now",
                key="entry_age",
                found=self.entry_age,
                allowed=f"at most {self.age}",
            )
        if self.youngest_child is not None and not self.children:
            raise refused(
                "a youngest child, but no children",
                key="youngest_child",
                found=self.youngest_child,
                allowed="children as well",
            )
        return self


class CaseFile(Strict):
    """A named case: its facts, its story, and the day and scenario in which it is decided."""

    title: str
    story: str
    source: Source
    scenario: str
    on: Day
    area: str
    stages: list[str] = Field(min_length=1)
    person: Person


class World(Strict):
    """All that is known: agencies, streams and what binds them, cases, directives, scenarios, patterns."""

    name: Name
    title: str
    summary: str
    fiscal_year_start: int = Field(ge=1, le=12)
    areas: dict[str, Weight] = Field(min_length=1, max_length=120)
    areas_source: Source
    regions: dict[Name, Region] = {}
    series: dict[Name, Series] = {}
    words: Words
    rule: Rule
    society: Society
    agencies: dict[Name, Agency] = Field(min_length=1)
    stages: dict[Name, Stage] = Field(min_length=1)
    exits: dict[Name, Exit] = Field(min_length=1)
    laws: dict[Name, Law] = {}
    customs: dict[Name, Custom] = {}
    clocks: dict[Name, Clock] = {}
    resources: dict[Name, Resource] = Field({}, max_length=120)
    metrics: dict[Name, Metric] = {}
    reporting: Reporting | None = None
    reports: dict[Name, Report] = {}
    groups: dict[Name, AnyOf] = {}
    mixes: dict[Name, Mix] = Field(min_length=1, max_length=120)
    directives: dict[Name, Directive] = {}
    levers: dict[Name, Lever] = {}
    scenarios: dict[Name, Scenario] = Field(min_length=1)
    cases: dict[Name, CaseFile] = {}
    calibrations: dict[Name, Calibration] = {}
    patterns: dict[Name, Study] = {}

    def units(self) -> list[str]:
        """The units of all agencies, as ``agency.unit``, in the order of the files."""
        return [f"{a}.{u}" for a, agency in self.agencies.items() for u in agency.units]

    def offices_of(self, unit: Unit) -> dict[str, float]:
        """The offices of a unit and their weights."""
        return self.areas if isinstance(unit.offices, str) else unit.offices

    def places(self) -> dict[str, dict[str, float]]:
        """The areas in which cases arise, with weights, by region; the world's own are ``areas``."""
        return {"areas": self.areas, **{name: r.areas for name, r in self.regions.items() if r.areas}}

    def all_areas(self) -> list[str]:
        """All areas in which cases arise, in the order of their codes."""
        return [area for areas in self.places().values() for area in areas]

    def office_of(self, region: str, area: str) -> str:
        """The part of a region to which an area belongs; the area itself where the region is made of areas."""
        parts = self.regions[region].parts
        return next(part for part, areas in parts.items() if area in areas) if parts else area
