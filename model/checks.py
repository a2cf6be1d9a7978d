"""Do the parts of a world fit together? Names that lead nowhere, offices without officers, circles."""

import re
from collections.abc import Callable, Iterable, Mapping

import networkx as nx

from model.errors import InputError
from model.schema import AnyOf, Quantity, Shares, Strict, World
from model.vocabulary import CHARGES, DERIVED_EQUITIES, EQUITIES, LEVELS

Where = Callable[[Iterable[object]], str]
_FACT = re.compile(r"\b[IBPT]\d\d\b")


def check(world: World, where: Where, facts: frozenset[str]) -> None:
    """Raise InputError at the first part that does not fit the others."""
    _agencies(world, where)
    _groups(world, where)
    _stages(world, where)
    _laws_and_metrics(world, where)
    _mixes(world, where)
    _directives(world, where)
    _scenarios_and_cases(world, where)
    if facts:
        _sources(world, where, facts)


def _known(kind: str, name: str, names: Iterable[str], where: str) -> None:
    if name not in (known := list(names)):
        raise InputError(f"no such {kind}", where=where, found=name, known=known)


def _agencies(world: World, where: Where) -> None:
    if sum(world.areas.values()) <= 0 or min(world.areas.values()) <= 0:
        raise InputError("an area without weight", where=where(["areas"]), allowed="weights above 0")
    for name, agency in world.agencies.items():
        try:
            agency.chain()
        except ValueError as error:
            raise InputError(str(error), where=where(["agencies", name, "levels"])) from None
        for level, entry in agency.levels.items():
            if entry.reports_to is not None:
                _known("level", entry.reports_to, agency.levels, where(["agencies", name, "levels", level]))
            if entry.span is not None and entry.span.value < 1:
                raise InputError("a span below one officer", where=where(["agencies", name, "levels", level, "span"]))
        for title, unit in agency.units.items():
            here = ["agencies", name, "units", title]
            if unit.staff.value < 1:
                raise InputError("a unit with no officers", where=where([*here, "staff"]), found=unit.staff.value)
            if unit.hours.value <= 0:
                raise InputError("officers without hours", where=where([*here, "hours"]), found=unit.hours.value)
            if isinstance(unit.offices, str):
                _known("list of offices", unit.offices, ["areas"], where([*here, "offices"]))
            elif min(unit.offices.values()) <= 0:
                empty = min(unit.offices, key=unit.offices.__getitem__)
                raise InputError("an office with no officers", where=where([*here, "offices", empty]), found=empty)
            for stage in unit.habits:
                _known("stage", stage, world.stages, where([*here, "habits"]))


def _groups(world: World, where: Where) -> None:
    for name, any_of in world.groups.items():
        _conditions(world, any_of, where(["groups", name]))
    uses = nx.DiGraph((name, used) for name in world.groups for used in _groups_in(world.groups[name]))
    if not nx.is_directed_acyclic_graph(uses):
        circle = " -> ".join(str(pair[0]) for pair in nx.find_cycle(uses))
        raise InputError("groups defined by each other", where=where(["groups"]), found=circle)


def _groups_in(any_of: AnyOf) -> list[str]:
    return [name for condition in any_of for name in (condition.groups or []) + (condition.not_groups or [])]


def _conditions(world: World, any_of: AnyOf, where: str) -> None:
    for condition in any_of:
        for mix in condition.mix or []:
            _known("mix", mix, world.mixes, where)
        for group in (condition.groups or []) + (condition.not_groups or []):
            _known("group", group, world.groups, where)


def _stages(world: World, where: Where) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(world.stages)
    for name, stage in world.stages.items():
        _known("unit", stage.decider, world.units(), where(["stages", name, "decider"]))
        for outcome, edges in (("favourable", stage.favourable), ("unfavourable", stage.unfavourable)):
            for index, edge in enumerate(edges):
                here = where(["stages", name, outcome, index])
                _known("stage or exit", edge.to, [*world.stages, *world.exits], here)
                _conditions(world, edge.when, here)
                if edge.uses is not None:
                    _known("resource", edge.uses, world.resources, here)
                graph.add_edge(name, edge.to)
            if not edges[-1].always:
                raise InputError(
                    "some cases would have nowhere to go",
                    where=where(["stages", name, outcome, len(edges) - 1]),
                    allowed="a last edge without when, detained, share or uses",
                )
    if not nx.is_directed_acyclic_graph(graph):
        circle = " -> ".join(str(pair[0]) for pair in nx.find_cycle(graph))
        raise InputError("stages that lead round in a circle", where=where(["stages"]), found=circle)
    for both in set(world.stages) & set(world.exits):
        raise InputError("both a stage and an exit", where=where(["exits", both]), found=both)


def _laws_and_metrics(world: World, where: Where) -> None:
    for name, law in world.laws.items():
        for stage in law.stages:
            _known("stage", stage, world.stages, where(["laws", name, "stages"]))
        _conditions(world, law.when, where(["laws", name, "when"]))
        if law.starts and law.ends and law.ends <= law.starts:
            raise InputError("a law that ends before it starts", where=where(["laws", name]), found=str(law.ends))
    always = [(name, law) for name, law in world.laws.items() if not law.when and law.in_force]
    for name, law in always:
        for other, rival in always:
            if law.must != rival.must and set(law.stages) & set(rival.stages):
                raise InputError("two laws that contradict each other", where=where(["laws", name]), found=other)
    for name, metric in world.metrics.items():
        _known("agency", metric.agency, world.agencies, where(["metrics", name, "agency"]))
        _known("stage", metric.stage, world.stages, where(["metrics", name, "stage"]))
        for stage in metric.presses:
            _known("stage", stage, world.stages, where(["metrics", name, "presses"]))
        _conditions(world, metric.when, where(["metrics", name, "when"]))


def _mixes(world: World, where: Where) -> None:
    for name, mix in world.mixes.items():
        _known("stage", mix.stage, world.stages, where(["mixes", name, "stage"]))
        if mix.holds is not None:
            _known("resource", mix.holds, world.resources, where(["mixes", name, "holds"]))
        for level, share in mix.levels.shares.items():
            _known("conviction level", level, LEVELS, where(["mixes", name, "levels"]))
            if share > 0 and level not in mix.charges:
                raise InputError("no charges for this level", where=where(["mixes", name, "charges"]), found=level)
        for charges in mix.charges.values():
            for charge in charges.shares:
                _known("charge", charge, CHARGES, where(["mixes", name, "charges"]))
        for equity in mix.equities:
            drawn = [e for e in EQUITIES if e not in DERIVED_EQUITIES]
            _known("equity that is drawn", equity, drawn, where(["mixes", name, "equities"]))


def _directives(world: World, where: Where) -> None:
    names: Mapping[str, tuple[str, Iterable[str]]] = {
        "targets": ("metric", world.metrics),
        "counts": ("metric", world.metrics),
        "lifts": ("law", world.laws),
        "imposes": ("law", world.laws),
        "moves": ("stage", world.stages),
        "resources": ("resource", world.resources),
        "recruits": ("unit", world.units()),
        "opens": ("mix", world.mixes),
        "supersedes": ("directive", world.directives),
    }
    for name, directive in world.directives.items():
        for key, (kind, known) in names.items():
            for entry in getattr(directive, key):
                _known(kind, entry, known, where(["directives", name, key]))
        for unit in directive.to:
            _known("agency or unit", unit, [*world.agencies, *world.units()], where(["directives", name, "to"]))
        for stage in directive.stages or []:
            _known("stage", stage, world.stages, where(["directives", name, "stages"]))
        for stage, unit in directive.moves.items():
            _known("unit", unit, world.units(), where(["directives", name, "moves", stage]))
        if directive.review is not None:
            for stage in (directive.review.pending_at, directive.review.by):
                _known("stage", stage, world.stages, where(["directives", name, "review"]))
        for part in (directive.scope.include, directive.scope.exclude):
            _conditions(world, part, where(["directives", name, "scope"]))


def _scenarios_and_cases(world: World, where: Where) -> None:
    for name, scenario in world.scenarios.items():
        for directive in scenario.directives:
            _known("directive", directive, world.directives, where(["scenarios", name, "directives"]))
        if len(set(scenario.directives)) < len(scenario.directives):
            raise InputError("a directive named twice", where=where(["scenarios", name, "directives"]))
    for name, case in world.cases.items():
        _known("scenario", case.scenario, world.scenarios, where(["cases", name, "scenario"]))
        _known("area", case.area, world.areas, where(["cases", name, "area"]))
        for stage in case.stages:
            _known("stage", stage, world.stages, where(["cases", name, "stages"]))
        scenario = world.scenarios[case.scenario]
        if not scenario.start <= case.on <= scenario.end:
            raise InputError(
                "a day outside its scenario",
                where=where(["cases", name, "on"]),
                found=str(case.on),
                allowed=f"{scenario.start} to {scenario.end}",
            )
        for equity in case.person.documented:
            _known("equity of this person", equity, case.person.equities, where(["cases", name, "person"]))


def quantities(part: object, path: tuple[str, ...] = ()) -> Iterable[tuple[str, Quantity | Shares]]:
    """Every parameter in a typed part of a world, with its path."""
    if isinstance(part, Quantity | Shares):
        yield ".".join(path), part
    elif isinstance(part, Strict):
        for name, field in type(part).model_fields.items():
            yield from quantities(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from quantities(value, (*path, str(key)))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from quantities(value, (*path, str(index)))


def _sources(world: World, where: Where, facts: frozenset[str]) -> None:
    for path, quantity in quantities(world):
        for fact in _FACT.findall(quantity.source):
            _known("fact in evidence.csv", fact, facts, where([*path.split("."), "source"]))
