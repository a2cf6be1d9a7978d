"""People on their way together or apart: who came with whom, and the dates of those who were separated.

Only worlds in which people come along with others, wait for a resource, or are under a clock keep these columns;
elsewhere they are empty.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.compiled import compiled
from model.schema import World

Rows = npt.NDArray[np.int32]
NOBODY = np.int32(-1)


class Timelines(NamedTuple):
    """The journey of each case so far; days of the watch, -1 for never.

    Attributes:
        apart: whether the person has been separated from the one they came with.
        separated, handed, left: when separated, when handed on from the first place under a clock, when gone.
        since: since when the clock of the present place runs.
        laid: when the case was laid before its present desk.
        edge: the way a case takes once it has got what it waits for.
    """

    apart: npt.NDArray[np.bool_]
    separated: Rows
    handed: Rows
    left: Rows
    since: Rows
    laid: Rows
    edge: npt.NDArray[np.int16]


class Clocks(NamedTuple):
    """Legal limits on time: the clock of each place (-1 for none), and breaches: clocks x areas x days."""

    of_place: npt.NDArray[np.int64]
    limit: npt.NDArray[np.int64]
    breaches: npt.NDArray[np.int32]


def timelines(world: World, cases: int) -> Timelines:
    """The journeys of cases of whom none has come yet."""
    edges = [edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    kept = world.clocks or any(mix.leader for mix in world.mixes.values()) or any(edge.waits for edge in edges)
    timed = any(stage.lapse for stage in world.stages.values())
    size = cases if kept or timed else 0
    separated, handed, left, since, laid = (np.full(size, -1, np.int32) for _ in range(5))
    return Timelines(np.zeros(size, np.bool_), separated, handed, left, since, laid, np.full(size, -1, np.int16))


def clocks(world: World, days: int) -> Clocks:
    """The clocks of a world, none of them run out."""
    places = [*world.stages, *world.exits]
    of_place = np.full(len(places), -1, dtype=np.int64)
    for at, clock in enumerate(world.clocks.values()):
        for name in clock.places:
            if name in places:
                of_place[places.index(name)] = at
    limit = np.array([int(clock.limit.value) for clock in world.clocks.values()], dtype=np.int64)
    return Clocks(of_place, limit, np.zeros((len(world.clocks), len(world.all_areas()), days), dtype=np.int32))


@compiled
def change(case: int, area: int, before: int, after: int, day: int, timelines: Timelines, clocks: Clocks) -> None:
    """A case goes from one place to another (-1: it has just come): the clocks that stop and start."""
    old = clocks.of_place[before] if before >= 0 else -1
    new = clocks.of_place[after]
    if old == new:
        return
    if old >= 0:
        overstay(old, area, timelines.since[case], day, clocks)
        if timelines.handed[case] < 0 and 0 <= timelines.separated[case] < day:
            timelines.handed[case] = day
    if new >= 0:
        timelines.since[case] = day


@compiled
def overstay(clock: int, area: int, since: int, until: int, clocks: Clocks) -> None:
    """Count the days, before the day ``until``, on which the limit of a clock that runs ``since`` was over."""
    for day in range(since + clocks.limit[clock] + 1, min(until, clocks.breaches.shape[2])):
        clocks.breaches[clock, area, day] += 1


@compiled
def stop(places: npt.NDArray[np.int16], areas: npt.NDArray[np.int8], timelines: Timelines, clocks: Clocks) -> None:
    """The end of the watch: the clocks that still run are read."""
    for case in range(places.shape[0]):
        if places[case] >= 0 and clocks.of_place[places[case]] >= 0:
            overstay(
                clocks.of_place[places[case]], areas[case], timelines.since[case], clocks.breaches.shape[2], clocks
            )
