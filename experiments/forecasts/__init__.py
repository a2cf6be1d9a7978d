"""Forecasts: figures written down before anybody compares them with what came of it, and the comparison.

>>> from experiments.forecasts import crps
>>> crps([1.0, 3.0], 2.0)
0.5
"""

from experiments.forecasts.registered import Figure, Interval, Registered, code, read, register, written
from experiments.forecasts.scoring import crps, outcomes, score
from experiments.forecasts.studies import of_study

__all__ = [
    "Figure", "Interval", "Registered", "code", "crps", "of_study", "outcomes", "read", "register", "score", "written",
]  # fmt: skip
