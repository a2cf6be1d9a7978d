"""Tables on a terminal of any width, in which no figure is ever cut short."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.style import StyleType
from rich.table import Column, Table
from rich.text import Text

from model.errors import printable

LEGIBLE = 16
"""Letters in a line of a text that figures leave to it, where it has as many."""
LONGEST_WORD = 24
"""Letters above which a word (a path, a name) may be broken, but never a figure."""


class FigureTable(Table):
    """A table that finds room: texts go over several lines, then figures between their words, then columns go below,
    and at last each row is a list of its own.

    A cell that is a text is shown as it is, brackets and all; one in a style is a `rich.text.Text`.
    """

    def __init__(self, **look: object) -> None:
        super().__init__(**look)  # type: ignore[arg-type]
        self._told: list[tuple[list[RenderableType], StyleType | None]] = []

    def add_row(self, *cells: RenderableType | None, style: StyleType | None = None, end_section: bool = False) -> None:
        """Add a row; what is left out at its end is empty."""
        plain: list[RenderableType] = [Text(printable(cell)) if isinstance(cell, str) else cell or "" for cell in cells]
        self._told.append((plain, style))
        super().add_row(*plain, style=style, end_section=end_section)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, in as many parts below each other as the width asks for."""
        sizes = [_size(console, options, column) for column in self.columns]
        width, beside = options.max_width, self.padding[1] + self.padding[3]
        if sum(size.maximum + beside for size in sizes) <= width:
            yield from super().__rich_console__(console, options)
            return
        parts = self._parts(sizes, width, beside)
        if any(sum(sizes[at].minimum + beside for at in part) > width for part in parts):
            yield self._listed()
            parts = []
        for number, part in enumerate(parts):
            columns = [self.columns[at] for at in part]
            made = self._part(part, columns, _widths([sizes[at] for at in part], columns, width - beside * len(part)))
            if number:
                made.title = None
                yield ""
            yield made
        if self.caption:
            yield self.caption

    def _parts(self, sizes: Sequence[Measurement], width: int, beside: int) -> list[list[int]]:
        """Columns that fit beside each other; those that say what a row is about are in every part."""
        figures = [at for at, column in enumerate(self.columns) if column.justify == "right"]
        about = list(range(figures[0] if figures else 1)) or [0]
        parts = [[*about]]
        for at in range(len(about), len(sizes)):
            taken = sum(sizes[other].minimum + beside for other in (*parts[-1], at))
            if taken > width and len(parts[-1]) > len(about):
                parts.append([*about])
            parts[-1].append(at)
        return parts

    def _listed(self) -> Table:
        """Every row as a list of its own, for a terminal on which the columns have no room beside each other."""
        made = Table(title=self.title, title_justify="left", show_header=False, box=self.box)
        made.padding = self.padding
        made.add_column(style=self.header_style, overflow="fold")
        made.add_column(overflow="fold")
        for number, (cells, style) in enumerate(self._told):
            if number:
                made.add_row()
            for column, cell in zip(self.columns, cells, strict=False):
                made.add_row(column.header, cell, style=style)
        return made

    def _part(self, part: Sequence[int], columns: Sequence[Column], widths: Sequence[int]) -> Table:
        made = Table(title=self.title, title_justify="left", header_style=self.header_style, box=self.box)
        made.padding = self.padding
        for column, width in zip(columns, widths, strict=True):
            made.add_column(column.header, justify=column.justify, width=width, overflow="fold")
        for cells, style in self._told:
            made.add_row(*(cells[at] if at < len(cells) else "" for at in part), style=style)
        return made


def _size(console: Console, options: ConsoleOptions, column: Column) -> Measurement:
    """The least width of a column in which no figure is broken, and the width in which nothing is."""
    cells = [Measurement.get(console, options, cell) for cell in (column.header, *column.cells)]
    least, most = max(cell.minimum for cell in cells), max(cell.maximum for cell in cells)
    least = least if column.justify == "right" else min(least, LONGEST_WORD)
    return Measurement(least, max(least, min(most, column.max_width or most)))


def _widths(sizes: Sequence[Measurement], columns: Sequence[Column], width: int) -> list[int]:
    """The width of each column: its least and, of what is left, a legible one for texts; then figures come first."""
    found = [size.minimum for size in sizes]
    texts, figures = ([at for at, one in enumerate(columns) if (one.justify == "right") == right] for right in (0, 1))
    left = width - sum(found)
    while left < 0 and any(found[at] > 1 for at in texts):
        found[max(texts, key=lambda at: found[at])] -= 1
        left += 1
    for chosen, most in ((texts, LEGIBLE), (figures, width), (texts, width)):
        for served, at in enumerate(sorted(chosen, key=lambda at: sizes[at].maximum)):
            more = max(min(min(sizes[at].maximum, most) - found[at], left // (len(chosen) - served)), 0)
            found[at] += more
            left -= more
    return found
