"""The runs of a plan, one after the other: each with its seed and its identity."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import model
from experiments.sweep.points import Points, points
from experiments.sweep.resolved import Resolved
from experiments.sweep.series import Period, made_by
from model.world.loader import content_hash

MADE_BY = ("twin/**/*.py", "sweep/outputs.py")
"""Beside the model, the files of ``experiments`` that the numbers of a run depend on."""


class PlannedRun(NamedTuple):
    """One run of a sweep.

    Attributes:
        key: its identity: a hash of version, world, scenario, directives, parameters and seed.
        scenario, point, replication: its place in the plan.
        settings: what is moved, path and value.
        seed: random seed.
        series: the period by which its outcomes are kept over time, if they are.
    """

    key: str
    scenario: str
    point: int
    replication: int
    settings: tuple[tuple[str, Any], ...]
    seed: int
    series: Period | None = None


@lru_cache(maxsize=1)
def version() -> str:
    """The version of the model and a hash of the sources that the numbers of a run depend on."""
    here = Path(__file__).parents[1]
    files = sorted(Path(model.__file__).parent.rglob("*.py"))
    files += [path for name in MADE_BY for path in sorted(here.glob(name))]
    sources = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    return f"{model.__version__}+{sources}"


@dataclass(frozen=True)
class Runs:
    """All runs of a plan, in the order of its tables: scenario, point, replication. None of them is kept in memory."""

    resolved: Resolved
    points: Points

    def __len__(self) -> int:
        """How many runs there are."""
        plan = self.resolved.plan
        return len(plan.scenarios) * len(self.points) * plan.replications

    def __iter__(self) -> Iterator[PlannedRun]:
        """The runs in their order."""
        plan = self.resolved.plan
        for scenario in plan.scenarios:
            identity = self.identity(scenario)
            for point in range(len(self.points)):
                settings = self.points.settings(point)
                place = content_hash(scenario, settings)
                for replication in range(plan.replications):
                    seed = self.seed(place, replication)
                    key = content_hash(identity, settings, seed)
                    yield PlannedRun(key, scenario, point, replication, settings, seed, plan.series)

    def identity(self, scenario: str) -> str:
        """A hash of all that the runs of a scenario have in common."""
        job, series = self.resolved.job(scenario), self.resolved.plan.series
        over_time = [series, made_by()] if series else []
        return content_hash(version(), self.resolved.world, [str(part) for part in job[1:]], *over_time)

    def seed(self, place: str, replication: int) -> int:
        """The seed of a replication: spawned from the plan's entropy, the same for all points, or for each its own."""
        plan = self.resolved.plan
        branch = () if plan.common_seeds else tuple(int(place[at : at + 8], 16) for at in (0, 8))
        return _spawned(plan.entropy, (*branch, replication))


@lru_cache(maxsize=4096)
def _spawned(entropy: int, branch: tuple[int, ...]) -> int:
    """A seed from 0 to 2^63 - 1, as numpy's ``SeedSequence`` spawns them.

    >>> _spawned(1, (0,)) == int(np.random.SeedSequence(1).spawn(1)[0].generate_state(1, np.uint64)[0] >> 1)
    True
    """
    state = np.random.SeedSequence(entropy, spawn_key=branch).generate_state(1, np.uint64)
    return int(state[0] >> np.uint64(1))


def planned_runs(resolved: Resolved) -> Runs:
    """All runs of a plan."""
    return Runs(resolved, points(resolved.plan, resolved.factors))
