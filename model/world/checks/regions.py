"""Regions and what refers to them: areas that exist once, parts that cover them, offices and pools for each."""

from collections import Counter
from collections.abc import Iterable

import networkx as nx

from model.errors import InputError
from model.schema import Mix, Series, World
from model.world.checks.common import Path, Where, all_named, named

MOST_AREAS = 120
"""An area's code has eight bits."""


def check_regions(world: World, where: Where) -> None:
    """Raise InputError at the first region, series, unit, mix, resource or clock that does not fit the others."""
    _regions(world, where)
    for name, series in world.series.items():
        named("region", series.region, world.regions, where, ["series", name, "region"])
        _columns(series, where, ["series", name])
        _counted(world, series)
        _blanks(series)
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
            streams = [world.stages[one].stream for one in (clock.places[0], place)]
            if streams[0] != streams[1]:
                raise InputError(
                    "a clock of two streams", where=where(["clocks", name, "places", at]), found=place,
                    allowed=f"stages of {streams[0]}; that one is of {streams[1]}",
                )  # fmt: skip
            if clock_of.setdefault(place, name) != name:
                raise InputError("a place under two clocks", where=where(["clocks", name, "places", at]), found=place)


def _regions(world: World, where: Where) -> None:
    first: dict[str, str] = {}
    for name, areas in world.places().items():
        for area in areas:
            if first.setdefault(area, name) != name:
                raise InputError("an area of two regions", where=where(["regions", name, "areas"]), found=area,
                                 allowed="one region each")  # fmt: skip
    if (count := len(world.all_areas())) > MOST_AREAS:
        raise InputError("too many areas", where=where(["regions"]), found=count, allowed=f"{MOST_AREAS} in all")
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
            named("column of the series", mix.counts.column, columns_of(series), where, [*here, "counts", "column"])
            named("region of the series", mix.region, [series.region], where, [*here, "region"])
        if mix.leader is not None:
            _along(world, name, mix, where)
        elif mix.companions is not None:
            _companions(world, name, mix, where)


def _companions(world: World, name: str, mix: Mix, where: Where) -> None:
    here = ["mixes", name, "companions"]
    arriving = [other for other, entry in world.mixes.items() if entry.leader == name]
    if len(arriving) != 1:
        raise InputError(
            "companions whom more than one mix describes" if arriving else "companions whom no mix describes",
            where=where(here), found=arriving or None, allowed=f'one mix with = "{name}"',
        )  # fmt: skip
    for number in mix.companions.shares if mix.companions else ():
        if not number.isdecimal() or int(number) > 15:
            raise InputError("not a number of companions", where=where([*here, "shares", number]), found=number,
                             allowed="0 to 15")  # fmt: skip


def _along(world: World, name: str, mix: Mix, where: Where) -> None:
    """A mix of people who come along: with whom, from where, to which stage."""
    here, leader = ["mixes", name], str(mix.leader)
    leading = [other for other, entry in world.mixes.items() if entry.leader is None and entry.companions is not None]
    named("mix with companions", leader, leading, where, [*here, "with"])
    named("stage of those they come with", mix.stage, [world.mixes[leader].stage], where, [*here, "stage"])
    named("region of those they come with", mix.region, [world.mixes[leader].region], where, [*here, "region"])
    if mix.ready is not None:
        raise InputError("days until ready for people who come along", where=where([*here, "ready"]),
                         allowed=f"ready in {leader}, whose cases are decided")  # fmt: skip


def columns_of(series: Series) -> list[str]:
    """The columns of a series that count."""
    return sorted({column for areas in series.rows.values() for cells in areas.values() for column in cells})


def _columns(series: Series, where: Where, here: Path) -> None:
    """The total, and the columns that it adds up."""
    known = columns_of(series)
    named("column of the series", series.total, known, where, [*here, "total"])
    all_named("column of the series", series.parts, [column for column in known if column != series.total], where,
              [*here, "parts"])  # fmt: skip


def _blanks(series: Series) -> None:
    """A blank cell is a part of a total that is known, of an area whose split was known before."""
    split: set[tuple[str, str]] = set()
    for month, areas in sorted(series.rows.items()):
        for area, cells in areas.items():
            for column, cell in cells.items():
                here = f"series/{series.file}: {month}, {area}, {column}"
                total = cells.get(series.total)
                if cell is None and column not in series.parts:
                    raise InputError("a blank cell that no total fills", where=here,
                                     allowed="a whole number; blank only in parts of the total")  # fmt: skip
                if cell is None and (area, column) not in split:
                    raise InputError("a blank cell before the split is known", where=here,
                                     allowed="a whole number in an earlier month")  # fmt: skip
                if cell is not None and column in series.parts:
                    if total is not None and cell > total:
                        raise InputError("a part above its total", where=here, found=cell,
                                         allowed=f"at most {total} of {series.total}")  # fmt: skip
                    split |= {(area, column)} if total else set()


def _counted(world: World, series: Series) -> None:
    """Every month from the first to the last has a line for every area."""
    region, month = world.regions[series.region], min(series.rows)
    while month <= max(series.rows):
        lines = series.rows.get(month, {})
        for area in region.areas:
            if (name := region.counted.get(area, area.lower())) not in lines:
                raise InputError(f"no line for {name!r} in {month}", where=f"series/{series.file}: {series.area}",
                                 known=lines)  # fmt: skip
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12}-{number % 12 + 1:02d}"


def check_pools(world: World, where: Where) -> None:
    """Raise InputError at the first mix with cases that have no pool of a resource which they may come to take."""
    ways = nx.DiGraph()
    for name, stage in world.stages.items():
        for edge in (*stage.favourable, *stage.unfavourable):
            ways.add_edges_from((name, to) for to in (edge.to, edge.separates) if to is not None)
    for name, mix in world.mixes.items():
        stages = {mix.stage, *nx.descendants(ways, mix.stage)} & set(world.stages)
        for resource in [mix.holds, *(used for stage in stages for used in _taken(world, stage, name))]:
            if resource is None or (region := world.resources[resource].region) is None:
                continue
            areas = world.regions[world.regions[region].of or region].areas
            if outside := [area for area in world.places()[mix.region] if area not in areas]:
                raise InputError(f"no {resource} in {outside[0]!r}, where these cases arise",
                                 where=where(["mixes", name, "region"]), found=mix.region,
                                 allowed=f"a region inside that of {resource}")  # fmt: skip


def _taken(world: World, stage: str, mix: str) -> Iterable[str | None]:
    """What cases of a mix may take at a stage."""
    for edge in (*world.stages[stage].favourable, *world.stages[stage].unfavourable):
        if not edge.when or any(one.mix is None or mix in one.mix for one in edge.when):
            yield from (edge.uses, edge.needs, edge.holds)


def _each(kind: str, found: Iterable[str], wanted: list[str], where: Where, path: Path) -> None:
    """Every wanted name once, and no other."""
    counts = Counter(list(found))
    for name, count in counts.items():
        named(kind, name, wanted, where, path)
        if count > 1:
            raise InputError(f"an {kind} twice", where=where(path), found=name, allowed="once")
    if missing := [name for name in wanted if name not in counts]:
        raise InputError(
            f"an {kind} left out", where=where(path), found=missing[0], allowed=f"all of {', '.join(wanted)}"
        )
