"""Remarks on agencies that a draft loads: whom it sends cases to, and what it takes that runs out."""

import json
from collections.abc import Iterator

import networkx as nx

from experiments.drafting.laid import Laid, edges, network, resources
from experiments.drafting.remark import Remark, quantity, several
from model.schema.directive import addresses


def not_told(laid: Laid) -> Iterator[Remark]:
    """Agencies that it loads, and that it neither addresses, consults nor gives anything."""
    world, fed = laid.world, {*laid.row.resources, *laid.row.staff}
    loaded, used = _downstream(laid) if laid.asks else ({}, [])
    loaded = {stage: unit for stage, unit in loaded.items() if unit not in fed}
    used = [name for name in used if name not in fed]
    if not loaded and not used:
        return
    titles = {world.agencies[unit.split(".")[0]].title: None for unit in loaded.values()}
    sends = f"sends more cases to {several(list(titles), 6)}" if titles else ""
    takes = f"takes more of {several([world.resources[name].title for name in used], 6)}" if used else ""
    yield Remark(
        "not told", "weak" if used else "think of it",
        f"It {' and '.join(part for part in (sends, takes) if part)}; it neither asks them nor gives them anything.",
        "What is decided here is work elsewhere, within hours and places that do not grow with it (odd.md, 7.12): whom "
        "nobody told learns of it when the cases come.",
        "Ask them before it is issued (consults) what they need and when; write that in, and start when it is there.",
        "\n".join([*_consulted(loaded), _increase(laid, used[0]) if used else _people(next(iter(loaded.values())))]),
    )  # fmt: skip


def _consulted(loaded: dict[str, str]) -> list[str]:
    """The agency that is loaded first, asked beforehand."""
    agencies = [unit.split(".")[0] for unit in loaded.values()]
    return [f'[consults]\n{name} = {{ value = 30, unit = "days", source = "{NEED}" }}' for name in agencies[:1]]


DELAY = 'delay = { value = 90, unit = "days", source = "assumed: as they ask" }'
NEED = "assumed: as they ask"


def _people(unit: str) -> str:
    return f'[staff."{unit}"]\namount = {{ value = 10, unit = "persons", source = "{NEED}" }}\n{DELAY}'


def _increase(laid: Laid, name: str) -> str:
    row = laid.world.resources[name]
    unit = next(one.unit for one in (row.amount, *row.amounts.values()) if one is not None)
    where = "amount" if row.amount else f"amounts.{json.dumps(next(iter(row.amounts)))}"
    return "\n".join([f"[resources.{name}]", DELAY, quantity(f"resources.{name}.{where}", 10, unit, NEED)])


def _downstream(laid: Laid) -> tuple[dict[str, str], list[str]]:
    """Who else decides, by stage, about those who go the way that it asks for, and the resources that this takes.

    What lies before the draft's own decisions is not among it: it is there with the draft or without.
    """
    world = laid.world
    ways = nx.DiGraph()
    ways.add_nodes_from(world.stages)
    for stage in world.stages:
        for edge in edges(world, stage, laid.asked if stage in laid.stages else ""):
            ways.add_edges_from((stage, to) for to in (edge.to, edge.separates) if to)
    before = {other for stage in laid.stages for other in nx.ancestors(network(world), stage)}
    after = {stage for here in laid.stages for stage in nx.descendants(ways, here)} - before - {*laid.stages}
    told = {unit.split(".")[0] for unit in laid.deciders} | set(laid.row.consults)
    units = {stage: row.decider for stage, row in world.stages.items() if stage in after
             and row.decider.split(".")[0] not in told and not addresses(laid.row.to, row.decider)}  # fmt: skip
    taken = [edge for stage in laid.stages for edge in edges(world, stage, laid.asked)]
    taken += [edge for stage in world.stages if stage in after for edge in edges(world, stage)]
    used = dict.fromkeys(name for edge in taken for name in resources(edge))
    return units, list(used)
