"""Levers that amend directives which exist, and leave each in order."""

from collections.abc import Iterable

from model.errors import InputError
from model.schema import World
from model.world.checks.common import Where, all_named
from model.world.checks.directives import check_directives
from model.world.levers import amended


def check_levers(world: World, where: Where) -> None:
    """Raise InputError at the first lever that does not fit."""
    for name, lever in world.levers.items():
        all_named("directive", lever.amends, world.directives, where, ["levers", name, "amends"])
        for at, directive in enumerate(lever.amends):
            after = lever.laid_over(world.directives[directive])
            if after.end is not None and after.end <= after.start:
                raise InputError(
                    f"with it the directive ends before it starts, on {after.start}",
                    where=where(["levers", name, "amends", at]), found=directive, allowed=f"a start before {after.end}",
                )  # fmt: skip
        check_directives(amended(world, name), _in_the_lever(world, name, where), lever.amends)


def _in_the_lever(world: World, name: str, where: Where) -> Where:
    """Where a part of an amended directive stands: in the lever's file, if the lever changes it."""
    lever = world.levers[name]

    def place(path: Iterable[object]) -> str:
        keys = list(path)
        if keys[0] == "directives" and keys[1] in lever.amends and keys[2:3] and keys[2] in lever.changes.terms():
            return where(["levers", name, "changes", *keys[2:]])
        return where(keys)

    return place
