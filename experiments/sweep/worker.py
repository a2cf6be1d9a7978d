"""What a worker does: runs one after the other, each kept as soon as it is finished."""

from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from experiments.compiling import announce
from experiments.memory import let_go
from experiments.sweep import outputs, series
from experiments.sweep.journal import BEGAN, BROKE, FINISHED, note
from experiments.sweep.outputs import Job
from experiments.sweep.planned import PlannedRun, version
from experiments.sweep.store import MARKER, Store
from model.errors import InputError

LONGEST_ERROR = 2000
SMALLEST = 0.001


class Batch(NamedTuple):
    """Some runs of one scenario, for one worker.

    Attributes:
        folder: of the store, which every worker sees.
        version: what the runs are to be made with.
        job: what they have in common.
        runs: one after the other.
    """

    folder: str
    version: str
    job: Job
    runs: tuple[PlannedRun, ...]


@let_go()
def work(batch: Batch) -> None:
    """Do the runs of a batch that are not there yet. A run that fails is kept as such, and the next one is done.

    Raises:
        InputError: another version of the model is here, or nothing can be written; finished runs are intact.
    """
    if batch.version != version():
        raise InputError("the worker has another version of the model", found=version(), allowed=batch.version)
    store = Store(Path(batch.folder))
    for run in batch.runs:
        one(store, batch.job, run)


def one(store: Store, job: Job, run: PlannedRun) -> None:
    """Do one run unless it is there, and keep it, or its error."""
    if store.done(run.key):
        return
    note(store.folder, BEGAN, run.key)
    began = perf_counter()
    try:
        if run.series is None:
            rows, over_time = outputs.measure(job, run.settings, run.seed), None
        else:
            rows, over_time = series.measure(job, run.settings, run.seed, run.series)
    except Exception as error:  # whatever goes wrong in one run is that run's
        store.keep_failure(run.key, told(error))
        note(store.folder, BROKE, run.key, perf_counter() - began)
        return
    store.keep(run.key, rows, over_time)
    note(store.folder, FINISHED, run.key, perf_counter() - began)


def told(error: Exception) -> str:
    """An error in words.

    >>> told(ZeroDivisionError("division by zero"))
    'ZeroDivisionError: division by zero'
    """
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


def warm_up(job: Job) -> None:
    """A run of the smallest size, so that the model is compiled once on a machine; no matter what it gives."""
    announce()
    with suppress(Exception):
        outputs.measure(job._replace(scale=min(job.scale, SMALLEST)), (), 1)


def sees(folder: str) -> tuple[bool, str]:
    """Whether this worker sees the store, and what version it would run."""
    return (Path(folder) / MARKER).is_file(), version()
