"""The same work under many seeds, or on many tasks, in this process or in several."""

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import count, islice
from multiprocessing import get_context
from typing import Protocol, TypeVar

from experiments.compiling import announce
from model.errors import InputError
from model.seed import whole

Found = TypeVar("Found")
Task = TypeVar("Task")
Progress = Callable[[int, int], None]


class Tick(Protocol):
    """Told of a run that is done, or of so many."""

    def __call__(self, more: int = 1) -> None: ...  # noqa: D102


def silent(more: int = 1) -> None:
    """Tell nobody."""


def one_of(progress: Progress | None, at: int, runs: int) -> Progress:
    """What run ``at`` of so many equally long ones tells, so that ``progress`` hears of all of them as one.

    >>> told = one_of(lambda done, total: print(done, total), 1, 3)
    >>> told(5, 10)
    15 30
    """

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(at * total + done, runs * total)

    return tell


def ticks(tick: Tick) -> Progress:
    """What a task tells, so that ``tick`` hears of every day once, whether they come one by one or many together.

    >>> told = ticks(print)
    >>> told(1, 9), told(9, 9)
    1
    8
    (None, None)
    """
    before = 0

    def tell(done: int, total: int) -> None:
        nonlocal before
        tick(done - before)
        before = done

    return tell


def seeds_from(seed: int, replications: int) -> list[int]:
    """The seeds of some replications; InputError if there are none, or they cannot be used.

    >>> seeds_from(3, 2)
    [3, 4]
    """
    if replications < 1:
        raise InputError(
            "replications must be at least 1", where="replications", found=replications, allowed="1 or more"
        )
    first = whole("seed", seed)
    return list(range(first, first + replications))


def several(replications: int) -> None:
    """InputError if replications of each draw are too few to separate random variation from parameter uncertainty.

    >>> several(2)
    """
    if replications < 2:
        raise InputError(
            "random variation cannot be separated from parameter uncertainty", where="replications", found=replications,
            allowed="2 or more of each draw",
        )  # fmt: skip


def over_seeds(
    work: Callable[[int, Tick], Found],
    seeds: Sequence[int],
    runs: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Found]:
    """What ``work`` finds under each seed, in the order of the seeds: all that `as_they_come` gives.

    ``runs`` are those that a seed takes.
    """
    return list(as_they_come(work, seeds, [runs] * len(seeds), workers, progress))


def as_they_come(
    work: Callable[[Task, Tick], Found],
    tasks: Sequence[Task],
    runs: Sequence[int],
    workers: int = 1,
    progress: Progress | None = None,
) -> Generator[Found, None, None]:
    """What ``work`` finds in each task, one after the other, in the order of the tasks.

    No more tasks are under way than there are workers. Close it to leave the others undone: with several workers those
    under way are waited for, and what they find is lost.

    Args:
        work: takes a task, and what to call after each run; with several workers both are pickled.
        tasks: one or more.
        runs: that each task takes; or days, where that is what ``work`` tells.
        workers: processes; with more than one, a program of your own must guard its start with
            ``if __name__ == "__main__"``, as `multiprocessing` asks. The result is the same.
        progress: told the runs done and the runs in all; with several workers, whenever a task is done.

    Raises:
        InputError: no worker; or whatever the work refuses.
    """
    if workers < 1:
        raise InputError("nobody to do the work", where="workers", found=workers, allowed="1 or more")
    done = 0

    def tell(more: int = 1) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, sum(runs))

    workers = min(workers, len(tasks))
    with processes(workers) as pool:
        if pool is None:
            yield from (work(task, tell) for task in tasks)
        else:
            yield from in_order(pool, partial(_silently, work), tasks, workers, lambda place: tell(runs[place]))


def _silently(work: Callable[[Task, Tick], Found], task: Task) -> Found:
    return work(task, silent)


def processes(workers: int) -> AbstractContextManager[Executor | None]:
    """So many processes for the work; none for one worker, since this process then does it."""
    if workers <= 1:
        return nullcontext()
    context = get_context("spawn")
    return ProcessPoolExecutor(workers, context, announce, (context.Semaphore(1),))


def in_order(
    pool: Executor,
    work: Callable[[Task], Found],
    tasks: Iterable[Task],
    at_once: int,
    settled: Callable[[int], None] = lambda place: None,
) -> Generator[Found, None, None]:
    """What ``work`` finds in each task, in the order of the tasks, which need not have an end.

    Args:
        pool: does the work.
        work: takes a task.
        tasks: one after the other.
        at_once: how many the pool has been given and not yet done.
        settled: told the place of each task when it is done.
    """
    waiting, found = iter(enumerate(tasks)), dict[int, Found]()
    under_way: dict[Future[Found], int] = {pool.submit(work, task): at for at, task in islice(waiting, at_once)}
    try:
        for at in count():
            while at not in found:
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    place = under_way.pop(future)
                    found[place] = future.result()
                    under_way |= {pool.submit(work, task): after for after, task in islice(waiting, 1)}
                    settled(place)
            yield found.pop(at)
    finally:
        for late in under_way:
            late.cancel()
