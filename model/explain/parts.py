"""What an explanation is made of."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from html import escape
from typing import Any, Literal

from model.rule.situation import Situation
from model.rule.terms import Detail
from model.schema import Outcome, Person


@dataclass(frozen=True)
class Bound:
    """A law that leaves no choice: ``must`` is the outcome that it demands."""

    id: str
    title: str
    must: Literal["favourable", "unfavourable"]
    source: str


@dataclass(frozen=True)
class Practice:
    """A custom that settles a ``share`` of cases like this one unweighed, as ``must`` says."""

    id: str
    title: str
    must: Literal["favourable", "unfavourable"]
    share: float
    source: str


@dataclass(frozen=True)
class Spread:
    """The lottery of the desk: the same file before every officer of the unit, 10th and 90th percentile."""

    officers: int
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """One thing that could be otherwise.

    Attributes:
        of: what is changed; two changes of the same thing are never combined.
        to: what it becomes.
        clause: in words, as it stands after "if".
        person: the facts with the change, for a change of facts.
        view: what the rule reads with the change, for a change of the officer, the agency or a directive.
    """

    of: str
    to: str
    clause: str
    person: Callable[[Person], Person] | None = field(default=None, repr=False, compare=False)
    view: Callable[[Situation], Situation] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Flip:
    """The smallest change that carries a decision across 50 percent.

    Attributes:
        towards: the outcome that it makes the likelier one.
        side: ``facts`` of the person; ``agency``: officer, agency, directive or law; ``none`` if none does.
        changes: what would have to be otherwise.
        probability: of the favourable outcome with them (with ``none``: the nearest that was reached).
        nearest_by_facts: the furthest that the changes of facts that were tried reach.
        sentence: the same in words.
    """

    towards: Literal["favourable", "unfavourable"]
    side: Literal["facts", "agency", "none"]
    changes: tuple[Change, ...]
    probability: float
    nearest_by_facts: float
    sentence: str


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why one case would be decided as it would at one stage, by the typical officer of the unit there.

    The *typical officer* is the one in the middle when the officers of the unit are ordered by the chance
    they give, any law aside; of two in the middle the less lenient, and of equals the first by desk.

    Attributes:
        agency, unit, unit_title: whose decision it is; ``unit`` as ``agency.unit``.
        stage, title, labels: the decision, and what its two outcomes are called.
        scenario, on: the directives at work and the day.
        probability: of the favourable outcome, within the law.
        notice: that the case is looked at as an individual.
        judgment: of the favourable outcome once it is.
        unnoticed: what becomes of a case that nobody looks at.
        threshold: what leniency asks for at this stage, in log-odds.
        law: the law that leaves no choice, if one does.
        custom: the custom that settles some of the cases like this one, if one does and no law binds.
        terms: log-odds, in the rule's order; with the threshold they sum to the log-odds of ``judgment``.
        officer, office: the typical officer's row, and where they sit.
        spread: over all officers of the unit.
        details: for each term its parts, which sum to it.
        attention: what ``notice`` is made of, as `model.rule.decision.noticed` takes it.
        flip: the smallest change that would turn the outcome.
        words: the explanation as a paragraph.
    """

    case: str
    agency: str
    unit: str
    unit_title: str
    stage: str
    title: str
    labels: Mapping[str, str]
    scenario: str
    on: date
    probability: float
    notice: float
    judgment: float
    unnoticed: Outcome
    threshold: float
    law: Bound | None
    custom: Practice | None
    terms: Mapping[str, float]
    officer: int
    office: str
    spread: Spread
    details: Mapping[str, tuple[Detail, ...]]
    attention: Mapping[str, float]
    flip: Flip
    words: str

    def __repr__(self) -> str:
        """Who, where and how likely, in a line; `words` says why."""
        return (
            f"<Explanation of {self.case} at {self.stage} ({self.unit}) on {self.on}: "
            f"{100 * self.probability:.3g}% {self.labels['favourable']}>"
        )

    def _repr_html_(self) -> str:
        terms = "".join(
            f"<tr><td>{escape(name)}</td><td>{value:+.2f}</td></tr>"
            for name, value in {"threshold": self.threshold, **self.terms}.items()
        )
        return f"<p><b>{escape(self.case)}: {escape(self.title)}</b><br>{escape(self.words)}</p><table>{terms}</table>"

    def as_json(self) -> dict[str, Any]:
        """Plain values under the names of the attributes, stable between versions; the day as a text."""
        out = asdict(self)
        out["on"] = self.on.isoformat()
        for change in out["flip"]["changes"]:
            del change["person"], change["view"]
        return out
