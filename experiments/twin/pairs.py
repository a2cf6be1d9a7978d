"""Two worlds that differ by directives alone: the same cases, the same officers, the same random numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from experiments.paired import observed
from experiments.parallel import Progress
from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT, joined
from experiments.twin.twins import Twins, matched
from experiments.twin.watch import Watch
from experiments.twin.world_outcomes import Side, side_of
from model.errors import InputError
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD, world_of


@dataclass(frozen=True)
class Pair:
    """Two worlds under one seed, joined decision by decision.

    Attributes:
        title: what was set against what.
        twins: the scenarios, the directives by which they differ and the first day on which they do.
        seed, scale: of both.
        decisions: one row a decision of either world: which it is (``mix``, ``number``, ``arrival`` in days since the
            runs began, ``stage``, ``round``), ``kind`` (`experiments.twin.join.KINDS`), who decided it
            (``agency``, ``unit``, ``office``: with the directives where both did), whom it is about (``level``,
            ``population``, ``serious``, and whether the directives, in effect or not, ``covered`` it and would
            ``spare``: `experiments.twin.case_traits`), what those in effect say of it (``scope``, ``wants``,
            ``exposure``), ``after`` (decided on the first day or later), and with the endings ``_with`` and
            ``_without`` its ``day`` (a date), ``officer``, ``favourable``, ``p``, ``notice``, ``to``, ``hours``, and
            ``disagree`` and ``by_desk`` (`experiments.twin.inter_officer`).
        changed: decisions that both worlds made and that came out differently, with all that made them.
        desks: how those lean who decide in both (`experiments.twin.control_variates.leanings`).
        with_it, without: what else there is of the two worlds.
    """

    title: str
    twins: Twins = field(repr=False)
    world: World = field(repr=False)
    seed: int
    scale: float
    decisions: pd.DataFrame = field(repr=False)
    changed: pd.DataFrame = field(repr=False)
    desks: pd.DataFrame = field(repr=False)
    with_it: Side = field(repr=False)
    without: Side = field(repr=False)

    def counts(self) -> dict[str, int]:
        """Decisions of each kind."""
        return {str(kind): int(count) for kind, count in self.decisions["kind"].value_counts(sort=False).items()}

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{kind}</td><td>{count:,}</td></tr>" for kind, count in self.counts().items())
        return f"<p><b>{escape(self.title)}</b>, seed {self.seed}, scale {self.scale:g}</p><table>{rows}</table>"


def pair(
    scenario: str | Scenario,
    without: Sequence[str] | None = None,
    against: str | Scenario | None = None,
    *,
    seed: int = 1,
    scale: float = 0.02,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Iterable[str] | Mapping[str, object] = (),
    progress: Progress | None = None,
) -> Pair:
    """Run a scenario twice with the same seed, with and without some directives, and join the decisions.

    Args:
        scenario: name of a scenario of the world, or a `Scenario`.
        without: directives to take away; all of the scenario's, if neither this nor ``against`` is given.
        against: another scenario instead; both run over the days that they share.
        seed: random seed of both worlds.
        scale: share of the real system's cases and officers.
        world: name of a shipped world, the folder of another, or a `World`.
        settings: parameters to move, in both worlds; none beside a `World`.
        progress: told the days done and the days in all, over both runs.

    Raises:
        InputError: a directive that is not there, worlds that do not differ or share no cases, or anything that
            `BureaucracyModel` refuses.
    """
    typed = world_of(world, settings)
    twins = matched(typed, scenario, without, against)
    tables, sides = [], []
    conditions = [(one, typed) for one in (twins.with_it, twins.without)]
    watching = partial(Watch, typed, twins.first_day, twins.differ, _goals(typed, twins.differ))
    for _, watch in observed(conditions, seed, scale, watching, progress=progress):
        tables.append(watch.table())
        sides.append(side_of(watch))
    decisions, changed = joined(watch.model, typed, twins.first_day, *tables)
    if set(decisions["kind"].unique()) <= {ONLY_WITH, ONLY_WITHOUT}:
        raise InputError(
            "the two worlds share no cases", where="scenario", found=twins.with_it.title,
            allowed="scenarios, and a scale, under which some case is decided in both",
        )  # fmt: skip
    title = f"{twins.with_it.title}: with and without {', '.join(twins.differ)}"
    return Pair(title, twins, typed, seed, scale, decisions, changed, watch.leanings, *sides)


def days_of(twins: Twins) -> int:
    """The days of both runs of a pair together."""
    return 2 * ((twins.with_it.end - twins.with_it.start).days + 1)


def _goals(world: World, names: Iterable[str]) -> list[str]:
    """Metrics that the named directives count, or whose targets they set."""
    texts = [world.directives[name] for name in names]
    return [metric for metric in world.metrics if any(metric in t.counts or metric in t.targets for t in texts)]
