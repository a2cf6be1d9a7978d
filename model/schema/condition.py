"""Conditions over the facts of a case: the language of scopes, laws and routes."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.validators import Day, Strict, not_empty, refused


class Between(Strict):
    """A closed interval; an end left out is open."""

    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is None and self.max is None:
            raise refused("neither min nor max", allowed="min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise refused("min is above max", key="min", found=self.min, allowed=f"at most {self.max:g}")
        return self


class Days(Strict):
    """Days from the first to the last, both included; an end left out is open."""

    first: Day | None = None
    last: Day | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first is None and self.last is None:
            raise refused("neither first nor last", allowed="first, last or both")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise refused("first is after last", key="first", found=self.first, allowed=f"up to {self.last}")
        return self

    @property
    def ends(self) -> tuple[date, date]:
        """The first and the last day; where one is left out, the first or last of all."""
        return self.first or date.min, self.last or date.max


class Condition(Strict):
    """All of the given facts hold. A list of conditions means that any one of them does.

    ``equities`` asks for any of those listed, whether or not they are documented; ``seen`` for any of those
    listed that are documented; ``circumstances`` for any of those listed, ``without`` for none of them; ``numbers``
    for each within its limits. ``entered`` is the day on which the person came to the country, ``area`` where the case
    arose, ``youngest_child`` the age of the youngest child who came along. ``groups`` names conditions that the world
    defines once. Levels, charges, equities, circumstances and numbers are those of the world's words.
    """

    level: list[str] | None = Field(None, min_length=1)
    charge: list[str] | None = Field(None, min_length=1)
    mix: list[str] | None = Field(None, min_length=1)
    equities: list[str] | None = Field(None, min_length=1)
    seen: list[str] | None = Field(None, min_length=1)
    circumstances: list[str] | None = Field(None, min_length=1)
    without: list[str] | None = Field(None, min_length=1)
    area: list[str] | None = Field(None, min_length=1)
    groups: list[str] | None = Field(None, min_length=1)
    not_groups: list[str] | None = Field(None, min_length=1)
    age: Between | None = None
    entry_age: Between | None = None
    years: Between | None = None
    entered: Days | None = None
    numbers: dict[str, Between] | None = Field(None, min_length=1)
    children: Between | None = None
    youngest_child: Between | None = None
    lawyer: bool | None = None
    mandatory: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise refused("an empty condition", allowed="a fact of a case; with no list at all, every case is meant")
        return self


AnyOf = list[Condition]
When = Annotated[AnyOf, not_empty("case")]
"""Conditions that limit a part of the world to some cases; left out, it holds of every case."""
