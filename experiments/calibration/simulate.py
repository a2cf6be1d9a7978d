"""One try: the model run at a point of the parameters, and how far it lies from the record."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from pydantic import ValidationError

from experiments.calibration.priors import Places, settings_at
from experiments.calibration.targets import Target
from experiments.memory import let_go
from experiments.patterns import measured, modelled, patterns
from model.errors import InputError
from model.schema import Calibration, Prior, World
from model.world.files import Table
from model.world.loader import folder_of, move, read
from model.world.reused import validated
from model.world.rule_files import name_the_rule
from model.world.settings import Settings, pairs

RECORD_SD = 0.5
"""Standard deviation of the record's own error, in tolerances: the truth lies within one in 19 of 20 cases."""


@dataclass(frozen=True)
class Try:
    """Runs the model at points; a point's random seed belongs to the point.

    To each figure of a run an error is added, as if it had been recorded: what the posterior then says is what a record
    that may itself be off tells of the parameters (Wilkinson 2013), and not how finely a run of this scale is rounded.

    Attributes:
        world: name of a shipped world, or the folder of another.
        tables: of its files (`written`), for all processes alike.
        settings: parameters moved in every run.
        calibration: what is run, and how long.
        scale: share of the real system.
        seed: random seed.
        priors: of the parameters.
        targets: what is read off a run, by the ids of patterns.
        alike: whether all points have the same luck, instead of each its own.
        record_sd: standard deviation of the error of the record, in tolerances; 0 for a run as it is.
    """

    world: str
    tables: bytes = field(repr=False)
    settings: Mapping[str, object]
    calibration: Calibration = field(repr=False)
    scale: float
    seed: int
    priors: Mapping[str, Prior] = field(repr=False)
    targets: Sequence[Target] = field(repr=False)
    record_sd: float = RECORD_SD
    alike: bool = False

    @let_go()
    def __call__(self, places: Places) -> dict[str, float]:
        """The errors at a point, by target."""
        seed = self._seed(places)
        record = np.random.default_rng(seed).normal(0.0, self.record_sd, len(self.targets)).tolist()
        typed = shortened(
            typed_with(self.tables, {**self.settings, **settings_at(self.priors, places)}), self.calibration
        )
        known = modelled(patterns(self.world, [target.name for target in self.targets]))
        found = measured(known, typed, seed, self.scale)
        return {
            target.name: target.reach.off(found[target.name], error)
            for target, error in zip(self.targets, record, strict=True)
        }

    def _seed(self, places: Places) -> int:
        """The seed of a point's run."""
        at = () if self.alike else (float(places[name]).hex() for name in self.priors)
        text = ",".join([str(self.seed), *at])
        return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) >> 1


def written(world: str) -> bytes:
    """The tables of a world's files, packed: what `typed_with` makes a world of, in any process."""
    document = read(folder_of(world))
    name_the_rule(document)
    return pickle.dumps(document.tables)


def typed_with(tables: bytes, settings: Settings) -> World:
    """The world of some tables with parameters moved, those of a calibration within their priors.

    Its types are checked. Whether its parts fit together is not asked again at each point: moving a number within
    bounds changes no part's name, and `experiments.calibration.setup.problem` has loaded the world once.

    Raises:
        InputError: the values are not allowed, or not together.
    """
    as_written, known = _unpacked(tables)
    moved, kept = dict(as_written), dict[Any, str]()
    for path, value in pairs(settings):
        kept[move(moved, path, value, kept=kept)] = path
    try:
        return validated(moved, as_written, known)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            first["msg"], where=".".join(str(part) for part in first["loc"]), found=dict(pairs(settings)),
            allowed="values that the world can have together",
        ) from None  # fmt: skip


@lru_cache(maxsize=2)
def _unpacked(tables: bytes) -> tuple[Table, World]:
    """The tables, and the world that they make."""
    found = pickle.loads(tables)
    return found, World.model_validate(found)


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
