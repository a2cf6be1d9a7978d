"""Recovery: a calibration to data that the model made itself, so that the truth is known."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.calibration.bank import Bank
from experiments.calibration.fitting import Fitted, posterior
from experiments.calibration.posterior import Posterior
from experiments.calibration.priors import factor
from experiments.calibration.problem import Problem


def recover(problem: Problem, bank: Bank, seed: int = 1) -> tuple[Fitted, dict[str, float]]:
    """Take a member of the bank for the truth, and its run for the record; it takes no further run.

    Args:
        problem: what is asked of the record.
        bank: that was drawn for it.
        seed: of the choice.

    Returns:
        What the other members say, and the truth: the value of each parameter in that run.
    """
    at = int(np.random.default_rng(seed).integers(len(bank.members)))
    chosen, others = bank.members.iloc[at], bank.members.drop(index=bank.members.index[at])
    asked = replace(problem, observed={name: float(chosen[f"error.{name}"]) for name in problem.aim})
    truth = {name: factor(prior).at(chosen[f"place.{name}"]).item() for name, prior in problem.priors.items()}
    left = replace(bank, members=others.reset_index(drop=True))
    return Fitted(asked, left, posterior(asked, left.members), seed), truth


def recovered(posterior: Posterior, truth: Mapping[str, float]) -> pd.DataFrame:
    """Whether the truth lies within the 90 percent interval of each parameter.

    Returns:
        One row a parameter: ``parameter``, ``title``, ``truth``, ``low``, ``median``, ``high``, ``inside``,
        ``contraction`` and ``verdict``.
    """
    rows = posterior.summary()
    known = rows["parameter"].map(dict(truth))
    found = rows.assign(truth=known, inside=(rows["low"] <= known) & (known <= rows["high"]))
    return found[["parameter", "title", "truth", "low", "median", "high", "inside", "contraction", "verdict"]]
