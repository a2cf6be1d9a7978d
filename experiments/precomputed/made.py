"""How the findings that come with the project are made, and how one can tell that they are of the model as it is."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from experiments.levers import Ranking, rank
from experiments.mechanisms import Responses, dose_response
from experiments.parallel import Progress
from experiments.rates import rates
from model import BureaucracyModel
from model.schema import World
from model.sizes import smallest
from model.world.loader import content_hash, load

REPLICATIONS, SEED = 6, 1
SCALES = (0.005, 0.01, 0.02, 0.05)
"""Of these, the smallest at which a scenario can be read."""
SHIPPED: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("shipped.toml").read_text("utf-8"))
DOSED = SHIPPED["doses"]
"""The scenarios of record that a lever of the world fits, and the directive of each whose doses are shipped."""
PROBE_SCALE = 0.002
UNREAD = ("calibrations", "cases")
"""Of a world, what no run reads."""


@dataclass(frozen=True)
class Asked:
    """What makes a finding: the same gives the same figures."""

    scenario: str
    replications: int = REPLICATIONS
    seed: int = SEED
    scale: float = SCALES[0]

    @property
    def shipped(self) -> bool:
        """Whether it is what the project brings along."""
        return self.scenario in DOSED and self == usual(self.scenario)


@lru_cache(maxsize=16)
def usual(scenario: str) -> Asked:
    """How a scenario is shipped.

    >>> usual("morton-2011").scale, usual("zero-tolerance-2018").scale
    (0.005, 0.02)
    """
    world = load()
    least = smallest(world, world.scenarios[scenario]).scale
    return Asked(scenario, scale=next(scale for scale in SCALES if scale >= least))


def ranked(asked: Asked, world: World, workers: int = 1, progress: Progress | None = None) -> Ranking:
    """The levers of a scenario against the record."""
    return rank(
        asked.scenario, world=world, replications=asked.replications, seed=asked.seed, scale=asked.scale,
        workers=workers, progress=progress,
    )  # fmt: skip


def dosed(asked: Asked, directive: str, world: World, workers: int = 1, progress: Progress | None = None) -> Responses:
    """The doses of a directive of a scenario."""
    return dose_response(
        asked.scenario, directive, world=world, replications=asked.replications, seed=asked.seed, scale=asked.scale,
        workers=workers, progress=progress,
    )  # fmt: skip


def stamp(scenario: str, world: World, scale: float | None = None, probe: float = PROBE_SCALE) -> dict[str, object]:
    """What a finding is of: the world, the size, and a short run of the scenario, which differs under another model.

    Another stamp means other figures: they are to be computed again. Without a ``scale`` the size is the `usual` one;
    the short run has that of ``probe``.
    """
    model = BureaucracyModel(scenario, probe, SEED, world=world).run()
    size = scale or usual(scenario).scale
    return {"content": content(world), "scale": size, "probe": _figures(rates(model.recorder.outcomes()))}


def content(world: World) -> str:
    """A hash of what of a world a run reads."""
    return content_hash(world.model_copy(update={key: {} for key in UNREAD}))


def _figures(table: pd.DataFrame) -> dict[str, list[int]]:
    return {
        f"{row['agency']} {row['stage']}": [int(row["decided"]), int(row["favourable"])]
        for row in table.to_dict("records")
    }
