"""Sizes that a command refuses: those at which what it shows could not be read (`model.sizes`)."""

from typing import Any

from typer.core import TyperCommand


class Sized(TyperCommand):
    """A command whose options name a scenario, a world, settings and a scale."""

    def invoke(self, ctx: Any) -> Any:
        """Look at the size before anything runs."""
        from experiments.asked import readable
        from model.world.loader import load

        asked = ctx.params
        against = asked.get("against") or []
        scenarios = [asked["scenario"], *([against] if isinstance(against, str) else against)]
        readable(load(asked["world"], asked["settings"] or []), scenarios, asked["scale"])
        return super().invoke(ctx)
