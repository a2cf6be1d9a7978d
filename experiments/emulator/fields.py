"""What an emulator can be asked about: the fields of one directive that somebody may word otherwise."""

from experiments.mechanisms.undefined import undefined
from experiments.sweep.factors import Factor
from model.schema import Quantity, World

FIELDS = ("clarity", "latitude", "meaning", "mandate", "monitoring", "evaluation", "training")


def inputs(world: World, directive: str) -> tuple[Factor, ...]:
    """The authority of a directive and its shares, over the ranges that the world allows.

    A field that could change nothing (`experiments.mechanisms.undefined`) is left out.
    """
    text, here = world.directives[directive], f"directives.{directive}"
    found = []
    if not undefined(world, directive, "strength"):
        weights = {word: weight.value for word, weight in world.rule.authority.items()}
        words = tuple(sorted(weights, key=weights.__getitem__))
        found.append(Factor(f"{here}.authority", 0.0, len(words) - 1.0, words, own=text.authority))
    for name in FIELDS:
        share: Quantity = getattr(text, name)
        low, high = share.bounds
        if low < high and not undefined(world, directive, name):
            found.append(Factor(f"{here}.{name}", low, high, own=share.value))
    return tuple(found)
