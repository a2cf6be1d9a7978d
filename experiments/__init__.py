"""Runs, replications, twin worlds, sweeps, their results and measures.

>>> from experiments import scenario
>>> memos = scenario("morton-2011")
>>> memos.without("review-2011").directives["title"].tolist()[:2]
['Civil enforcement priorities', 'Prosecutorial discretion memo of 17 June 2011']

Every study takes, by name:

- ``world``: the name of a shipped world, the folder of another, or a `World`; ``settings``: parameters to move in it,
  as ``path=value`` texts or a mapping; none beside a `World`.
- ``replications``: how many, under the random seeds ``seed``, ``seed + 1``, ...
- ``scale``: share of the real system's cases and officers.
- ``smallest``: effect of interest, a difference of shares: what is less is called none that matters.
- ``workers``: processes (`experiments.parallel.as_they_come`); the result is the same.
- ``progress``: told what is done and what there is in all: runs, unless said otherwise.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import discretion_imports

if TYPE_CHECKING:
    import pandas as pd

    from experiments.episode import Episode

discretion_imports.check("model")


def scenario(
    name: str, world: str | Path | None = None, settings: Iterable[str] | Mapping[str, object] = ()
) -> "Episode":
    """A scenario of a world, to take directives away from and to compare.

    Args:
        name: as ``discretion worlds`` lists it.
        world: the name of a shipped world, or the folder of another; the usual one unless told.
        settings: parameters to move, as ``path=value`` texts or a mapping.

    Raises:
        InputError: there is none of that name, or the world cannot be read.
    """
    from experiments.episode import Episode  # pandas is slow to come
    from model.world.loader import DEFAULT_WORLD

    return Episode.of(name, DEFAULT_WORLD if world is None else world, settings)


def load(folder: str | Path, measure: str | None = None) -> "pd.DataFrame":
    """The values of a stored sweep, tidy: one row a value, with the run that it is of.

    `experiments.sweep.loading.load` says what the columns are.
    """
    from experiments.sweep import loading

    return loading.load(folder, measure)


def load_series(folder: str | Path, measure: str | None = None) -> "pd.DataFrame":
    """The outcomes of a stored sweep by week, month or quarter, if its plan asks for ``series``.

    `experiments.sweep.loading.load_series` says what the columns are.
    """
    from experiments.sweep import loading

    return loading.load_series(folder, measure)
