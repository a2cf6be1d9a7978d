"""Scenarios as one asks about them: take a directive away, compare, look at a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import pandas as pd

from experiments.parallel import Progress
from experiments.twin.findings import Findings, find
from experiments.twin.twins import left
from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD, load


@dataclass(frozen=True)
class Episode:
    """A scenario in its world.

    Attributes:
        name: what it is called; what was taken away is named as well.
        scenario: the days and the directives.
        world: with its settings.
    """

    name: str
    scenario: Scenario = field(repr=False)
    world: World = field(repr=False)

    @classmethod
    def of(
        cls, name: str, world: str | Path = DEFAULT_WORLD, settings: Iterable[str] | Mapping[str, object] = ()
    ) -> "Episode":
        """A scenario of a world by its name."""
        typed = load(world, settings)
        if name not in typed.scenarios:
            raise unknown_scenario(typed, name, "scenario")
        return cls(name, typed.scenarios[name], typed)

    @property
    def directives(self) -> pd.DataFrame:
        """What comes down from the top, by day: ``start``, ``title``, ``issuer``, ``to``, ``authority``."""
        rows = [(name, self.world.directives[name]) for name in self.scenario.directives]
        rows.sort(key=lambda row: row[1].start)
        return pd.DataFrame(
            [(name, d.start.isoformat(), d.title, d.issuer, ", ".join(d.to), d.authority) for name, d in rows],
            columns=["directive", "start", "title", "issuer", "to", "authority"],
        ).set_index("directive")

    def without(self, *directives: str) -> "Episode":
        """The same days without some directives; without all of them, if none is named.

        Raises:
            InputError: a directive that is not there.
        """
        kept = left(self.world, self.scenario, directives or None)
        taken = [name for name in self.scenario.directives if name not in kept]
        scenario = self.scenario.model_copy(update={"directives": kept})
        return replace(self, name=f"{self.name} without {', '.join(taken) or 'directives'}", scenario=scenario)

    def against(
        self,
        other: "Episode",
        *,
        precision: float | None = None,
        replications: int = 8,
        seed: int = 1,
        scale: float = 0.01,
        workers: int = 1,
        progress: Progress | None = None,
        so_far: Callable[[Findings], None] | None = None,
    ) -> Findings:
        """What this one changes, set against another: the same cases, officers and random numbers in both.

        The arguments are those of `experiments.twin.findings.find`.

        Raises:
            InputError: episodes of two worlds, or two that cannot be compared.
        """
        if other.world != self.world:
            raise InputError(
                "episodes of two worlds share no cases", where="against", found=other.name,
                allowed="an episode of the same world, with the same settings",
            )  # fmt: skip
        return find(
            self.scenario, against=other.scenario, world=self.world, replications=replications, precision=precision,
            scale=scale, seed=seed, workers=workers, progress=progress, so_far=so_far,
        )  # fmt: skip

    def _repr_html_(self) -> str:
        days = f"{self.scenario.start:%d %B %Y} to {self.scenario.end:%d %B %Y}"
        table = self.directives.to_html() if self.scenario.directives else "<p>No directive comes down.</p>"
        return f"<p><b>{escape(self.name)}</b>, {days}<br>{escape(self.scenario.question)}</p>{table}"
