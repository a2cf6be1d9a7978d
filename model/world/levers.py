"""A world in which a lever has been pulled."""

from model.errors import InputError
from model.schema import World


def amended(world: World, lever: str) -> World:
    """The world with a lever's changes in the directives that it amends; all else, and every name, is the same.

    Raises:
        InputError: there is no such lever.

    >>> from model import load
    >>> world = load("two-desks")
    >>> evaluated = amended(world, "answered-for")
    >>> [one.directives["memo"].evaluation.value for one in (world, evaluated)]
    [0.0, 1.0]
    """
    if lever not in world.levers:
        raise InputError("no such lever", where="lever", found=lever, known=world.levers)
    pulled = world.levers[lever]
    changed = {name: pulled.laid_over(world.directives[name]) for name in pulled.amends}
    return world.model_copy(update={"directives": {**world.directives, **changed}})
