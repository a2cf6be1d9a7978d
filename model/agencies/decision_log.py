"""The log of a day: what each officer decided, one row a decision."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
MAIN, ORDERED, LAPSED = 0, 1, 2
"""The track of a row: a case on its way, a pending case that a directive ordered, one that nobody reached in time."""


class Log(NamedTuple):
    """What was decided on a day, one row a decision; more rows than decisions may be there.

    A row of the track `LAPSED` is a case that was not reached in time, which nobody decided. ``short`` marks those for
    whom a resource was not to be had.
    """

    officer: npt.NDArray[np.int32]
    case: npt.NDArray[np.int32]
    stage: npt.NDArray[np.int16]
    track: Codes
    round: Codes
    noticed: npt.NDArray[np.bool_]
    favourable: npt.NDArray[np.bool_]
    custody: npt.NDArray[np.bool_]
    to: npt.NDArray[np.int16]
    short: npt.NDArray[np.bool_]
    hours: Floats
    p: Floats
    notice: Floats
    judgment: Floats
    bound: Codes
    terms: Floats


def log_of(rows: int, terms: int) -> Log:
    """An empty log with room for ``rows`` decisions of as many ``terms``."""
    return Log(
        np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows, np.int16), np.empty(rows, np.int8),
        np.empty(rows, np.int8), np.empty(rows, np.bool_), np.empty(rows, np.bool_), np.empty(rows, np.bool_),
        np.empty(rows, np.int16), np.empty(rows, np.bool_), np.empty(rows), np.empty(rows), np.empty(rows),
        np.empty(rows),
        np.empty(rows, np.int8), np.empty((rows, terms)),
    )  # fmt: skip
