"""Posteriors on disk: as a calibration leaves them, and as they come with the project."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from experiments.calibration.posterior import WEIGHT, Posterior
from model.errors import InputError
from model.schema import Prior

ABOUT, POINTS = "calibration.json", "posterior.csv"
SHIPPED = Path(__file__).parent / "shipped"
WORD = "shipped"
"""What to say for the posteriors that come with the project."""


@dataclass(frozen=True)
class Stored:
    """A posterior with what is known of how it was made (``calibration.json``)."""

    posterior: Posterior
    about: Mapping[str, Any] = field(repr=False)


def keep(posterior: Posterior, about: Mapping[str, Any], folder: Path) -> None:
    """Write a posterior's points and what is known of it."""
    posterior.points.to_csv(folder / POINTS, index=False)
    told = {**about, "priors": {name: prior.model_dump(mode="json") for name, prior in posterior.priors.items()}}
    (folder / ABOUT).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read(folder: str | Path) -> Stored:
    """The posterior in a folder that ``discretion calibrate`` wrote.

    Raises:
        InputError: there is none.
    """
    place = Path(folder)
    try:
        about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        points = pd.read_csv(place / POINTS)
        priors = {name: Prior.model_validate_json(json.dumps(entry)) for name, entry in about["priors"].items()}
        points = points[[WEIGHT, *priors]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise InputError(
            "no posterior is stored here", where=f"posterior: {folder}",
            allowed=f"{WORD}, or a folder that discretion calibrate wrote",
        ) from None  # fmt: skip
    return Stored(Posterior(str(about["calibration"]), priors, points), about)


def posteriors(places: Sequence[str | Path]) -> list[Stored]:
    """The posteriors of some folders; the word ``shipped`` stands for all that come with the project.

    Raises:
        InputError: a folder without one, or two of the same parameter.
    """
    folders: list[Path] = []
    for place in places:
        folders += sorted(SHIPPED.iterdir()) if str(place) == WORD else [Path(place)]
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


def drawn(found: Sequence[Stored], count: int, seed: int = 1) -> list[dict[str, float]]:
    """Settings (path to value) of ``count`` joint draws; separate calibrations share no fact, and are independent."""
    each = [one.posterior.draws(count, seed + at) for at, one in enumerate(found)]
    return [{path: value for draw in draws for path, value in draw.items()} for draws in zip(*each, strict=True)]
