"""Officers and managers as Mesa agents.

Their state lives in columns (`model.agencies.officers`, `model.agencies.hierarchy`), so that a day of a whole agency is
decided at once; the agents are the way to look at one of them, to let one of them decide, and to intervene: to remove
or replace one, or set a leaning.
"""

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Self, SupportsFloat, cast

import mesa

from model.agencies.officers import office_names
from model.cases.draws import Floats
from model.compiled import as_written, interpreted
from model.errors import InputError, Words
from model.rule import decision
from model.rule.decision import RuleOutput
from model.rule.own import considered
from model.rule.terms import TERM_NAMES
from model.world.loader import load, worlds

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

SEATED = "it belongs to the post: remove or replace who is there, or change the world's files"


@dataclass(frozen=True)
class Decision:
    """How one officer would decide one case: probability, notice, and the terms in log-odds."""

    stage: str
    probability: float
    notice: float
    judgment: float
    bound: int
    terms: Mapping[str, float]

    @classmethod
    def of(cls, stage: str, made: RuleOutput) -> "Decision":
        """The decision of a considered case."""
        return cls(
            stage, float(made.p), float(made.notice), float(made.judgment), int(made.bound),
            dict(zip(TERM_NAMES, map(float, made.terms), strict=True)),
        )  # fmt: skip


class Post(mesa.Agent):
    """Somebody at a post: a row of the desks or of the hierarchy (`model.posts`).

    Attributes:
        row: the row.
    """

    model: "BureaucracyModel"
    row: int
    culture: float
    _fixed: ClassVar[Mapping[str, str]] = {}
    """What nobody can set, and what to do instead."""

    def __init__(self, model: "BureaucracyModel", row: int | None = None) -> None:
        """Take the post at a row; raises InputError if it is not vacant, or of another role."""
        self.__dict__["row"] = row
        super().__init__(model)

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Refuse a class that says otherwise what the columns say: a run would not ask it."""
        super().__init_subclass__(**kwargs)
        role: type[Post] = next(kind for kind in cls.__mro__ if Post in kind.__bases__)
        for name in ("culture", *role._fixed) if role is not cls else ():
            if getattr(cls, name, None) is not getattr(role, name, None):
                raise InputError(
                    "a run decides for all agents at once, and would not ask this class",
                    where=f"{cls.__name__}.{name}", allowed=role._fixed.get(name, "agent.culture = a number"),
                )  # fmt: skip

    def __setattr__(self, name: str, value: object) -> None:
        """Set what a run reads, or what is one's own; raises InputError for what would be set in vain."""
        if name in self._fixed:
            raise InputError("cannot be set", where=f"{type(self).__name__}.{name}", allowed=self._fixed[name])
        if type(self).__module__ == __name__ and name not in ("culture", "model", "unique_id", "pos"):
            raise InputError(
                "nothing would read this", where=type(self).__name__, found=name,
                allowed="culture, or an attribute of a class of your own",
            )  # fmt: skip
        super().__setattr__(name, value)

    def replace(self, kind: "type[Post] | None" = None, *, culture: float | None = None) -> Self:
        """Put a successor at this post, who takes it over as it stands, queue included; returns the successor.

        Args:
            kind: the successor's class, if it is another: that of the role, or one of your own made from it.
            culture: the successor's leaning, in log-odds, if it is another.

        Raises:
            InputError: this agent has left, or the class or the leaning cannot be used.
        """
        self._at_post()
        return cast(Self, self.model.posts.succeed(self, kind or type(self), culture))

    def _at_post(self) -> int:
        """The row; raises InputError if somebody else is there now, or nobody."""
        if not self.model.posts.holds(self):
            raise InputError("this agent has been removed or replaced", where=f"{type(self).__name__}, row {self.row}")
        return self.row


def _leaning(value: object) -> float:
    """A leaning in log-odds; raises InputError for what is none."""
    if isinstance(value, bool) or not isinstance(value, SupportsFloat) or not isfinite(float(value)):
        raise InputError("not a leaning", where="culture", found=value, allowed="a number, in log-odds")
    return float(value)


class Officer(Post):
    """A street-level official: one row of ``model.desks``."""

    title: ClassVar[str] = "Officer"
    _fixed = {
        "row": SEATED, "unit": SEATED, "office": SEATED,
        "pressure": "it follows each morning from targets and the manager: settings such as metrics.NAME.target",
        "exposure": "it follows each morning from the directive and the managers: settings such as "
                    "directives.NAME.clarity, or manager.culture",
        "backlog": "it follows from the cases that wait; hours and staff are settings of the unit",
        "manager": "remove or replace a manager",
        "decide": "officer.culture, settings such as rule.strain, or a copy of model/rule that says otherwise",
    }  # fmt: skip

    @property
    def culture(self) -> float:
        """Leaning in log-odds; negative towards enforcement. One that is set moves on from there."""
        return float(self.model.desks.orientation[self._at_post()])

    @culture.setter
    def culture(self, value: float) -> None:
        self.model.desks.orientation[self._at_post()] = _leaning(value)

    @property
    def pressure(self) -> dict[str, float]:
        """Pressure of each metric, 0 upwards."""
        row = self.model.desks.pressure[self._at_post()]
        return {name: float(value) for name, value in zip(self.model.world.metrics, row, strict=True)}

    @property
    def awareness(self) -> dict[str, float]:
        """How far this officer has heard of each directive, 0 to 1."""
        return self._of_directives(self.model.desks.awareness)

    @property
    def exposure(self) -> dict[str, float]:
        """How far each directive has reached this officer, heard and endorsed, 0 to 1."""
        return self._of_directives(self.model.desks.exposure)

    @property
    def accountability(self) -> dict[str, float]:
        """How far this officer expects to answer for each directive, 0 to 1."""
        return self._of_directives(self.model.desks.accountability)

    def _of_directives(self, column: Floats) -> dict[str, float]:
        row = column[self._at_post()].tolist()
        return dict(zip(self.model.directive_names, row, strict=True))

    @property
    def backlog(self) -> float:
        """Months of work waiting at this desk, as far as they are felt."""
        return float(self.model.desks.backlog[self._at_post()])

    @property
    def unit(self) -> str:
        """The unit, as ``agency.unit``."""
        return str(self.model.world.units()[self.model.desks.unit[self.row]])

    @property
    def office(self) -> str:
        """The office by name."""
        return str(office_names(self.model.world)[self.model.desks.office[self.row]][1])

    @property
    def manager(self) -> "Manager":
        """The manager to whom this officer reports."""
        return self.model.posts.manager(self.model.hierarchy.above[self._at_post()])

    def decide(self, case: int, stage: str) -> Decision:
        """Decide one case at one stage, as things stand today: the rule, one agent at a time.

        Args:
            case: a row of ``model.cases``.
            stage: a stage that this officer's unit decides.
        """
        m = self.model
        at = m.stage_names.index(stage)
        as_written()
        consider = partial(considered, m.own) if m.own is not None else interpreted(decision.consider)
        made = consider(self._at_post(), case, at, m.columns)
        return Decision.of(stage, made)


class Manager(Post):
    """A manager at any level: passes directives on, and divides emphasis between them and the numbers."""

    _fixed = {
        "row": SEATED, "title": SEATED,
        "emphasis": "it follows each morning from the targets: settings such as metrics.NAME.target, or "
                    "agencies.NAME.levels.LEVEL.judged_by_numbers",
        "exposure": "it follows each day from the directive and those above: settings such as "
                    "directives.NAME.clarity, or manager.culture",
        "reports_to": "remove or replace the manager above",
    }  # fmt: skip

    @property
    def title(self) -> str:
        """What the manager is called."""
        return self.model.hierarchy.titles[self.row]

    @property
    def culture(self) -> float:
        """Leaning in log-odds. That of a head moves nothing and cannot be set: a head speaks for the directive."""
        return float(self.model.hierarchy.managers.orientation[self._at_post()])

    @culture.setter
    def culture(self, value: float) -> None:
        if self.reports_to is None:
            raise InputError(
                "the head of an agency speaks for every directive, of whatever leaning", where="culture",
                found=Words(self.title), allowed="the leaning of managers below; or settings of the directive",
            )  # fmt: skip
        self.model.hierarchy.managers.orientation[self.row] = _leaning(value)
        self.model.lines.align()

    @property
    def emphasis(self) -> float:
        """Share of attention that goes to numbers, 0 to 1; the rest goes to directives."""
        return float(self.model.emphasis[self._at_post()])

    @property
    def exposure(self) -> dict[str, float]:
        """How far each directive has come down to this manager, 0 to 1."""
        row = self.model.endorsement.endorsed[self._at_post()]
        return {name: float(value) for name, value in zip(self.model.directive_names, row, strict=True)}

    @property
    def reports_to(self) -> "Manager | None":
        """The manager above; none for the head of an agency."""
        parent = int(self.model.hierarchy.managers.parent[self._at_post()])
        return self.model.posts.manager(parent) if parent >= 0 else None


class RoleType(type):
    """The type of agent types, so that those which a world's words make can be pickled: by what makes them."""


@cache
def role(name: str, title: str, about: str) -> type[Officer]:
    """The agent type of a role of some world (`model.schema.words.Role`); the same wherever a world says the same."""
    says = {"title": title, "__doc__": about, "__module__": __name__}
    made = cast(type[Officer], RoleType(name, (Officer,), says))
    _made[made] = (name, title, about)
    return made


def _as_pickled(kind: RoleType) -> Any:
    """What makes an agent type again: a role, or the name of a class of one's own."""
    return (role, _made[kind]) if kind in _made else kind.__qualname__


_made: dict[type, tuple[str, str, str]] = {}
copyreg.pickle(RoleType, _as_pickled)


def __getattr__(name: str) -> Any:
    """The agent type of a role of a world that comes with the project, such as ``model.agents.Clerk``."""
    for world in worlds() if name[:1].isupper() else ():
        if (word := load(world).words.roles.get(name)) is not None:
            return role(name, word.title, word.about)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
