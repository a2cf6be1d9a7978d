"""The log of a day: what each officer decided, one row a decision."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.compiled import compiled

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
MAIN, ORDERED, LAPSED = 0, 1, 2
"""The track of a row: a case on its way, a pending case that a directive ordered, one that nobody reached in time."""

KINDS: dict[str, type] = {
    "day": np.int32, "officer": np.int32, "case": np.int32, "stage": np.int16, "track": np.int8, "round": np.int8,
    "noticed": np.bool_, "favourable": np.bool_, "custody": np.bool_, "to": np.int16, "short": np.bool_,
    "hours": np.float64, "p": np.float64, "notice": np.float64, "judgment": np.float64, "bound": np.int8,
}  # fmt: skip
"""The kind of number of each column but the terms."""


class Log(NamedTuple):
    """What was decided, one row a decision; more rows than decisions may be there. ``day`` is the day of the watch.

    A row of the track `LAPSED` is a case that was not reached in time, which nobody decided. ``short`` marks those for
    whom a resource was not to be had.
    """

    day: npt.NDArray[np.int32]
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


@compiled
def keep(day: int, rows: int, log: Log, at: int, into: Log) -> int:
    """Copy the rows of a day behind the first ``at`` of another log; returns the rows that are there now."""
    for row in range(rows):
        into.day[at] = day
        into.officer[at], into.case[at], into.stage[at] = log.officer[row], log.case[row], log.stage[row]
        into.track[at], into.round[at], into.noticed[at] = log.track[row], log.round[row], log.noticed[row]
        into.favourable[at], into.custody[at] = log.favourable[row], log.custody[row]
        into.to[at], into.short[at], into.hours[at], into.p[at] = (
            log.to[row],
            log.short[row],
            log.hours[row],
            log.p[row],
        )
        into.notice[at], into.judgment[at], into.bound[at] = log.notice[row], log.judgment[row], log.bound[row]
        for term in range(log.terms.shape[1]):
            into.terms[at, term] = log.terms[row, term]
        at += 1
    return at


def log_of(rows: int, terms: int) -> Log:
    """An empty log with room for ``rows`` decisions of as many ``terms``."""
    columns: dict[str, npt.NDArray[Any]] = {name: np.empty(rows, kind) for name, kind in KINDS.items()}
    return Log(**columns, terms=np.empty((rows, terms)))
