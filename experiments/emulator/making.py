"""How an emulator is made: pairs of worlds at points spread over its inputs, each replication at points of its own."""

from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from experiments.emulator.emulator import Emulator, coded
from experiments.emulator.fields import inputs
from experiments.emulator.fitting import fitted
from experiments.mechanisms.pair_effects import ALL, OPENED, SAME
from experiments.mechanisms.trials import Settings, Trial, run_trials
from experiments.parallel import Progress, seeds_from
from experiments.sensitivity.surface import quadratic
from experiments.sweep.factors import Factor, Floats
from experiments.twin.twins import matched
from model.errors import InputError
from model.schema import World
from model.world.loader import DEFAULT_WORLD, world_of

POINTS, REPLICATIONS = 128, 8
OWN = "own"


def make(  # noqa: D417 - the rest is told once, for all studies
    scenario: str,
    directive: str,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    points: int = POINTS,
    replications: int = REPLICATIONS,
    seed: int = 1,
    scale: float = 0.02,
    workers: int = 1,
    progress: Progress | None = None,
) -> Emulator:
    """Run the pairs, and fit an emulator to them.

    Every replication runs the world without the directive, the directive as issued, and its part of a Sobol sequence
    (Sobol 1967, scrambled), so that what is fitted is the change to what was issued on the same cases. The decisions
    are those of the stage that the directive names first, or all of the agency that it addresses; where it opens a
    programme, the requests to that.

    Args:
        scenario: its other directives stay in both worlds.
        directive: the one whose fields (`inputs`) are moved.
        world: name of a shipped world, the folder of another, or a `World`.
        points: of the sequence, a power of two.
        replications: that share them; their seeds are those from ``seed`` on.
        seed: of the first replication, and of the sequence.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: an unknown directive, one without a field that could change anything, or numbers that do not fit.
    """
    typed = world_of(world)
    matched(typed, scenario, [directive])
    factors, seeds = inputs(typed, directive), seeds_from(seed, replications)
    if not factors:
        raise InputError("no field of it could change anything", where="directive", found=directive)
    if points < 2 or points & (points - 1) or points % replications:
        raise InputError("points that cannot be shared out", where="points", found=points,
                         allowed=f"a power of two that {replications} replications share")  # fmt: skip
    units = scipy.stats.qmc.Sobol(len(factors), seed=seed).random_base2(points.bit_length() - 1)
    x, settings = _spread(factors, units)
    each = points // replications
    trials = [
        Trial(scenario, (directive,), world, one, scale, {},
              {OWN: {}, **{str(point): settings[point] for point in range(at * each, (at + 1) * each)}})
        for at, one in enumerate(seeds)
    ]  # fmt: skip
    agency, stage, cases = _decisions(typed, directive)
    runs = run_trials(trials, workers, progress)
    runs = runs[(runs["agency"] == agency) & (runs["stage"] == stage) & (runs["cases"] == cases)]
    effect, issued = _effects(runs, points, seeds, scale)
    replication = np.repeat(np.arange(replications), each)
    terms, own = quadratic(x), coded(factors, [factor.own for factor in factors])
    fit = fitted(x, effect - issued[replication], own, replication, terms)
    return Emulator(scenario, directive, agency, stage, cases, factors, terms, fit, float(issued.mean()), points,
                    seeds, scale)  # fmt: skip


def _spread(factors: tuple[Factor, ...], units: Floats) -> tuple[Floats, list[Settings]]:
    """The points from -1 to 1, and as settings."""
    drawn = np.column_stack([factor.at(units[:, at]) for at, factor in enumerate(factors)])
    values = [
        [float(one) if factor.values is None else factor.values[int(one)]
         for factor, one in zip(factors, row, strict=True)]
        for row in drawn
    ]  # fmt: skip
    paths = [factor.path for factor in factors]
    return np.array([coded(factors, row) for row in values]), [dict(zip(paths, row, strict=True)) for row in values]


def _decisions(world: World, directive: str) -> tuple[str, str, str]:
    """Agency, stage and cases that an emulator of a directive is of.

    >>> from model import load
    >>> _decisions(load(), "daca-2012"), _decisions(load("two-desks"), "memo")
    (('uscis', 'daca', 'opened'), ('fees', 'all', 'same'))
    """
    text = world.directives[directive]
    cases = OPENED if text.opens else SAME
    if text.stages is None:
        return text.to[0].split(".")[0], ALL, cases
    stage = text.stages[0]
    return world.stages[stage].decider.split(".")[0], stage, cases


def _effects(runs: pd.DataFrame, points: int, seeds: list[int], scale: float) -> tuple[Floats, Floats]:
    """The shift at each point, and by replication the shift as issued."""
    own = runs[runs["label"] == OWN].set_index("seed")["effect"].reindex(seeds)
    moved = runs[runs["label"] != OWN]
    at_points = moved.set_index(moved["label"].astype(int))["effect"].reindex(range(points))
    if own.isna().any() or at_points.isna().any():
        raise InputError("too few decisions for an emulator", where="scale", found=scale,
                         allowed="a scale under which every run has some")  # fmt: skip
    return at_points.to_numpy(), own.to_numpy()
