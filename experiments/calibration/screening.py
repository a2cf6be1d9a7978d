"""Screening: which of all parameters of a calibration's runs its facts depend on, so that those are varied.

Every number that the runs read is moved around its value in the files, within a quarter of the range that the world
gives it, or of that from half its value to half as much again, along Morris's trajectories (Morris 1991; Campolongo,
Cariboni and Saltelli 2007), with the same luck at all points. The effect of a parameter on a fact is their mu*: by how
many tolerances the fact moves, up or down, over that quarter, on average over trajectories.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.calibration.bank import Progress, runs_at
from experiments.calibration.priors import Places, factor
from experiments.calibration.problem import Problem
from experiments.calibration.setup import problem, runs_of
from experiments.calibration.simulate import Try
from experiments.sweep.designs import rows
from experiments.sweep.plan import Design
from model.errors import InputError
from model.schema import Prior, Quantity
from model.world.checks import quantities
from model.world.checks.calibrations import number_at
from model.world.loader import DEFAULT_WORLD, load

Floats = npt.NDArray[np.float64]
ASSUMED = "assumed"
FIRST = 20
ORDERED = ("days", "years")
NEAR = 0.25
"""Part of each range that is gone through, around the values in the files: farther off, all at once, runs are of no
world that anybody knows, and a fact may be out of reach whatever one parameter does."""
HALF = 0.5
"""Of its value, by which a number without a range is moved either way."""


@dataclass(frozen=True)
class Screened:
    """What was found.

    Attributes:
        calibration: of which.
        scale: of the runs.
        trajectories: of the design.
        runs: in all.
        processor: seconds that they took of a processor.
        table: one row a parameter, the strongest first: ``parameter`` (its path), ``source``, ``assumed`` (whether the
            source is an assumption), ``low``, ``high`` (the range), ``calibrated`` (whether the calibration varies it),
            ``effect`` (the largest mu*, in tolerances; missing where the world refused every step), ``target`` (which
            fact's).
        refused: points that the world refused.
    """

    calibration: str
    scale: float
    trajectories: int
    runs: int
    processor: float
    table: pd.DataFrame = field(repr=False)
    refused: int = 0

    @property
    def assumed(self) -> int:
        """How many of the first twenty are assumptions."""
        return int(self.table["assumed"].head(FIRST).sum())


def screen(
    name: str, folder: Path, *, world: str = DEFAULT_WORLD, trajectories: int = 2, scale: float | None = None,
    seed: int = 1, workers: int = 1, progress: Progress | None = None,
) -> Screened:  # fmt: skip
    """Move every parameter that the runs of a calibration read.

    Args:
        name: of the calibration.
        folder: where runs are kept; an interrupted call goes on from there.
        world: name of a shipped world, or the folder of another.
        trajectories: each is one run more than there are parameters.
        scale: share of the real system, if not the calibration's.
        seed: of the design and of all runs.
        workers: processes; the result is the same.
        progress: told the runs that are there and the runs in all.

    Raises:
        InputError: a calibration that is not there, or numbers that cannot be used.
    """
    asked = problem(name, world=world, scale=scale, seed=seed)
    every = _all(name, world, asked.priors)
    tried = partial(_tried, replace(cast(Try, asked.simulate), priors=every, record_sd=0.0, alike=True))
    here = Problem(f"{name}-screening", every, asked.targets, tried, tried, about=asked.about)
    factors = [factor(prior) for prior in every.values()]
    units = rows(Design(kind="morris", samples=trajectories), factors, seed)
    own_places = _own_places(world, every)
    points = own_places + NEAR * (units - own_places)
    made = runs_at(here, folder, points, seed=seed, workers=workers, progress=progress)
    errors = made[[f"error.{target}" for target in here.aim]].to_numpy()
    stars = mu_star(units, errors)
    known = np.nan_to_num(stars, nan=-1.0)
    own = {path for prior in asked.priors.values() for path in prior.moves}
    table = pd.DataFrame(
        {
            "parameter": list(every), "source": [prior.source for prior in every.values()],
            "assumed": [prior.source.startswith(ASSUMED) for prior in every.values()],
            "low": [prior.range[0] for prior in every.values()], "high": [prior.range[1] for prior in every.values()],
            "calibrated": [bool(own.intersection(prior.moves)) for prior in every.values()],
            "effect": np.where(known.max(axis=1) < 0.0, np.nan, known.max(axis=1)),
            "target": np.array(list(here.aim))[known.argmax(axis=1)],
        }
    ).sort_values("effect", ascending=False, kind="stable", ignore_index=True)  # fmt: skip
    return Screened(name, float(str(asked.about["scale"])), trajectories, len(made), float(made["processor"].sum()),
                    table, int(np.isnan(errors).any(axis=1).sum()))  # fmt: skip


def _own_places(world: str, every: Mapping[str, Prior]) -> Floats:
    """Where in its range each parameter stands in the world's files."""
    known = dict(quantities(load(world)))
    found = [(factor(prior), number_at(known, path)) for path, prior in every.items()]
    return np.array([np.clip(one.unit(at[0]), 0.0, 1.0) if at is not None else 0.5 for one, at in found])


def _tried(tried: Try, places: Places) -> dict[str, float]:
    """The errors at a point; none where the world refuses it, for all ranges at once know nothing of each other."""
    try:
        return tried(places)
    except InputError:
        return {target.name: float("nan") for target in tried.targets}


def mu_star(units: Floats, outcome: Floats) -> Floats:
    """The mean size of the elementary effects of each parameter on each outcome, over its whole range.

    Args:
        units: of the trajectories, from 0 to 1: (trajectories * (parameters + 1)) x parameters.
        outcome: of the same rows x outcomes.

    Returns:
        Parameters x outcomes, in units of the outcome; of steps whose outcomes are there, missing if there is none.

    >>> steps = np.array([[0.0, 0.0], [0.5, 0.0], [0.5, 0.5]])
    >>> mu_star(steps, steps @ np.array([[3.0], [-2.0]])).ravel().tolist()
    [3.0, 2.0]
    """
    size = units.shape[1] + 1
    moves = np.diff(units.reshape(-1, size, units.shape[1]), axis=1)
    step = np.abs(moves).argmax(axis=2)
    far = np.take_along_axis(moves, step[:, :, np.newaxis], axis=2)
    effects = np.abs(np.diff(outcome.reshape(-1, size, outcome.shape[1]), axis=1) / far)
    there = ~np.isnan(effects)
    sums = [[np.where(there, effects, 0.0)[step == at].sum(axis=0), there[step == at].sum(axis=0)]
            for at in range(units.shape[1])]  # fmt: skip
    return np.array([np.divide(total, many, out=np.full(len(total), np.nan), where=many > 0) for total, many in sums])


def _all(name: str, world: str, own: Mapping[str, Prior]) -> dict[str, Prior]:
    """A range for each number that the runs of a calibration read, by its path; its own parameters as it has them."""
    known: dict[str, Prior] = {path: prior for prior in own.values() for path in prior.moves[:1]}
    moved = {path for prior in own.values() for path in prior.moves}
    for _, part in runs_of(load(world), name, world):
        numbers = {path: entry for path, entry in quantities(part) if isinstance(entry, Quantity)}
        for path, entry in numbers.items():
            found = _range(path, entry, numbers)
            if path not in moved and found is not None:
                known[path] = Prior(title=path, moves=[path], range=found, source=entry.source)
    return known


def _range(path: str, entry: Quantity, numbers: Mapping[str, Quantity]) -> tuple[float, float] | None:
    """Where a number is moved to: the range given, or half its value either way; None of a zero without a range.

    Days and years of one table have an order (the least, the mean, the most), and keep it: each goes no farther than
    half the way to the next; of two that are alike the first in the table only down, the other only up.
    """
    if entry.range is None and entry.value == 0.0:
        return None
    low, high = entry.range or sorted((entry.value * (1.0 - HALF), entry.value * (1.0 + HALF)))
    least, most = entry.bounds
    if entry.unit in ORDERED:
        table, places = path.rpartition(".")[0], list(numbers)
        beside = [((other.value, places.index(name)), (other.value + entry.value) / 2.0)
                  for name, other in numbers.items()
                  if name != path and name.rpartition(".")[0] == table and other.unit == entry.unit]  # fmt: skip
        own = (entry.value, places.index(path))
        least = max([least, *(half for other, half in beside if other < own)])
        most = min([most, *(half for other, half in beside if other > own)])
    found = max(low, least), min(high, most)
    return found if found[0] < found[1] else None
