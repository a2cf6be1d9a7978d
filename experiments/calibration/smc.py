"""Approximate Bayesian computation by sequential Monte Carlo: pyabc, population by population, kept as they come."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyabc
from pyabc.epsilon import QuantileEpsilon

from experiments.calibration.problem import Problem
from experiments.calibration.sampler import Numbered, pool_of
from experiments.result_folder import unwritable
from model import __version__
from model.errors import InputError

HISTORY, IDENTITY = "history.db", "asked.json"
ALPHA = 0.5
EVERYTHING = 1e6
"""A distance that every run keeps to."""
Progress = Callable[[int, int], None]
logging.getLogger("ABC").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Populations:
    """What the populations have come to.

    Attributes:
        last: the last population: ``weight``, ``distance``, a column of places for each parameter (``place.NAME``), and
            one of errors for each target (``error.NAME``).
        first: the first one, which is the prior as it is.
        course: one row a population: ``population``, ``epsilon`` (the distance it kept to), ``evaluations``,
            ``acceptance``, ``seconds``.
    """

    last: pd.DataFrame = field(repr=False)
    first: pd.DataFrame = field(repr=False)
    course: pd.DataFrame

    @property
    def evaluations(self) -> int:
        """Runs of the model in all."""
        return int(self.course["evaluations"].sum())


class FromTheWhole(QuantileEpsilon):
    """The first population is the prior as it is; each further one keeps to the median distance of the one before."""

    def __init__(self) -> None:
        super().__init__(initial_epsilon=EVERYTHING, alpha=ALPHA)

    def initialize(self, t: int, get_weighted_distances: Callable[[], pd.DataFrame], *_: Any, **__: Any) -> None:
        """Begin with the prior, or go on from the last population."""
        if t == 0:
            self._look_up[0] = EVERYTHING
        else:
            self._update(t, get_weighted_distances())


def sample(
    problem: Problem, folder: Path, *, populations: int, particles: int, seed: int = 1, workers: int = 1,
    scheduler: str | None = None, progress: Progress | None = None,
) -> Populations:  # fmt: skip
    """Sample populations into a folder, going on after the last that is whole in it.

    The distance is the root of the summed squares of the errors, in tolerances.

    Args:
        problem: what is asked.
        folder: where the populations are kept (pyabc's database).
        populations: in all; a larger number later adds to those that are there.
        particles: accepted in each.
        seed: of all draws.
        workers: processes; the result is the same.
        scheduler: instead, the address of a dask scheduler; ``workers`` says how many of its workers to count on.
        progress: told the particles accepted and those in all.

    Raises:
        InputError: numbers that cannot be used, or a folder with another calibration in it.
    """
    for name, number, least in (("populations", populations, 1), ("particles", particles, 2), ("workers", workers, 1)):
        if number < least:
            raise InputError("too few", where=name, found=number, allowed=f"{least} or more")

    def accepted(t: int, so_far: int) -> None:
        if progress is not None:
            progress(max(t, 0) * particles + so_far, populations * particles)

    begun = _begun(folder, problem.identity(particles, seed, ALPHA))
    database = f"sqlite:///{(folder / HISTORY).resolve()}"
    with pool_of(workers, scheduler) as pool:
        abc = pyabc.ABCSMC(
            models=pyabc.FunctionModel(problem.simulate, name=problem.name),
            parameter_priors=pyabc.Distribution(**{name: pyabc.RV("uniform", 0.0, 1.0) for name in problem.priors}),
            distance_function=pyabc.PNormDistance(p=2),
            population_size=particles,
            eps=FromTheWhole(),
            sampler=Numbered(seed, pool, workers, accepted),
        )
        history = abc.load(database) if begun else abc.new(database, problem.aim)
        left = populations - history.n_populations
        if left > 0:
            abc.run(max_nr_populations=left)
    return _read(history, problem, particles, populations)


def _begun(folder: Path, identity: str) -> bool:
    """Whether the folder holds populations of this calibration; if it is new, the calibration is noted in it."""
    note = folder / IDENTITY
    try:
        known = json.loads(note.read_text(encoding="utf-8"))["identity"] if note.exists() else None
        if known is None:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps({"discretion": __version__, "identity": identity})
            note.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from None
    if known not in (None, identity):
        raise InputError(
            "another calibration was begun here, and is left as it is", where=f"out: {folder}", found=known,
            allowed=f"{identity}, or a new folder for the calibration as it is now",
        )  # fmt: skip
    return known is not None and (folder / HISTORY).exists()


def _read(history: pyabc.History, problem: Problem, particles: int, populations: int) -> Populations:
    """The populations asked for; a folder may hold more of them."""
    told = history.get_all_populations().query("0 <= t < @populations")
    course = pd.DataFrame(
        {"population": told["t"] + 1, "epsilon": told["epsilon"], "evaluations": told["samples"],
         "acceptance": particles / told["samples"], "seconds": told["wall_time"].round(2)}
    ).reset_index(drop=True)  # fmt: skip
    last, first = (_points(history, problem, t) for t in (populations - 1, 0))
    return Populations(last, first, course)


def _points(history: pyabc.History, problem: Problem, t: int) -> pd.DataFrame:
    rows = [
        {
            "weight": particle.weight, "distance": particle.distance,
            **{f"place.{name}": float(particle.parameter[name]) for name in problem.priors},
            **{f"error.{target.name}": float(particle.sum_stat[target.name]) for target in problem.targets},
        }
        for particle in history.get_population(t).particles
    ]  # fmt: skip
    return pd.DataFrame(rows)
