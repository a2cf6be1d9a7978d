"""What a world holds, as plain data: for tables, JSON and menus."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from experiments.levers.in_words import in_words
from model.schema import Agency, Quantity, Scenario, World
from model.world.case_days import arrivals_of, watched
from model.world.checks import quantities


def catalogue(world: World) -> dict[str, Any]:
    """Agencies with their units and offices, stages, days with cases, directives, levers, scenarios, named cases."""
    return {
        "name": world.name,
        "title": world.title,
        "summary": world.summary,
        "agencies": [_agency(world, name, agency) for name, agency in world.agencies.items()],
        "stages": [
            {"name": name, "title": stage.title, "stream": stage.stream, "decided_by": stage.decider,
             "favourable": stage.labels["favourable"], "unfavourable": stage.labels["unfavourable"]}
            for name, stage in world.stages.items()
        ],
        "days": _days(world),
        "directives": [
            {"name": name, "title": directive.title, "start": directive.start.isoformat(), "to": directive.to,
             "stages": directive.stages, "authority": directive.authority, "direction": directive.direction}
            for name, directive in sorted(world.directives.items(), key=lambda entry: entry[1].start)
        ],
        "levers": [
            {"name": name, "title": lever.title, "question": lever.question, "amends": lever.amends,
             "changes": in_words(lever.changes), "source": lever.source}
            for name, lever in world.levers.items()
        ],
        "scenarios": [
            {"name": name, "title": scenario.title, "question": scenario.question,
             "start": scenario.start.isoformat(), "end": scenario.end.isoformat(),
             "directives": scenario.directives, "streams": sorted(watched(world, scenario)),
             "counterfactual_of": scenario.counterfactual_of}
            for name, scenario in sorted(world.scenarios.items(), key=_in_order)
        ],
        "cases": [
            {"name": name, "title": case.title, "on": case.on.isoformat(), "scenario": case.scenario,
             "stages": case.stages, "story": case.story}
            for name, case in world.cases.items()
        ],
    }  # fmt: skip


def _days(world: World) -> list[dict[str, Any]]:
    """On which days there are cases, by stream, mixes alike together; a stock is ``pending`` on its days."""
    alike: dict[tuple[str, str, str, str, bool], list[str]] = {}
    for name, mix in world.mixes.items():
        stream, counts = world.stages[mix.stage].stream, (world.mixes[mix.leader] if mix.leader else mix).counts
        series = world.series[counts.series] if counts else None
        carried = str(series.last_day) if series and series.carried_until else ""
        for first, last in [(min(mix.stock), max(mix.stock))] if mix.stock else arrivals_of(world, mix):
            alike.setdefault((stream, str(first), str(last), carried, bool(mix.stock)), []).append(name)
    return [
        {"stream": stream, "mixes": names, "first": first, "last": last, "carried_after": carried or None,
         "pending": pending}
        for (stream, first, last, carried, pending), names in sorted(alike.items())
    ]  # fmt: skip


def _in_order(entry: tuple[str, Scenario]) -> tuple[date, bool, str]:
    """By first day; departures from the record after the record."""
    return entry[1].start, entry[1].counterfactual_of is not None, entry[0]


def _agency(world: World, name: str, agency: Agency) -> dict[str, Any]:
    units = [
        {"name": f"{name}.{unit_name}", "title": unit.title, "role": unit.role, "officers": unit.staff.value,
         "offices": list(world.areas) if isinstance(unit.offices, str) else list(unit.offices)}
        for unit_name, unit in agency.units.items()
    ]  # fmt: skip
    return {"name": name, "title": agency.title, "full_name": agency.full_name, "units": units}


def parameters(world: World, text: str = "") -> list[dict[str, Any]]:
    """Every parameter that can be set: path, value, unit, range and source.

    Args:
        world: where to look.
        text: only those with this text in path, unit or source, whatever its case.
    """
    wanted = text.casefold()
    return [row for row in _parameters(world) if wanted in f"{row['path']} {row['unit']} {row['source']}".casefold()]


def _parameters(world: World) -> Iterator[dict[str, Any]]:
    for path, entry in quantities(world):
        if isinstance(entry, Quantity):
            low, high = (None if abs(bound) == float("inf") else bound for bound in entry.bounds)
            yield {"path": path, "value": entry.value, "unit": entry.unit, "range": [low, high], "source": entry.source}
        else:
            for name, share in entry.shares.items():
                yield {"path": f"{path}.{name}", "value": share, "unit": "share", "range": [0.0, 1.0],
                       "source": entry.source}  # fmt: skip
