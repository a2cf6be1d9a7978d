"""One try: the model run at a point of the parameters, and how far it lies from the record."""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from experiments.calibration.priors import Places, settings_at
from experiments.calibration.targets import Target
from experiments.patterns import measured, modelled, patterns
from model.schema import Calibration, Prior, World
from model.world.loader import load

RECORD_SD = 0.5
"""Standard deviation of the record's own error, in tolerances: the truth lies within one in 19 of 20 cases."""


@dataclass(frozen=True)
class Try:
    """Runs the model at points; a point's random seed belongs to the point.

    To each figure of a run an error is added, as if it had been recorded: what the posterior then says is what a record
    that may itself be off tells of the parameters (Wilkinson 2013), and not how finely a run of this scale is rounded.

    Attributes:
        world: name of a shipped world, or the folder of another.
        settings: parameters moved in every run.
        calibration: what is run, and how long.
        scale: share of the real system.
        seed: random seed.
        priors: of the parameters.
        targets: what is read off a run, by the ids of patterns.
    """

    world: str
    settings: Mapping[str, object]
    calibration: Calibration = field(repr=False)
    scale: float
    seed: int
    priors: Mapping[str, Prior] = field(repr=False)
    targets: Sequence[Target] = field(repr=False)

    def __call__(self, places: Places) -> dict[str, float]:
        """The errors at a point, by target."""
        seed = self._seed(places)
        record = np.random.default_rng(seed).normal(0.0, RECORD_SD, len(self.targets)).tolist()
        typed = shortened(load(self.world, {**self.settings, **settings_at(self.priors, places)}), self.calibration)
        known = modelled(patterns(self.world, [target.name for target in self.targets]))
        found = measured(known, typed, seed, self.scale)
        gc.collect()  # models and their agents name each other, and large arrays do not make Python look for circles
        return {
            target.name: target.reach.off(found[target.name], error)
            for target, error in zip(self.targets, record, strict=True)
        }

    def _seed(self, places: Places) -> int:
        """The seed of a point's run."""
        text = ",".join([str(self.seed), *(float(places[name]).hex() for name in self.priors)])
        return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) >> 1


def shortened(world: World, calibration: Calibration) -> World:
    """The world with its scenarios cut down to what a calibration runs of them."""
    update: dict[str, object] = {}
    if calibration.streams is not None:
        update["streams"] = calibration.streams
    if calibration.start is not None:
        update["start"] = calibration.start
    return world.model_copy(
        update={"scenarios": {name: one.model_copy(update=update) for name, one in world.scenarios.items()}}
    )
