"""Rates under draws of the parameters: random variation and what the facts leave open, apart."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from experiments.nested import Draw, nested, with_draws, worlds_of
from experiments.parallel import Progress, Tick, as_they_come, silent
from experiments.replications import overall
from experiments.runs import run
from experiments.twin.intervals import paired_by
from model.schema import World
from model.world.loader import DEFAULT_WORLD
from model.world.settings import Settings


def rate_bands(  # noqa: D417 - the rest is told once, for all studies
    scenario: str,
    draws: Sequence[Draw],
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 2,
    seed: int = 1,
    scale: float = 0.02,
    until: date | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run a scenario under each draw, and tell where the rates of its agencies and stages lie.

    Args:
        scenario: name of a scenario of the world.
        draws: parameters (path to value), such as draws of a posterior; each has ``replications`` of its own.
        until: last day, if not the scenario's.

        The rest is what every study takes (`experiments`).

    Returns:
        One row an agency and stage: ``agency``, ``stage``, ``replications``, ``decided`` (decisions of a run, mean),
        ``rate`` (favourable / decided, mean over runs), ``low``, ``high`` and ``posterior_low``, ``posterior_high``
        (`experiments.smallest.INTERVALS`), shares.

    Raises:
        InputError: a name or number that cannot be used, or fewer than two replications of each draw.
    """
    draw_of, worlds = nested(seed, replications, draws), worlds_of(world, settings, draws)
    tasks = [(own, worlds[draw]) for own, draw in draw_of.items()]
    found = as_they_come(partial(_one, scenario, scale, until), tasks, [1] * len(tasks), workers, progress)
    runs = with_draws(pd.concat(list(found), ignore_index=True), draw_of)
    return paired_by(runs, ["agency", "stage"], "rate", ["decided"], (0.0, 1.0))


def _one(scenario: str, scale: float, until: date | None, task: tuple[int, World], tick: Tick = silent) -> pd.DataFrame:
    """The rates of one run."""
    seed, world = task
    found = overall(run(scenario, scale, seed, world=world, until=until))
    tick()
    return found.astype({"agency": str, "stage": str}).assign(seed=seed)
