"""Posterior predictive: what a model that knows the fitted facts expects of the others, and how surprising they are."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from experiments.patterns import Validation
from experiments.replications import interval

SURPRISED = 0.1
"""A record is surprising if less than this share of the predictions lies at least as far out: beyond 90 percent."""


def surprise(values: Iterable[float], record: float) -> float:
    """How far out a record lies: twice the share of predictions on its emptier side, ties by half; 1 is the middle.

    >>> surprise([1.0, 2.0, 3.0, 4.0], 2.5), surprise([1.0, 2.0, 3.0, 4.0], 9.0), surprise([0.0, 0.0, 0.0], 0.0)
    (1.0, 0.0, 1.0)
    """
    known = np.array([value for value in values if not np.isnan(value)], dtype=np.float64)
    if not len(known) or np.isnan(record):
        return float("nan")
    below = float((known < record).mean() + 0.5 * (known == record).mean())
    return min(1.0, 2.0 * min(below, 1.0 - below))


def surprises(found: Validation) -> pd.DataFrame:
    """The pattern table with what is predicted, run by run: of random variation and parameter uncertainty together, as
    a record is.

    Returns:
        The table with ``predicted_low`` and ``predicted_high`` (nine predictions in ten, each a run under a draw of the
        posterior), and the ``surprise`` of each record that is a number; missing of directions.
    """
    values = found.found.groupby("id")["value"]
    table = found.table.copy()
    ends = [interval(values.get_group(name) if name in values.groups else []) for name in table["id"]]
    table["predicted_low"], table["predicted_high"] = [one.low for one in ends], [one.high for one in ends]
    table["surprise"] = [
        surprise(values.get_group(row["id"]), row["observed"])
        if row["id"] in values.groups and not row["difference"] else float("nan")
        for row in table.to_dict("records")
    ]  # fmt: skip
    return table
