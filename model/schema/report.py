"""Reports: what the field tells those above it, how that climbs, and what those outside see of it."""

from typing import Annotated, Self

from pydantic import model_validator

from model.schema.quantity import Days, Quantity, Share, counted_in
from model.schema.validators import Source, Strict, refused

Extent = Annotated[Quantity, counted_in("persons", "ratio")]
MEASURES = ("clock", "resource", "waiting", "apart")
"""What a report may be about: people past a legal limit, a resource in use, cases that wait at a stage, and people who
were separated and are not together again. The last is a flag; the others name an entry of the world."""


class Report(Strict):
    """What an agency's offices report upwards once a week, from 0 (nothing to tell) to 1 (as bad as can be).

    Attributes:
        agency: whose ladder it climbs.
        clock: people for whom this clock has run out; counted as people of the real system.
        resource: units of this stock in use, over what there is of it: 1 is full.
        waiting: cases at this stage, as cases of the real system.
        apart: people who were separated and are still on their way, as people of the real system.
        begins: up to here there is nothing to tell.
        full: from here on it is as bad as can be.
        visible: the share of it that those outside see (press, courts, Congress), from which attention comes.
    """

    title: str
    agency: str
    clock: str | None = None
    resource: str | None = None
    waiting: str | None = None
    apart: bool = False
    begins: Extent
    full: Extent
    visible: Share
    source: Source

    @property
    def measure(self) -> str:
        """Which of `MEASURES` it is about."""
        return next(name for name in MEASURES if getattr(self, name))

    @model_validator(mode="after")
    def _about_one_thing(self) -> Self:
        about = [name for name in MEASURES if getattr(self, name)]
        if len(about) != 1:
            raise refused(
                "a report about nothing, or several things", found=about, allowed=f"one of {', '.join(MEASURES)}"
            )
        if self.full.value <= self.begins.value:
            raise refused("full before it begins", key="full", found=self.full.value,
                          allowed=f"above {self.begins.value:g}")  # fmt: skip
        unit = "ratio" if self.resource else "persons"
        for key in ("begins", "full"):
            if (found := getattr(self, key).unit) != unit:
                raise refused("counted otherwise than what it measures", key=key, found=found, allowed=unit)
        return self


class Reporting(Strict):
    """How reports travel, the same for all agencies.

    Attributes:
        candour: the share of a report that a manager passes on who has nothing to lose by it.
        contact: the share of what the head of an agency believes that the heads of others come to hear.
        attention: days in which half of the attention from outside is gone.
    """

    candour: Share
    contact: Share
    attention: Annotated[Quantity, counted_in("days", least=1)]


class Answer(Strict):
    """What is done about a directive once its issuer believes a report, or attention from outside is high.

    Attributes:
        hears: a report of the world, or ``attention``.
        above: it is done where the report is believed to be this bad, or worse.
        after: days until it takes effect.
        issues: a directive that starts then, such as one that amends, narrows, adds resources or supersedes.
        ends: the directive itself ends then.
        puts_off: days by which the start is put off; only before it.
    """

    hears: str
    above: Share
    after: Days
    issues: str | None = None
    ends: bool = False
    puts_off: Days | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        does = [key for key in ("issues", "ends", "puts_off") if getattr(self, key)]
        if len(does) != 1:
            raise refused("an answer that does nothing, or several things", found=does,
                          allowed="one of issues, ends, puts_off")  # fmt: skip
        return self
