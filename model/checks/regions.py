"""Regions and what refers to them: areas that exist once, parts that cover them, offices and pools for each."""

from collections import Counter
from collections.abc import Iterable

from model.checks.common import Path, Where, all_named, named
from model.errors import InputError, Words
from model.schema import World


def check_regions(world: World, where: Where) -> None:
    """Raise InputError at the first region, series, unit, mix, resource or clock that does not fit the others."""
    _regions(world, where)
    for name, series in world.series.items():
        named("region", series.region, world.regions, where, ["series", name, "region"])
    _units(world, where)
    _mixes(world, where)
    for name, resource in world.resources.items():
        if resource.region is not None:
            here = ["resources", name]
            named("region", resource.region, world.regions, where, [*here, "region"])
            _each("area", resource.amounts, world.regions[resource.region].names, where, [*here, "amounts"])
    clock_of: dict[str, str] = {}
    for name, clock in world.clocks.items():
        all_named("stage", clock.places, world.stages, where, ["clocks", name, "places"])
        for at, place in enumerate(clock.places):
            if clock_of.setdefault(place, name) != name:
                raise InputError("a place under two clocks", where=where(["clocks", name, "places", at]), found=place)


def _regions(world: World, where: Where) -> None:
    twice = [area for area, count in Counter(world.all_areas()).items() if count > 1]
    if twice:
        raise InputError("an area of two regions", where=where(["regions"]), found=twice[0], allowed="one region each")
    for name, region in world.regions.items():
        if region.of is None:
            continue
        named("region made of areas", region.of, [n for n, r in world.regions.items() if r.areas], where,
              ["regions", name, "of"])  # fmt: skip
        covered = [area for areas in region.parts.values() for area in areas]
        _each("area", covered, list(world.regions[region.of].areas), where, ["regions", name, "parts"])


def _units(world: World, where: Where) -> None:
    for agency, entry in world.agencies.items():
        for title, unit in entry.units.items():
            here = ["agencies", agency, "units", title]
            offices = list(world.areas if isinstance(unit.offices, str) else unit.offices)
            if unit.region is not None:
                named("region", unit.region, world.regions, where, [*here, "region"])
                _each("office", offices, world.regions[unit.region].names, where, [*here, "offices"])
            for office in unit.local:
                named("office of this unit", office, offices, where, [*here, "local", office])


def _mixes(world: World, where: Where) -> None:
    for name, mix in world.mixes.items():
        here = ["mixes", name]
        named("region in which cases arise", mix.region, world.places(), where, [*here, "region"])
        if mix.counts is not None:
            named("series", mix.counts.series, world.series, where, [*here, "counts", "series"])
            series = world.series[mix.counts.series]
            columns = {column for areas in series.rows.values() for cells in areas.values() for column in cells}
            named("column of the series", mix.counts.column, sorted(columns), where, [*here, "counts", "column"])
            named("region of the series", mix.region, [series.region], where, [*here, "region"])
        if mix.leader is not None:
            leading = [n for n, m in world.mixes.items() if m.leader is None and m.companions is not None]
            named("mix with companions", mix.leader, leading, where, [*here, "with"])
            named("stage of those they come with", mix.stage, [world.mixes[mix.leader].stage], where, [*here, "stage"])
        for number in mix.companions.shares if mix.companions else ():
            if not number.isdecimal() or int(number) > 15:
                raise InputError("not a number of companions", where=where([*here, "companions", "shares", number]),
                                 found=number, allowed="0 to 15")  # fmt: skip


def _each(kind: str, found: Iterable[str], wanted: list[str], where: Where, path: Path) -> None:
    """Every wanted name once, and no other."""
    counts = Counter(list(found))
    for name, count in counts.items():
        named(kind, name, wanted, where, path)
        if count > 1:
            raise InputError(f"an {kind} twice", where=where(path), found=name, allowed="once")
    if missing := [name for name in wanted if name not in counts]:
        raise InputError(f"not every {kind}", where=where(path), found=Words("none"), allowed=f"also {missing[0]!r}")
