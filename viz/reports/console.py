"""Where the commands write: tables on standard output, everything else on standard error."""

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.segment import Segment
from rich.text import Text

from model.errors import printable
from viz.reports.table import FigureTable


class Screen(Console):
    """A console on which no text of a world, a folder or a result can command the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is written, with escape sequences spelt out but for those of the console's own styles."""
        for part in super().render(renderable, options):
            yield part if part.control else part._replace(text=printable(part.text))

    def print(self, *objects: Any, **how: Any) -> None:
        """Print; a text with a word longer than a line, a path for example, is left whole, so that it can be copied."""
        texts = [self.render_str(one, markup=how.get("markup")).plain if isinstance(one, str) else str(one)
                 for one in objects if isinstance(one, str | Text)]  # fmt: skip
        if any(len(word) > self.width for text in texts for word in text.split()):
            how["soft_wrap"] = True
        super().print(*objects, **how)


EVERY = 60.0
"""Seconds between two lines that say how far a long work is, where no bar can be drawn."""
out = Screen(highlight=False)
err = Screen(stderr=True, highlight=False)


def literal(text: object) -> str:
    r"""A text as it is, to be put among the marks of a message: brackets in it are no marks.

    >>> literal("[red] tape"), literal("plain")
    ('\\[red] tape', 'plain')
    """
    return escape(str(text))


def bold(text: object) -> str:
    """A text as it is, in bold, to be put among the marks of a message."""
    return f"[bold]{literal(text)}[/]"


def to_run(label: str, *words: object) -> None:
    """Name a command, on one line, so that it can be pasted into a shell whatever the names of its folders."""
    out.print(f"{literal(label)} {bold(shlex.join(['discretion', *map(str, words)]))}", soft_wrap=True)


def table(title: str, *columns: str, right: int = 0) -> FigureTable:
    """An empty table; its last ``right`` columns hold numbers."""
    made = FigureTable(title=Text(printable(title), "bold"), title_justify="left", header_style="dim", box=None)
    for at, column in enumerate(columns):
        number = at >= len(columns) - right
        made.add_column(Text(printable(column)), justify="right" if number else "left", no_wrap=number or not at)
    return made


def remark(notes: Sequence[str], on: Console = out) -> None:
    """Say what is to be said of a scenario's days: where cases are missing, carried on, or of another day."""
    for note in notes:
        on.print(f"[yellow]{escape(note)}[/]", soft_wrap=True)
    if notes:
        on.print()


@contextmanager
def progress(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time that remains, on a terminal, and elsewhere a line a minute; gives what to tell how far it is.

    What has to be compiled first is told on any standard error (`experiments.compiling`).
    """
    from experiments.compiling import announce

    announce()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        task = bar.add_task(escape(label), total=None)

        last = monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal last
            bar.update(task, completed=done, total=total)
            if not (quiet or err.is_terminal) and monotonic() - last > EVERY:
                last = monotonic()
                err.print(f"{label}: {done / total:.0%} done", soft_wrap=True, markup=False)

        yield tell
