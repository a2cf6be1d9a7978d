"""Tables in Markdown."""

from collections.abc import Iterable, Sequence

Rows = Iterable[Sequence[str]]


def table(head: Sequence[str], rows: Rows) -> str:
    """A table in Markdown.

    >>> print(table(["stage", "share"], [["charge", "0.5"]]))
    | stage | share |
    | --- | --- |
    | charge | 0.5 |
    """
    lines = [list(head), ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
