"""Patterns: what a world is held against, how a run is measured for it, and when the two agree."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.schema.measure import Measure, When, Window
from model.schema.validators import Name, Strict, matching, refused

PatternName = Annotated[
    str, matching(r"[A-Za-z0-9][\w-]*(\.[\w-]+)?", "a name that cannot be used", "a fact, or a fact, a dot and a part")
]
"""A fact of ``evidence.csv``, or a part of one: ``I03``, ``I10.share``."""
Figure = str
"""Where a number stands in ``evidence.csv``: ``I03``, the second of several ``I17.2``, of a place ``P20:Tucson``."""


class Ratio(Strict):
    """``sum of figures / sum of over``, of numbers in ``evidence.csv``; without ``over`` the sum."""

    figures: list[Figure] = Field(min_length=1)
    over: list[Figure] = []


class Carried(Ratio):
    """Figures of record carried on at their pace: ``ratio * length of days / length of of_days``."""

    days: Window
    of_days: Window


class Composition(Strict):
    """The share of a mix that is charged on some grounds."""

    mix: str
    charge: list[str] = Field(min_length=1)


class Against(Strict):
    """What is taken off: the same measure in another run, at another time, of others.

    Attributes:
        without: directives that are taken away from the scenario; the two runs share their random numbers.
        days: another time of the same run.
        where: others in the same run.
        relative: whether the difference is taken as a share of what is taken off.
    """

    without: list[str] = []
    days: Window | None = None
    where: When | None = None
    relative: bool = False

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not (self.without or self.days or self.where):
            raise refused("nothing to take off", allowed="without, days or where")
        return self


class Holds(Strict):
    """The rule by which a pattern holds, fixed before a run (`experiments.patterns.rules`).

    Attributes:
        rule: ``within-share`` of the record, ``within-points`` of it (percentage points of a share), ``at-most``,
            ``at-least``, ``above`` (the limit, or else the record), ``exactly`` the record; of a difference between
            two runs ``up`` or ``down`` (the whole interval), ``near-none``.
        width: how far off still agrees: of ``within-share`` and ``near-none`` a share, of ``within-points`` points.
        limit: a number, or where it stands.
        words: the rule as it is told, if not in the usual words.
        reason: why it is this one; needed unless the rule has one of its own.
    """

    rule: Literal[
        "within-share", "within-points", "at-most", "at-least", "above", "exactly", "up", "down", "near-none",
    ]  # fmt: skip
    width: float | None = Field(None, gt=0.0)
    limit: float | Figure | None = None
    words: str | None = None
    reason: str | None = Field(None, min_length=10)

    @property
    def needs_a_record(self) -> bool:
        """Whether it compares with a number of record."""
        return self.rule not in ("up", "down", "near-none") and self.limit is None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        wide = self.rule in ("within-share", "within-points", "near-none")
        if wide is not (self.width is not None):
            allowed = f"a number, how far off still agrees with rule = '{self.rule}'" if wide else "no width"
            raise refused("a width for some rules and not for others", key="width", found=self.width, allowed=allowed)
        if self.limit is not None and self.rule not in ("at-most", "at-least", "above"):
            raise refused("a limit for a rule that has none", key="limit", found=self.limit, allowed="no limit")
        if self.reason is None and self.rule not in ("within-share", "up", "down"):
            raise refused("a rule without its reason", key="reason", allowed="why it is this one, in some words")
        return self


class PatternEntry(Strict):
    """A fact beside the model: a measure of a run, a trial of theory, or the reason why neither can be had.

    Attributes:
        what: is measured, in words.
        unit: of the figure; without it the fact's.
        record: a number, where it stands in ``evidence.csv``, or a ratio of such numbers.
        said: the record in words, where it is no number; without it what the fact says.
        scenario: that is run; without it the study's.
        measure, against, holds: how it is measured, what is taken off, and when the two agree.
        trial: instead, an experiment of the project that makes runs of its own (`experiments.patterns.trials`).
        not_modelled: instead, why the model has nothing to say of the fact.
        carried: what the plainest rival says (`experiments.calibration.rivals`): somebody who has no model, and carries
            the fitted figures on. Without it, of what is fitted the record, and of the rest nothing.
    """

    what: str | None = None
    unit: str | None = None
    record: float | Figure | Ratio | None = None
    said: str | None = None
    scenario: str | None = None
    measure: Measure | None = None
    against: Against | None = None
    holds: Holds | None = None
    trial: str | None = None
    not_modelled: str | None = Field(None, min_length=10)
    carried: float | Carried | Composition | None = None

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Self:
        ways = [key for key in ("measure", "trial", "not_modelled") if getattr(self, key) is not None]
        if len(ways) != 1:
            found = " and ".join(ways) or None
            raise refused("not one way to look at the fact", found=found, allowed="a measure, a trial or not_modelled")
        if self.trial is None and self.what is None:
            raise refused("the key 'what' is missing", key="what", allowed="what is measured, in words")
        if self.measure is not None:
            self._is_measured()
        return self

    def _is_measured(self) -> None:
        if self.holds is None:
            raise refused("a measure without a rule", key="holds", allowed="when the model agrees with the record")
        if self.holds.needs_a_record and self.record is None:
            raise refused("a rule that compares with no number", key="record", allowed="a number, or where it stands")
        if self.measure is not None and self.measure.kind == "moved" and not (self.against and self.against.without):
            raise refused("moved from what?", key="against", allowed="against.without: directives that are taken away")


class Study(Strict):
    """Patterns of one matter.

    Attributes:
        title: of the matter.
        scenario: in which they are looked for, unless they say otherwise.
        watched: scenarios by a short name, in which all that must be true of any world is counted again every day
            (`experiments.patterns.structure`); where no study names any, the first of the world.
        pattern: the patterns, by the fact and the part of it.
        fails: the best explanation of what is known not to hold, by its facts (several with a space between them).
    """

    title: str
    scenario: str | None = None
    watched: dict[Name, str] = {}
    pattern: dict[PatternName, PatternEntry] = {}
    fails: dict[str, Annotated[str, Field(min_length=10)]] = {}
