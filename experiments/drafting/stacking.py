"""What is in force on a day, and who sees which: the directives of a scenario, desk by desk."""

from datetime import date
from typing import NamedTuple

from experiments.drafting.reading import reached
from model.agencies.exposure import awareness
from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Directive, Scenario, World
from model.schema.directive import addresses
from model.world.case_days import watched


class Layer(NamedTuple):
    """A directive as one unit sees it.

    Attributes:
        unit: who sees it, as ``agency.unit``.
        directive: its name.
        start: its first day.
        asks: ``leniency`` or ``enforcement`` of a case, or ``means`` where its text names nobody.
        stages: the decisions of this unit that it speaks of.
        offices: those of the unit that it addresses; none for all.
        aware: share of its officers who have heard of it and have it in mind (odd.md, 7.6).
    """

    unit: str
    directive: str
    start: date
    asks: str
    stages: list[str]
    offices: list[str]
    aware: float


class Stack(NamedTuple):
    """What is in force on a day: by unit, and what has ended and why."""

    layers: list[Layer]
    ended: dict[str, str]


def stack(world: World, scenario: str, on: date, office: str | None = None) -> Stack:
    """The directives of a scenario on a day.

    Args:
        world: a world.
        scenario: one of its scenarios.
        on: a day of it.
        office: only what this unit (``agency.unit``), agency or office sees.

    Raises:
        InputError: the scenario, the day or the office is not there.
    """
    if scenario not in world.scenarios:
        raise unknown_scenario(world, scenario, "SCENARIO")
    among = world.scenarios[scenario]
    if not among.start <= on <= among.end:
        raise InputError(f"a day outside {scenario}", where="--on", found=on, allowed=f"{among.start} to {among.end}")
    offices = {name for unit in world.units() for name in _offices(world, unit)}
    if office is not None and office not in (known := [*world.agencies, *world.units(), *offices]):
        raise InputError("no such unit, agency or office", where="--office", found=office, known=known)
    ended = {name: why for name in among.directives if (why := _over(world, among, name, on))}
    streams = watched(world, among)
    here = [name for name in among.directives if world.directives[name].start <= on and name not in ended]
    layers = [
        _layer(world, unit, name, on, streams)
        for unit in world.units()
        for name in here
        if _sees(world, unit, world.directives[name], office)
    ]
    return Stack([layer for layer in layers if layer.stages], ended)


def _offices(world: World, unit: str) -> list[str]:
    agency, name = unit.split(".")
    return list(world.offices_of(world.agencies[agency].units[name]))


def _sees(world: World, unit: str, row: Directive, office: str | None) -> bool:
    """Whether a unit is addressed, in one of its offices at least; or in the one that is asked for."""
    told = [one for one in _offices(world, unit) if row.offices is None or one in row.offices]
    asked = office is None or office in (unit, unit.split(".")[0]) or office in told
    return addresses(row.to, unit) and bool(told) and asked


def _over(world: World, among: Scenario, name: str, on: date) -> str:
    """Why a directive that has begun is over on a day; nothing if it is not."""
    row = world.directives[name]
    if row.start > on:
        return ""
    for other in among.directives:
        if name in world.directives[other].supersedes and world.directives[other].start <= on:
            return f"superseded by {other} on {world.directives[other].start}"
    return f"ended on {row.end}" if row.end is not None and row.end <= on else ""


def _layer(world: World, unit: str, name: str, on: date, streams: set[str]) -> Layer:
    row, society = world.directives[name], world.society
    agency, title = unit.split(".")
    consent = world.agencies[agency].units[title].union_consent.value
    trained = row.training.value * (consent if row.union_consents is None else float(row.union_consents))
    aware = awareness(
        (on - row.start).days, trained, society.bulletin.value, row.monitoring.value, society.erosion.value
    )
    stages = [stage for stage in reached(world, row) if world.stages[stage].stream in streams
              and row.moves.get(stage, world.stages[stage].decider) == unit]  # fmt: skip
    names = bool(row.scope.include) or row.scope.otherwise != "out"
    asks = ("leniency" if row.direction > 0 else "enforcement") if names else "means"
    own = _offices(world, unit)
    told = [] if row.offices is None or set(own) <= set(row.offices) else [o for o in own if o in row.offices]
    return Layer(unit, name, row.start, asks, stages, told, float(aware))
