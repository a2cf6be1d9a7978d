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
    return "\n".join("| " + " | ".join(_literal(cell) for cell in line) + " |" for line in lines)


def _literal(cell: str) -> str:
    r"""A cell as it is: no tag, no bar and no new line in it is taken for one of the page's.

    >>> print(_literal("a <b> | c"))
    a &lt;b> \| c
    """
    return " ".join(cell.replace("|", "\\|").replace("<", "&lt;").splitlines())
