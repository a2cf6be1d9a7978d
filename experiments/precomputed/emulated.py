"""The emulators that come with the project, one a scenario, in one file."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.emulator import Emulator, make
from experiments.emulator.emulator import plain
from experiments.emulator.fitting import Fit
from experiments.parallel import Progress
from experiments.precomputed.by_name import put, read
from experiments.precomputed.made import DOSED, content, usual
from experiments.precomputed.shipped import FOLDER
from experiments.sweep.factors import Factor
from model.schema import World

FILE = FOLDER / "emulators.json"


def emulated(scenario: str, world: World, workers: int = 1, progress: Progress | None = None) -> Emulator:
    """The emulator of a scenario as it is shipped, made now."""
    return make(scenario, DOSED[scenario], world=world, scale=usual(scenario).scale, workers=workers, progress=progress)


def stored(scenario: str, world: World) -> Emulator | None:
    """The emulator that comes with the project; None where none does, or where it is of another world."""
    found = read(FILE).get(scenario)
    if found is None or found["of"]["content"] != content(world):
        return None
    told = dict(found["emulator"])
    told["inputs"] = tuple(
        Factor(**{**one, "values": one["values"] and tuple(one["values"])}) for one in told["inputs"]
    )
    told["terms"] = [tuple(term) for term in told["terms"]]
    told["fit"] = Fit(**{**told["fit"], "coefficients": np.array(told["fit"]["coefficients"])})
    return Emulator(**told)


def stamped(scenario: str) -> dict[str, Any]:
    """What the stored emulator of a scenario is of (`stamp`); empty where there is none."""
    return dict(read(FILE).get(scenario, {"of": {}})["of"])


def store(emulator: Emulator, of: Mapping[str, object]) -> None:
    """Put an emulator in the place of the one that there is."""
    put(FILE, emulator.scenario, {"of": dict(of), "emulator": plain(emulator)}, DOSED)
