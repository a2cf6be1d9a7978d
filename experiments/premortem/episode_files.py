"""Episodes of the record on which the pre-mortem is tried: what was issued, what was known later, what happened."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from model.errors import InputError

FOLDER = Path(__file__).with_name("episodes")
KINDS = ("limit", "effect", "shift", "rate", "uneven", "none")


class Outcome(BaseModel):
    """What happened, or did not, and which figure of a pre-mortem would have warned of it.

    Attributes:
        name: in words.
        kind: how it is warned of (`experiments.premortem.backtest.warned`): a limit that breaks, an effect or a shift
            that matters, a rate of at least ``least``, offices that shift unevenly; or none: there is no such figure.
        measure: the limit, the measure of the effects, or the stage of the rate.
        agency, group: where.
        way: up (1) or down (-1).
        least: of a rate.
        happened: whether the record says that it did, or that it did not.
        day: of the record; None where it has none.
        facts: of the world's evidence.
        record: what they say.
        rests_on: beginnings of the paths of parameters on which the figure rests.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Literal["limit", "effect", "shift", "rate", "uneven", "none"]
    measure: str
    agency: str = "all"
    group: str = "all"
    way: Literal[1, -1] = 1
    least: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    happened: bool
    day: date | None = None
    facts: tuple[str, ...] = Field(min_length=1)
    record: str
    rests_on: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _of_an_agency(self) -> Self:
        if self.kind in ("shift", "rate", "uneven") and self.agency == "all":
            raise ValueError(f"{self.name}: a {self.kind} is that of an agency")
        return self


class Episode(BaseModel):
    """An episode.

    Attributes:
        title: in words.
        world: in which it is tried.
        drafts: the directives that were issued.
        priors: calibrations that rest on later facts: their priors are drawn, not their posteriors.
        later: facts that the world's parameters cite, of days on which, or periods at whose end, it was issued already.
        outcomes: what happened and what did not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    world: str
    drafts: tuple[str, ...]
    priors: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...]


def episodes() -> dict[str, Episode]:
    """The episodes that come with the project, by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def episode(name: str) -> Episode:
    """One of them.

    Raises:
        InputError: there is none of that name.
    """
    known = episodes()
    if name not in known:
        raise InputError("no such episode", where="EPISODE", found=name, known=known)
    return known[name]


def _read(path: Path) -> Episode:
    try:
        return Episode.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise InputError(f"not an episode: {error}", where=path.name) from None
