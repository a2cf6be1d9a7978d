"""Pairs of worlds run many times over, cheaply: of each only who decided what, and with what chance.

`experiments.twin.pair` keeps all that made every decision. Here it is the effect alone, for hundreds of pairs that
differ in some parameters; worlds without the directives that the parameters do not touch are run once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from experiments.asked import in_world
from experiments.mechanisms.pair_effects import Outcomes, effects
from experiments.memory import let_go
from experiments.paired import observed
from experiments.parallel import Progress, Tick, as_they_come, silent
from experiments.twin.twins import Twins, matched
from model.errors import InputError
from model.schema import Scenario, World

Settings = Mapping[str, object]


@dataclass(frozen=True)
class Trial:
    """One seed, one world without the directives, and the worlds with them that are set against it.

    Attributes:
        scenario, without, world, seed, scale: as `experiments.twin.pair` has them.
        settings: parameters moved in the world without.
        against: by label, parameters moved in the worlds with; what differs must not matter without the directives.
    """

    scenario: str | Scenario
    without: tuple[str, ...] | None
    world: str | Path | World
    seed: int
    scale: float
    settings: Settings
    against: Mapping[str, Settings]

    @property
    def runs(self) -> int:
        """How many runs it takes."""
        return 1 + len(self.against)


@let_go()
def tried(trial: Trial, done: Tick = silent) -> pd.DataFrame:
    """Run a trial: `effects` for each of its worlds, with its ``seed`` and ``label``; ``done`` is told of every run."""
    each = [_matched(trial, settings) for settings in (trial.settings, *trial.against.values())]
    conditions = [(twins.with_it if at else twins.without, world) for at, (world, twins) in enumerate(each)]
    runs = observed(conditions, trial.seed, trial.scale, Outcomes, tables=False, done=done)
    _, kept = next(runs)
    without = kept.table()
    rows = []
    for label, (_, twins), (model, kept) in zip(trial.against, each[1:], runs, strict=True):
        found = effects(kept.table(), without, twins, model.world)
        if found.empty:
            raise InputError(
                "the two worlds share no cases", where="scale", found=trial.scale,
                allowed="a scale under which some case is decided in both",
            )  # fmt: skip
        rows.append(found.assign(seed=trial.seed, label=label))
    return pd.concat(rows, ignore_index=True)


def _matched(trial: Trial, settings: Settings) -> tuple[World, Twins]:
    world = in_world(trial.world, settings)
    return world, matched(world, trial.scenario, trial.without)


def run_trials(trials: Sequence[Trial], workers: int = 1, progress: Progress | None = None) -> pd.DataFrame:
    """Run trials, and put their tables together in the order of the trials; as `experiments.parallel.as_they_come`."""
    runs = [trial.runs for trial in trials]
    return pd.concat(list(as_they_come(tried, trials, runs, workers, progress)), ignore_index=True)
