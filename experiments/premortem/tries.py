"""The draft tried over and over: pairs of worlds with it and without it, under what is unknown of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from experiments.asked import in_world
from experiments.calibration.stored import WORD, brings_posteriors, drawn, posteriors
from experiments.parallel import Progress, Tick, as_they_come, ticks
from experiments.premortem.question import Question
from experiments.premortem.weeks import weeks
from experiments.smallest import SMALLEST
from experiments.twin.aggregate import Gathered, PairTables, compared, shifts, tables_of
from experiments.twin.pairs import days_of, pair
from experiments.twin.persons import by_exit, persons
from experiments.twin.twins import matched
from model.schema import World

Settings = Mapping[str, object]


@dataclass(frozen=True)
class Tried:
    """What is kept of one pair of worlds.

    Attributes:
        settings: what was moved in both: a draw of what is unknown.
        tables: of the pair (`experiments.twin.aggregate.tables_of`).
        weeks: of both worlds, with the ``seed`` (`experiments.premortem.weeks`).
        exits: persons more or less at each exit with the draft, by cause, in figures of the real system
            (`experiments.twin.persons.by_exit`).
    """

    settings: Settings
    tables: PairTables
    weeks: pd.DataFrame = field(repr=False)
    exits: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Tries:
    """All pairs.

    Attributes:
        each: one by one, in the order of their seeds.
        draws: how many there are of the parameters; 0 where the world brings no posterior.
        shift: as `experiments.twin.findings.Findings` has it, with both kinds of interval.
        effects: the same.
        weeks, exits: of all pairs, by ``seed``.
    """

    each: list[Tried] = field(repr=False)
    draws: int
    shift: pd.DataFrame = field(repr=False)
    effects: pd.DataFrame = field(repr=False)
    weeks: pd.DataFrame = field(repr=False)
    exits: pd.DataFrame = field(repr=False)

    @property
    def seeds(self) -> list[int]:
        """Of the pairs."""
        return [one.tables.seed for one in self.each]


def unknown(world: str | Path, count: int, seed: int) -> list[Settings]:
    """Draws of the posteriors that come with a world; none if it brings none.

    >>> len(unknown("two-desks", 20, 1)), len(unknown("immigration", 20, 1))
    (0, 20)
    """
    return list(drawn(posteriors([WORD], world), count, seed)) if brings_posteriors(world) else []


def tries(
    asked: Question, draws: Sequence[Settings], seeds: Sequence[int], scale: float,
    smallest: float = SMALLEST, workers: int = 1, progress: Progress | None = None,
) -> Tries:  # fmt: skip
    """Run a pair under each seed; the draws take turns, so that each has replications of its own."""
    tasks = [(seed, draws[at % len(draws)] if draws else {}) for at, seed in enumerate(seeds)]
    days = days_of(matched(asked.world, asked.scenario, asked.drafts))
    work = partial(_one, asked, scale)
    found = list(as_they_come(work, tasks, [days] * len(tasks), workers, progress))
    gathered = Gathered({seed: at % len(draws) for at, seed in enumerate(seeds)} if draws else None)
    for one in found:
        gathered.add(one.tables)
    return Tries(
        found, len(draws), shifts(gathered.rates, smallest), compared(gathered.effects, smallest),
        pd.concat([one.weeks for one in found], ignore_index=True),
        pd.concat([one.exits for one in found], ignore_index=True),
    )  # fmt: skip


def _one(asked: Question, scale: float, task: tuple[int, Settings], tick: Tick) -> Tried:
    seed, settings = task
    one = pair(
        asked.scenario, asked.drafts, seed=seed, scale=scale, world=drawn_world(asked.world, settings),
        progress=ticks(tick),
    )  # fmt: skip
    exits = by_exit(persons(one))
    exits[["gained", "lost", "net"]] /= scale
    return Tried(settings, tables_of(one), weeks(one).assign(seed=seed), exits.assign(seed=seed))


def drawn_world(world: World, settings: Settings) -> World:
    """A world under a draw."""
    return in_world(world, dict(settings)) if settings else world
