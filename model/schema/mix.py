"""Case mixes: how many cases come, and what is true of the people in them."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.condition import Level
from model.schema.quantity import Days, Quantity, Share, Shares, Years, counted_in
from model.schema.refused import Day, Source, Strict, refused
from model.schema.stream import Lag

Count = Annotated[float, Field(ge=0.0, le=1e7)]


class Period(Strict):
    """Arrivals from one day to another (both included), spread evenly."""

    first: Day
    last: Day
    cases: Annotated[Quantity, counted_in("cases", "cases a year", most=1e7)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise refused(
                "a period that ends before it starts",
                key="last",
                found=self.last,
                allowed=f"{self.first} or later",
            )
        return self


class Ages(Strict):
    """Ages and years of residence.

    Age is normal, cut to its limits; residence exponential, below the age. ``latest_entry`` is the age by
    which everybody in the mix had come, where that is what brings them here.
    """

    mean: Years
    spread: Years
    youngest: Years
    oldest: Years
    residence: Years
    least_residence: Years
    latest_entry: Years | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.youngest.value > self.oldest.value:
            found, most = self.youngest.value, self.oldest.value
            raise refused("youngest is above oldest", key="youngest", found=found, allowed=f"at most {most:g}")
        return self


class Mix(Strict):
    """A source of cases.

    What is left out does not occur: a mix of requests has no charges, no custody and no statute that holds anybody.

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
        equities: how common each is; those who care for somebody have children.
        visibility: mean public visibility of a case.
    """

    title: str
    stage: str
    periods: list[Period] = []
    stock: dict[Day, Count] = {}
    stock_source: Source = "see periods"
    stock_age: Days | None = None
    ready: Lag | None = None
    levels: Shares
    charges: dict[Level, Shares] = {}
    prior_removals: Share | None = None
    removed_again: Share | None = None
    gang: Share | None = None
    detained: Share | None = None
    holds: str | None = None
    mandatory: dict[Level, Share] = {}
    lawyer_detained: Share | None = None
    lawyer_released: Share
    documented_lawyer: Share
    documented_alone: Share
    equities: dict[str, Share]
    ages: Ages
    visibility: Share

    @model_validator(mode="after")
    def _either_arrives_or_waits(self) -> Self:
        if bool(self.periods) == bool(self.stock):
            raise refused(
                "a mix with both periods and a stock" if self.periods else "a mix without cases",
                key="periods",
                allowed="either periods of arrivals or a stock of pending cases",
            )
        for key, allowed in (("stock_source", "where the counts are from"), ("stock_age", "days pending, on average")):
            if self.stock and key not in self.model_fields_set:
                raise refused(f"the key {key!r} is missing", key=key, allowed=allowed)
        return self
