"""Who does the runs: this process, workers on this machine, or a cluster that is already there.

The driver hands out batches, a few more than there are workers, and forgets each as it comes back; a worker keeps its
results in the store itself, and nothing is fetched from it. So nothing grows with the number of runs, neither here nor
at the scheduler, and nothing is missed when a worker dies.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.resource_tracker import ensure_running
from queue import Empty, SimpleQueue
from threading import current_thread, main_thread
from time import monotonic
from typing import Any, Protocol

from experiments.sweep.outputs import Job
from experiments.sweep.planned import PlannedRun, version
from experiments.sweep.store import Store
from experiments.sweep.worker import Batch, sees, warm_up, work
from model.errors import InputError

Jobs = dict[str, Job]
Told = Callable[[Sequence[PlannedRun]], None]
AHEAD = 2
"""Batches handed out for each worker."""
BATCH_SECONDS, LARGEST_BATCH, SHARE = 2.0, 64, 8
"""A batch takes about so long, has no more runs than this, and no more than this part of what is left to a worker."""
DIED = "KilledWorker: every worker that began this run died (out of memory?)"
ASK = 5.0
"""Seconds after which the workers are counted again; a cluster may grow while it works."""
PATIENCE = 15.0
"""Seconds without a scheduler after which it is taken for gone."""
SETTINGS = {
    "distributed.scheduler.dashboard.status.task-stream-length": 0,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.admin.low-level-log-length": 100,
    "distributed.deploy.lost-worker-timeout": "7 days",
    "distributed.scheduler.allowed-failures": 1,
    "distributed.logging": {"distributed": "error"},
}
"""No pages are served; dask's logs stay short; a worker that died is waited for however slowly it comes back (dask's
own 15 seconds would leave a busy machine without workers); a run that ends two workers is not given to a third."""


class Engine(Protocol):
    """Does runs, and tells of each batch when it is done."""

    def do(self, store: Store, jobs: Jobs, todo: Iterable[PlannedRun], left: int, tell: Told) -> None:
        """Do all of ``todo``, of which there are ``left``; tell of runs that are settled, done or failed."""
        ...


class InProcess:
    """This process, one run after the other: for the tiniest sweeps, which a cluster would only delay."""

    def do(self, store: Store, jobs: Jobs, todo: Iterable[PlannedRun], left: int, tell: Told) -> None:
        """Do all of ``todo``."""
        for run in todo:
            work(Batch(str(store.folder), version(), jobs[run.scenario], (run,)))
            tell([run])


class Distributed:
    """The workers of a dask scheduler."""

    def __init__(self, client: Any, address: str) -> None:
        """Hand out work through a client."""
        self.client, self.address = client, address
        self._waiting: dict[str, tuple[Any, Batch]] = {}
        self._back: SimpleQueue[str] = SimpleQueue()

    def do(self, store: Store, jobs: Jobs, todo: Iterable[PlannedRun], left: int, tell: Told) -> None:
        """Do all of ``todo``. What was under way when workers died is done again, one run after the other.

        Raises:
            InputError: the scheduler is gone, or a worker cannot write; finished runs are intact.
        """
        _ready(self.client, store, next(iter(jobs.values())))
        pace, supply = _Pace(left), iter(todo)
        suspects: list[PlannedRun] = []
        ended, workers, counted = False, 1, -ASK
        while self._waiting or suspects or not ended:
            if monotonic() - counted > ASK:
                workers, counted = max(1, sum(self.client.nthreads().values())), monotonic()
            while not ended and len(self._waiting) < AHEAD * workers:
                runs = list(islice(supply, pace.batch(workers)))
                ended = not runs
                self._hand_out(store, jobs, runs)
            alone = ended and not self._waiting
            if alone and suspects:
                self._hand_out(store, jobs, [suspects.pop()])
            for batch, died in self._come_back() if self._waiting else ():
                if died and not alone:
                    suspects += batch.runs
                    continue
                if died:
                    store.keep_failure(batch.runs[0].key, DIED)
                pace.learn(len(batch.runs), workers)
                tell(batch.runs)

    def _hand_out(self, store: Store, jobs: Jobs, runs: list[PlannedRun]) -> None:
        for scenario in dict.fromkeys(run.scenario for run in runs):
            here = tuple(run for run in runs if run.scenario == scenario)
            batch = Batch(str(store.folder), version(), jobs[scenario], here)
            self._wait_for(self.client.submit(work, batch, pure=False), batch)

    def _wait_for(self, future: Any, batch: Batch) -> None:
        self._waiting[future.key] = (future, batch)
        future.add_done_callback(lambda done: self._back.put(done.key))

    def _come_back(self) -> Iterator[tuple[Batch, bool]]:
        """The next batch that is settled, and whether its workers died again and again."""
        from distributed.scheduler import KilledWorker

        future, batch = self._waiting.pop(self._next())
        if future.status == "cancelled" or self.client.status != "running":
            raise self._gone()
        if future.status == "finished":
            yield batch, False
        elif future.status != "error":  # done, but its worker has died since, and it is under way again
            self._wait_for(future, batch)
        elif isinstance(error := future.exception(), KilledWorker):
            yield batch, True
        else:
            raise error

    def _next(self) -> str:
        """The key of a batch that has come back, after a wait if need be."""
        lost_since = None
        while True:
            try:
                return self._back.get(timeout=0.5)
            except Empty:
                if self.client.status == "running":
                    lost_since = None
                    continue
                lost_since = lost_since or monotonic()
                if self.client.status == "closed" or monotonic() - lost_since > PATIENCE:
                    raise self._gone() from None

    def _gone(self) -> InputError:
        return InputError(
            "the scheduler is gone", where=f"scheduler: {self.address}",
            allowed="finished runs are stored; give the same command again once a scheduler is there",
        )  # fmt: skip


class _Pace:
    """How many runs make a batch: by the time that runs take, and fewer towards the end."""

    def __init__(self, left: int) -> None:
        self.left, self.settled, self.began = left, 0, monotonic()
        self.seconds = BATCH_SECONDS

    def learn(self, runs: int, workers: int) -> None:
        """So many more runs are settled."""
        self.settled += runs
        self.seconds = (monotonic() - self.began) * workers / self.settled

    def batch(self, workers: int) -> int:
        """The size of the next batch.

        >>> pace = _Pace(1000)
        >>> pace.batch(2), setattr(pace, "seconds", 0.5), pace.batch(2), pace.batch(200)
        (1, None, 4, 1)
        """
        by_time = int(BATCH_SECONDS / max(self.seconds, BATCH_SECONDS / LARGEST_BATCH))
        size = max(1, min(by_time, self.left // (SHARE * workers)))
        self.left -= size
        return size


def _ready(client: Any, store: Store, job: Job) -> None:
    """Every worker sees the store and has this version; the model is compiled on each machine, by one of its workers.

    Raises:
        InputError: a worker does not.
    """
    for worker, (visible, found) in client.run(sees, str(store.folder)).items():
        if not visible:
            raise InputError(
                "a worker does not see the folder of the sweep", where=f"worker: {worker}", found=str(store.folder),
                allowed="a folder that all machines share, at the same path",
            )  # fmt: skip
        if found != version():
            where = f"worker: {worker}"
            raise InputError("a worker has another version of the model", where=where, found=found, allowed=version())
    one_a_machine = {worker.rsplit(":", 1)[0]: worker for worker in client.nthreads()}
    client.run(warm_up, job, workers=list(one_a_machine.values()))


@contextmanager
def local(workers: int | None) -> Iterator[Engine]:
    """Workers on this machine, one a core unless told; all of them listen on the loopback address alone."""
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as started:
        started.enter_context(dask.config.set(SETTINGS))
        with _uninterrupted():
            cluster = LocalCluster(
                n_workers=workers or _cores(), threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
                silence_logs=50, scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            )  # fmt: skip
            client = started.enter_context(Client(started.enter_context(cluster)))
        yield Distributed(client, "on this machine")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until here is done; processes that start here never hear of it, and are stopped by this one."""
    if current_thread() is not main_thread() or not hasattr(signal, "pthread_sigmask"):  # the latter on Windows
        yield
        return
    ensure_running()  # now, since it lets Ctrl-C through to the thread that starts it
    pressed: list[int] = []
    heard = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which threads and processes take over
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, heard)
    if pressed:
        raise KeyboardInterrupt


def _cores() -> int:
    """Those that this process may use, where the system tells; else all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def at(address: str, patience: float = 30.0) -> Iterator[Distributed]:
    """The workers of a scheduler that is already there.

    Raises:
        InputError: none answers, or it has no worker.
    """
    import dask
    from distributed import Client

    with dask.config.set(SETTINGS):
        try:
            client = Client(address, timeout=10)
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(
                f"no scheduler answers: {error}", where=f"--scheduler {address}", allowed="such as tcp://127.0.0.1:8786"
            ) from None
        with client:
            try:
                client.wait_for_workers(1, timeout=patience)
            except TimeoutError:
                where = f"--scheduler {address}"
                raise InputError("no worker", where=where, allowed=f"a worker within {patience:g} seconds") from None
            yield Distributed(client, address)
