"""Regions: where cases arise, and the series that record how many."""

from calendar import monthrange
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from model.schema.agency import Weight
from model.schema.validators import Day, Source, Strict, refused

Month = Annotated[str, Field(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])$")]
Count = Annotated[int, Field(ge=0, lt=10**8)]


class Region(Strict):
    """A list of areas.

    Either ``areas``, in which cases arise, with weights; or ``of`` another region, each of whose areas belongs to one
    of the ``parts``.

    Attributes:
        counted: what a series calls an area, where that differs. Areas that are counted together share the numbers by
            their weights.
    """

    title: str
    source: Source
    areas: dict[str, Weight] = {}
    counted: dict[str, str] = {}
    of: str | None = None
    parts: dict[str, list[str]] = {}

    @model_validator(mode="after")
    def _areas_or_parts(self) -> Self:
        if bool(self.areas) == bool(self.parts) or bool(self.parts) != (self.of is not None):
            raise refused("neither areas nor parts of a region", key="areas", allowed="areas; or of and parts")
        for area in self.counted:
            if area not in self.areas:
                raise refused("no such area", key="counted", found=area, known=list(self.areas))
        return self

    @property
    def names(self) -> list[str]:
        """Its areas, or its parts."""
        return list(self.areas or self.parts)


class Series(Strict):
    """A recorded series by month and area: a CSV file in the folder ``series``.

    A cell is a whole number; it may be blank only in a column that is part of a total, which then says how many.

    Attributes:
        area: the column of the file that names the area; ``month`` is the other (2018-05).
        labels: columns that hold words, and are not read.
        total: the column that adds up those of ``parts``.
        parts: columns that may be blank where their total is known (`model.cases.series`).
        carried_until: the day to which arrivals go on after the last month as in that month; without it they end.
        rows: what stands in the file, by month, area and column.
    """

    title: str
    file: str = Field(pattern=r"^[A-Za-z0-9_-]+\.csv$")
    source: Source
    region: str
    area: str
    labels: list[str] = []
    total: str
    parts: list[str] = []
    carried_until: Day | None = None
    rows: dict[Month, dict[str, dict[str, Count | None]]] = Field(min_length=1)

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        return date.fromisoformat(f"{min(self.rows)}-01")

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        first = date.fromisoformat(f"{max(self.rows)}-01")
        return first.replace(day=monthrange(first.year, first.month)[1])

    @model_validator(mode="after")
    def _carried_onwards(self) -> Self:
        if self.carried_until is not None and self.carried_until <= self.last_day:
            raise refused(
                "carried until a day of the series", key="carried_until", found=self.carried_until,
                allowed=f"a day after {self.last_day}, or nothing",
            )  # fmt: skip
        return self
