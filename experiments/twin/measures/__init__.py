"""What directives did, beside the shift: one function a measure, each with its formula and a worked number.

`measured` gives what only a pair of worlds has (uptake, latency, ...), `effects` what each of the two has and the other
may have more or less of (lottery, targeting, distortion, harm and cost). `experiments.twin.findings` puts them together
over replications, and `public_value` sorts the second into Moore's triangle.
"""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.measures.distortion import (
    counted_stages,
    counted_work,
    enforcing_stages,
    looked_at,
    missed,
    other_work,
    overreach,
    spared,
    unreached,
)
from experiments.twin.measures.dynamics import BLOCK, course, latency, persistence
from experiments.twin.measures.harm import ALL, Account, harms
from experiments.twin.measures.lottery import disagreement, disagreement_by_desk, spread_of_offices
from experiments.twin.measures.response import gain, slippage, spillover, uptake
from experiments.twin.measures.targeting import GROUPS, borne, held, retargeted
from experiments.twin.measures.value import public_value
from experiments.twin.pairs import Pair

__all__ = ["bounds", "effects", "measured", "public_value"]

SHARE = "share"
COLUMNS = ["family", "agency", "stage", "group", "measure", "unit"]
Row = tuple[Any, ...]


def measured(pair: Pair) -> pd.DataFrame:
    """What one pair shows of the response: ``seed``, ``agency``, ``stage``, ``measure``, ``value``.

    It is taken by agency and stage: decisions of different stages have nothing to average.
    """
    rows = []
    for (agency, stage), table in pair.decisions.groupby(["agency", "stage"], observed=True):
        by_block = course(table, pair.twins.first_day)
        values = {
            "uptake": uptake(table), "slippage": slippage(table), "gain": gain(table),
            "spillover": spillover(table), "latency": latency(by_block), "persistence": persistence(by_block),
        }  # fmt: skip
        for by in GROUPS:
            values[f"retargeted by {by}"] = retargeted(borne(table, by), borne(table, by, WITHOUT))
        rows += [(pair.seed, agency, stage, name, value) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["seed", "agency", "stage", "measure", "value"])


def bounds(measure: str, days: int) -> tuple[float, float]:
    """The least and the most that a measure of `measured` can be, of a watch of so many days.

    Latency ends with a block, and what is left of a largest effect may be as large to the other side.

    >>> bounds("uptake", 100), bounds("persistence", 100), bounds("latency", 100)
    ((0.0, 1.0), (-1.0, 1.0), (28.0, 112.0))
    """
    if measure == "latency":
        return float(BLOCK), float(BLOCK * ceil(days / BLOCK))
    return (-1.0 if measure in ("gain", "spillover", "persistence") else 0.0), 1.0


def effects(pair: Pair) -> pd.DataFrame:
    """What each of the two worlds has, from the directives' first day on.

    Returns:
        ``seed``; ``family`` (lottery, targeting, distortion, harm); ``agency``, ``stage`` and ``group``, or ``all``;
        ``measure``, ``unit``, ``with`` and ``without``.
    """
    rows = [*_of_decisions(pair), *_of_people(pair), *_harms(pair)]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "with", "without"])
    table.insert(0, "seed", pair.seed)
    return table


def _of_decisions(pair: Pair) -> Iterator[Row]:
    counted = counted_stages(pair.world, pair.with_it.scenario, pair.without.scenario)
    for agency, table in pair.decisions.groupby("agency", observed=True):
        yield ("distortion", agency, ALL, ALL, "counted work", SHARE, *_both(counted_work, table, counted))
        yield from _at(pair, str(agency), ALL, table)
        for stage, part in table.groupby("stage", observed=True):
            yield ("lottery", agency, stage, ALL, "spread of offices", SHARE, *_both(spread_of_offices, part))
            yield from _at(pair, str(agency), str(stage), part)


def _at(pair: Pair, agency: str, stage: str, table: pd.DataFrame) -> Iterator[Row]:
    """Measures that make sense at a stage as well as for a whole agency."""
    enforcing = enforcing_stages(pair.world)
    for family, measure, values in (
        ("lottery", "disagreement", _both(disagreement, table)),
        ("lottery", "disagreement by desk", _both(disagreement_by_desk, table)),
        ("distortion", "serious cases missed", _both(missed, table, enforcing)),
        ("distortion", "spared, of those to be spared", _both(spared, table)),
        ("distortion", "looked at as an individual", _both(looked_at, table)),
        ("distortion", "overreach", _both(overreach, table)),
    ):
        yield (family, agency, stage, ALL, measure, SHARE, *values)
    others = [count / pair.scale for count in _both(other_work, table)]
    yield ("distortion", agency, stage, ALL, "other cases decided", "cases", *others)
    for by in GROUPS:
        shares = pd.DataFrame({side: borne(table, by, side) for side in (WITH, WITHOUT)})
        for group, row in shares.iterrows():
            yield "targeting", agency, stage, group, "decisions against", SHARE, row[WITH], row[WITHOUT]


def _both(measure: Callable[..., float], *of: object) -> tuple[float, float]:
    """A measure of either world."""
    return measure(*of, side=WITH), measure(*of, side=WITHOUT)


def _of_people(pair: Pair) -> Iterator[Row]:
    sides = (pair.with_it.cases, pair.without.cases)
    for by in GROUPS:
        shares = pd.concat([held(cases, by) for cases in sides], axis=1)
        for group, row in shares.iterrows():
            yield "targeting", ALL, ALL, group, "nights in custody", SHARE, *row
    waiting = [unreached(cases, pair.world.stages) for cases in sides]
    yield "distortion", ALL, ALL, ALL, "serious cases not reached", SHARE, *waiting


def _harms(pair: Pair) -> Iterator[Row]:
    sides = [
        {found[:-1]: found.value for found in harms(Account(side, pair.twins.first_day, pair.scale))}
        for side in (pair.with_it, pair.without)
    ]
    for agency, group, measure, unit in dict.fromkeys([*sides[0], *sides[1]]):
        values = [side.get((agency, group, measure, unit), np.nan) for side in sides]
        yield ("harm", agency, ALL, group, measure, unit, *values)
