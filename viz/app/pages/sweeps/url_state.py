"""What the address of a sweep says."""

from dataclasses import dataclass

from model.errors import InputError
from viz.app.address import kept

LONGEST = 200


def short(text: str) -> str:
    """Reads a text of no more than a line."""
    if len(text) > LONGEST or not text.isprintable():
        raise InputError("too long, or not to be printed", found=text[:40], allowed=f"{LONGEST} letters")
    return text


def place(text: str) -> tuple[str, float]:
    """Reads where a parameter has been put, as ``path=value``.

    >>> place("rule.metrics=0.5")
    ('rule.metrics', 0.5)
    """
    path, _, value = short(text).rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not path or number != number or abs(number) == float("inf"):
        raise InputError("not a parameter and a number", found=text[:60], allowed="such as rule.metrics=0.5")
    return path, number


def written(pair: tuple[str, float]) -> str:
    """Writes where a parameter has been put."""
    return f"{pair[0]}={pair[1]:g}"


@dataclass(frozen=True)
class Shown:
    """Which sweep, which outcome of which scenario, what counts as failing, and the point that is looked at."""

    sweep: str = kept("", short)
    of: str = kept("", short)
    scenario: str = kept("", short)
    corner: str = kept("", short)
    at: tuple[tuple[str, float], ...] = kept((), place, written, many=True)
    across: str = kept("", short)
    up: str = kept("", short)
