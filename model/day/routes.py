"""Where a case may go: the edges of the stages as columns."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.conditions import Register
from model.cases.draws import Floats
from model.schema import Edge, World

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
UNFAVOURABLE, FAVOURABLE = 0, 1


class Routes(NamedTuple):
    """Edges as columns. Those of (stage, outcome) are rows ``first`` to ``end``; columns as in `model.schema.Edge`.

    ``to`` is a stage, or ``stages + exit``; ``detained`` is -1 for either; ``share`` is 1 for all; ``uses`` is -1 for
    none, as are ``needs``, ``holds`` and ``separates``; ``custody`` is +1 to detain, -1 to release; ``least``,
    ``mean`` and ``most`` are days on the way; ``rejoins`` is the exit for those who come back, if they are at one of
    the places that ``rejoining`` marks (edges x places).
    """

    first: Numbers
    end: Numbers
    to: Numbers
    when: Numbers
    detained: Codes
    share: Floats
    uses: Numbers
    takes: Floats
    needs: Numbers
    beyond: npt.NDArray[np.bool_]
    waits: npt.NDArray[np.bool_]
    holds: Numbers
    custody: Codes
    least: Floats
    mean: Floats
    most: Floats
    separates: Numbers
    rejoins: Numbers
    rejoining: npt.NDArray[np.bool_]


def routes(world: World, register: Register) -> Routes:
    """The edges of a world."""
    places = [*world.stages, *world.exits]
    resources = list(world.resources)
    first = np.zeros((len(world.stages), 2), dtype=np.int64)
    end = np.zeros_like(first)
    edges: list[Edge] = []
    for at, stage in enumerate(world.stages.values()):
        for outcome, group in ((UNFAVOURABLE, stage.unfavourable), (FAVOURABLE, stage.favourable)):
            first[at, outcome] = len(edges)
            edges += group
            end[at, outcome] = len(edges)
    return Routes(
        first, end,
        to=np.array([places.index(e.to) for e in edges], dtype=np.int64),
        when=np.array([register.number(e.when) for e in edges], dtype=np.int64),
        detained=np.array([-1 if e.detained is None else int(e.detained) for e in edges], dtype=np.int8),
        share=np.array([1.0 if e.share is None else e.share.value for e in edges]),
        uses=np.array([-1 if e.uses is None else resources.index(e.uses) for e in edges], dtype=np.int64),
        takes=np.array([1.0 if e.takes is None else e.takes.value for e in edges]),
        needs=np.array([-1 if e.needs is None else resources.index(e.needs) for e in edges], dtype=np.int64),
        beyond=np.array([e.beyond for e in edges], dtype=np.bool_),
        waits=np.array([e.waits for e in edges], dtype=np.bool_),
        holds=np.array([-1 if e.holds is None else resources.index(e.holds) for e in edges], dtype=np.int64),
        custody=np.array([{"detain": 1, "release": -1, None: 0}[e.custody] for e in edges], dtype=np.int8),
        least=np.array([1.0 if e.lag is None else e.lag.least.value for e in edges]),
        mean=np.array([1.0 if e.lag is None else e.lag.mean.value for e in edges]),
        most=np.array([e.lag.most.value if e.lag and e.lag.most else np.inf for e in edges]),
        separates=np.array([-1 if e.separates is None else places.index(e.separates) for e in edges], dtype=np.int64),
        rejoins=np.array([-1 if e.rejoins is None else places.index(e.rejoins.to) for e in edges], dtype=np.int64),
        rejoining=np.array([[e.rejoins is not None and p in e.rejoins.places for p in places] for e in edges]),
    )  # fmt: skip
