"""Streams: stages and where they lead; laws that bind them; resources they need; metrics that count them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from model.schema.condition import AnyOf
from model.schema.quantity import Amount, Days, Hours, LogOdds, Share
from model.schema.refused import Day, Source, Strict, refused

Outcome = Literal["favourable", "unfavourable"]


class Lag(Strict):
    """Days until a case reaches its next desk: ``least``, and on average ``mean`` (exponential above it)."""

    least: Days
    mean: Days

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.mean.value < self.least.value:
            raise refused(
                "a mean below the least",
                key="mean",
                found=self.mean.value,
                allowed=f"{self.least.value:g} or more",
            )
        return self


class Edge(Strict):
    """Where an outcome leads. The first edge of a list that applies is taken; the last applies always.

    Attributes:
        to: a stage, or an exit.
        when: only for these cases.
        detained: only for those in custody (true) or out of it (false).
        share: only for this share of those that come this far (a draw that belongs to the case).
        uses: only while this resource lasts; taking the edge takes one of it.
        beyond: take the resource even where none is left; what is over capacity is counted.
        custody: take into custody, or release.
        lag: days on the way.
    """

    to: str
    when: AnyOf = []
    detained: bool | None = None
    share: Share | None = None
    uses: str | None = None
    beyond: bool = False
    custody: Literal["detain", "release"] | None = None
    lag: Lag | None = None
    note: str = ""

    @property
    def always(self) -> bool:
        """Whether every case can take this edge."""
        return not self.when and self.detained is None and self.share is None and (not self.uses or self.beyond)


class Stage(Strict):
    """A decision: who takes it, what it costs, and where each outcome leads.

    Attributes:
        decider: the unit that decides, as ``agency.unit``.
        threshold: what leniency asks for here, in log-odds: added for a neutral officer and a neutral case.
        glance: hours spent on a case that is passed on unlooked-at.
        weigh: further hours where a case is looked at as an individual.
        priority: stages with a lower number are served first.
        detained_first: whether people in custody are served before others, and on the day: the hours are then
            taken from days ahead, as far as the world's ``overtime`` goes.
        labels: what the outcomes are called.
    """

    stream: str
    title: str
    decider: str
    threshold: LogOdds
    glance: Hours
    weigh: Hours
    priority: int = Field(5, ge=0, le=1000)
    detained_first: bool = False
    labels: dict[Outcome, str] = Field(min_length=2)
    favourable: list[Edge] = Field(min_length=1)
    unfavourable: list[Edge] = Field(min_length=1)

    def edges(self, outcome: Outcome) -> list[Edge]:
        """The edges of one outcome, in the order in which they are tried."""
        return self.favourable if outcome == "favourable" else self.unfavourable


class Exit(Strict):
    """An end of the way through a stream."""

    title: str
    stream: str


class Law(Strict):
    """A statute, an order of a court, or a rule that leaves no choice: a bound, not a weight."""

    title: str
    stages: list[str] = Field(min_length=1)
    must: Outcome
    when: AnyOf = []
    starts: Day | None = None
    ends: Day | None = None
    in_force: bool = True
    source: Source

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts and self.ends and self.ends <= self.starts:
            raise refused(
                "a law that ends before it starts",
                key="ends",
                found=self.ends,
                allowed=f"after {self.starts}",
            )
        return self


class Resource(Strict):
    """Something that runs out.

    ``stock``: taken and given back, such as a bed (a case in custody holds one).
    ``yearly``: used up in the course of a fiscal year, such as a cap on visas.
    """

    title: str
    kind: Literal["stock", "yearly"]
    amount: Amount


class Metric(Strict):
    """What is counted, and the yearly target.

    Attributes:
        agency: whose metric it is.
        stage, outcome, when: the event that counts.
            ``decided`` counts both outcomes; it sways no decision, but it takes managers' attention.
        presses: stages at which a case of this kind would, by that outcome, come to be counted.
        target: events a fiscal year, at scale 1.
        in_force: whether it is counted before any directive says so.
    """

    title: str
    agency: str
    stage: str
    outcome: Literal["favourable", "unfavourable", "decided"]
    when: AnyOf = []
    presses: list[str] = []
    target: Amount
    in_force: bool = True
