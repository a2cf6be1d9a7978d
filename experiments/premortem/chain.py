"""What leads to a failure: the decisions before it, and the parameters that are read there."""

from collections.abc import Iterable, Iterator

from experiments.premortem.weeks import CLOCK, DESK, POOL
from model.schema import Edge, World


def feeding(world: World, kind: str, what: str) -> set[str]:
    """The stages at which something can fail, those that lead there, and those that compete for the same officers.

    Args:
        world: the part that is watched.
        kind: of what fails: one of `experiments.premortem.weeks.KINDS`, or another for an agency.
        what: the resource, unit, clock or agency; of separations nothing.

    >>> from model import load
    >>> sorted(feeding(load("two-desks"), DESK, "fees.clerks"))
    ['request']
    """
    leads = {name: {*_leads(edge for side in (stage.favourable, stage.unfavourable) for edge in side)}
             for name, stage in world.stages.items()}  # fmt: skip
    found, more = set[str](), _where(world, kind, what)
    while more - found:
        found |= more
        units = {world.stages[name].decider for name in found}
        more = {name for name, to in leads.items() if to & found or world.stages[name].decider in units}
    return found


def _leads(edges: Iterable[Edge]) -> Iterator[str]:
    for edge in edges:
        yield from (name for name in (edge.to, edge.separates) if name)


def _where(world: World, kind: str, what: str) -> set[str]:
    """The stages at which it fails."""
    stages = world.stages.items()
    if kind == DESK:
        return {name for name, stage in stages if stage.decider == what}
    if kind == CLOCK:
        return set(world.clocks[what].places) & set(world.stages)
    if kind == POOL:
        return {name for name, stage in stages for edge in (*stage.favourable, *stage.unfavourable)
                if what in (edge.uses, edge.needs, edge.holds)}  # fmt: skip
    return {name for name, stage in stages if not what or stage.decider.split(".")[0] == what}


def read_in(world: World, path: str, stages: set[str]) -> bool:
    """Whether a parameter is read at one of some stages, or belongs to no desk in particular.

    >>> from model import load
    >>> world = load()
    >>> chain = feeding(world, DESK, "ice.attorneys")
    >>> read_in(world, "stages.review.threshold", chain), read_in(world, "stages.daca.threshold", chain)
    (True, False)
    """
    kind, name, *rest = [*path.split(".")[:4], ""]
    units = {world.stages[stage].decider for stage in stages}
    agencies = {unit.split(".")[0] for unit in units}
    if kind == "stages":
        return name in stages
    if kind == "agencies":
        return f"{name}.{rest[1]}" in units if rest[0] == "units" else name in agencies
    if kind == "directives" and name in world.directives:
        return bool({unit.split(".")[0] for unit in world.directives[name].to} & agencies)
    return True
