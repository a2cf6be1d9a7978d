"""The world that a page shows: the shipped one, with its settings, and with a scenario of the visitor's own."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from model.errors import InputError
from model.schema import World
from model.world.loader import load, with_file

OWN = "own"
"""The name under which a visitor's own scenario stands."""
MOST_BYTES = 4_000
MOST_DAYS = 6 * 366


@lru_cache(maxsize=32)
def world_of(settings: tuple[str, ...] = (), own: str = "") -> World:
    """The world with some parameters moved, and with the scenario of a visitor's text.

    The text is read as data, in a temporary place that is gone afterwards; nothing of it is ever run.

    Raises:
        InputError: settings or a text that cannot be used.
    """
    world = load(settings=settings)
    if not own:
        return world
    if len(own.encode("utf-8", "replace")) > MOST_BYTES:
        raise InputError(
            "too large", where="your scenario", found=f"{len(own):,} letters", allowed=f"{MOST_BYTES:,} bytes"
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{OWN}.toml"
        path.write_text(own, encoding="utf-8", errors="replace")
        try:
            world = with_file(world, "scenarios", path)
        except InputError as error:
            where = error.where.replace(str(path), "your scenario")
            raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from None
    plan = world.scenarios[OWN]
    if (plan.end - plan.start).days > MOST_DAYS:
        raise InputError("a watch too long for the app", where="your scenario: end", found=str(plan.end),
                         allowed="six years; discretion run takes more")  # fmt: skip
    return world


def tried(settings: tuple[str, ...] = (), own: str = "") -> tuple[World, InputError | None]:
    """The world, or the shipped one and what was wrong."""
    try:
        return world_of(settings, own), None
    except InputError as error:
        return load(), error
