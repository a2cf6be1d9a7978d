"""Officers and their offices as columns: who they are, where they sit, what they have heard."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.draws import Floats, Keys, normals, purpose, subjects
from model.schema import Culture, Unit, World

Numbers = npt.NDArray[np.int64]


class Units(NamedTuple):
    """One row a unit (``agency.unit``): the culture of its agency with what differs here.

    ``habit`` is units x stages: what its offices were formed to, and begin with.
    """

    habit: Floats
    mission: Floats
    lens: Floats
    regard: Floats
    complexity: Floats
    formation: Floats
    turnover: Floats
    recruits: Floats
    spread: Floats


class Offices(NamedTuple):
    """One row an office. Its officers are rows ``first`` to ``first + size`` of the desks.

    Attributes:
        unit: whose office it is.
        first, size: its officers.
        hours: hours a day of each of its officers.
        full_time: hours of its officers as a share of full ones (below 1 only at small scales).
        history: what its own history adds to its officers' leaning, in log-odds.
        shares: row of the officer at whose desk the cases of all wait who share their hours with this office; -1 where
            each officer has hours and a queue of their own.
    """

    unit: Numbers
    first: Numbers
    size: Numbers
    hours: Floats
    full_time: Floats
    history: Floats
    shares: Numbers


class Desks(NamedTuple):
    """One row an officer; the columns change from day to day.

    Attributes:
        unit, office: where the officer sits.
        key: the officer's own key for draws.
        orientation: leaning, in log-odds.
        awareness, exposure, accountability: officers x directives, 0 to 1 (`model.agencies.exposure`).
        pressure: officers x metrics, 0 upwards.
        backlog: months of work waiting.
        vacant: whether nobody sits there (`model.posts`).
    """

    unit: Numbers
    office: Numbers
    key: Keys
    orientation: Floats
    awareness: Floats
    exposure: Floats
    accountability: Floats
    pressure: Floats
    backlog: Floats
    vacant: npt.NDArray[np.bool_]


class Seating(NamedTuple):
    """Which office of a unit a case falls to: from ``first``, by its area or by cumulated weights.

    ``of_area`` is units x areas: the office of an area, -1 where weights decide.
    """

    first: Numbers
    of_area: Numbers
    cuts: Floats


def cultures(world: World) -> list[Culture]:
    """The culture of every unit, in the order of `World.units`."""
    return [unit.culture_in(agency.culture) for agency in world.agencies.values() for unit in agency.units.values()]


def units(world: World) -> Units:
    """The units of a world, in its order."""
    rows = [unit for agency in world.agencies.values() for unit in agency.units.values()]
    own = cultures(world)
    habit = np.array([[row.habits.get(stage, row.habit).value for stage in world.stages] for row in rows])
    formation = np.array([c.formation.value for c in own])
    return Units(
        habit=habit,
        mission=np.array([c.mission.value for c in own]),
        lens=np.array([c.lens.value for c in own]),
        regard=np.array([c.regard.value for c in own]),
        complexity=np.array([c.complexity.value for c in own]),
        formation=formation,
        turnover=np.array([row.turnover.value for row in rows]),
        recruits=np.array([row.recruits.value for row in rows]),
        spread=np.array([c.spread.value for c in own]) * (1.0 - formation),
    )


def office_names(world: World) -> list[tuple[str, str]]:
    """The (unit, office) pairs of a world, in the order of the rows of `Offices`."""
    names = []
    for agency, entry in world.agencies.items():
        for title, unit in entry.units.items():
            names += [(f"{agency}.{title}", office) for office in world.offices_of(unit)]
    return names


def _by_area(world: World, unit: Unit) -> Numbers:
    """The office of a unit for each area, -1 where it has none of its own."""
    offices, areas = list(world.offices_of(unit)), world.all_areas()
    found = np.full(len(areas), -1, dtype=np.int64)
    if isinstance(unit.offices, str):
        found[: len(offices)] = np.arange(len(offices))
    elif unit.region is not None:
        base = world.regions[unit.region].of or unit.region
        for area in world.regions[base].areas:
            found[areas.index(area)] = offices.index(world.office_of(unit.region, area))
    return found


def offices(world: World, seed: int, scale: float) -> tuple[Offices, Seating]:
    """The offices of a world at a scale: heads are whole, hours make up the rest and are shared."""
    least = world.society.least_staff.value
    unit_of, size, hours, full, history, first_office, of_area, cuts = [], [], [], [], [], [], [], []
    row, shared = 0, []
    for agency in world.agencies.values():
        for unit in agency.units.values():
            culture = unit.culture_in(agency.culture)
            weights = world.offices_of(unit)
            shares = np.array(list(weights.values())) / sum(weights.values())
            staff = unit.staff.value * scale * shares
            heads = np.maximum(np.floor(staff + 0.5), least)
            first_office.append(row)
            of_area.append(_by_area(world, unit))
            cuts.append(np.cumsum(shares))
            keys = np.array([purpose("office", unit.title, name) for name in weights], dtype=np.uint64)
            size.append(heads)
            full.append(staff / heads)
            shared += [row + group if group >= 0 else -1 for group in sharing(staff, heads, unit.region is not None)]
            hours.append(unit.hours.value * staff / heads)
            history.append(_custom(unit, culture, weights) + _history(culture, seed, keys))
            unit_of.append(np.full(len(weights), len(first_office) - 1))
            row += len(weights)
    heads = np.concatenate(size).astype(np.int64)
    first, with_whom = np.cumsum(heads) - heads, np.array(shared, dtype=np.int64)
    wide = np.ones((len(cuts), max(len(c) for c in cuts)))
    for at, values in enumerate(cuts):
        wide[at, : len(values)] = values
        wide[at, len(values) - 1 :] = 1.0
    return (
        Offices(
            unit=np.concatenate(unit_of), first=first, size=heads, hours=np.concatenate(hours),
            full_time=np.concatenate(full), history=np.concatenate(history),
            shares=np.where(with_whom >= 0, first[with_whom], -1),
        ),
        Seating(np.array(first_office, dtype=np.int64), np.array(of_area, dtype=np.int64), wide),
    )  # fmt: skip


def sharing(staff: Floats, heads: Floats, apart: bool) -> list[int]:
    """With which office of its unit (the first of its group) each shares hours; -1 where nobody needs to.

    Officers with less than half the hours of a full one would be held up by one case for days on which nobody waits in
    the real system: those of an office share their hours. Where offices have cases in proportion to their staff, and
    are not ``apart`` because their region sends them what arises there, such offices are put together, in their order,
    until there is a full officer; those left over join the group before them.

    >>> staff, heads = np.array([5.0, 0.7, 0.2, 0.4, 9.0, 0.5, 0.1]), np.array([5.0, 3.0, 3.0, 3.0, 9.0, 3.0, 3.0])
    >>> sharing(staff, heads, apart=False)
    [-1, 1, 1, 1, -1, 1, 1]
    >>> sharing(staff, heads, apart=True)
    [-1, 1, 2, 3, -1, 5, 6]
    """
    groups: list[list[int]] = []
    full = True
    for at in np.flatnonzero(2.0 * staff < heads).tolist():
        if full:
            groups.append([])
        groups[-1].append(at)
        full = apart or float(staff[groups[-1]].sum()) >= 1.0
    if not full and len(groups) > 1:
        left = groups.pop()
        groups[-1] += left
    first = {at: group[0] for group in groups for at in group}
    return [first.get(at, -1) for at in range(len(staff))]


def queues(offices: Offices) -> Numbers:
    """The row of the officer at whose desk each officer's cases wait: their own, or that of all who share hours."""
    shares = np.repeat(offices.shares, offices.size)
    return np.where(shares >= 0, shares, np.arange(len(shares)))


def _custom(unit: Unit, culture: Culture, offices: Iterable[str]) -> Floats:
    """What the known custom or guidance of single offices adds to the leaning of the unit."""
    mean = culture.orientation.value
    return np.array([unit.local[name].value - mean if name in unit.local else 0.0 for name in offices])


def _history(culture: Culture, seed: int, keys: Keys) -> Floats:
    return culture.office_spread.value * normals(np.uint64(seed), keys, purpose("history"))


def leanings(world: World, offices: Offices) -> Floats:
    """What the officers of each office are drawn around, in log-odds: the unit's formation and the office's history."""
    mean = np.array([culture.orientation.value for culture in cultures(world)])
    return np.asarray(mean[offices.unit] + offices.history)


def desks(world: World, offices: Offices, seed: int, directives: int, metrics: int) -> Desks:
    """The officers on the first day: unexposed, unpressed, each with a leaning of their own."""
    names = office_names(world)
    office = np.repeat(np.arange(len(names)), offices.size)
    unit = offices.unit[office]
    key = np.concatenate(
        [subjects("officer", *name, count=int(n)) for name, n in zip(names, offices.size, strict=True)]
    )
    own = cultures(world)
    mean = np.array([c.orientation.value for c in own])
    spread = np.array([c.spread.value * (1.0 - c.formation.value) for c in own])
    leaning = mean[unit] + offices.history[office] + spread[unit] * normals(np.uint64(seed), key, purpose("leaning"))
    size = len(key)
    awareness, exposure, accountability = np.zeros((3, size, directives))
    return Desks(
        unit=unit, office=office, key=key, orientation=leaning, awareness=awareness, exposure=exposure,
        accountability=accountability, pressure=np.zeros((size, metrics)), backlog=np.zeros(size),
        vacant=np.zeros(size, dtype=np.bool_),
    )  # fmt: skip
