"""Keys of the draws of a day: the same case meets the same draws in every world (common random numbers)."""

from typing import NamedTuple

import numpy as np

from model.cases.draws import Keys, purpose
from model.schema import World


class RandomStreams(NamedTuple):
    """Keys of the draws: whether a stage's case is noticed, how it is judged, which edge it takes, how long."""

    seed: np.uint64
    notice: Keys
    judge: Keys
    edge: Keys
    lag: Keys


def random_streams(world: World, seed: int) -> RandomStreams:
    """The keys of a world's draws."""
    stages = list(world.stages)
    edges = [(s, o, n) for s in stages for o in ("unfavourable", "favourable")
             for n in range(len(world.stages[s].edges(o)))]  # fmt: skip
    return RandomStreams(
        np.uint64(seed),
        np.array([purpose("notice", s) for s in stages], dtype=np.uint64),
        np.array([purpose("judge", s) for s in stages], dtype=np.uint64),
        np.array([purpose("edge", *e) for e in edges], dtype=np.uint64),
        np.array([purpose("lag", *e) for e in edges], dtype=np.uint64),
    )
