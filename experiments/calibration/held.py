"""Posterior predictive of the fitted facts: do draws of a posterior hold what it was fitted to?"""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from experiments.calibration.posterior import Posterior
from experiments.calibration.priors import Places
from experiments.calibration.problem import Problem
from experiments.parallel import Progress, Tick, as_they_come

DRAWS = 200
"""Runs, each under a draw of its own."""
ENOUGH = 0.8
"""Share of the draws by which a fitted fact is to be held."""
TOGETHER = 25


def held(
    problem: Problem, posterior: Posterior, draws: int = DRAWS, seed: int = 1, workers: int = 1,
    progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Run the model at draws of a posterior, and count by which of them each fact is held.

    Args:
        problem: what was asked; its runs are looked at as they are, without an error of the record.
        posterior: what it has come to.
        draws: how many.
        seed: of the draws.
        workers: processes; the result is the same.
        progress: told the runs done and the runs in all.

    Returns:
        ``target``, ``fact``, ``held`` (share of the draws), ``low``, ``median``, ``high`` (nine errors in ten, in
        tolerances).
    """
    places = posterior.drawn_places(draws, seed)
    parts = [places[at : at + TOGETHER] for at in range(0, len(places), TOGETHER)]
    made = as_they_come(partial(_errors, problem), parts, [len(part) for part in parts], workers, progress)
    errors = pd.DataFrame([row for part in made for row in part])
    rows = []
    for target in problem.targets:
        off = errors[target.name] - problem.aim[target.name]
        rows.append((target.name, target.fact, off.map(target.holds).mean(), *off.quantile([0.05, 0.5, 0.95])))
    return pd.DataFrame(rows, columns=["target", "fact", "held", "low", "median", "high"])


def _errors(problem: Problem, places: Sequence[Places], tick: Tick) -> list[dict[str, float]]:
    made = []
    for place in places:
        made.append(problem.exact(place))
        tick()
    return made
