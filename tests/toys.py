"""A toy between parameters and facts, quick enough to calibrate in a test, with an answer that is known.

``a`` is at the record where ``x`` is 0.3, ``b`` where ``x + y`` is 0.9; a tolerance is 0.05. The record's own error is
half a tolerance, so the posterior of ``x`` is normal around 0.3 with standard deviation 0.025, that of ``y`` around 0.6
with 0.025 * sqrt(2), and the two are correlated by -0.71.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.posterior import Posterior
from experiments.calibration.problem import Problem
from experiments.calibration.stored import ABOUT, POINTS, described
from experiments.calibration.targets import Target
from experiments.patterns.rules import Reach
from model.schema import Prior

SD_X, SD_Y, CORRELATION = 0.025, 0.025 * 2**0.5, -(0.5**0.5)


def simulate(places: Mapping[str, float]) -> dict[str, float]:
    luck = np.random.default_rng([int(1e9 * places["x"]), int(1e9 * places["y"])])
    return {
        name: value + error
        for (name, value), error in zip(exact(places).items(), luck.normal(0.0, 0.5, 2), strict=True)
    }


def exact(places: Mapping[str, float]) -> dict[str, float]:
    return {"a": (places["x"] - 0.3) / 0.05, "b": (places["x"] + places["y"] - 0.9) / 0.05}


def keep(posterior: Posterior, about: Mapping[str, Any], folder: Path) -> None:
    """A posterior in a folder, as a calibration leaves it."""
    posterior.points.to_csv(folder / POINTS, index=False)
    (folder / ABOUT).write_text(json.dumps(described(posterior, about)))


def prior(path: str) -> Prior:
    return Prior(title=path, moves=[path], range=(0, 1), source="assumed: an example")


def toy() -> Problem:
    priors = {"x": prior("rule.metrics"), "y": prior("rule.strain")}
    targets = [Target(name, "I03", "fit", Reach("points", 0.3, 0.05)) for name in "ab"]
    return Problem("toy", priors, targets, simulate, exact)
