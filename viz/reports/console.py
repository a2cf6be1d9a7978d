"""Where the commands write: tables on standard output, everything else on standard error."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def table(title: str, *columns: str, right: int = 0) -> Table:
    """An empty table; its last ``right`` columns hold numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None)
    for at, column in enumerate(columns):
        number = at >= len(columns) - right
        made.add_column(column, justify="right" if number else "left", no_wrap=number or not at)
    return made


def remark(notes: Sequence[str], on: Console = out) -> None:
    """Say what is to be said of a scenario's days: where cases are missing, carried on, or of another day."""
    for note in notes:
        on.print(f"[yellow]{escape(note)}[/]", soft_wrap=True)
    if notes:
        on.print()


@contextmanager
def progress(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time that remains, on a terminal; gives what to tell days done and days in all."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
