"""Who comes when: the cases of a mix before they are people, from periods, a stock, a series, or with other cases."""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.arithmetic import logs
from model.cases.draws import Keys, choices, keys, purpose, uniforms
from model.cases.series import daily
from model.schema import Mix, World
from model.schema.quantity import YEAR

Counts = npt.NDArray[np.int64]
STOCK_SERIES = 1 << 40
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Arrivals(NamedTuple):
    """Cases before they are people, one row each.

    Attributes:
        key: the case's own key for draws.
        number: its place among those of its mix and day.
        day: of arrival; negative for what was pending before.
        area: where it arose, if the source says; -1 where it is drawn.
        leader: the row, among those of the leading mix, with whom the person came; -1 for nobody.
    """

    key: Keys
    number: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]
    area: npt.NDArray[np.int8]
    leader: npt.NDArray[np.int32]


def arriving(world: World, name: str, seed: int, scale: float, start: date, end: date) -> Arrivals:
    """The cases of a mix from ``start`` to ``end`` (both included), at ``scale``."""
    mix = world.mixes[name]
    if mix.counts is not None:
        return _counted(world, name, scale, start, end)
    waiting = stock(mix, scale, start)
    counts = whole(arrivals(mix, start, end), scale)
    day = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    number = (np.arange(len(day)) - first).astype(np.int32)
    series = ((start.toordinal() + day.astype(np.int64)) << 24) | number
    if waiting:
        number = np.arange(waiting, dtype=np.int32)
        series = STOCK_SERIES | number.astype(np.int64)
    key = purpose("case", name) ^ (series.astype(np.uint64) * _GOLDEN)
    if waiting and mix.stock_age is not None:
        u = uniforms(np.uint64(seed), key, purpose("pending since"))
        day = -1 - np.floor(-logs(1.0 - u) * mix.stock_age.value).astype(np.int32)
    return _alone(key, number, day, np.full(len(key), -1, dtype=np.int8))


def arrivals(mix: Mix, start: date, end: date) -> npt.NDArray[np.float64]:
    """Cases a day from ``start`` to ``end`` by the periods of a mix, at scale 1."""
    days = (end - start).days + 1
    rate = np.zeros(days)
    for period in mix.periods:
        length = (period.last - period.first).days + 1
        each = period.cases.value / (YEAR if period.cases.unit == "cases a year" else length)
        first, last = (period.first - start).days, (period.last - start).days
        rate[max(first, 0) : max(last + 1, 0)] += each
    return rate


def whole(rate: npt.NDArray[np.float64], scale: float) -> Counts:
    """Whole numbers a day whose running sum follows a rate a day.

    >>> whole(np.array([0.4, 0.4, 0.4, 0.4]), 1.0).tolist()
    [0, 1, 0, 1]
    """
    return np.diff(np.floor(np.cumsum(rate) * scale + 0.5), prepend=0.0).astype(np.int64)


def stock(mix: Mix, scale: float, on: date) -> int:
    """How many cases of a mix are pending on a day: the recorded stock, interpolated between its dates."""
    if not mix.stock:
        return 0
    known = sorted(mix.stock.items())
    count = np.interp(on.toordinal(), [day.toordinal() for day, _ in known], [value for _, value in known])
    return int(np.floor(count * scale + 0.5))


def _counted(world: World, name: str, scale: float, start: date, end: date) -> Arrivals:
    """The cases of a mix that a series counts by month and area."""
    mix, codes = world.mixes[name], world.all_areas()
    source = mix.counts
    if source is None:
        raise ValueError(f"the mix {name!r} is not counted by a series")
    series = world.series[source.series]
    keys, days, areas = [], [], []
    for area in world.regions[mix.region].areas:
        rate = daily(world, series, area, source.column, start, end) * source.share.value
        counts = whole(rate, scale)
        day = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        nth = np.arange(len(day)) - np.repeat(np.cumsum(counts) - counts, counts)
        dated = ((start.toordinal() + day.astype(np.int64)) << 24) | nth
        keys.append(purpose("case", name, area) ^ (dated.astype(np.uint64) * _GOLDEN))
        days.append(day)
        areas.append(np.full(len(day), codes.index(area), dtype=np.int8))
    key, day, area_of = np.concatenate(keys), np.concatenate(days), np.concatenate(areas)
    order = np.argsort(day, kind="stable")
    return _alone(key[order], _numbered(day[order]), day[order], area_of[order])


def without(some: Arrivals, share: float, seed: int, directive: str, first_day: int) -> Arrivals:
    """Those who come although a directive deters a share of them from its first day on."""
    stays = uniforms(np.uint64(seed), some.key, purpose("deterred", directive)) < share
    return Arrivals._make(column[~(stays & (some.day >= first_day))] for column in some)


def companions(leading: Arrivals, mix: Mix, seed: int) -> Arrivals:
    """Those who come along with the cases of another mix, which says how many there are of them."""
    if mix.companions is None:
        counts = np.ones(len(leading.key), dtype=np.int64)
    else:
        words = list(mix.companions.shares)
        drawn = choices(np.uint64(seed), leading.key, purpose("companions"), [mix.companions.shares[w] for w in words])
        counts = np.array([int(word) for word in words], dtype=np.int64)[drawn]
    leader = np.repeat(np.arange(len(leading.key), dtype=np.int32), counts)
    nth = np.arange(len(leader)) - np.repeat(np.cumsum(counts) - counts, counts)
    key = keys(leading.key[leader], purpose("companion") ^ (nth.astype(np.uint64) * _GOLDEN))
    day = leading.day[leader]
    return Arrivals(key, _numbered(day), day, leading.area[leader], leader)


def _numbered(day: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The place of each among those of its day; ``day`` is sorted."""
    place = np.arange(len(day), dtype=np.int32)
    first = np.maximum.accumulate(np.where(np.append(True, day[1:] != day[:-1])[: len(day)], place, 0))
    return np.asarray(place - first, dtype=np.int32)


def _alone(
    key: Keys, number: npt.NDArray[np.int32], day: npt.NDArray[np.int32], area: npt.NDArray[np.int8]
) -> Arrivals:
    return Arrivals(key, number, day, area, np.full(len(key), -1, dtype=np.int32))
