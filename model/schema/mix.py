"""Case mixes: how many cases come, and what is true of the people in them."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.condition import Charge, Level
from model.schema.quantity import Quantity, Shares, Source, Strict
from model.schema.stream import Lag

Count = Annotated[float, Field(ge=0.0)]


class Period(Strict):
    """Arrivals from one day to another (both included), spread evenly."""

    first: date
    last: date
    cases: Quantity

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the period ends on {self.last}, before it starts on {self.first}")
        return self


class Ages(Strict):
    """Ages and years of residence.

    Age is normal, cut to its limits; residence exponential, below the age. ``latest_entry`` is the age by which
    everybody in the mix had come, where that is what brings them here.
    """

    mean: Quantity
    spread: Quantity
    youngest: Quantity
    oldest: Quantity
    residence: Quantity
    least_residence: Quantity
    latest_entry: Quantity | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.youngest.value > self.oldest.value:
            raise ValueError(f"youngest {self.youngest.value:g} is above oldest {self.oldest.value:g}")
        return self


class Mix(Strict):
    """A source of cases.

    Attributes:
        stage: where its cases enter.
        periods: arrivals over time; or ``stock``: cases pending on given dates (between them, interpolated).
        ready: days until a file is ready for its first desk, such as for fingerprints and background checks.
        stock_age: mean days that the stock had been pending.
        levels: conviction levels; ``charges``: what is charged, by level.
        prior_removals: share removed before; ``removed_again``: of these, share removed more than once.
        gang: share with known gang membership.
        detained: share in custody on entry.
        holds: the resource that those in custody on entry take, such as a bed.
        mandatory: share whom the statute keeps in custody, by level.
        lawyer_detained, lawyer_released: share with a lawyer.
        documented_lawyer, documented_alone: share of true equities that are on paper.
        equities: how common each is; caregivers and those with citizen family have children.
        visibility: mean public visibility of a case.
    """

    title: str
    stage: str
    periods: list[Period] = []
    stock: dict[date, Count] = {}
    stock_source: Source = "see periods"
    stock_age: Quantity | None = None
    ready: Lag | None = None
    levels: Shares
    charges: dict[Level, Shares]
    prior_removals: Quantity
    removed_again: Quantity
    gang: Quantity
    detained: Quantity
    holds: str | None = None
    mandatory: dict[Level, Quantity] = {}
    lawyer_detained: Quantity
    lawyer_released: Quantity
    documented_lawyer: Quantity
    documented_alone: Quantity
    equities: dict[str, Quantity]
    ages: Ages
    visibility: Quantity

    @model_validator(mode="after")
    def _either_arrives_or_waits(self) -> Self:
        if bool(self.periods) == bool(self.stock):
            raise ValueError("a mix has either periods of arrivals or a stock of pending cases")
        return self
