"""A report as sections of sentences, tables and charts, which each form writes in its own way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Chart = Callable[[], Any]


@dataclass(frozen=True)
class Grid:
    """A table of texts.

    Attributes:
        title: above it; may be empty.
        head: its columns.
        rows: as many cells each.
        right: how many columns at its end hold figures.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: int = 0


@dataclass(frozen=True)
class Section:
    """One question and its answer.

    Attributes:
        title: the question.
        says: sentences, the most important first.
        grids: what stands in the part that is read.
        chart: made when it is needed; None for none.
        more: what stands in the appendix.
    """

    title: str
    says: Sequence[str]
    grids: Sequence[Grid] = ()
    chart: Chart | None = None
    more: Sequence[Grid] = ()


@dataclass(frozen=True)
class Page:
    """The whole of a report.

    Attributes:
        title: what was tried.
        lead: what it is, in a few lines.
        short: the whole of it in a few lines, under the title.
        sections: in the order in which they are read.
        about: how the figures were made, line by line.
    """

    title: str
    lead: Sequence[str]
    short: Sequence[str]
    sections: Sequence[Section]
    about: Sequence[str] = field(default=())
