"""Levers: what could have been done otherwise, said as changes to directives of the record."""

from typing import Self

from pydantic import Field, model_validator

from model.schema.directive import Authority, Directive, Increase, Offices, Review, Scope, Staffing, Stages
from model.schema.quantity import Amount, Days, LogOdds, Share
from model.schema.report import Answer
from model.schema.validators import Day, Direction, Source, Strict, refused


class Changes(Strict):
    """Terms of a directive that are otherwise; what is given replaces the term whole (see `Directive`)."""

    start: Day | None = None
    end: Day | None = None
    direction: Direction | None = None
    to: list[str] | None = None
    offices: Offices | None = None
    stages: Stages | None = None
    scope: Scope | None = None
    authority: Authority | None = None
    clarity: Share | None = None
    latitude: Share | None = None
    meaning: Share | None = None
    mandate: Share | None = None
    monitoring: Share | None = None
    training: Share | None = None
    union_consents: bool | None = None
    evaluation: Share | None = None
    targets: dict[str, Amount] | None = None
    counts: list[str] | None = None
    lifts: list[str] | None = None
    imposes: list[str] | None = None
    breaks_with: list[str] | None = None
    moves: dict[str, str] | None = None
    resources: dict[str, Increase] | None = None
    staff: dict[str, Staffing] | None = None
    recruits: dict[str, LogOdds] | None = None
    opens: list[str] | None = None
    deters: dict[str, Share] | None = None
    supersedes: list[str] | None = None
    review: Review | None = None
    consults: dict[str, Days] | None = None
    expects: dict[str, Share] | None = None
    answers: list[Answer] | None = None

    def terms(self) -> list[str]:
        """The terms that are given."""
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    @model_validator(mode="after")
    def _change_something(self) -> Self:
        if not self.terms():
            raise refused("a lever that changes nothing", allowed=f"one of {', '.join(type(self).model_fields)}")
        return self


class Lever(Strict):
    """One thing done otherwise, in every directive of a scenario that it amends.

    Attributes:
        title: what is done, as one would order it.
        question: what the comparison with the record answers.
        source: where the idea comes from.
        amends: the directives it changes; of these, those that a scenario issues.
        changes: what is otherwise in each of them; all else stays as it is there.
    """

    title: str
    question: str
    source: Source
    amends: list[str] = Field(min_length=1)
    changes: Changes

    def laid_over(self, directive: Directive) -> Directive:
        """The directive with the changes."""
        return directive.model_copy(update={name: getattr(self.changes, name) for name in self.changes.terms()})
