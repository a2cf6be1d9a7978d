"""A forecast on disk: written once, with a hash over all that it says.

The hash tells a change by accident. Against a change on purpose it helps where it has been published elsewhere, since
whoever changes the figures can also write another hash beside them.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

import model
from model.errors import InputError

SHORT = 16


class Interval(BaseModel):
    """A figure: its middle, and between which values it lies.

    Attributes:
        middle: mean or median, as the study has it.
        luck: what differs between replications, as `Registered.intervals` tells.
        unknown: what the facts leave open of the world; None where nothing of it was drawn.
        draws: the figure in each world that was tried; empty where the study keeps none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    middle: float
    luck: tuple[float, float] | None = None
    unknown: tuple[float, float] | None = None
    draws: tuple[float, ...] = ()

    @property
    def ends(self) -> tuple[float, float] | None:
        """The least and the most that either interval allows."""
        known = [ends for ends in (self.luck, self.unknown) if ends is not None]
        return (min(low for low, _ in known), max(high for _, high in known)) if known else None


class Figure(BaseModel):
    """What is forecast: a figure in the world with what is tried, in that without, and the difference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: str
    unit: str = ""
    with_it: Interval
    without: Interval
    shift: Interval


class Registered(BaseModel):
    """A forecast.

    Attributes:
        title: of what.
        date: ISO day on which it was registered.
        stamp: hashes of the content of the world and of the code.
        command: what made it.
        seeds, scale: of the runs.
        intervals: what each kind of interval is.
        figures: what is forecast.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    date: str
    stamp: str
    command: str
    seeds: tuple[int, ...]
    scale: float
    intervals: Mapping[str, str]
    figures: tuple[Figure, ...]

    @property
    def hash(self) -> str:
        """Of all that it says; the same however the file is laid out."""
        told = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()


def register(found: Registered, path: Path) -> None:
    """Write a forecast.

    Raises:
        InputError: there is a file of that name already, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(written(found))
    except FileExistsError:
        raise InputError("a forecast is not written over", where=f"out: {path}", allowed="a new name") from None
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=f"out: {path}") from None


def written(found: Registered) -> str:
    """The file of a forecast."""
    told = {**found.model_dump(mode="json"), "hash": found.hash}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read(path: Path, known: str = "") -> Registered:
    """A forecast from its file.

    Args:
        path: of the file.
        known: the beginning of the hash as it was published.

    Raises:
        InputError: it is no forecast, its figures are not those of its hash, or the hash is another.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        said = str(told.pop("hash"))
        found = Registered.model_validate(told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise InputError(
            "not a forecast", where=str(path), allowed="a file that discretion forecast register wrote"
        ) from None
    if found.hash != said:
        raise InputError("changed since it was registered", where=f"{path}: hash", found=found.hash, allowed=said)
    if not found.hash.startswith(known.lower()):
        raise InputError("another forecast than the published one", where=f"{path}: hash", found=found.hash,
                         allowed=known)  # fmt: skip
    return found


@cache
def code() -> str:
    """A hash over the source of the model, in few letters."""
    folder = Path(model.__file__).parent
    made = hashlib.sha256()
    for file in sorted(folder.rglob("*.py"), key=lambda file: file.relative_to(folder).as_posix()):
        made.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return made.hexdigest()[:SHORT]
