"""Whom accountability moves: its effect by how far officers lean towards what a directive asks, before it comes.

Persuasion moves those who agree. Of accountability the record says the contrary: a quota of arrests moved most those
officers who were least inclined to make them (Blasingame and others 2023). Each directive is run twice on the same
cases: with managers judged by it wholly, and not at all; all else, its monitoring above all, is as the file has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from experiments.asked import in_world
from experiments.mechanisms.magnitudes import watched
from experiments.mechanisms.not_applicable import NotApplicable
from experiments.mechanisms.undefined import undefined
from experiments.parallel import Progress, Tick, as_they_come, seeds_from, silent
from experiments.smallest import SMALLEST, judged
from experiments.theory.lab import in_scope
from experiments.traced_runs import same_cases, traced
from experiments.twin.intervals import paired_by
from experiments.twin.join import WITH, WITHOUT
from model.errors import InputError
from model.schema import World
from model.schema.directive import addresses
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

FIFTHS = 5
OF = ["scenario", "directive", "agency"]


@dataclass(frozen=True)
class Leanings:
    """The effect of accountability by leaning. Effects are differences of shares of cases.

    Attributes:
        world: with its settings.
        seeds, scale: of the replications.
        by_fifth: one row a ``scenario``, ``directive``, ``agency`` and ``fifth`` of the officers who decide cases in
            scope (1: those who lean furthest against the directive): ``leaning`` (mean, towards it, in log-odds),
            ``rate`` (the discretion rate without), ``effect``, ``low``, ``high``, ``verdict``.
        gaps: one row a scenario, directive and agency: ``gap``, the effect in the first fifth less that in the last, in
            the way that the directive asks; ``low``, ``high``, ``verdict``. Above zero, the least inclined move most.
        smallest: effect of interest, a difference of shares (`experiments.smallest`).
    """

    world: World = field(repr=False)
    seeds: list[int]
    scale: float
    by_fifth: pd.DataFrame = field(repr=False)
    gaps: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST


def by_leaning(  # noqa: D417 - the rest is told once, for all studies
    scenarios: Sequence[str] | None = None,
    directives: Sequence[str] | None = None,
    *,
    world: str | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.02,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Leanings:
    """Run directives with and without the evaluation of managers, and see which officers answer.

    Args:
        scenarios: as `experiments.mechanisms.magnitudes` has them.
        directives: those that are evaluated; all of the scenarios' that officers can be made to answer for, for None.
        replications: how many seeds, from ``seed`` on.

        The rest is what every study takes (`experiments`).

    Raises:
        NotApplicable: no directive that can be answered for, or too few officers with cases in scope.
        InputError: an unknown scenario or directive, or a number that cannot be used.
    """
    typed, seeds = world_of(world, settings), seeds_from(seed, replications)
    names = watched(typed, scenarios)
    pairs = answerable(typed, names, directives)
    tasks = [(*pair, one) for pair in pairs for one in seeds]
    parts = as_they_come(partial(_fifths, typed, scale), tasks, [2] * len(tasks), workers, progress)
    found = pd.concat(list(parts), ignore_index=True)
    if found.empty:
        raise NotApplicable("too few officers decide cases in scope to tell them apart by leaning", where="scale",
                            found=scale, allowed=f"a scale with {FIFTHS} or more at some agency")  # fmt: skip
    fifths = paired_by(found, [*OF, "fifth"], "effect", ["leaning", "rate"], (-1.0, 1.0))
    gaps = paired_by(_gaps(found, typed), OF, "gap")
    return Leanings(typed, seeds, scale, judged(fifths, smallest), judged(gaps, smallest), smallest)


def answerable(world: World, scenarios: Sequence[str], directives: Sequence[str] | None) -> list[tuple[str, str]]:
    """Scenarios and directives of theirs of which evaluation can make officers answer.

    Raises:
        NotApplicable: there is none.
        InputError: a directive that the world does not have.
    """
    for name in directives or []:
        if name not in world.directives:
            raise InputError("no such directive", where="directive", found=name, known=world.directives)
    found = [
        (scenario, name)
        for scenario in scenarios
        for name in world.scenarios[scenario].directives
        if (directives is None or name in directives) and world.directives[name].monitoring.value > 0.0
        and not undefined(world, name, "evaluation")
    ]  # fmt: skip
    if not found:
        raise NotApplicable(
            "no directive that officers could be made to answer for", where="directive" if directives else "scenario",
            found=", ".join(directives or scenarios), allowed="one that is monitored, with cases in scope",
        )  # fmt: skip
    return found


def _fifths(world: World, scale: float, task: tuple[str, str, int], tick: Tick = silent) -> pd.DataFrame:
    """One seed: ``fifth``, ``leaning``, ``rate`` and ``effect`` at each agency with as many officers as fifths."""
    scenario, name, seed = task
    with_it, without = (
        traced(world.scenarios[scenario], in_world(world, {f"directives.{name}.evaluation": judged_by}), seed, scale)
        for judged_by in (1.0, 0.0)
    )
    tick(2)
    text = world.directives[name]
    both = in_scope(same_cases(with_it, without, ("p", "officer"), text.start), without, text)
    spoken = (both["bound"] == 0) & (text.stages is None or both["stage"].isin(text.stages or []))
    spoken &= both["agency"].isin({unit.split(".")[0] for unit in world.units() if addresses(text.to, unit)})
    both = both[spoken & (both["officer" + WITH] == both["officer" + WITHOUT])]
    towards = text.direction * without.trace.leanings[both["officer" + WITHOUT]]
    both = both.assign(leaning=towards, effect=both["p" + WITH] - both["p" + WITHOUT], rate=both["p" + WITHOUT])
    parts = [_of_agency(rows).assign(agency=agency) for agency, rows in both.groupby("agency")]
    columns = ["fifth", "leaning", "rate", "effect", "agency"]
    table = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=columns)], ignore_index=True)
    return table.assign(scenario=scenario, directive=name, seed=seed)


def _of_agency(both: pd.DataFrame) -> pd.DataFrame:
    """The means of decisions by fifths of the officers; nothing where there are fewer officers than fifths."""
    leaning = both.groupby("officer" + WITHOUT)["leaning"].first()
    if len(leaning) < FIFTHS:
        return pd.DataFrame()
    rank = both["officer" + WITHOUT].map(leaning.rank(method="first"))
    of = pd.Series(np.ceil(FIFTHS * rank / len(leaning)), name="fifth").astype(int)
    return both.groupby(of)[["leaning", "rate", "effect"]].mean().reset_index()


def _gaps(found: pd.DataFrame, world: World) -> pd.DataFrame:
    """By how much more the first fifth moves the way of the directive than the last, by seed."""
    wide = found.pivot(index=[*OF, "seed"], columns="fifth", values="effect")
    direction = [world.directives[name].direction for name in wide.index.get_level_values("directive")]
    return ((wide[1] - wide[FIFTHS]) * direction).rename("gap").reset_index()
