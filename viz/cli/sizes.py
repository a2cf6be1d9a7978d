"""Sizes that a command refuses: those at which what it shows could not be read (`model.sizes`)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

if TYPE_CHECKING:
    from model.schema import Scenario, World


def readable(world: "World", scenarios: "Iterable[str | Scenario]", scale: float) -> None:
    """Raise InputError if one of some scenarios cannot be read at a scale.

    What the world does not have, and what is no share, is left to the command to refuse.
    """
    from model.sizes import check

    if not 0.0 < scale <= 1.0:
        return
    for one in scenarios:
        scenario = world.scenarios.get(one) if isinstance(one, str) else one
        if scenario is not None:
            check(world, scenario, scale)


class Sized(TyperCommand):
    """A command whose options name a scenario, a world, settings and a scale."""

    def invoke(self, ctx: Any) -> Any:
        """Look at the size before anything runs."""
        from model.world.loader import load

        asked = ctx.params
        against = asked.get("against") or []
        scenarios = [asked["scenario"], *([against] if isinstance(against, str) else against)]
        readable(load(asked["world"], asked["settings"] or []), scenarios, asked["scale"])
        return super().invoke(ctx)
