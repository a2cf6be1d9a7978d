"""Mechanisms and what switches them off; doses, and where they are not defined."""

from math import inf

from docs.tables.markdown import code, figure, table
from experiments.mechanisms import KINDS, MECHANISMS
from experiments.mechanisms.undefined import undefined
from model.schema import World


def mechanisms(world: World) -> str:
    """What it means to switch each mechanism off, and why."""
    rows = [[f"`{name}`", one.off, one.why] for name, one in MECHANISMS.items()]
    return table(["mechanism", "off, in both worlds", "reason for this definition"], rows)


def switches(world: World) -> str:
    """The parameters that switch each mechanism off; a star stands for any text."""
    rows = [
        [f"`{name}`", f"`{pattern}`", "the most that its bounds allow" if value == inf else figure(value)]
        for name, one in MECHANISMS.items()
        for pattern, value in one.sets
    ]
    return table(["mechanism", "parameters", "set to"], rows)


def doses(world: World) -> str:
    """The kinds of dose, what each is, and the directives of the world for which it is not defined."""
    rows = []
    for kind, what in KINDS.items():
        missing = [name for name in world.directives if undefined(world, name, kind)]
        defined = [name for name in world.directives if name not in missing]
        some = f"all but {code(*missing)}" if len(missing) < len(defined) else f"only {code(*defined)}"
        rows.append([f"`{kind}`", what, some if missing else "all"])
    return table(["dose of", "what it is", "defined for"], rows)
