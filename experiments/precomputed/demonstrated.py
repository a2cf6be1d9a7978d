"""The results of the guided demonstrations that come with the project, seed by seed, in one file."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from experiments.demonstrations import scale_of, world_of
from experiments.precomputed.by_name import put, read
from experiments.precomputed.made import PROBE_SCALE, SHIPPED, stamp
from experiments.precomputed.shipped import DIGITS, FOLDER

FILE = FOLDER / "demonstrations.json"
SCENARIOS = SHIPPED["demonstrations"]
"""The scenario by whose short run one can tell whether a result is of the model as it is."""


class Demonstrated(NamedTuple):
    """A stored result: ``figures`` by their key, one a seed; what it is ``of`` (`stamp`); the version that made it."""

    figures: dict[str, list[float]]
    seeds: list[int]
    of: dict[str, Any]
    version: str


def stamp_of(name: str) -> dict[str, object]:
    """What the result of a demonstration would be of, were it computed now.

    The short run of a small world has a tenth of it, or there would be too few decisions to tell two models by.
    """
    scale = scale_of(name)
    return stamp(SCENARIOS[name], world_of(name), scale, max(PROBE_SCALE, scale / 10))


def stored(name: str) -> Demonstrated | None:
    """The result of a demonstration that comes with the project; None where none does.

    >>> found = stored("counted")
    >>> found.seeds, list(found.figures)
    ([1, 2, 3, 4, 5, 6], ['as-issued', 'no-quotas', 'counted'])
    """
    found = read(FILE).get(name)
    return None if found is None else Demonstrated(found["figures"], found["seeds"], found["of"], found["discretion"])


def store(name: str, figures: Mapping[str, Sequence[float]], seeds: Sequence[int], of: Mapping[str, object]) -> None:
    """Put the result of a demonstration in the place of the one that there is."""
    short = {key: [float(f"{value:.{DIGITS}g}") for value in values] for key, values in figures.items()}
    put(FILE, name, {"of": dict(of), "seeds": list(seeds), "figures": short}, SCENARIOS)
