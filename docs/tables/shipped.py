"""The shipped world, as far as its types do not say it: what is like what, and the facts."""

import csv
from functools import cache

from model.world.documents import read
from model.world.loader import WORLDS

WORLD = "immigration"
INTERIOR, BORDER = "record-2013", "zero-tolerance-2018"
"""The scenarios of its record."""


@cache
def _likes() -> dict[tuple[str, str], str]:
    own = read(WORLDS / WORLD).own
    return {
        (kind, name): str(entry["like"])
        for kind, entries in own.items()
        if isinstance(entries, dict)
        for name, entry in entries.items()
        if isinstance(entry, dict) and "like" in entry
    }


def taken_over(path: str) -> str:
    """The part that the part at ``path`` is like, if its entry is like another; else nothing.

    >>> taken_over("mixes.docket.circumstances.gang"), taken_over("rule.metrics")
    ('mixes.jail.circumstances.gang', '')
    """
    keys = path.split(".")
    above = _likes().get((keys[0], keys[1])) if len(keys) > 2 else None
    return ".".join([keys[0], above, *keys[2:]]) if above else ""


def facts() -> list[dict[str, str]]:
    """The rows of the world's ``evidence.csv``."""
    with (WORLDS / WORLD / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
