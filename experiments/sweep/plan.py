"""A plan of a sweep, as its file says it: what varies, by which design, how often, and what is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from experiments.sweep.factors import Plain, Varied
from experiments.sweep.series import Period
from model.errors import InputError
from model.schema.validators import Day, Strict, refused
from model.world.documents import Document, spelt
from model.world.files import text_of, toml
from model.world.loader import DEFAULT_WORLD
from model.world.validation_errors import explained

SHIPPED = Path(__file__).parent.parent / "plans"
Kind = Literal["factorial", "one-at-a-time", "latin-hypercube", "sobol", "morris"]
SAMPLED = ("latin-hypercube", "sobol", "morris")
PAIRED = ("shift", "measures")


class Design(Strict):
    """How the space of what varies is gone through.

    Attributes:
        kind: ``factorial`` (every combination), ``one-at-a-time`` (from the world's own values), ``latin-hypercube``,
            ``sobol`` (Saltelli's sample for Sobol indices), ``morris`` (trajectories for elementary effects).
        levels: values taken from a range (factorial, one-at-a-time; 3 unless said), or of the grid (morris; 4).
        samples: points (latin-hypercube), base samples (sobol, a power of two) or trajectories (morris).
        second_order: of ``sobol``: the rows that second-order indices need, nearly twice as many, are run as well.
    """

    kind: Kind
    levels: int | None = Field(None, ge=2, le=1000)
    samples: int | None = Field(None, ge=2, le=2**20)
    second_order: bool = False

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Self:
        if self.kind in SAMPLED and self.samples is None:
            raise refused("a design without its number of samples", key="samples", allowed="a whole number, 2 or more")
        if self.kind not in SAMPLED and self.samples is not None:
            raise refused(f"a {self.kind} design takes no samples", key="samples", found=self.samples)
        if self.kind in ("latin-hypercube", "sobol") and self.levels is not None:
            raise refused(f"a {self.kind} design takes no levels", key="levels", found=self.levels)
        if self.kind == "sobol" and self.samples and self.samples & (self.samples - 1):
            raise refused("not a power of two", key="samples", found=self.samples, allowed="2, 4, 8, 16, ...")
        if self.second_order and self.kind != "sobol":
            raise refused("second-order indices are those of a sobol design", key="second_order", found=self.kind)
        if self.kind == "morris" and self.levels is not None and self.levels % 2:
            raise refused("an odd number of levels", key="levels", found=self.levels, allowed="an even number")
        return self


class Plan(Strict):
    """A sweep before it is run.

    Attributes:
        title, question: what it is for.
        world: a shipped world by name, or the folder of another, seen from the plan's file.
        scenarios: each is run at every point.
        scale: share of the real system's cases and officers.
        until: last day, if not the scenario's.
        without, against: for paired outputs, what is set against the scenario; as for ``discretion twin``.
        settings: parameters that are moved and stay there.
        vary: what varies, by path.
        design: how it is gone through.
        replications: runs of each point, each with its own random seed.
        entropy: all seeds are spawned from it, those of the runs and that of the design.
        common_seeds: the replications of every point have the same seeds, so that points are paired.
        outputs: what is kept: ``rates`` of one world, or of pairs of worlds ``shift`` and ``measures``.
        series: the rates, or the shift, are kept by ``week``, ``month`` or ``quarter`` as well.
        target: what an analysis looks at unless told, such as ``shift.ice`` or ``rate.ice.review``.
    """

    title: str = Field(min_length=1)
    question: str = ""
    world: str = DEFAULT_WORLD
    scenarios: list[str] = Field(min_length=1)
    scale: float = Field(0.02, gt=0.0, le=1.0)
    until: Day | None = None
    without: list[str] | None = Field(None, min_length=1)
    against: str | None = None
    settings: dict[str, Plain] = {}
    vary: dict[str, Varied] = Field(min_length=1)
    design: Design
    replications: int = Field(1, ge=1, le=2**20)
    entropy: int = Field(ge=0, lt=2**128)
    common_seeds: bool = True
    outputs: list[Literal["rates", "shift", "measures"]] = Field(["rates"], min_length=1)
    series: Period | None = None
    target: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for key in ("scenarios", "outputs"):
            names: list[str] = getattr(self, key)
            if twice := [name for name in names if names.count(name) > 1]:
                raise refused("named twice", key=key, found=twice[0], allowed="each once")
        if self.paired and "rates" in self.outputs:
            raise refused(
                "outputs of one world and of two in one plan", key="outputs", found=", ".join(self.outputs),
                allowed="rates, or shift and measures",
            )  # fmt: skip
        for key in ("without", "against"):
            if not self.paired and getattr(self, key) is not None:
                raise refused("only pairs of worlds are set against each other", key=key, allowed="outputs = shift")
        for path in self.settings:
            if path in self.vary:
                raise refused("it stays and it varies", key="settings", found=path, allowed="one of the two")
        self._groups_are_apart()
        return self

    def _groups_are_apart(self) -> None:
        named = [varied.group for varied in self.vary.values() if varied.group]
        if named and self.design.kind != "sobol":
            raise refused("groups of parameters are those of a sobol design", key="vary", found=named[0])
        if path := next((name for name in named if name in self.vary), None):
            raise refused("a group named like a parameter", key="vary", found=path, allowed="another name")
        if named and len({varied.group or path for path, varied in self.vary.items()}) == 1:
            raise refused("all parameters in one group", key="vary", found=named[0], allowed="two groups or more")

    @property
    def paired(self) -> bool:
        """Whether a run is of two worlds."""
        return any(output in PAIRED for output in self.outputs)


class PlanFile(Document):
    """A plan's file, for messages that say where in it something stands."""

    def where(self, path: Iterable[object]) -> str:
        """The file and key of a path."""
        keys = tuple(path)
        return f"{self.folder.name}: {spelt(keys)}" if keys else self.folder.name


@dataclass(frozen=True)
class Source:
    """A plan, the text that it was read from, and where that lay."""

    plan: Plan
    text: str
    path: Path


def plans() -> list[str]:
    """The names of the plans that come with the project."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def read_plan(plan: str | Path) -> Source:
    """Read a plan.

    Args:
        plan: the name of a shipped plan, or a file.

    Raises:
        InputError: there is no such plan, or something in it cannot be used.

    >>> read_plan("first").plan.design.kind
    'factorial'
    """
    path = SHIPPED / f"{plan}.toml" if str(plan) in plans() else Path(plan)
    if not path.exists():
        raise InputError("no such plan", where="PLAN", found=str(plan), known=plans(), allowed=_known())
    tables = toml(path)
    try:
        typed = Plan.model_validate(tables)
    except ValidationError as error:
        raise explained(error, PlanFile(path, tables)) from None
    return Source(typed, text_of(path, path.name), path)


def _known() -> str:
    return f"a file, or one of {', '.join(plans())}"
