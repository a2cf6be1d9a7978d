"""The same work under many seeds, or on many tasks, in this process or in several."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from model.errors import InputError
from model.seed import whole

Found = TypeVar("Found")
Task = TypeVar("Task")
Tick = Callable[[], None]
Progress = Callable[[int, int], None]


def silent() -> None:
    """Tell nobody."""


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
    """What ``work`` finds under each seed, in the order of the seeds.

    Args:
        work: takes a seed, and what to call after each run; with several workers it is pickled.
        seeds: one replication each.
        runs: that a seed takes.
        workers: processes, as in `as_they_come`.
        progress: told the runs done and the runs in all.

    Raises:
        InputError: no worker; or whatever the work refuses.
    """
    return over_tasks(work, seeds, [runs] * len(seeds), workers, progress)


def over_tasks(
    work: Callable[[Task, Tick], Found],
    tasks: Sequence[Task],
    runs: Sequence[int],
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Found]:
    """What ``work`` finds in each task, in the order of the tasks: all that `as_they_come` gives."""
    return list(as_they_come(work, tasks, runs, workers, progress))


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
    if workers <= 1:
        for task in tasks:
            yield work(task, tell)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(enumerate(tasks))
        under_way = {pool.submit(work, task, silent): at for at, task in islice(waiting, workers)}
        found: dict[int, Found] = {}
        for at in range(len(tasks)):
            while at not in found:
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    place = under_way.pop(future)
                    found[place] = future.result()
                    under_way |= {pool.submit(work, task, silent): after for after, task in islice(waiting, 1)}
                    tell(runs[place])
            yield found.pop(at)
