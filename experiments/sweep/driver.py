"""A sweep from its plan to its tables; interrupted at any moment, it goes on from there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from experiments.sweep.engines import Engine, InProcess, at, local
from experiments.sweep.plan import read_plan
from experiments.sweep.planned import PlannedRun, Runs, planned_runs, version
from experiments.sweep.resolved import Resolved, resolve
from experiments.sweep.result_tables import failures, write_tables
from experiments.sweep.store import Store, checked
from model.errors import InputError
from model.world.loader import content_hash

TINY = 8
"""With no more runs than this to do, and nothing said of workers, this process does them itself."""
AT_MOST = 10_000
"""Runs beyond which a sweep is not begun unless it is confirmed."""
ATTEMPTS = 3
Watch = Callable[[str, int], AbstractContextManager[Callable[[int, int], None]]]


@dataclass(frozen=True)
class Swept:
    """What a sweep has come to.

    Attributes:
        folder: where it is.
        runs: how many the plan has.
        computed: how many were done this time; the others were there.
        failed: how many of all runs failed.
    """

    folder: Path
    runs: int
    computed: int
    failed: int


def sweep(
    plan: str | Path | Resolved,
    out: str | Path,
    workers: int | None = None,
    scheduler: str | None = None,
    *,
    retry_failed: bool = False,
    at_most: int = AT_MOST,
    watch: Watch | None = None,
) -> Swept:
    """Do the runs of a plan that are not in a folder yet, and make its tables.

    Args:
        plan: the name of a shipped plan, a file, or a plan set against its world.
        out: the folder; an earlier sweep in it is gone on with.
        workers: on this machine; one a core unless told.
        scheduler: instead, the address of a dask scheduler, such as ``tcp://127.0.0.1:8786``.
        retry_failed: do runs again that failed.
        at_most: with more runs than this to do, nothing is done.
        watch: shows progress (`viz.cli.progress.shown` does); given the title and the number of runs to do, it yields
            what is told the runs that are done and those that failed.

    Raises:
        InputError: a plan, folder or scheduler that cannot be used, a full disk, a scheduler that goes away. What was
            finished is kept, and the same call goes on from there.
    """
    if workers is not None and scheduler is not None:
        raise InputError("either workers on this machine or a scheduler", where="--workers, --scheduler")
    resolved = plan if isinstance(plan, Resolved) else resolve(read_plan(plan))
    all_runs, place, world_hash = planned_runs(resolved), Path(out), content_hash(resolved.world)
    store = checked(place, version(), world_hash)
    left = _left(store, all_runs, retry_failed)
    if left > at_most:
        raise InputError(
            "more runs than confirmed", where="--at-most", found=f"{left:,} runs to do of {len(all_runs):,}",
            allowed=f"up to {at_most:,}, or --at-most {left}",
        )  # fmt: skip
    if not store.begun:
        store.create(version(), resolved.folder, world_hash, resolved.text)
    with store.locked():
        if not left and store.finished and store.plan == resolved.text:
            return Swept(place, len(all_runs), 0, failures(store))
        store.begin(resolved.text)
        computed = 0
        for _ in range(ATTEMPTS):
            if to_do := _left(store, all_runs, retry_failed):
                _compute(store, all_runs, to_do, retry_failed, _engine(workers, scheduler, to_do), watch)
                retry_failed, computed = False, computed + to_do
            made = write_tables(store, all_runs)
            if not made.missing:
                return Swept(place, len(all_runs), computed, made.failed)
    raise InputError("runs that cannot be read back", where=f"out: {out}", found=f"{made.missing} runs", allowed="none")


def unfinished(store: Store, all_runs: Runs, retry_failed: bool = False) -> Iterator[PlannedRun]:
    """The runs that are still to be done, looked for one by one."""
    for run in all_runs:
        if not store.done(run.key) and (retry_failed or not store.failed(run.key)):
            yield run


def _left(store: Store, all_runs: Runs, retry_failed: bool) -> int:
    return sum(1 for _ in unfinished(store, all_runs, retry_failed)) if store.begun else len(all_runs)


def _engine(workers: int | None, scheduler: str | None, left: int) -> AbstractContextManager[Engine]:
    if scheduler is not None:
        return at(scheduler)
    if workers is None and left <= TINY:
        return nullcontext(InProcess())
    return local(workers)


def _compute(
    store: Store, all_runs: Runs, left: int, retry_failed: bool, engine: AbstractContextManager[Engine],
    watch: Watch | None,
) -> None:  # fmt: skip
    resolved = all_runs.resolved
    jobs = {scenario: resolved.job(scenario, store.world) for scenario in resolved.plan.scenarios}
    todo = unfinished(store, all_runs, retry_failed)
    watched = watch(resolved.plan.title, left) if watch else nullcontext(lambda done, failed: None)
    with engine as hands, watched as tell:

        def settled(some: Sequence[PlannedRun]) -> None:
            failed = sum(not store.done(run.key) for run in some)
            tell(len(some) - failed, failed)

        hands.do(store, jobs, todo, left, settled)
