"""The emulators that come with the project, one a scenario, in one file."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from experiments.emulator import Emulator, make
from experiments.emulator.emulator import plain
from experiments.emulator.fitting import Fit
from experiments.parallel import Progress
from experiments.precomputed.made import DOSED, content, usual
from experiments.precomputed.shipped import FOLDER
from experiments.sweep.factors import Factor
from model import __version__
from model.schema import World

FILE = FOLDER / "emulators.json"


def emulated(scenario: str, world: World, workers: int = 1, progress: Progress | None = None) -> Emulator:
    """The emulator of a scenario as it is shipped, made now."""
    return make(scenario, DOSED[scenario], world=world, scale=usual(scenario).scale, workers=workers, progress=progress)


def stored(scenario: str, world: World) -> Emulator | None:
    """The emulator that comes with the project; None where none does, or where it is of another world."""
    found = _read().get(scenario)
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
    return dict(_read().get(scenario, {"of": {}})["of"])


def store(emulator: Emulator, of: Mapping[str, object]) -> None:
    """Put an emulator in the place of the one that there is."""
    found = {**_read(), emulator.scenario: {"discretion": __version__, "of": dict(of), "emulator": plain(emulator)}}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(found[key])}" for key in DOSED if key in found)
    FILE.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
