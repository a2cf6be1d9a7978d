"""What a pattern is: a fact or a property, the record of it, how a run is measured for it, and when it holds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from experiments.patterns.rules import Rule
from experiments.patterns.run_cache import Seen, Trial, Wanted

FIT, CHECK, STRUCTURE = "fit", "check", "structure"
USES = (FIT, CHECK, STRUCTURE)
FITTED, FIGURE, DIRECTION, INSIDE = "fitted", "figures of record", "directions of record", "directions inside the model"
KINDS = {
    FITTED: "parameters were tuned to it, so agreement says nothing for the model",
    FIGURE: "a run of the record beside a figure that nothing was tuned to",
    DIRECTION: "on record is which way something went, and no figure",
    INSIDE: "an experiment within the model: a claim of theory, which no record bears out",
    STRUCTURE: "true of any world, or the program is wrong",
}
"""What a pattern that holds is worth, from one kind to the next; they are never counted together."""


@dataclass(frozen=True)
class Pattern:
    """One pattern.

    Attributes:
        id: of its own, such as ``I10.share``; before the dot stands the fact.
        use: ``fit`` (agreement says nothing for the model), ``check`` (nothing was tuned to it), ``structure`` (it is
            true of any world, or the program is wrong).
        stream: part of the world that it is about, as the fact has it.
        what: is measured, in words.
        unit: of the figure (`viz.reports.figures.figure`).
        record: a number, or words where no number is on record.
        wanted: the runs and trials that it is measured from.
        measure: takes what was seen under one seed; a number, missing (nan) where there is nothing to measure.
        rule: when it holds, fixed beforehand.
        difference: whether the measure is a difference between two worlds that share random numbers.
        carried: what somebody says of it who has no model and carries the fitted figures on; None for nothing.
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
    carried: float | None = None

    @property
    def fact(self) -> str:
        """The row of ``evidence.csv``, or the structural property, that it belongs to."""
        return self.id.split(".")[0]

    @property
    def kind(self) -> str:
        """Which of `KINDS` it is: by its use, by what it is measured from, and by its rule.

        What nothing was fitted to and structure does not ask for is *inside the model* if no run of the record is
        wanted, only an experiment; a *figure* if its rule has a reach from a record; and else a *direction*.
        """
        if self.use != CHECK:
            return FITTED if self.use == FIT else STRUCTURE
        if not any(isinstance(one, Wanted) for one in self.wanted):
            return INSIDE
        return FIGURE if self.rule.reach is not None else DIRECTION


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

    @property
    def kind(self) -> str:
        """Which of `KINDS` it would be, could it be measured: a figure, unless it was to be fitted."""
        return FITTED if self.use == FIT else FIGURE
