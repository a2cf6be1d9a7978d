"""Streams: groups, stages that lead somewhere, laws that do not contradict each other, metrics that count."""

import networkx as nx

from model.errors import InputError, Words
from model.schema import AnyOf, Edge, Law, World
from model.world.checks.common import Path, Where, all_named, circle, conditions, deciders, named

DEEPEST = 8
"""Groups of groups of groups: more than anybody could read."""


def check_streams(world: World, where: Where) -> None:
    """Raise InputError at the first group, stage, law or metric that does not fit."""
    _groups(world, where)
    _stages(world, where)
    _laws(world, where)
    _customs(world, where)
    _metrics(world, where)


def _groups(world: World, where: Where) -> None:
    for name, any_of in world.groups.items():
        conditions(world, any_of, where, ["groups", name])
        if not any_of:
            raise InputError(
                "a group without conditions", where=where(["groups", name]), allowed="a list of conditions"
            )
    uses = nx.DiGraph((name, used) for name in world.groups for used in _groups_in(world.groups[name]))
    if found := circle(uses):
        first = found.split(" ")[0]
        raise InputError("groups that are defined by each other", where=where(["groups", first]), found=found)
    if (deep := nx.dag_longest_path_length(uses)) > DEEPEST:
        raise InputError("groups inside groups", where=where(["groups"]), found=deep, allowed=f"{DEEPEST} deep at most")


def _groups_in(any_of: AnyOf) -> list[str]:
    return [name for condition in any_of for name in (condition.groups or []) + (condition.not_groups or [])]


def _stages(world: World, where: Where) -> None:
    for both in sorted(set(world.stages) & set(world.exits)):
        raise InputError("both a stage and an exit", where=where(["exits", both]), found=both, allowed="another name")
    graph = nx.DiGraph()
    for name, stage in world.stages.items():
        named("unit", stage.decider, world.units(), where, ["stages", name, "decider"])
        for outcome, edges in (("favourable", stage.favourable), ("unfavourable", stage.unfavourable)):
            for at, edge in enumerate(edges):
                here = ["stages", name, outcome, at]
                _edge(world, edge, where, here)
                _stays(world, stage.stream, edge, where, here)
                graph.add_edge(name, edge.to)
                if edge.always and at < len(edges) - 1:
                    raise InputError(
                        "an edge that every case takes, with others after it",
                        where=where(here),
                        found=edge.to,
                        allowed="when, detained, share, uses or needs on all but the last",
                    )
            if not edges[-1].always:
                raise InputError(
                    "some cases would have nowhere to go",
                    where=where(["stages", name, outcome, len(edges) - 1]),
                    found=edges[-1].to,
                    allowed="a last edge without when, detained, share, uses or needs",
                )
    if found := circle(graph):
        first = found.split(" ")[0]
        raise InputError("stages that lead round in a circle", where=where(["stages", first]), found=found)


def _edge(world: World, edge: Edge, where: Where, path: Path) -> None:
    named("stage or exit", edge.to, [*world.stages, *world.exits], where, [*path, "to"])
    conditions(world, edge.when, where, [*path, "when"])
    leaves = edge.to in world.exits
    if edge.separates is not None:
        named("stage", edge.separates, world.stages, where, [*path, "separates"])
    if edge.rejoins is not None:
        all_named("stage", edge.rejoins.places, world.stages, where, [*path, "rejoins", "from"])
        named("exit", edge.rejoins.to, world.exits, where, [*path, "rejoins", "to"])
    _taken(world, edge, where, path)
    if leaves and edge.custody == "detain":
        raise InputError("detained at an exit", where=where([*path, "custody"]), found="detain", allowed="release")


def _stays(world: World, stream: str, edge: Edge, where: Where, path: Path) -> None:
    """What an edge leads to lies in the stream of its stage: a scenario may watch that stream alone."""
    there = edge.rejoins
    ways = [("to", edge.to), ("separates", edge.separates), ("rejoins", there.to if there else None)]
    for key, name in [*ways, *(("rejoins", place) for place in (there.places if there else ()))]:
        at = world.stages.get(name) or world.exits.get(name) if name else None
        if at is not None and at.stream != stream:
            raise InputError(
                "a way into another stream", where=where([*path, key]), found=name,
                allowed=f"stages and exits of {stream}; that one is of {at.stream}",
            )  # fmt: skip


def _taken(world: World, edge: Edge, where: Where, path: Path) -> None:
    """The resources of an edge: known, of a kind that can be taken there, and what is said of them meant for them."""
    kinds = {name: row.kind for name, row in world.resources.items()}
    leaves = edge.to in world.exits
    if edge.uses is not None:
        named("resource", edge.uses, kinds, where, [*path, "uses"])
    if edge.needs is not None:
        flows = [name for name, kind in kinds.items() if kind == "flow"]
        named("resource that is a flow", edge.needs, flows, where, [*path, "needs"])
    if edge.holds is not None:
        stocks = [name for name, kind in kinds.items() if kind == "stock"]
        named("resource that is a stock", edge.holds, stocks, where, [*path, "holds"])
    for key, name in (("uses", edge.uses), ("holds", edge.holds)):
        if name is not None and kinds[name] != "flow" and (kinds[name] == "yearly") != leaves:
            what = "a bed or other stock taken on the way out" if leaves else "a yearly resource taken on the way"
            allowed = "a yearly resource on edges to an exit, a stock on edges to a stage"
            raise InputError(what, where=where([*path, key]), found=name, allowed=allowed)
    if edge.takes is not None and edge.uses is not None and kinds[edge.uses] != "flow":
        raise InputError("more or less than one of a stock", where=where([*path, "takes"]), found=edge.takes.value,
                         allowed="takes only of a flow")  # fmt: skip
    for key, given in (("beyond", edge.beyond), ("waits", edge.waits), ("takes", edge.takes is not None)):
        if given and edge.uses is None:
            found = edge.takes.value if key == "takes" and edge.takes else True
            what = f"{key}, but of no resource"
            raise InputError(what, where=where([*path, key]), found=found, allowed="uses as well")
    if edge.waits and (edge.beyond or edge.needs is not None):
        other = "beyond" if edge.beyond else "needs"
        raise InputError(f"{other} where people wait", where=where([*path, other]), found=edge.needs or True,
                         allowed="waits alone: who stands in line gets it when there is some")  # fmt: skip


def _laws(world: World, where: Where) -> None:
    rows = list(world.laws.items())
    for at, (name, law) in enumerate(rows):
        all_named("stage", law.stages, world.stages, where, ["laws", name, "stages"])
        conditions(world, law.when, where, ["laws", name, "when"])
        for other, rival in rows[:at]:
            if _contradict(law, rival):
                raise InputError(
                    "two laws that contradict each other",
                    where=where(["laws", name, "must"]),
                    found=Words(f"{name} and {other}"),
                    allowed="one outcome for the same cases at a stage",
                )


def _contradict(law: Law, rival: Law) -> bool:
    together = law.in_force and rival.in_force and law.must != rival.must and law.when == rival.when
    apart = (law.ends and rival.starts and law.ends <= rival.starts) or (
        rival.ends and law.starts and rival.ends <= law.starts
    )
    return together and not apart and bool(set(law.stages) & set(rival.stages))


def _customs(world: World, where: Where) -> None:
    for name, custom in world.customs.items():
        all_named("stage", custom.stages, world.stages, where, ["customs", name, "stages"])
        conditions(world, custom.when, where, ["customs", name, "when"])


def _metrics(world: World, where: Where) -> None:
    decided_by = deciders(world)
    for name, metric in world.metrics.items():
        here = ["metrics", name]
        named("agency", metric.agency, world.agencies, where, [*here, "agency"])
        named("stage", metric.stage, world.stages, where, [*here, "stage"])
        conditions(world, metric.when, where, [*here, "when"])
        own = [stage for stage, units in decided_by.items() if any(u.split(".")[0] == metric.agency for u in units)]
        all_named("stage", metric.presses, world.stages, where, [*here, "presses"])
        all_named(f"stage that {metric.agency} decides", metric.presses, own, where, [*here, "presses"])
