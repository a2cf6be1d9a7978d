"""A number with its unit and its source; a distribution with its source."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from model.schema.validators import Source, Strict, refused

UNITS = {
    "share": (0.0, 1.0),
    "log-odds": (-20.0, 20.0),
    "per log-odds": (0.0, 20.0),
    "sd": (0.0, 20.0),
    "slope": (0.0, 1000.0),
    "ratio": (0.0, 1000.0),
    "hours": (0.0, 1e6),
    "days": (0.0, 36500.0),
    "years": (0.0, 110.0),
    "per day": (0.0, 100.0),
    "per month": (0.0, 100.0),
    "per year": (0.0, 100.0),
    "persons": (0.0, 1e8),
    "cases": (0.0, 1e8),
    "cases a year": (0.0, 1e8),
    "beds": (0.0, 1e8),
    "slots": (0.0, 1e8),
    "dollars": (0.0, 1e13),
}
"""What a parameter may be counted in, and the least and the most that makes sense of it."""
YEAR = 365.25
"""Days in a year, on average."""


def years_before(day: date, years: float) -> date:
    """The day so many years before another; the first of all where there is none.

    >>> years_before(date(2012, 3, 1), 2.5), years_before(date(5, 1, 1), 60)
    (datetime.date(2009, 8, 31), datetime.date(1, 1, 1))
    """
    return date.fromordinal(max(1, day.toordinal() - int(YEAR * years)))


def _span(low: float, high: float, unit: str) -> str:
    return f"{low:,.10g} to {high:,.10g} ({unit})"


def pair(value: Any) -> Any:
    """The lowest and the highest value, as TOML has them."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refused("not a range", found=value, allowed="the lowest and the highest value, such as [0, 1]")
    return tuple(value)


class Quantity(Strict):
    """A parameter of the world.

    Attributes:
        value: the number.
        unit: what it is counted in, one of `UNITS`, which sets the bounds of sense.
        source: a fact of ``evidence.csv`` by its id, a publication, or ``assumed: `` and why.
        range: the lowest and highest value to be tried, within the bounds of the unit; a sweep stays inside.
    """

    value: float
    unit: str
    source: Source
    range: Annotated[tuple[float, float], BeforeValidator(pair)] | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value allowed: the range given, or what the unit implies."""
        return self.range or UNITS[self.unit]

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        if self.unit not in UNITS:
            raise refused("no such unit", key="unit", found=self.unit, known=list(UNITS))
        least, most = UNITS[self.unit]
        if self.range is not None and not least <= self.range[0] <= self.range[1] <= most:
            empty = self.range[0] > self.range[1]
            what = "an empty range" if empty else f"a range beyond what {self.unit!r} can be"
            allowed = "the lowest value first" if empty else f"within {_span(least, most, self.unit)}"
            raise refused(what, key="range", found=list(self.range), allowed=allowed)
        low, high = self.bounds
        if not low <= self.value <= high:
            allowed = _span(low, high, self.unit)
            raise refused("a value out of bounds", key="value", found=self.value, allowed=allowed)
        return self

    def __float__(self) -> float:
        """The number alone."""
        return self.value


class Shares(Strict):
    """A distribution over named outcomes; the shares sum to 1."""

    shares: dict[str, Annotated[float, Field(ge=0.0, le=1.0)]] = Field(min_length=1)
    source: Source

    @model_validator(mode="after")
    def _sum_to_one(self) -> Self:
        total = sum(self.shares.values())
        if abs(total - 1.0) > 1e-6:
            raise refused("shares that do not sum to 1", key="shares", found=round(total, 6), allowed="a sum of 1")
        return self


def counted_in(*units: str, least: float | None = None, most: float | None = None) -> AfterValidator:
    """A validator of a quantity's unit, and of bounds that are narrower here than the unit's own."""

    def check(quantity: Quantity) -> Quantity:
        if quantity.unit not in units:
            raise refused("another unit is meant here", key="unit", found=quantity.unit, known=units)
        low = UNITS[quantity.unit][0] if least is None else least
        high = UNITS[quantity.unit][1] if most is None else most
        if not low <= quantity.value <= high:
            allowed = _span(low, high, quantity.unit)
            raise refused("a value out of bounds", key="value", found=quantity.value, allowed=allowed)
        return quantity

    return AfterValidator(check)


Share = Annotated[Quantity, counted_in("share")]
LogOdds = Annotated[Quantity, counted_in("log-odds")]
Ratio = Annotated[Quantity, counted_in("ratio")]
Spread = Annotated[Quantity, counted_in("sd")]
Days = Annotated[Quantity, counted_in("days")]
Years = Annotated[Quantity, counted_in("years")]
Persons = Annotated[Quantity, counted_in("persons")]
Hours = Annotated[Quantity, counted_in("hours")]
PerYear = Annotated[Quantity, counted_in("per year")]
Amount = Annotated[Quantity, counted_in("persons", "cases", "beds", "slots", "hours", "dollars")]
