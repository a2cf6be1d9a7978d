"""A number with its unit and its source; a distribution with its source."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

NON_NEGATIVE = ("hours", "days", "persons", "cases", "cases a year", "per year", "per day", "beds", "years", "sd")


def one_of(kind: str, names: Sequence[str]) -> AfterValidator:
    """A validator that lets only ``names`` through, and otherwise lists them."""

    def check(value: str) -> str:
        if value not in names:
            raise PydanticCustomError("unknown_name", "no such {kind}", {"kind": kind, "known": list(names)})
        return value

    return AfterValidator(check)


class Strict(BaseModel):
    """A part of a world: unknown keys are refused, and nothing changes after it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _knows_its_keys(cls, data: object) -> object:
        known = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [key for key in data if key not in known] if isinstance(data, dict) else []
        if unknown:
            raise PydanticCustomError("unknown_key", "no such key", {"key": unknown[0], "known": known})
        return data


Source = Annotated[str, Field(min_length=3)]


class Quantity(Strict):
    """A parameter of the world.

    Attributes:
        value: the number.
        unit: what it is counted in; a ``share`` lies between 0 and 1, a count or a time is not negative.
        source: a fact of ``evidence.csv`` by its id, a publication, or ``assumed: `` and why.
        range: the lowest and highest value that make sense; a sweep stays inside.
    """

    value: Annotated[float, Field(strict=True)]
    unit: str = Field(min_length=2)
    source: Source
    range: tuple[float, float] | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value allowed: the range given, or what the unit implies."""
        if self.range is not None:
            return self.range
        if self.unit == "share":
            return (0.0, 1.0)
        return (0.0, float("inf")) if self.unit in NON_NEGATIVE else (float("-inf"), float("inf"))

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        low, high = self.bounds
        if low > high:
            raise ValueError(f"the range {low:g} to {high:g} is empty")
        if not low <= self.value <= high:
            raise ValueError(f"{self.value:g} is outside {low:g} to {high:g} ({self.unit})")
        return self

    @model_validator(mode="after")
    def _assumptions_give_a_reason(self) -> Self:
        if self.source.startswith("assumed") and len(self.source) < len("assumed: ") + 8:
            raise ValueError("an assumed value says why: source = \"assumed: …\"")
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
            raise ValueError(f"the shares sum to {total:.6g}, not to 1")
        return self
