"""A world: everything that the model knows, typed."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from model.schema.agency import Agency
from model.schema.condition import AnyOf, Charge, Equity, Level
from model.schema.directive import Authority, Directive
from model.schema.mix import Mix
from model.schema.quantity import Quantity, Source, Strict
from model.schema.stream import Exit, Law, Metric, Resource, Stage


class Rule(Strict):
    """The parameters of the one decision rule; see `model.decision` for what each does."""

    equities: dict[Equity, Quantity]
    grades: dict[Level, Quantity]
    conviction: Quantity
    authority: dict[Authority, Quantity]
    reading: Quantity
    metrics: Quantity
    peers: Quantity
    scrutiny: Quantity
    strain: Quantity


class Society(Strict):
    """How an office lives: colleagues, memory, managers and slow change."""

    colleagues: Quantity
    rewiring: Quantity
    memory: Quantity
    prior: Quantity
    drift: Quantity
    experience: Quantity
    erosion: Quantity
    standing_pressure: Quantity
    urgency: Quantity
    backlog_horizon: Quantity
    least_staff: Quantity
    overtime: Quantity


class Scenario(Strict):
    """Which directives are issued, and when we watch."""

    title: str
    question: str
    start: date
    end: date
    directives: list[str] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the scenario ends on {self.end}, not after its start on {self.start}")
        return self


class Person(Strict):
    """The facts of one case, as the columns have them."""

    level: Level
    charge: Charge
    prior_removals: int = Field(0, ge=0, le=9)
    gang: bool = False
    age: int = Field(ge=0, le=110)
    entry_age: int = Field(ge=0, le=110)
    children: int = Field(0, ge=0, le=15)
    lawyer: bool
    detained: bool
    mandatory: bool
    equities: list[Equity] = []
    documented: list[Equity] = []
    visibility: float = Field(0.1, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.entry_age > self.age:
            raise ValueError(f"came at age {self.entry_age}, but is {self.age}")
        return self


class CaseFile(Strict):
    """A named case: its facts, its story, and the day and scenario in which it is decided."""

    title: str
    story: str
    source: Source
    scenario: str
    on: date
    area: str
    stages: list[str] = Field(min_length=1)
    person: Person


class World(Strict):
    """Agencies, streams, laws, resources, metrics, mixes, directives, scenarios and named cases."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    summary: str
    fiscal_year_start: int = Field(ge=1, le=12)
    areas: dict[str, float] = Field(min_length=1)
    areas_source: Source
    rule: Rule
    society: Society
    agencies: dict[str, Agency] = Field(min_length=1)
    stages: dict[str, Stage] = Field(min_length=1)
    exits: dict[str, Exit] = Field(min_length=1)
    laws: dict[str, Law] = {}
    resources: dict[str, Resource] = {}
    metrics: dict[str, Metric] = {}
    groups: dict[str, AnyOf] = {}
    mixes: dict[str, Mix] = Field(min_length=1)
    directives: dict[str, Directive] = {}
    scenarios: dict[str, Scenario] = Field(min_length=1)
    cases: dict[str, CaseFile] = {}

    def units(self) -> list[str]:
        """The units of all agencies, as ``agency.unit``, in the order of the files."""
        return [f"{a}.{u}" for a, agency in self.agencies.items() for u in agency.units]
