"""A calibration from the question to the posterior."""

from dataclasses import dataclass, field
from pathlib import Path

from experiments.calibration.adjust import adjusted
from experiments.calibration.posterior import Posterior
from experiments.calibration.problem import Problem
from experiments.calibration.smc import Populations, Progress, sample


@dataclass(frozen=True)
class Fitted:
    """What a calibration has come to.

    Attributes:
        problem: what was asked.
        populations: what was sampled.
        posterior: what follows for the parameters.
        particles: accepted in each population.
        seed: of all draws.
    """

    problem: Problem = field(repr=False)
    populations: Populations = field(repr=False)
    posterior: Posterior
    particles: int
    seed: int


def fit(
    problem: Problem, folder: Path, *, populations: int, particles: int, seed: int = 1, workers: int = 1,
    scheduler: str | None = None, progress: Progress | None = None,
) -> Fitted:  # fmt: skip
    """Sample a problem's populations into a folder, and adjust the last one to the record.

    The same call in the same folder goes on after the last whole population; see `experiments.calibration.smc.sample`
    for the arguments and the errors.
    """
    found = sample(
        problem, folder, populations=populations, particles=particles, seed=seed, workers=workers, scheduler=scheduler,
        progress=progress,
    )  # fmt: skip
    posterior = Posterior.of_places(problem.name, problem.priors, adjusted(found.last, problem))
    return Fitted(problem, found, posterior, particles, seed)
