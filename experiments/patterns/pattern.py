"""What a pattern is: a fact or a property, the record of it, how a run is measured for it, and when it holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from experiments.patterns.rules import Rule
from experiments.patterns.run_cache import Seen, Trial, Wanted

FIT, CHECK, STRUCTURE = "fit", "check", "structure"
USES = (FIT, CHECK, STRUCTURE)
STREAMS = ("interior", "benefits", "border", "theory", "structure")


@dataclass(frozen=True)
class Pattern:
    """One pattern.

    Attributes:
        id: of its own, such as ``I10.share``; before the dot stands the fact.
        use: ``fit`` (agreement says nothing for the model), ``check`` (nothing was tuned to it), ``structure`` (it is
            true of any world, or the program is wrong).
        stream: part of the model that it is about: one of `STREAMS`.
        what: is measured, in words.
        unit: of the figure (`viz.reports.figures.figure`).
        record: a number, or words where no number is on record.
        wanted: the runs and trials that it is measured from.
        measure: takes what was seen under one seed; a number, missing (nan) where there is nothing to measure.
        rule: when it holds, fixed beforehand.
        difference: whether the measure is a difference between two worlds that share their luck.
    """

    id: str
    use: str
    stream: str
    what: str
    unit: str
    record: float | str
    wanted: tuple[Wanted | Trial, ...]
    measure: Callable[[Seen], float] = field(repr=False)
    rule: Rule = field(repr=False)
    difference: bool = False

    @property
    def fact(self) -> str:
        """The row of ``evidence.csv``, or the structural property, that it belongs to."""
        return self.id.split(".")[0]


@dataclass(frozen=True)
class NotModelled:
    """A fact to fit or to check of which the model has nothing to say.

    Attributes:
        id, use, stream, what, unit, record: as of a `Pattern`.
        reason: why not.
    """

    id: str
    use: str
    stream: str
    what: str
    unit: str
    record: float | str
    reason: str

    @property
    def fact(self) -> str:
        """The row of ``evidence.csv``."""
        return self.id.split(".")[0]


Days = tuple[date, date]
"""The first and the last day of a time."""
