"""A calibration from the question to the posterior, and what a second estimator and the facts say of it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from experiments.calibration.adjust import adjusted
from experiments.calibration.bank import Bank, Progress, draw
from experiments.calibration.forest import forests
from experiments.calibration.posterior import LEVEL, Posterior, quantile
from experiments.calibration.priors import factor
from experiments.calibration.problem import Problem
from experiments.calibration.ranks import FOREST, REGRESSION, by_forest, by_regression


@dataclass(frozen=True)
class Fitted:
    """What a calibration has come to.

    Attributes:
        problem: what was asked.
        bank: what was drawn.
        posterior: what follows for the parameters, by regression.
        seed: of all draws.
    """

    problem: Problem = field(repr=False)
    bank: Bank = field(repr=False)
    posterior: Posterior
    seed: int


@dataclass(frozen=True)
class Second:
    """What a second estimator says, and how often each of the two holds a truth that is known.

    Attributes:
        intervals: ``parameter``, ``low``, ``median``, ``high`` (90 percent, by forest), ``overlap`` (the share of the
            narrower of the two intervals that lies within the other).
        ranks: ``estimator``, ``parameter``, ``rank`` (`experiments.calibration.ranks`).
    """

    intervals: pd.DataFrame
    ranks: pd.DataFrame = field(repr=False)


def fit(
    problem: Problem, folder: Path, *, runs: int, seed: int = 1, workers: int = 1, scheduler: str | None = None,
    progress: Progress | None = None,
) -> Fitted:  # fmt: skip
    """Draw the bank of a problem into a folder, and adjust its members to the record.

    See `experiments.calibration.bank.draw` for the arguments, the errors, and how an interrupted call goes on.
    """
    bank = draw(problem, folder, runs, seed=seed, workers=workers, scheduler=scheduler, progress=progress)
    return Fitted(problem, bank, posterior(problem, bank.members), seed)


def posterior(problem: Problem, members: pd.DataFrame) -> Posterior:
    """What the members of a bank say of the parameters."""
    return Posterior.of_places(problem.name, problem.priors, adjusted(members, problem.aim, list(problem.priors)))


def second(problem: Problem, members: pd.DataFrame, first: Posterior, seed: int = 1, workers: int = 1) -> Second:
    """What forests say of the same members, beside what a first posterior says, and the ranks of both estimators."""
    known = {row["parameter"]: row for row in first.summary().to_dict("records")}
    intervals, ranks = [], [by_regression(members, problem).melt(var_name="parameter", value_name="rank")]
    ranks[0].insert(0, "estimator", REGRESSION)
    for name, forest in forests(members, problem.aim, list(problem.priors), seed, workers):
        ends = [quantile(forest.places, forest.weights, at) for at in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)]
        low, median, high = factor(problem.priors[name]).at(ends).tolist()
        intervals.append((name, low, median, high, overlap(known[name], low, high)))
        ranks.append(pd.DataFrame({"estimator": FOREST, "parameter": name, "rank": by_forest(forest)}))
    columns = ["parameter", "low", "median", "high", "overlap"]
    return Second(pd.DataFrame(intervals, columns=columns), pd.concat(ranks, ignore_index=True))


def overlap(one: Mapping[Hashable, float], low: float, high: float) -> float:
    """The share of the narrower of two intervals that lies within the other.

    >>> overlap({"low": 0.0, "high": 2.0}, 1.0, 5.0), overlap({"low": 0.0, "high": 1.0}, 2.0, 3.0)
    (0.5, 0.0)
    """
    common = min(one["high"], high) - max(one["low"], low)
    narrower = min(one["high"] - one["low"], high - low)
    return max(0.0, common) / narrower if narrower > 0.0 else float(common >= 0.0)
