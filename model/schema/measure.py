"""Measures: a small library of what can be read off a run, each with its parameters.

A measure counts rows of the tables of a run (`experiments.runs.Run`), which are also what a stored run holds. Counts
are those of the real system: of the run, over its scale. Missing (nan) is what has nothing to be measured from.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from model.schema.condition import Between
from model.schema.region import Month
from model.schema.validators import Day, Strict, not_empty, refused

COLUMNS = {
    "outcomes": ("stage", "agency", "unit", "office", "level", "charge", "lawyer", "custody", "favourable"),
    "flows": ("stage", "to", "mix", "level", "charge", "favourable"),
    "paths": ("stage", "to", "area", "mix", "youngest_child", "serious", "charge", "outcome"),
    "separated": ("area", "mix", "age", "at", "reunited"),
    "breaches": ("clock", "area"),
}
"""The tables that are counted, and what may be asked of their rows."""
Names = Annotated[list[str], Field(min_length=1)]


class Which(Strict):
    """Rows of a table, by all that is said: of names any of those listed.

    ``outcomes`` are decisions, week by week; ``flows`` where people went, week by week; ``paths`` the same with places
    and who came along, month by month; ``separated`` one row a person taken from those they came with;
    ``breaches`` persons held beyond a clock's limit, day by day.
    """

    stage: Names | None = None
    to: Names | None = None
    agency: Names | None = None
    unit: Names | None = None
    office: Names | None = None
    area: Names | None = None
    mix: Names | None = None
    level: Names | None = None
    charge: Names | None = None
    outcome: list[Literal["favourable", "unfavourable", "not reached"]] | None = Field(None, min_length=1)
    youngest_child: list[Literal["none", "under 5", "5 to 9", "10 to 17"]] | None = Field(None, min_length=1)
    clock: Names | None = None
    at: Names | None = None
    favourable: bool | None = None
    lawyer: bool | None = None
    custody: bool | None = None
    serious: bool | None = None
    reunited: bool | None = None
    age: Between | None = None


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


def _days(value: list[date]) -> list[date]:
    if len(value) != 2 or value[0] > value[1]:
        raise refused("not a time", found=value, allowed="the first and the last day, such as [2012-01-01, 2012-06-30]")
    return value


When = Annotated[list[Which], BeforeValidator(_listed), not_empty("row")]
"""Rows that fit any of some descriptions, or the one that is given."""
Window = Annotated[list[Day], AfterValidator(_days)]
"""The first and the last day; a week counts with its Monday, a month with its first day."""


class Counted(Strict):
    """What is counted.

    Attributes:
        table: of a run (`COLUMNS`).
        where: the rows; without it all.
        less: rows that are taken off again, such as those who in the end waited too long.
        days: the time; without it the whole watch.
    """

    table: Literal["outcomes", "flows", "paths", "separated", "breaches"]
    where: When | None = None
    less: When | None = None
    days: Window | None = None

    @model_validator(mode="after")
    def _knows_its_columns(self) -> Self:
        known = COLUMNS[self.table]
        for which in (*(self.where or []), *(self.less or []), *(getattr(self, "of", None) or [])):
            for key in which.model_fields_set if isinstance(which, Which) else ():
                if key not in known:
                    raise refused(f"the table {self.table} has no such column", key="where", found=key, known=known)
        return self


class ShareOf(Counted):
    """``counted / counted of``: a rate, a share. ``of`` tells the rows of the denominator; without it all of the time.

    In place of rows, ``of`` may be where a number stands in ``evidence.csv``.
    """

    kind: Literal["share"]
    of: When | str | None = None


class CountOf(Counted):
    """``counted``; with ``per`` on an average day or in a year of 365 days, with ``times`` multiplied by a share."""

    kind: Literal["count"]
    per: Literal["day", "year"] | None = None
    times: ShareOf | None = None


class SpreadOf(Counted):
    """How far apart places are: the standard deviation of their shares, or the distance from the lowest to the highest.

    Attributes:
        of: the rows of the denominator, as of a share.
        by: a column, such as ``office``, or a region, whose parts are then the places.
        gives: ``sd`` or ``range``.
        fewest: rows of the denominator without which a place does not count.
    """

    kind: Literal["spread"]
    of: When | None = None
    by: str
    gives: Literal["sd", "range"] = "sd"
    fewest: int = Field(20, ge=1)


class OrderOf(Counted):
    """Whether months stand in the order of record: the rank correlation (Spearman) of counts with those recorded."""

    kind: Literal["order"]
    recorded: dict[Month, float] = Field(min_length=3)


class MovedOf(Counted):
    """How many places of a region count more than without some directives, by at least a share."""

    kind: Literal["moved"]
    by: str
    least: float = Field(gt=0.0)


class PoolOf(Strict):
    """What a resource, all places together, has come to at the end of the week of a day, or in some days.

    ``share-used``: in use, over what there is. ``places-over``: places with more in use than there is. ``most-over``:
    the most beyond capacity at the end of a week. ``cost-over``: what that costs, at the pace of those days in a year.
    ``share-apart``: of those who are in it on an average day of a month, the share of people who were separated.
    """

    kind: Literal["pool"]
    pool: str
    gives: Literal["share-used", "places-over", "most-over", "cost-over", "share-apart"]
    days: Window


class CaseOf(Strict):
    """The likeliest leniency for a named case before the typical officers of some stages, on the day that it names.

    Attributes:
        case: of the world.
        agency: that decides the stages of the case that are asked about.
        stages: or the stages themselves.
        gives: the chance of the lenient outcome, or that the case is looked at at all.
    """

    kind: Literal["case"]
    case: str
    agency: str | None = None
    stages: Names | None = None
    gives: Literal["favourable", "noticed"] = "favourable"

    @model_validator(mode="after")
    def _has_a_desk(self) -> Self:
        if (self.agency is None) is (self.stages is None):
            raise refused("before whom?", key="agency", found=self.agency, allowed="an agency, or stages")
        return self


class WaitOf(Strict):
    """Median months from the arrival of a case to the lenient outcome at a stage, of a whole watch."""

    kind: Literal["wait"]
    stage: str


Measure = Annotated[
    CountOf | ShareOf | SpreadOf | OrderOf | MovedOf | PoolOf | CaseOf | WaitOf, Field(discriminator="kind")
]
