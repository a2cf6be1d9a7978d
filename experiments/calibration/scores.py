"""A proper score of predictions on facts that no rival has seen, and how the rivals differ by it, block by block.

The score is the continuous ranked probability score (Gneiting and Raftery 2007), in tolerances of each fact's own rule,
so that persons, shares and dollars can be averaged. It rewards a rival that is near and knows how near it is: to be
sure and wrong costs as much as one is off, to be unsure costs some of it. Nobody can do better than to say what they
believe.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.schema.world import WHOLE

BLOCKS = ["block", "rival", "facts", "score", "error", "worse", "worse_error"]


def crps(off: Iterable[float]) -> float:
    """``mean of |x| - half the mean of |x - x'|``: how predictions that lie ``off`` a record by ``x`` are scored.

    0 is the best. A single prediction is scored by how far off it is; two to either side of the record are forgiven
    half of it, two on the same side nothing.

    >>> crps([2.0]), crps([-2.0, 2.0]), crps([2.0, 2.0])
    (2.0, 1.0, 2.0)
    """
    x: npt.NDArray[np.float64] = np.array(list(off), dtype=np.float64)
    if not len(x):
        return float("nan")
    return float(np.abs(x).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2.0)


def of_a_record(found: pd.DataFrame, difference: bool) -> list[float]:
    """The predictions that a record is held against: one a run, or one a draw where the record is a difference.

    A difference between twin worlds is that of the mean, without the luck of a single run.

    >>> runs = pd.DataFrame({"draw": [0, 0, 1, 1], "value": [1.0, 3.0, 4.0, 6.0]})
    >>> of_a_record(runs, False), of_a_record(runs, True)
    ([1.0, 3.0, 4.0, 6.0], [2.0, 5.0])
    """
    values = found.groupby("draw")["value"].mean() if difference else found["value"]
    return [float(value) for value in values]


def by_block(every: pd.DataFrame) -> pd.DataFrame:
    """The mean score on the checks of each stream, and how much worse than the whole model's it is on the same facts.

    Args:
        every: one row a rival and pattern, as `experiments.calibration.rivals.Rivals` has them.

    Returns:
        One row a block (a stream; ``all`` where there are several) and rival: ``facts`` scored, ``score`` (mean, in
        tolerances; 0 is the best) and its standard ``error`` over facts, ``worse`` (mean of the differences to the
        whole model, fact by fact; above 0 the whole model is nearer) and ``worse_error``; missing where there is one
        fact only, or no whole model.

    >>> rows = pd.DataFrame({"rival": ["whole", "whole", "coping", "coping"], "use": "check", "id": ["a", "b"] * 2,
    ...                      "stream": "streets", "score": [1.0, 2.0, 2.0, 5.0]})
    >>> by_block(rows)[["rival", "score", "worse", "worse_error"]].round(2).to_numpy().tolist()
    [['whole', 1.5, 0.0, 0.0], ['coping', 3.5, 2.0, 1.0]]
    """
    checks = every[(every["use"] == "check") & every["score"].notna()]
    streams = [("all", checks)] if checks["stream"].nunique() > 1 else []
    rows = []
    for block, here in [*checks.groupby("stream", sort=False), *streams]:
        own = here[here["rival"] == WHOLE].set_index("id")["score"]
        for rival, found in here.groupby("rival", sort=False):
            score = found.set_index("id")["score"]
            apart = (score - own.reindex(score.index)).dropna()
            rows.append([block, rival, len(score), score.mean(), _error(score), apart.mean(), _error(apart)])
    return pd.DataFrame(rows, columns=BLOCKS)


def _error(values: pd.Series) -> float:
    """Standard error of a mean over facts."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
