"""Everybody who comes while a scenario lasts, and who came with whom.

Each draw belongs to its case (`model.cases.draws`), so a case is the same person in every world with the same seed and
scale.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.arrivals import Arrivals, arriving, companions, without
from model.cases.columns import Cases, Parties, columns, lay
from model.cases.conditions import Register
from model.cases.people import finished, people, with_companions
from model.schema import World
from model.storage import Storage, storage

Rows = npt.NDArray[np.int32]


class Population(NamedTuple):
    """The cases of a scenario, sorted by day of arrival, and who came together."""

    records: Storage
    parties: Parties


def draw(
    world: World, register: Register, mixes: Sequence[str], directives: Sequence[str], seed: int, scale: float,
    start: date, end: date,
) -> Population:  # fmt: skip
    """All cases of the named mixes from ``start`` to ``end`` (both included), at ``scale``.

    Who would come along with a mix that is not among them does not come.
    """
    mixes = [name for name in mixes if world.mixes[name].leader in (None, *mixes)]
    arriving = {name: _arriving(world, name, directives, seed, scale, start, end)
                for name in mixes if world.mixes[name].leader is None}  # fmt: skip
    for name in mixes:
        if (leader := world.mixes[name].leader) is not None:
            arriving[name] = companions(arriving[leader], world.mixes[leader], seed)
    row = _sorted_by_day([arriving[name].day for name in mixes])
    ends = np.cumsum([len(arriving[name].day) for name in mixes])
    rows = {name: row[end - len(arriving[name].day) : end] for name, end in zip(mixes, ends, strict=True)}
    parties = _parties(world, arriving, rows, len(row))
    drawn = _people(world, arriving, np.uint64(seed))
    parts = [list(drawn.pop(name)) for name in mixes]
    arriving.clear()
    whole = finished(world, register, _joined(parts))
    records = storage(len(row), register.words, len(world.words.numbers))
    lay(whole, row, columns(records))
    return Population(records, parties)


def _sorted_by_day(days: list[npt.NDArray[np.int32]]) -> Rows:
    """The row of each among all, by day, and on a day in the order given."""
    order = np.argsort(np.concatenate(days), kind="stable")
    row = np.empty(len(order), dtype=np.int32)
    row[order] = np.arange(len(order), dtype=np.int32)
    return row


def _joined(parts: list[list[Any]]) -> Cases:
    """The columns of several mixes as one; each gives up its column as it is joined, for a national year takes room."""
    return Cases._make(np.concatenate([part.pop(0) for part in parts]) for _ in Cases._fields)


def _arriving(world: World, name: str, directives: Sequence[str], seed: int, scale: float, start: date, end: date
              ) -> Arrivals:  # fmt: skip
    some = arriving(world, name, seed, scale, start, end)
    for issued in directives:
        share = world.directives[issued].deters.get(name)
        if share is not None and share.value > 0.0:
            some = without(some, share.value, seed, issued, (world.directives[issued].start - start).days)
    return some


def _people(world: World, arriving: Mapping[str, Arrivals], seed: np.uint64) -> dict[str, Cases]:
    drawn = {name: people(world, name, seed, some) for name, some in arriving.items()}
    for name, some in arriving.items():
        leader = world.mixes[name].leader
        if leader is not None:
            drawn[name] = drawn[name]._replace(area=drawn[leader].area[some.leader])
            drawn[leader] = with_companions(world, leader, seed, drawn[leader], some.leader, drawn[name].age)
    return drawn


def _parties(world: World, arriving: Mapping[str, Arrivals], rows: Mapping[str, Rows], size: int
             ) -> Parties:  # fmt: skip
    with_leader = [name for name in arriving if world.mixes[name].leader is not None]
    size = size if with_leader else 0
    parties = Parties(*(np.full(size, -1, dtype=np.int32) for _ in range(3)))
    for name in with_leader:
        leading = rows[str(world.mixes[name].leader)][arriving[name].leader]
        own = rows[name]
        parties.leader[own] = leading
        last = np.append(leading[1:] != leading[:-1], True)[: len(own)]
        parties.sibling[own[~last]] = own[1:][~last[:-1]] if len(own) else own
        parties.first[leading[::-1]] = own[::-1]
    return parties
