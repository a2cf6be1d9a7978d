"""Worlds in which every term of the rule is at work: one is seen only where its weight is not zero."""

from model.schema import Quantity, World
from model.world.checks import quantities


def weighed(world: World) -> dict[str, float]:
    """Settings that put each weight of a term which is zero in a world into the middle of its range."""
    weights = [
        (path, entry) for path, entry in quantities(world)
        if isinstance(entry, Quantity) and path.startswith("rule.") and path.count(".") == 1
    ]  # fmt: skip
    return {path: sum(entry.bounds) / 2.0 for path, entry in weights if entry.value == 0.0}
