"""Replications within draws of the parameters: each draw has seeds of its own.

So random variation can be told from what is unknown of the world (`experiments.twin.intervals`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from experiments.asked import in_world
from experiments.parallel import seeds_from, several
from model.schema import World
from model.world.loader import world_of
from model.world.settings import Settings, pairs

Draw = Mapping[str, object]
"""Parameters as they were drawn: path to value."""


def nested(seed: int, replications: int, draws: Sequence[Draw]) -> dict[int, int | None]:
    """The seeds of a study, and the number of the draw that each belongs to; none where nothing is drawn.

    >>> nested(1, 3, []), nested(1, 2, [{"rule.metrics": 0.1}, {"rule.metrics": 0.2}])
    ({1: None, 2: None, 3: None}, {1: 0, 2: 1, 3: 0, 4: 1})
    """
    if not draws:
        return dict.fromkeys(seeds_from(seed, replications))
    several(replications)
    return {own: at % len(draws) for at, own in enumerate(seeds_from(seed, replications * len(draws)))}


def worlds_of(world: str | Path | World, settings: Settings, draws: Sequence[Draw]) -> dict[int | None, World]:
    """The world of each draw, by its number; without draws the one world, under None."""
    if not draws:
        return {None: world_of(world, settings)}
    moved = dict(pairs(settings))
    return {at: in_world(world, {**moved, **draw}) for at, draw in enumerate(draws)}


def with_draws(table: pd.DataFrame, draw_of: Mapping[int, int | None]) -> pd.DataFrame:
    """A table of replications with the number of the ``draw`` of each ``seed``, if parameters were drawn."""
    return table if None in draw_of.values() else table.assign(draw=table["seed"].map(draw_of))


def draws_of(table: pd.DataFrame, seeds: pd.Index) -> pd.Series | None:
    """The draw that each of some seeds belongs to, from a table of replications (`with_draws`); None without draws.

    >>> draws_of(pd.DataFrame({"seed": [1, 1, 2], "draw": [0, 0, 1]}), pd.Index([2, 1])).tolist()
    [1, 0]
    """
    if "draw" not in table:
        return None
    return table.drop_duplicates("seed").set_index("seed")["draw"].loc[seeds]
