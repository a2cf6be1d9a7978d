"""Directives: what comes down from the top."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.schema.condition import AnyOf, When
from model.schema.quantity import Amount, Days, LogOdds, Persons, Quantity, Share, counted_in
from model.schema.report import Answer
from model.schema.validators import Day, Direction, Source, Strict, not_empty, one_of, refused

AUTHORITIES = ("regulatory", "economic", "soft")
"""Instruments of policy by their force: rules, incentives, information."""
Offices = Annotated[list[str], not_empty("office")]
Stages = Annotated[list[str], not_empty("stage")]
Authority = Annotated[str, one_of("authority", AUTHORITIES)]


class Scope(Strict):
    """Whom the text speaks of: ``out`` is tried first, then ``in``; of all others it says ``otherwise``.

    A silent text is filled by the reader's own culture.
    """

    include: AnyOf = Field(default=[], alias="in")
    exclude: AnyOf = Field(default=[], alias="out")
    otherwise: Literal["in", "out", "silent"] = "silent"


class Review(Strict):
    """An order to go through what is pending: cases waiting at one stage are laid before another.

    ``when`` limits it to some of them.
    """

    pending_at: str
    by: str
    when: When = []


class Increase(Strict):
    """More of a resource, promised with a delay: ``amount`` of one pool, or ``amounts`` by area of its region.

    The delay counts from the directive's start; where ``by`` names an agency that finds it, from the day on which that
    agency is consulted (`Directive.consults`).
    """

    amount: Amount | None = None
    amounts: dict[str, Amount] = {}
    delay: Days
    by: str | None = None

    @model_validator(mode="after")
    def _one_pool_or_several(self) -> Self:
        if (self.amount is None) != bool(self.amounts):
            raise refused("neither one amount nor several", key="amount", allowed="an amount; or amounts by area")
        return self


class Staffing(Strict):
    """More people for a unit, promised with a delay: their hours are shared out over the desks that are there.

    ``hours`` are those that each has a day for the unit's decisions; without it, as many as the others of the unit.
    """

    amount: Persons
    delay: Days
    hours: Annotated[Quantity, counted_in("hours", most=24)] | None = None

    def heads(self, usual: float) -> float:
        """How many of the unit's own people, with ``usual`` hours a day, would have as many hours."""
        return self.amount.value * (1.0 if self.hours is None else self.hours.value / usual)


class Directive(Strict):
    """A directive and its terms.

    Attributes:
        direction: +1 towards leniency, -1 towards enforcement.
        to: units (``agency.unit``) or whole agencies that it addresses; an empty list for nobody.
        offices: only these offices of those addressed; without it, all.
        stages: the decisions it speaks to; without it, every decision of those addressed.
        authority: the force of the instrument.
        clarity: share of the meaning that survives being passed on once.
        latitude: share of its force left to the reader ("to the extent practicable").
        meaning: how far the policy seems worth having to those who carry it out.
        mandate: how far it obliges the officer to look at each case.
        monitoring: share of attention kept alive by follow-up; the rest erodes.
        training: share of officers' exposure that training adds, where the union lets it through.
        union_consents: whether those addressed may be trained: true, the whole of it; false, nothing of it; without it,
            as far as the ``union_consent`` of each unit goes.
        evaluation: how far managers are judged by compliance with it.
        targets: metrics whose yearly target it sets; zero drops a quota.
        counts: metrics that it puts into force.
        lifts, imposes: laws that it takes out of force or puts into force.
        breaks_with: customs that it tells those addressed to leave.
        moves: stages whose decision it hands to another unit.
        resources: more of a resource, with a delay.
        staff: more people for a unit, with a delay.
        recruits: leaning of those hired from now on, by unit.
        opens: mixes of cases that only exist because of it.
        deters: share of the arrivals of a mix that stay away from its first day on.
        supersedes: directives that end when it starts.
        consults: agencies that are asked before it starts, and how long before.
        expects: how bad each report will be in their eyes once it is carried out, which is what those consulted say.
        answers: what is done about it as reports come in (`model.day.answers`). A directive that another issues in
            answer starts then, and not on its own day.
    """

    title: str
    issuer: str
    source: Source
    start: Day
    end: Day | None = None
    direction: Direction
    to: list[str]
    offices: Offices | None = None
    stages: Stages | None = None
    scope: Scope = Scope()
    authority: Authority
    clarity: Share
    latitude: Share
    meaning: Share
    mandate: Share
    monitoring: Share
    training: Share
    union_consents: bool | None = None
    evaluation: Share
    targets: dict[str, Amount] = {}
    counts: list[str] = []
    lifts: list[str] = []
    imposes: list[str] = []
    breaks_with: list[str] = []
    moves: dict[str, str] = {}
    resources: dict[str, Increase] = {}
    staff: dict[str, Staffing] = {}
    recruits: dict[str, LogOdds] = {}
    opens: list[str] = []
    deters: dict[str, Share] = {}
    supersedes: list[str] = []
    review: Review | None = None
    consults: dict[str, Days] = {}
    expects: dict[str, Share] = {}
    answers: list[Answer] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise refused(
                "an end that is not after the start", key="end", found=self.end, allowed=f"after {self.start}"
            )
        return self


def addresses(to: Sequence[str], unit: str) -> bool:
    """Whether a directive to these addresses a unit, itself or through its agency.

    >>> addresses(["police"], "police.patrol"), addresses(["police.bureau"], "police.patrol")
    (True, False)
    """
    return unit in to or unit.split(".")[0] in to
