"""Streams: stages and where they lead; laws that bind them; resources they need; metrics that count them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.schema.condition import When
from model.schema.quantity import Amount, Days, Hours, LogOdds, Quantity, Share, counted_in
from model.schema.validators import Day, Source, Strict, matching, refused

Outcome = Literal["favourable", "unfavourable"]
Dollars = Annotated[Quantity, counted_in("dollars")]
Year = Annotated[str, matching("[0-9]{4}", "not a fiscal year", "four digits, such as 2010")]


class Lag(Strict):
    """Days until a case reaches its next desk: ``least``, and on average ``mean`` (exponential above it).

    ``most`` cuts it off, as a statute does.
    """

    least: Days
    mean: Days
    most: Days | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.mean.value < self.least.value:
            raise refused(
                "a mean below the least",
                key="mean",
                found=self.mean.value,
                allowed=f"{self.least.value:g} or more",
            )
        if self.most is not None and self.most.value < self.mean.value:
            raise refused(
                "a most below the mean", key="most", found=self.most.value, allowed=f"{self.mean.value:g} or more"
            )
        return self


class Rejoin(Strict):
    """Those who came along and were separated, if they are still at one of the places ``from``, go ``to`` an exit."""

    places: list[str] = Field(alias="from", min_length=1)
    to: str


class Edge(Strict):
    """Where an outcome leads. The first edge of a list that applies is taken; the last applies always.

    Attributes:
        to: a stage, or an exit.
        when: only for these cases.
        detained: only for those in custody (true) or out of it (false).
        share: only for this share of those that come this far (a draw that belongs to the case).
        uses: only while this resource lasts; taking the edge takes one of it, or what ``takes`` says.
        needs: only while this flow lasts as well; one of it is taken.
        beyond: take the resource even where none is left; what is over capacity is counted.
        waits: stand in line for it, rather than try the next edge; at the end of the day those in line get what those
            who cannot wait have left.
        holds: a stock that is taken as well, beyond its capacity if need be, and held until the person leaves custody.
        custody: take into custody, or release.
        lag: days on the way.
        separates: those who came along are taken from them, and go to this stage.
        rejoins: those separated earlier come back, if they are still where ``from`` says.
    """

    to: str
    when: When = []
    detained: bool | None = None
    share: Share | None = None
    uses: str | None = None
    takes: Hours | None = None
    needs: str | None = None
    beyond: bool = False
    waits: bool = False
    holds: str | None = None
    custody: Literal["detain", "release"] | None = None
    lag: Lag | None = None
    separates: str | None = None
    rejoins: Rejoin | None = None
    note: str = ""

    @property
    def always(self) -> bool:
        """Whether every case can take this edge."""
        sure = not self.uses or self.beyond or self.waits
        return not self.when and self.detained is None and self.share is None and not self.needs and sure


class Stage(Strict):
    """A decision: who takes it, what it costs, and where each outcome leads.

    Attributes:
        decider: the unit that decides, as ``agency.unit``.
        threshold: what leniency asks for here, in log-odds: added for a neutral officer and a neutral case.
        screening_hours: spent on a case that is passed on unlooked-at.
        review_hours: further ones where a case is looked at as an individual.
        outcome_hours: further ones for the one outcome or the other, such as a decision that has to be reasoned.
        priority: stages with a lower number are served first.
        detained_first: whether people in custody are served before others, and on the day: the hours are then
            taken from days ahead, as far as the world's ``overtime`` goes.
        unnoticed: what becomes of a case that nobody looks at: the unfavourable outcome, as of a request that is never
            answered; or the favourable one, as of a passer-by who is not stopped.
        lapse: who waits longer than this is not reached in time, and goes the favourable way without a decision.
        labels: what the outcomes are called.
    """

    stream: str
    title: str
    decider: str
    threshold: LogOdds
    screening_hours: Hours
    review_hours: Hours
    outcome_hours: dict[Outcome, Hours] = {}
    priority: int = Field(5, ge=0, le=1000)
    detained_first: bool = False
    unnoticed: Outcome = "unfavourable"
    lapse: Days | None = None
    labels: dict[Outcome, str] = Field(min_length=2)
    favourable: list[Edge] = Field(min_length=1)
    unfavourable: list[Edge] = Field(min_length=1)

    def edges(self, outcome: Outcome) -> list[Edge]:
        """The edges of one outcome, in the order in which they are tried."""
        return self.favourable if outcome == "favourable" else self.unfavourable

    def hours_of(self, outcome: Outcome) -> float:
        """Hours that an outcome takes, beside screening and review."""
        return self.outcome_hours[outcome].value if outcome in self.outcome_hours else 0.0

    def quicker(self) -> float:
        """How much quicker the favourable outcome is, as a share of what a case that is looked at takes on average."""
        there, here = self.hours_of("unfavourable"), self.hours_of("favourable")
        whole = self.screening_hours.value + self.review_hours.value + (there + here) / 2.0
        return (there - here) / whole if whole > 0.0 else 0.0


class Exit(Strict):
    """An end of the way through a stream; ``reunites`` where those who were separated are together again."""

    title: str
    stream: str
    reunites: bool = False


class Law(Strict):
    """A statute, an order of a court, or a rule that leaves no choice: a bound, not a weight."""

    title: str
    stages: list[str] = Field(min_length=1)
    must: Outcome
    when: When = []
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


class Custom(Strict):
    """A practice that no law demands: of the cases ``when``, a ``share`` is treated alike without being weighed.

    Every office holds to it, until a directive tells its officers to break with it (`Directive.breaks_with`): those who
    have heard of it weigh each case.
    """

    title: str
    stages: list[str] = Field(min_length=1)
    must: Outcome
    when: When = []
    share: Share
    source: Source


class Resource(Strict):
    """Something that runs out: one pool for all, or one in each area of a region.

    ``stock``: taken and given back, such as a bed (a case holds one).
    ``yearly``: used up in the course of a fiscal year, such as a quota of grants.
    ``flow``: so much a day, such as slots in a court. What a day leaves is kept, up to ``reserve`` days' worth.

    Attributes:
        region: one pool in each area of it; then ``amounts`` says how much each has, else ``amount``.
        cost: dollars a unit in use and day; ``cost_over`` the same for each above the amount.
    """

    title: str
    kind: Literal["stock", "yearly", "flow"]
    amount: Amount | None = None
    region: str | None = None
    amounts: dict[str, Amount] = {}
    reserve: Days | None = None
    cost: Dollars | None = None
    cost_over: Dollars | None = None

    @model_validator(mode="after")
    def _one_pool_or_several(self) -> Self:
        if (self.amount is None) != (self.region is not None) or bool(self.amounts) != (self.region is not None):
            allowed = "an amount; or a region and amounts for each of its areas"
            raise refused("neither one pool nor one in each area", key="amount", allowed=allowed)
        if self.kind == "flow" and self.reserve is None:
            raise refused("a flow without a reserve", key="reserve", allowed="days of it that are kept; 0 for none")
        if self.kind != "flow" and self.reserve is not None:
            found = self.reserve.value
            raise refused("a reserve of what is no flow", key="reserve", found=found, allowed="no reserve")
        return self


class Clock(Strict):
    """A legal limit on the time at some places; who stays longer is counted as a breach, by place and day."""

    title: str
    places: list[str] = Field(min_length=1)
    limit: Days
    source: Source


class Metric(Strict):
    """What is counted, and the yearly target.

    Attributes:
        agency: whose metric it is.
        stage, outcome, when: the event that counts. ``decided`` counts both outcomes: it presses for time, and for the
            quicker of the two.
        presses: stages at which a case of this kind would, by that outcome, come to be counted.
        target: events a fiscal year, at scale 1.
        in_force: whether it is counted before any directive says so.
        starts: the first day on which there is anything to count, such as that of a programme; before it nothing is.
        pace: for a watch that begins in the fiscal year (its number), the share of what was due by then that was done;
            without it, all of it.
    """

    title: str
    agency: str
    stage: str
    outcome: Literal["favourable", "unfavourable", "decided"]
    when: When = []
    presses: list[str] = []
    target: Amount
    in_force: bool = True
    starts: Day | None = None
    pace: dict[Year, Share] = {}
