"""What a sweep would cost, measured on a few of its runs."""

from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from experiments.sweep.planned import PlannedRun, planned_runs, version
from experiments.sweep.resolved import Resolved
from experiments.sweep.store import DONE, FAILED, Store
from experiments.sweep.worker import Batch, work

TRIED = 4
"""Runs that are measured, spread over the plan; one before them is not counted: it may have to compile the model."""
BLOCK = 512


@dataclass(frozen=True)
class Cost:
    """What a sweep would cost.

    Attributes:
        points, replications, scenarios, runs: of the plan.
        there: runs that are finished already, in the folder that was asked about.
        seconds: of one run on this machine, with all that belongs to it, median of those that were tried.
        bytes: on the disk for one run, at most: its file in whole blocks, and its part of the tables.
        failed: how many of those tried failed.
    """

    points: int
    replications: int
    scenarios: int
    runs: int
    there: int
    seconds: float
    bytes: int
    failed: int

    @property
    def left(self) -> int:
        """Runs to do."""
        return self.runs - self.there

    def hours(self, workers: int) -> float:
        """Hours for what is left, with so many workers as fast as this machine's, none of them waiting for the disk.

        A run is one worker's: seven runs take two workers as long as four runs take one.

        >>> Cost(7, 1, 1, 7, 0, seconds=3600.0, bytes=0, failed=0).hours(2)
        4.0
        >>> Cost(7, 1, 1, 7, 0, seconds=3600.0, bytes=0, failed=0).hours(1000)
        1.0
        """
        return ceil(self.left / workers) * self.seconds / 3600.0


def cost(resolved: Resolved, out: Path | None = None) -> Cost:
    """Try a few runs of a plan, in a folder of their own that is then taken away.

    Args:
        resolved: the plan.
        out: where the sweep is, or would be; runs that are there cost nothing more.
    """
    planned = planned_runs(resolved)
    store = Store(out.expanduser().resolve()) if out else None
    there = sum(store.done(run.key) for run in planned) if store and store.begun else 0
    steps = {round(at * (len(planned) - 1) / TRIED) for at in range(TRIED + 1)}
    tried = [run for at, run in enumerate(planned) if at in steps]
    with TemporaryDirectory() as folder:
        kept = Store(Path(folder))
        tries = [_tried(kept, resolved, run) for run in tried]
    timed = sorted(one.seconds for one in tries[1:] or tries)
    plan = resolved.plan
    return Cost(
        len(planned.points), plan.replications, len(plan.scenarios), len(planned), there, timed[len(timed) // 2],
        max(one.bytes for one in tries), sum(one.failed for one in tries),
    )  # fmt: skip


class _Try(NamedTuple):
    seconds: float
    bytes: int
    failed: bool


def _tried(store: Store, resolved: Resolved, run: PlannedRun) -> _Try:
    began = perf_counter()
    work(Batch(str(store.folder), version(), resolved.job(run.scenario), (run,)))
    seconds = perf_counter() - began
    failed = not store.done(run.key)
    kept = store.path(run.key, FAILED if failed else DONE).stat()
    return _Try(seconds, kept.st_blocks * BLOCK + kept.st_size, failed)
