"""How far a sweep has come, for a terminal, a notebook or a log file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn

from experiments.compiling import announce
from viz.reports.console import err

EVERY = 10.0
"""Seconds between two lines of a log."""


@dataclass
class Count:
    """Runs done and failed, of those that were left when the sweep began."""

    total: int
    done: int = 0
    failed: int = 0
    began: float = field(default_factory=monotonic)

    def add(self, done: int, failed: int) -> None:
        """Some runs have come back."""
        self.done += done
        self.failed += failed

    def words(self, now: float | None = None) -> str:
        """Done, failed, throughput and the time that remains.

        >>> Count(1000, done=240, failed=2, began=0.0).words(now=121.0)
        '242 of 1,000, 2 failed, 2.0 a second, 6 min 19 s left'
        """
        seconds = max((monotonic() if now is None else now) - self.began, 1e-9)
        finished = self.done + self.failed
        failed = f", {self.failed:,} failed" if self.failed else ""
        start = f"{finished:,} of {self.total:,}{failed}"
        if not finished:
            return f"{start}, starting"
        pace = finished / seconds
        return f"{start}, {pace:,.1f} a second, {duration((self.total - finished) / pace)} left"


def duration(seconds: float) -> str:
    """A time in the two units that matter.

    >>> duration(3.2), duration(379), duration(8000), duration(1_000_000)
    ('3.2 s', '6 min 19 s', '2 h 13 min', '11 d 13 h')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    for size, unit, small, rest in ((60, "min", 1, "s"), (3600, "h", 60, "min"), (86400, "d", 3600, "h")):
        if whole < size * {60: 60, 3600: 24, 86400: 10**9}[size]:
            return f"{whole // size} {unit} {whole % size // small} {rest}"
    return f"{whole} s"


@contextmanager
def shown(label: str, total: int, console: Console = err) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal or in a notebook, and elsewhere a line every few seconds; gives what to tell runs to."""
    announce()
    count = Count(total)
    if console.is_terminal or console.is_jupyter:
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.fields[words]}"))
        with Progress(*columns, console=console, transient=not console.is_jupyter) as bar:
            task = bar.add_task(escape(label), total=total, words=count.words())

            def move(done: int, failed: int) -> None:
                count.add(done, failed)
                bar.update(task, completed=count.done + count.failed, words=count.words())

            yield move
        return
    last = count.began

    def line(done: int, failed: int) -> None:
        nonlocal last
        count.add(done, failed)
        if monotonic() - last >= EVERY or count.done + count.failed == total:
            last = monotonic()
            console.print(f"{label}: {count.words()}", soft_wrap=True, markup=False)

    console.print(f"{label}: {count.words()}", soft_wrap=True, markup=False)
    yield line
