"""A forecast held against what happened: inside the interval, how near, the right way, within a factor of two."""

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.calibration.scores import crps as off_by
from experiments.forecasts.registered import Figure, Interval, Registered
from model.errors import InputError
from model.world.files import csv_lines, text_of
from model.world.loader import folder_of

SIDES = {"with": "with_it", "without": "without", "shift": "shift"}
"""Of a figure, which is held against what happened: in the world with what was tried, without it, the difference."""
NEEDED, MORE = ("figure", "value"), ("of", "before", "fact")
FACTOR = 2.0
CENTRAL = (0.05, 0.5, 0.95)
COLUMNS = ["figure", "of", "unit", "forecast", "low", "high", "value", "fact", "inside", "crps", "direction",
           "within_two"]  # fmt: skip


class Outcome(NamedTuple):
    """What happened.

    Attributes:
        figure: as the forecast has it.
        value: in the unit of the forecast.
        of: which side of the figure, one of `SIDES`.
        before: what it was beforehand, by which the direction can be told; missing where it is not known.
        fact: of the world's evidence, or whatever else says so.
    """

    figure: str
    value: float
    of: str
    before: float
    fact: str


def outcomes(path: Path, world: str | Path) -> list[Outcome]:
    """What happened, from a CSV with the columns `NEEDED` and, of `MORE`, those that are known.

    Where a row has a ``fact`` and no ``value``, the value is that of the fact in the world's evidence.

    Raises:
        InputError: a column, a side, a fact or a number that cannot be used.
    """
    columns, lines = csv_lines(text_of(path, str(path)), str(path))
    for name in columns:
        if name not in (*NEEDED, *MORE):
            raise InputError("no such column", where=str(path), found=name, known=(*NEEDED, *MORE))
    for name in NEEDED:
        if name not in columns:
            raise InputError("a column is missing", where=str(path), found=name, known=columns)
    facts = _facts(world)
    found = []
    for number, row in lines:
        where = f"{path}: line {number}"
        fact, side = row.get("fact", "").strip(), row.get("of", "").strip() or "with"
        if side not in SIDES:
            raise InputError("no such side of a figure", where=f"{where}, of", found=side, known=SIDES)
        said = row["value"].strip()
        if not said:
            if fact not in facts:
                raise InputError("no such fact in the world's evidence", where=f"{where}, fact", found=fact,
                                 known=facts)  # fmt: skip
            said = facts[fact]
        before = row.get("before", "").strip()
        found.append(Outcome(row["figure"].strip(), _number(said, f"{where}, value"), side,
                             _number(before, f"{where}, before") if before else nan, fact))  # fmt: skip
    return found


def _facts(world: str | Path) -> dict[str, str]:
    path = folder_of(world) / "evidence.csv"
    if not path.is_file():
        return {}
    _, lines = csv_lines(text_of(path, str(path)), str(path))
    return {row["id"]: row["value"] for _, row in lines}


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not isfinite(value):
        raise InputError("not a number", where=where, found=text, allowed="a number in the unit of the forecast")
    return value


def score(found: Registered, happened: Sequence[Outcome]) -> pd.DataFrame:
    """Each outcome beside its forecast.

    Returns:
        `COLUMNS`: ``forecast`` (the middle) with ``low`` and ``high`` (5 to 95 percent of the draws where they are
        kept, else the ends of both intervals), the ``value`` and whether it is ``inside``; ``crps`` (missing where
        there is neither); whether the ``direction`` is right (None where nothing is forecast to move, or what was
        before is not known); whether the value is ``within_two`` times of the forecast.

    Raises:
        InputError: an outcome of a figure that is not forecast, or none at all.
    """
    known = {figure.figure: figure for figure in found.figures}
    if not happened:
        raise InputError("nothing to hold it against", where="outcomes", allowed="one row or more")
    return pd.DataFrame([_scored(known, one) for one in happened], columns=COLUMNS)


def _scored(known: Mapping[str, Figure], one: Outcome) -> tuple[object, ...]:
    if one.figure not in known:
        raise InputError("no such figure in the forecast", where="figure", found=one.figure, known=known)
    figure = known[one.figure]
    said: Interval = getattr(figure, SIDES[one.of])
    low, high = _ends(said)
    inside = None if np.isnan(low) else low <= one.value <= high
    moved = one.value if one.of == "shift" else one.value - one.before
    untold = one.of == "without" or np.isnan(moved) or not figure.shift.middle or not moved
    right = None if untold else moved * figure.shift.middle > 0.0
    ratio = one.value / said.middle if said.middle else nan
    return (one.figure, one.of, figure.unit, said.middle, low, high, one.value, one.fact, inside,
            _distance(said, one.value), right, 1.0 / FACTOR <= ratio <= FACTOR)  # fmt: skip


def _ends(said: Interval) -> tuple[float, float]:
    if said.draws:
        low, high = np.quantile(said.draws, [CENTRAL[0], CENTRAL[-1]])
        return float(low), float(high)
    return said.ends or (nan, nan)


def _distance(said: Interval, value: float) -> float:
    if said.draws:
        return crps(said.draws, value)
    if said.ends is None:
        return nan
    points = zip(CENTRAL, (said.ends[0], said.middle, said.ends[1]), strict=True)
    return float(np.mean([2.0 * (level - (value < at)) * (value - at) for level, at in points]))


def crps(draws: Sequence[float], value: float) -> float:
    """The continuous ranked probability score of a sample (Gneiting and Raftery 2007): 0 is best, in its unit.

    Where only the middle and an interval are kept, twice the mean loss of these three quantiles takes its place.

    >>> crps([2.0], 5.0), crps([1.0, 3.0], 2.0)
    (3.0, 0.5)
    """
    return off_by(np.asarray(draws, dtype=np.float64) - value)
