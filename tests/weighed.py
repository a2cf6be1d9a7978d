"""A world in which every term of the rule is at work."""

from model import load
from model.schema import Quantity
from model.world.checks import quantities


def weighed() -> dict[str, float]:
    """Weights of terms that the world ships at zero, in the middle of their ranges: there they can be seen."""
    weights = [
        (path, entry) for path, entry in quantities(load())
        if isinstance(entry, Quantity) and path.startswith("rule.") and path.count(".") == 1
    ]  # fmt: skip
    return {path: sum(entry.bounds) / 2.0 for path, entry in weights if entry.value == 0.0}
