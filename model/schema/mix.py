"""Case mixes: how many cases come, and what is true of the people in them."""

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.quantity import Days, Quantity, Share, Shares, Years, counted_in
from model.schema.stream import Lag
from model.schema.validators import Day, Source, Strict, refused

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


class Counts(Strict):
    """Arrivals by month and area as recorded: a share of a column of one of the world's series."""

    series: str
    column: str
    share: Share


class Ages(Strict):
    """Ages and years of residence.

    Age is normal, cut to its limits, or even within ``bands`` such as "6-12"; residence exponential, below the age.
    ``latest_entry`` is the age by which everybody in the mix had come, where that is what brings them here.
    """

    mean: Years | None = None
    spread: Years | None = None
    youngest: Years | None = None
    oldest: Years | None = None
    bands: Shares | None = None
    residence: Years
    least_residence: Years
    latest_entry: Years | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        limits = (self.mean, self.spread, self.youngest, self.oldest)
        if self.bands is not None:
            if any(limit is not None for limit in limits):
                raise refused("both bands and a mean", key="bands", allowed="bands, or mean, spread, youngest, oldest")
            for band in self.bands.shares:
                if not re.fullmatch(r"\d{1,2}-\d{1,2}", band) or int(band.split("-")[0]) > int(band.split("-")[1]):
                    raise refused("not a band of ages", key="bands", found=band, allowed="years such as 6-12")
            return self
        for key, limit in zip(("mean", "spread", "youngest", "oldest"), limits, strict=True):
            if limit is None:
                raise refused(f"the key {key!r} is missing", key=key, allowed="mean, spread, youngest, oldest")
        if self.youngest and self.oldest and self.youngest.value > self.oldest.value:
            found, most = self.youngest.value, self.oldest.value
            raise refused("youngest is above oldest", key="youngest", found=found, allowed=f"at most {most:g}")
        return self


class Mix(Strict):
    """A source of cases.

    What is left out does not occur: a mix of requests has no charges, no custody and no statute that holds anybody; a
    mix without ages has people of no age.

    Attributes:
        stage: where its cases enter.
        periods: arrivals over time; or ``stock``: cases pending on given dates (between them, interpolated); or
            ``counts``: arrivals as a series records them; or ``with``: people who come along with the cases of
            another mix, as many as its ``companions`` say.
        region: where its cases arise: the world's areas, or a region of its own.
        ready: days until a file is ready for its first desk, such as for fingerprints and background checks.
        stock_age: mean days that the stock had been pending.
        levels: conviction levels; ``charges``: what is charged, by level.
        numbers: how common earlier events are, by the shares that the world's words name: such as ``once``, and
            of these ``again``.
        circumstances: how common each other circumstance is.
        detained: share in custody on entry.
        holds: the resource that those in custody on entry take, such as a bed.
        mandatory: share whom the statute keeps in custody, by level.
        lawyer_detained, lawyer_released: share with a lawyer.
        documented_lawyer, documented_alone: share of true equities that are on paper; left out, all.
        equities: how common each is; those who care for somebody have children.
    """

    title: str
    stage: str
    periods: list[Period] = []
    stock: dict[Day, Count] = {}
    stock_source: Source = "see periods"
    stock_age: Days | None = None
    counts: Counts | None = None
    leader: str | None = Field(None, alias="with")
    companions: Shares | None = None
    region: str = "areas"
    ready: Lag | None = None
    levels: Shares
    charges: dict[str, Shares] = {}
    numbers: dict[str, dict[str, Share]] = {}
    circumstances: dict[str, Share] = {}
    detained: Share | None = None
    holds: str | None = None
    mandatory: dict[str, Share] = {}
    lawyer_detained: Share | None = None
    lawyer_released: Share | None = None
    documented_lawyer: Share | None = None
    documented_alone: Share | None = None
    equities: dict[str, Share] = {}
    ages: Ages | None = None

    @property
    def on_paper(self) -> tuple[float, float]:
        """The share of true equities that are on paper, with a lawyer and without."""
        shares = (self.documented_lawyer, self.documented_alone)
        with_lawyer, alone = (1.0 if share is None else share.value for share in shares)
        return with_lawyer, alone

    @model_validator(mode="after")
    def _either_arrives_or_waits(self) -> Self:
        ways = [bool(self.periods), bool(self.stock), self.counts is not None, self.leader is not None]
        if sum(ways) != 1:
            both = "a mix with both periods and a stock" if ways[0] and ways[1] else "a mix that comes in two ways"
            raise refused(
                both if any(ways) else "a mix without cases",
                key="periods",
                allowed="periods of arrivals, a stock of pending cases, counts of a series, or with another mix",
            )
        for key, allowed in (("stock_source", "where the counts are from"), ("stock_age", "days pending, on average")):
            if self.stock and key not in self.model_fields_set:
                raise refused(f"the key {key!r} is missing", key=key, allowed=allowed)
        return self
