"""Findings that come with the project: levers and doses of the scenarios of record, and the results of the guided
demonstrations, shown without a run.

They are what `experiments.levers.rank`, `experiments.mechanisms.dose_response` and `experiments.demonstrations` found,
and are computed again by::

    python -m docs.precompute

>>> from model import load
>>> ranking("baseline-2010", load()) is None
True
"""

from experiments.precomputed.made import DOSED, REPLICATIONS, SEED, Asked, usual
from experiments.precomputed.shipped import ranking, responses

__all__ = ["DOSED", "REPLICATIONS", "SEED", "Asked", "ranking", "responses", "usual"]
