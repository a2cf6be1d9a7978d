"""What of a scenario lies beyond the days on which the world has cases.

Where nobody comes nothing can shift: a scenario on such days is refused, and where a part of it has none, it is said.
"""

from collections.abc import Callable, Iterable
from functools import partial

import networkx as nx

from model.errors import InputError
from model.schema import Directive, Mix, Scenario, World
from model.world.case_days import (
    DAY,
    Where,
    arrivals_in,
    arrivals_of,
    in_scenario,
    joined,
    meet,
    missing,
    mixes_of,
    told,
    watched,
)
from model.world.checks.common import deciders
from model.world.once import once

MANY = 256
"""Of how many directives it is kept what they touch."""


def check_days(world: World, scenario: Scenario, where: Where = in_scenario) -> None:
    """Raise InputError where nobody comes to what is watched, or to a directive while it is in effect."""
    streams = watched(world, scenario, where)
    reach = _reach(world)
    for at, name in enumerate(scenario.directives):
        directive = world.directives[name]
        stages = touched(world, directive)
        here = {stage for stage in stages if world.stages[stage].stream in streams}
        if not stages or (not here and scenario.streams is not None):
            continue
        first = max(directive.start, scenario.start)
        last = min(directive.end - DAY if directive.end else scenario.end, scenario.end)
        spans = [arrivals_of(world, mix) for mix in mixes_of(world, streams).values() if reach(mix) & here]
        if first <= last and not any(meet(span, first, last) for span in spans):
            known = joined(span for mix in world.mixes.values() if reach(mix) & stages
                            for span in arrivals_of(world, mix))  # fmt: skip
            raise InputError(f"a directive that meets no cases: none come to its desks from {first} to {last}",
                             where=where(["directives", at]), found=name, allowed=told(known))  # fmt: skip


@once
def check_scenario(world: World, scenario: Scenario) -> None:
    """`check_days` of a scenario that no file names."""
    check_days(world, scenario)


@once
def _reach(world: World) -> Callable[[Mix], set[str]]:
    """For a mix, the stages to which its cases can come."""
    ways = nx.DiGraph()
    for name, stage in world.stages.items():
        ways.add_node(name)
        for edge in (*stage.favourable, *stage.unfavourable):
            ways.add_edges_from((name, to) for to in (edge.to, edge.separates) if to is not None)
    orders = [row.review for row in world.directives.values() if row.review is not None]
    ways.add_edges_from((order.pending_at, order.by) for order in orders)
    found = {stage: {stage, *nx.descendants(ways, stage)} for stage in {mix.stage for mix in world.mixes.values()}}
    return lambda mix: found[mix.stage]


@partial(once, most=MANY)
def touched(world: World, directive: Directive) -> frozenset[str]:
    """The stages at which a directive is heard, or changes something."""
    units = deciders(world)
    addressed = {stage for stage, by in units.items()
                 if any(unit in directive.to or unit.split(".")[0] in directive.to for unit in by)}  # fmt: skip
    found = addressed & set(directive.stages) if directive.stages else addressed
    found |= set(directive.moves) | {world.mixes[mix].stage for mix in (*directive.opens, *directive.deters)}
    found |= {stage for law in (*directive.lifts, *directive.imposes) for stage in world.laws[law].stages}
    found |= {stage for custom in directive.breaks_with for stage in world.customs[custom].stages}
    for metric in (*directive.counts, *directive.targets):
        found |= {world.metrics[metric].stage, *world.metrics[metric].presses}
    found |= {stage for stage, by in units.items() if by & {*directive.staff, *directive.recruits}}
    if directive.review is not None:
        found |= {directive.review.pending_at, directive.review.by}
    for name, stage in world.stages.items():
        edges = (*stage.favourable, *stage.unfavourable)
        if any({edge.uses, edge.needs, edge.holds} & set(directive.resources) for edge in edges):
            found.add(name)
    return frozenset(found)


@once
def notes(world: World, scenario: Scenario) -> list[str]:
    """What is to be said of the days of a scenario: where cases are missing, carried on, or of another day."""
    streams = watched(world, scenario)
    return [
        *_unwatched(world, scenario, streams), *_without_cases(world, scenario, streams),
        *_carried(world, scenario, streams), *_pending(world, scenario, streams),
    ]  # fmt: skip


def _unwatched(world: World, scenario: Scenario, streams: set[str]) -> Iterable[str]:
    """Directives that are heard where nobody comes."""
    for name in scenario.directives:
        stages = touched(world, world.directives[name])
        heard = list(dict.fromkeys(row.stream for stage, row in world.stages.items() if stage in stages))
        if scenario.streams is None:
            for stream in (stream for stream in heard if stream not in streams):
                yield (f"{stream} is not watched, though {name} reaches it: "
                       f"its cases come {told(arrivals_in(world, stream))}.")  # fmt: skip
        elif stages and not set(heard) & streams:
            yield f"{name} changes nothing that is watched: it reaches {', '.join(heard)} alone."


def _without_cases(world: World, scenario: Scenario, streams: set[str]) -> Iterable[str]:
    """Days on which no cases of a mix come, told once for all mixes alike."""
    opened = {mix: name for name, row in world.directives.items() for mix in row.opens}
    alike: dict[tuple[str, str], list[str]] = {}
    for name, mix in mixes_of(world, streams).items():
        spans = arrivals_of(world, mix)
        if not spans or (name in opened and opened[name] not in scenario.directives):
            continue
        first = max(scenario.start, spans[0][0]) if name in opened else scenario.start
        if beyond := missing(spans, first, scenario.end):
            alike.setdefault((told(beyond), told(spans)), []).append(name)
    for (none_on, some_on), names in alike.items():
        yield f"No cases of {', '.join(names)} from {none_on}: the world has them {some_on}."


def _carried(world: World, scenario: Scenario, streams: set[str]) -> Iterable[str]:
    used = dict.fromkeys(mix.counts.series for mix in mixes_of(world, streams).values() if mix.counts is not None)
    for name in used:
        series = world.series[name]
        if series.carried_until is not None and scenario.end > series.last_day:
            until = min(series.carried_until, scenario.end)
            yield (f"The series {name} ends on {series.last_day}: to {until} as many come a day as in its last month.")


def _pending(world: World, scenario: Scenario, streams: set[str]) -> Iterable[str]:
    for name, mix in mixes_of(world, streams).items():
        if mix.stock and not min(mix.stock) <= scenario.start <= max(mix.stock):
            nearest = min(mix.stock, key=lambda day: abs(day - scenario.start))
            yield f"Pending on the first day ({name}): as many as on {nearest}, the nearest day on record."
