"""Directives that reach somebody and change something, and scenarios in which they do."""

from collections.abc import Iterable, Mapping
from functools import partial

import networkx as nx

from model.errors import InputError, together
from model.schema import Directive, Increase, Scenario, World
from model.schema.directive import addresses
from model.world.checks.common import Path, Where, all_named, circle, conditions, deciders, named
from model.world.checks.days import check_days

LEVERS = (
    "targets",
    "counts",
    "lifts",
    "imposes",
    "breaks_with",
    "moves",
    "resources",
    "staff",
    "recruits",
    "opens",
    "deters",
    "supersedes",
    "review",
)


def check_directives(world: World, where: Where, only: Iterable[str] | None = None) -> None:
    """Raise InputError at the first directive that does not fit.

    Args:
        world: a typed world.
        where: the file and key of a path.
        only: those whose names and conditions are looked up, where all others have been; None for all.
    """
    looked_at = world.directives if only is None else {name: world.directives[name] for name in only}
    used: Mapping[str, tuple[str, Iterable[str]]] = {
        "to": ("agency or unit", [*world.agencies, *world.units()]),
        "stages": ("stage", world.stages),
        "targets": ("metric", world.metrics),
        "counts": ("metric", world.metrics),
        "lifts": ("law", world.laws),
        "imposes": ("law", world.laws),
        "breaks_with": ("custom", world.customs),
        "moves": ("stage", world.stages),
        "resources": ("resource", world.resources),
        "staff": ("unit", world.units()),
        "recruits": ("unit", world.units()),
        "opens": ("mix", world.mixes),
        "deters": ("mix that comes by itself", [name for name, mix in world.mixes.items() if mix.leader is None]),
        "supersedes": ("directive", world.directives),
    }
    addresses_of = {stage: units | {unit.split(".")[0] for unit in units} for stage, units in deciders(world).items()}
    together([
        *(partial(_directive, world, name, directive, used, where) for name, directive in looked_at.items()),
        *(partial(_reach, world, name, directive, addresses_of, where) for name, directive in world.directives.items()),
        partial(_succession, world, where), partial(_reviews, world, where),
    ])  # fmt: skip


def _directive(
    world: World, name: str, directive: Directive, used: Mapping[str, tuple[str, Iterable[str]]], where: Where
) -> None:
    """``used`` has for each key what its entries are, and which there are."""
    here = ["directives", name]
    for key, (kind, names) in used.items():
        entries = getattr(directive, key)
        if isinstance(entries, Mapping):
            for entry in entries:
                named(kind, entry, names, where, [*here, key, entry])
        else:
            all_named(kind, entries or [], names, where, [*here, key])
    for stage, unit in directive.moves.items():
        named("unit", unit, world.units(), where, [*here, "moves", stage])
    all_named("office of those addressed", directive.offices or [], _offices(world, directive), where,
              [*here, "offices"])  # fmt: skip
    for resource, more in directive.resources.items():
        _increase(world, resource, more, where, [*here, "resources", resource])
    for key, part in (("in", directive.scope.include), ("out", directive.scope.exclude)):
        conditions(world, part, where, [*here, "scope", key])
    for law in directive.imposes:
        if law in directive.lifts:
            raise InputError("a law both lifted and imposed", where=where([*here, "lifts"]), found=law)


def _offices(world: World, directive: Directive) -> list[str]:
    """The offices of all units that a directive addresses."""
    return [
        office
        for agency, entry in world.agencies.items()
        for title, unit in entry.units.items()
        if addresses(directive.to, f"{agency}.{title}")
        for office in world.offices_of(unit)
    ]


def _increase(world: World, resource: str, more: Increase, where: Where, path: Path) -> None:
    """More of one pool, or of those of single areas, as the resource has them."""
    region = world.resources[resource].region
    if region is not None and more.amount is not None:
        raise InputError("one amount of what each area has its own", where=where([*path, "amount"]),
                         found=more.amount.value, allowed=f"amounts by area of {region}")  # fmt: skip
    if region is None and more.amounts:
        raise InputError("amounts by area of what is one pool", where=where([*path, "amounts"]),
                         found=list(more.amounts), allowed="one amount")  # fmt: skip
    for area in more.amounts:
        named("pool of this resource", area, world.regions[str(region)].names, where, [*path, "amounts", area])


def _reach(world: World, name: str, directive: Directive, addresses_of: Mapping[str, set[str]], where: Where) -> None:
    """``addresses_of`` has for each stage the units and agencies that decide it."""
    reached = [stage for stage in world.stages if not addresses_of[stage].isdisjoint(directive.to)]
    together(
        partial(_reached, world, directive, stage, reached, where, ["directives", name, "stages", at])
        for at, stage in enumerate(directive.stages or [])
    )
    if not reached and not any(getattr(directive, lever) for lever in LEVERS):
        raise InputError(
            "a directive that reaches nobody and changes nothing",
            where=where(["directives", name, "to"]),
            found=directive.to,
            known=[*world.agencies, *world.units()],
        )


def _reached(
    world: World, directive: Directive, stage: str, reached: list[str], where: Where, path: Path
) -> None:  # fmt: skip
    """Raise InputError unless those addressed decide a stage, with the way to have it decided by them."""
    if stage in reached:
        return
    place = where(path)
    told = InputError("no such stage decided by those addressed", where=place, found=stage, known=reached)
    units = [unit for unit in world.units() if addresses(directive.to, unit)]
    if stage in world.stages and units:
        way = f'moves = {{ {stage} = "{units[0]}" }}'
        allowed = f"{told.allowed}; with {way} they decide it" if told.allowed else f"{way}, by which they decide it"
        told = InputError(told.what, where=place, found=stage, allowed=allowed)
    raise told


def _succession(world: World, where: Where) -> None:
    for name, directive in world.directives.items():
        for at, old in enumerate(directive.supersedes):
            if world.directives[old].start > directive.start:
                raise InputError(
                    "supersedes what comes after it",
                    where=where(["directives", name, "supersedes", at]),
                    found=old,
                    allowed=f"what began by {directive.start}; this began on {world.directives[old].start}",
                )
    graph = nx.DiGraph((name, old) for name, row in world.directives.items() for old in row.supersedes)
    if found := circle(graph):
        path = ["directives", found.split(" ")[0], "supersedes"]
        raise InputError("directives that supersede each other", where=where(path), found=found)


def _reviews(world: World, where: Where) -> None:
    reviewed: dict[str, tuple[str, str]] = {}
    for name, directive in world.directives.items():
        review, here = directive.review, ["directives", name, "review"]
        if review is None:
            continue
        named("stage", review.pending_at, world.stages, where, [*here, "pending_at"])
        named("stage", review.by, world.stages, where, [*here, "by"])
        conditions(world, review.when, where, [*here, "when"])
        if review.by == review.pending_at:
            raise InputError("a review by the stage where cases wait", where=where([*here, "by"]), found=review.by)
        ways = (*world.stages[review.by].favourable, *world.stages[review.by].unfavourable)
        if any(edge.waits and edge.to in world.exits for edge in ways):
            raise InputError("a review that ends in a line", where=where([*here, "by"]), found=review.by,
                             allowed="a stage from which nobody waits to leave")  # fmt: skip
        other, pending_at = reviewed.setdefault(review.by, (name, review.pending_at))
        if pending_at != review.pending_at:
            raise InputError(
                f"{review.by} already reviews what waits elsewhere, by {other}",
                where=where([*here, "pending_at"]),
                found=review.pending_at,
                known=[pending_at],
            )


def check_scenarios(world: World, where: Where) -> None:
    """Raise InputError at the first scenario whose directives are unknown or never in effect."""
    together(partial(_scenario, world, name, scenario, where) for name, scenario in world.scenarios.items())


def _scenario(world: World, name: str, scenario: Scenario, where: Where) -> None:
    here = ["scenarios", name, "directives"]
    all_named("directive", scenario.directives, world.directives, where, here)
    streams = list(dict.fromkeys(stage.stream for stage in world.stages.values()))
    all_named("stream", scenario.streams or [], streams, where, ["scenarios", name, "streams"])
    if scenario.counterfactual_of is not None:
        others = [other for other in world.scenarios if other != name]
        named("other scenario", scenario.counterfactual_of, others, where, ["scenarios", name, "counterfactual_of"])
    for at, issued in enumerate(scenario.directives):
        directive = world.directives[issued]
        missing = [one.issues for one in directive.answers if one.issues and one.issues not in scenario.directives]
        if missing:
            raise InputError("an answer that issues what this scenario does not have", where=where([*here, at]),
                             found=missing[0], allowed="a directive that the scenario lists as well")  # fmt: skip
        if directive.start > scenario.end or (directive.end is not None and directive.end <= scenario.start):
            raise InputError(
                "a directive that is never in effect in this scenario",
                where=where([*here, at]),
                found=issued,
                allowed=f"in effect {scenario.start} to {scenario.end}; this is of {directive.start}",
            )
    check_days(world, scenario, partial(_of_scenario, where, name))


def _of_scenario(where: Where, name: str, keys: Iterable[object]) -> str:
    return where(["scenarios", name, *keys])
