"""Everybody who comes while a scenario lasts, and who came with whom.

Each draw belongs to its case (`model.cases.draws`), so a case is the same person in every world with the same seed and
scale. Who comes follows from few parts of a world; as long as these stay, so do the people, and the last that came are
kept: many runs of a sweep have them in common.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.arrivals import Arrivals, arriving, companions, without
from model.cases.columns import Cases, Parties, columns, lay
from model.cases.conditions import Register
from model.cases.people import finished, people, with_companions
from model.schema import World
from model.storage import Storage, storage
from model.world.once import Same

Rows = npt.NDArray[np.int32]
KEPT, MOST = 16, 1_600_000
"""How many populations are kept at most, and of how many cases all in all: some 80 MB."""


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
    deterred = {name: _deterred(world, name, directives, start) for name in mixes}
    made_of = (*_made_of(world), tuple(mixes), tuple(deterred.values()), seed, scale, start, end)
    some = _kept.get(made_of) or _persons(world, deterred, seed, scale, start, end)
    _keep(made_of, some)
    whole = finished(world, register, some.people)
    records = storage(len(some.row), register.words, len(world.words.numbers))
    lay(whole, some.row, columns(records))
    return Population(records, some.parties)


class _Persons(NamedTuple):
    """People mix by mix, before anything follows from their facts; their rows among all, and who came together."""

    people: Cases
    row: Rows
    parties: Parties


_kept: dict[Hashable, _Persons] = {}
"""People by all that they are made of, those asked for last at the end."""
_LOCK = Lock()


def _keep(made_of: Hashable, some: _Persons) -> None:
    """Keep people, and of those before them as many as there is room for; more than half of the room is too many."""
    with _LOCK:
        _kept.pop(made_of, None)
        if len(some.row) <= MOST // 2:
            _kept[made_of] = some
        while len(_kept) > KEPT or sum(len(one.row) for one in _kept.values()) > MOST:
            _kept.pop(next(iter(_kept)))


def _made_of(world: World) -> list[Hashable]:
    """All that `_persons` looks at of a world."""
    entries = (world.mixes, world.regions, world.series)
    groups = tuple((name, *map(Same, conditions)) for name, conditions in world.groups.items())
    named = [tuple((name, Same(entry)) for name, entry in part.items()) for part in entries]
    return [Same(world.words), tuple(world.areas.items()), groups, *named]


def _deterred(world: World, mix: str, directives: Sequence[str], start: date) -> tuple[tuple[str, float, int], ...]:
    """The directives that deter some of a mix, with the share of them and the first day."""
    texts = {name: world.directives[name] for name in directives if mix in world.directives[name].deters}
    return tuple((name, text.deters[mix].value, (text.start - start).days) for name, text in texts.items())


def _persons(
    world: World, deterred: Mapping[str, Sequence[tuple[str, float, int]]], seed: int, scale: float, start: date,
    end: date,
) -> _Persons:  # fmt: skip
    arriving = {name: _arriving(world, name, few, seed, scale, start, end)
                for name, few in deterred.items() if world.mixes[name].leader is None}  # fmt: skip
    for name in deterred:
        if (leader := world.mixes[name].leader) is not None:
            arriving[name] = companions(arriving[leader], world.mixes[leader], seed)
    row = _sorted_by_day([arriving[name].day for name in deterred])
    ends = np.cumsum([len(arriving[name].day) for name in deterred])
    rows = {name: row[end - len(arriving[name].day) : end] for name, end in zip(deterred, ends, strict=True)}
    parties = _parties(world, arriving, rows, len(row))
    drawn = _people(world, arriving, np.uint64(seed), start)
    parts = [list(drawn.pop(name)) for name in deterred]
    arriving.clear()
    return _Persons(_joined(parts), row, parties)


def _sorted_by_day(days: list[npt.NDArray[np.int32]]) -> Rows:
    """The row of each among all, by day, and on a day in the order given."""
    order = np.argsort(np.concatenate(days), kind="stable")
    row = np.empty(len(order), dtype=np.int32)
    row[order] = np.arange(len(order), dtype=np.int32)
    return row


def _joined(parts: list[list[Any]]) -> Cases:
    """The columns of several mixes as one; each gives up its column as it is joined, for a national year takes room."""
    return Cases._make(np.concatenate([part.pop(0) for part in parts]) for _ in Cases._fields)


def _arriving(world: World, name: str, deterred: Sequence[tuple[str, float, int]], seed: int, scale: float,
              start: date, end: date) -> Arrivals:  # fmt: skip
    some = arriving(world, name, seed, scale, start, end)
    for directive, share, first_day in deterred:
        if share > 0.0:
            some = without(some, share, seed, directive, first_day)
    return some


def _people(world: World, arriving: Mapping[str, Arrivals], seed: np.uint64, start: date) -> dict[str, Cases]:
    drawn = {name: people(world, name, seed, some, start) for name, some in arriving.items()}
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
