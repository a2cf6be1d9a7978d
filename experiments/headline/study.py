"""The headline: the same words, given to each desk in turn, as an appeal, as an order, and evaluated.

Every desk is watched for a year in the scenario in which nothing comes down from the top; from the day on which its
words are issued, the decisions that it makes in both worlds are compared, on the same cases, with the same officers and
random numbers. Agencies differ in data alone, so what the same words do to one and not to the other lies in its
culture, its habits, its cases and the law that binds it.
"""

from collections.abc import Sequence
from functools import partial
from itertools import cycle, groupby
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from experiments.headline.words import Desk, title, watched, worded, words
from experiments.mechanisms.pair_effects import Outcomes
from experiments.paired import in_both
from experiments.parallel import Progress, Tick, as_they_come, seeds_from, several
from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.intervals import over_draws, paired
from experiments.twin.join import WITH, WITHOUT
from experiments.twin.watch import KEYS
from model import BureaucracyModel
from model.branching import branched
from model.schema import World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

GROUPS = ["agency", "unit", "form"]
SCALE, REPLICATIONS = 0.02, 6


class Task(NamedTuple):
    """Desks that share a watch, under one seed, in one world."""

    seed: int
    draw: int
    world: World
    desks: tuple[Desk, ...]

    @property
    def runs(self) -> int:
        """How many runs it takes: one without the words, and one a desk and form."""
        return 1 + len(self.desks) * len(words().said)


def same_words(  # noqa: D417 - the rest is told once, for all studies
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    worlds: Sequence[World] = (),
    replications: int = REPLICATIONS,
    seed: int = 1,
    scale: float = SCALE,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the words to each desk in turn, in every form.

    Args:
        worlds: several instead of ``world``, which differ in parameters; each has replications of its own.

        The rest is what every study takes (`experiments`).

    Returns:
        The figures of all replications (`over_replications`); and those of each: `GROUPS`, ``decisions`` that both
        worlds made from the day of the words on, their expected rates ``with`` and ``without``, ``seed``, ``draw``.
    """
    if worlds:
        several(replications)
    seeds = seeds_from(seed, replications * max(len(worlds), 1))
    each = worlds or [world_of(world, settings)]
    drawn = zip(seeds, cycle(enumerate(each)), strict=False)
    tasks = [Task(one, draw, typed, desks) for one, (draw, typed) in drawn for desks in groups()]
    found = as_they_come(partial(_given, scale), tasks, [task.runs for task in tasks], workers, progress)
    every = pd.concat(list(found), ignore_index=True)
    return over_replications(every, len(worlds) > 0, smallest), every


def groups() -> list[tuple[Desk, ...]]:
    """The desks that share a watch, together."""
    return [tuple(desks) for _, desks in groupby(words().desks, key=lambda desk: desk[1:])]


def _given(scale: float, task: Task, done: Tick) -> pd.DataFrame:
    """The rates of some desks with the words and without them, under one seed.

    All runs share their past: one goes to the eve of the words, and is branched.
    """
    world, desks = task.world, task.desks
    eve = BureaucracyModel(watched(world, desks), scale, task.seed, world=worded(world, desks), tables=False)
    while eve.day < words().before - 1:
        eve.step()
    without = _on_from(eve, worded(world, desks))
    done()
    rows = []
    for desk in desks:
        here = without[without["unit"] == eve.world.units().index(desk.unit)].drop(columns="unit")
        for form in words().said:
            with_it = _on_from(eve, worded(world, desks, desk, form)).drop(columns="unit")
            both = in_both(here, with_it, KEYS, (WITHOUT, WITH))
            rates = both["p" + WITH].mean(), both["p" + WITHOUT].mean()
            rows.append((desk.agency, desk.unit, form, len(both), *rates, task.seed, task.draw))
            done()
    return pd.DataFrame(rows, columns=[*GROUPS, "decisions", "with", "without", "seed", "draw"])


def _on_from(eve: BureaucracyModel, world: World) -> pd.DataFrame:
    """The decisions of a run that goes on in a world: `KEYS`, ``unit``, ``p``."""
    model, kept = branched(eve, world), Outcomes()
    model.observers = [kept]
    kept.begin(model)
    model.run()
    return kept.table()[[*KEYS, "unit", "p"]]


def over_replications(every: pd.DataFrame, drawn: bool = False, smallest: float = SMALLEST) -> pd.DataFrame:
    """The shift of every desk in every form, from its rates in each replication.

    Returns:
        `GROUPS`, ``without``, ``with`` (means), their difference ``shift`` with ``low`` and ``high`` (`paired`),
        ``posterior_low``, ``posterior_high`` (`over_draws`, if parameters were drawn), ``odds`` (of the outcome with
        the words, over those without: what a rate near 0 or 1 does not show in points) and ``verdict``.
    """
    rows = []
    for group, values in every.groupby(GROUPS, sort=False):
        draws = values["draw"] if drawn else None
        rates, change = values[["without", "with"]].mean(), values["with"] - values["without"]
        intervals = *paired(change, draws=draws).within(-1.0, 1.0), *over_draws(change, draws).within(-1.0, 1.0)
        rows.append((*group, *rates, *intervals, odds(rates["with"]) / odds(rates["without"])))
    columns = [*GROUPS, "without", "with", "shift", "low", "high", *POSTERIOR, "odds"]
    return judged(pd.DataFrame(rows, columns=columns), smallest)


def odds(rate: float) -> float:
    """The odds of a rate; no number where it is 0 or 1.

    >>> odds(0.75), odds(1.0)
    (3.0, nan)
    """
    return rate / (1.0 - rate) if 0.0 < rate < 1.0 else float("nan")


def in_words(figures: pd.DataFrame, world: World) -> str:
    """The headline in three sentences."""
    first, second, last = (figures[figures["form"] == form] for form in words().said)
    return (
        f"As an appeal the words move no desk by more than {_points(first['shift'].abs().max())} points. As an order "
        f"to look at every case they move {_furthest(second, world)}. Once managers answer for them, the desks "
        f"move by {_points(last['shift'].min())} ({_desk(last, 'idxmin', world)}) to {_points(last['shift'].max())} "
        f"points ({_desk(last, 'idxmax', world)}). Every officer decides by one rule: desks differ in their culture, "
        "their habits, their cases and the law that binds them."
    )


def in_figures(figures: pd.DataFrame) -> str:
    """The headline in one sentence, under a picture of it."""
    first, second, last = (figures.loc[figures["form"] == form, "shift"] for form in words().said)
    return (
        f"As an appeal the words move no desk by more than {_points(first.abs().max())} points, as an order by "
        f"{_points(second.abs().max())}; once managers answer for them, by {_points(last.min())} to "
        f"{_points(last.max())}."
    )


def _points(share: float) -> str:
    return f"{100.0 * share:.1f}"


def _desk(rows: pd.DataFrame, place: str, world: World) -> str:
    return title(world, str(rows.loc[getattr(rows["shift"], place)(), "unit"]))


def _furthest(rows: pd.DataFrame, world: World) -> str:
    return f"{_desk(rows, 'idxmax', world)} most, by {_points(rows['shift'].max())} points"
