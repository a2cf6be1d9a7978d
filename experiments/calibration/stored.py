"""Posteriors on disk: as a calibration leaves them, and as they come with a world."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from experiments.calibration.posterior import WEIGHT, Posterior
from model.errors import InputError
from model.schema import Prior
from model.world.files import csv_lines
from model.world.loader import DEFAULT_WORLD, folder_of

ABOUT, POINTS = "calibration.json", "posterior.csv"
ROUNDED = 1e-6
"""How far a point may lie beyond its prior's range, as a share of it: points are stored to so many digits."""
FOLDER = "posteriors"
"""Of a world: those that come with it, each in a folder named as the calibration is."""
WORD = "shipped"
"""What to say for the posteriors that come with a world."""


@dataclass(frozen=True)
class Stored:
    """A posterior with what is known of how it was made (``calibration.json``)."""

    posterior: Posterior
    about: Mapping[str, Any] = field(repr=False)


def described(posterior: Posterior, about: Mapping[str, Any]) -> dict[str, Any]:
    """What `ABOUT` holds: what is told of a posterior, and the priors by which its points (`POINTS`) are read."""
    return {**about, "priors": {name: prior.model_dump(mode="json") for name, prior in posterior.priors.items()}}


def read(folder: str | Path) -> Stored:
    """The posterior in a folder that ``discretion calibrate`` wrote.

    Raises:
        InputError: there is none.
    """
    place = Path(folder)
    try:
        about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        text = (place / POINTS).read_text(encoding="utf-8")
        priors = {name: Prior.model_validate_json(json.dumps(entry)) for name, entry in about["priors"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise InputError(
            "no posterior is stored here", where=f"posterior: {folder}",
            allowed=f"{WORD}, or a folder that discretion calibrate wrote",
        ) from None  # fmt: skip
    return Stored(Posterior(str(about["calibration"]), priors, _points(text, place / POINTS, priors)), about)


def _points(text: str, path: Path, priors: Mapping[str, Prior]) -> pd.DataFrame:
    """The weighted points of a posterior: every cell a number, none of them outside its prior."""
    columns, lines = csv_lines(text, str(path))
    for needed in (WEIGHT, *priors):
        if needed not in columns:
            raise InputError("no such column", where=str(path), found=needed, known=columns)
    ranges = {WEIGHT: (0.0, 1.0), **{name: prior.range for name, prior in priors.items()}}
    points = {name: [_cell(row[name], ends, f"{path}: line {number}, {name}") for number, row in lines]
              for name, ends in ranges.items()}  # fmt: skip
    if not sum(points[WEIGHT]) > 0.0:
        raise InputError("no point has a weight", where=str(path), allowed="weights that sum to 1")
    return pd.DataFrame(points)


def _cell(cell: str, ends: tuple[float, float], where: str) -> float:
    slack = ROUNDED * max(map(abs, ends))
    try:
        value = float(cell)
    except ValueError:
        value = nan
    if not ends[0] - slack <= value <= ends[1] + slack:
        raise InputError("not a number from the prior's range", where=where, found=cell,
                         allowed=f"{ends[0]:g} to {ends[1]:g}")  # fmt: skip
    return value


def posteriors(places: Sequence[str | Path], world: str | Path = DEFAULT_WORLD) -> list[Stored]:
    """The posteriors of some folders; the word ``shipped`` stands for all that come with a world.

    Raises:
        InputError: a folder without one, a world that brings none, or two of the same parameter.
    """
    folders: list[Path] = []
    for place in places:
        folders += _of_world(world) if str(place) == WORD else [Path(place)]
    found = [read(folder) for folder in folders]
    moved: dict[str, str] = {}
    for one in found:
        for path in (path for prior in one.posterior.priors.values() for path in prior.moves):
            if path in moved:
                raise InputError(
                    "two posteriors of one parameter", where="posterior", found=path,
                    allowed=f"{moved[path]} or {one.posterior.name}, not both",
                )  # fmt: skip
            moved[path] = one.posterior.name
    return found


def brings_posteriors(world: str | Path) -> bool:
    """Whether posteriors come with a world.

    >>> brings_posteriors("immigration"), brings_posteriors("two-desks")
    (True, False)
    """
    return (folder_of(world) / FOLDER).is_dir()


def _of_world(world: str | Path) -> list[Path]:
    found = sorted((folder_of(world) / FOLDER).glob("*/"))
    if not found:
        raise InputError("the world brings no posterior", where=f"posterior: {WORD}", found=str(world),
                         allowed="a folder that discretion calibrate wrote")  # fmt: skip
    return found


def drawn(found: Sequence[Stored], count: int, seed: int = 1) -> list[dict[str, float]]:
    """Settings (path to value) of ``count`` joint draws; separate calibrations share no fact, and are independent."""
    each = [one.posterior.draws(count, seed + at) for at, one in enumerate(found)]
    return [{path: value for draw in draws for path, value in draw.items()} for draws in zip(*each, strict=True)]
