"""Conditions over the facts of a case: the language of scopes, laws and routes."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.validators import Strict, not_empty, one_of, refused
from model.schema.vocabulary import CHARGES, CIRCUMSTANCES, EQUITIES, LEVELS

Level = Annotated[str, one_of("conviction level", LEVELS)]
Charge = Annotated[str, one_of("charge", CHARGES)]
Equity = Annotated[str, one_of("equity", EQUITIES)]
Circumstance = Annotated[str, one_of("circumstance", CIRCUMSTANCES)]


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


class Condition(Strict):
    """All of the given facts hold. A list of conditions means that any one of them does.

    ``equities`` asks for any of those listed, whether or not they are documented; ``seen`` for any of those
    listed that are documented; ``circumstances`` for any of those listed, ``without`` for none of them. ``area`` is
    where the case arose, ``youngest_child`` the age of the youngest child who came along. ``groups`` names conditions
    that the world defines once.
    """

    level: list[Level] | None = Field(None, min_length=1)
    charge: list[Charge] | None = Field(None, min_length=1)
    mix: list[str] | None = Field(None, min_length=1)
    equities: list[Equity] | None = Field(None, min_length=1)
    seen: list[Equity] | None = Field(None, min_length=1)
    circumstances: list[Circumstance] | None = Field(None, min_length=1)
    without: list[Circumstance] | None = Field(None, min_length=1)
    area: list[str] | None = Field(None, min_length=1)
    groups: list[str] | None = Field(None, min_length=1)
    not_groups: list[str] | None = Field(None, min_length=1)
    age: Between | None = None
    entry_age: Between | None = None
    years: Between | None = None
    prior_removals: Between | None = None
    prior_entries: Between | None = None
    children: Between | None = None
    youngest_child: Between | None = None
    lawyer: bool | None = None
    mandatory: bool | None = None
    gang: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise refused("an empty condition", allowed="a fact of a case; with no list at all, every case is meant")
        return self


AnyOf = list[Condition]
When = Annotated[AnyOf, not_empty("case")]
"""Conditions that limit a part of the world to some cases; left out, it holds of every case."""
