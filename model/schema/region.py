"""Regions: where cases arise, and the series that record how many."""

from typing import Self

from pydantic import Field, model_validator

from model.schema.agency import Weight
from model.schema.validators import Source, Strict, refused


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

    Attributes:
        area: the column of the file that names the area; ``month`` is the other (2018-05).
        total: the column whose numbers are known where others are blank (`model.cases.series`).
        rows: what stands in the file, by month, area and column.
    """

    title: str
    file: str = Field(pattern=r"^[A-Za-z0-9_-]+\.csv$")
    source: Source
    region: str
    area: str
    total: str
    rows: dict[str, dict[str, dict[str, float | None]]] = Field(min_length=1)
