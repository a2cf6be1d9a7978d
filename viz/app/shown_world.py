"""The world that the pages show: the server's, with its settings, and with a scenario of the visitor's own.

A server shows one world, which `show` names before the first page is made; what stands in its files is read again
when they change.
"""

import tomllib
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Literal, TypeVar

from model.errors import InputError
from model.schema import World
from model.world.loader import DEFAULT_WORLD, load, with_file
from model.world.once import Same

Found = TypeVar("Found")
OWN = "own"
"""The name under which a visitor's own scenario stands."""
MOST_BYTES = 4_000
MOST_DAYS = 6 * 366
MOMENT = 0.5
"""Seconds."""
FIRST: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("shown_first.toml").read_text("utf-8"))
"""What the pages of some worlds show first (`first`)."""

_shown = DEFAULT_WORLD


def show(world: str) -> None:
    """Have the pages show a world: the name of a shipped one, or the folder of another."""
    global _shown
    _shown = world


def named() -> str | None:
    """The world as a command needs to be told of it; None for the one that it takes anyway."""
    return None if _shown == DEFAULT_WORLD else _shown


def shown() -> str:
    """The world that is shown: its name, or its folder."""
    return _shown


def the_world(settings: tuple[str, ...] = ()) -> World:
    """The world that is shown, with some parameters moved; raises InputError for settings that cannot be used.

    Pages ask for it many times as they are drawn; whether a file has changed is looked up once a `MOMENT`.
    """
    return _of_now(_shown, settings, int(monotonic() / MOMENT))


@lru_cache(maxsize=32)
def _of_now(world: str, settings: tuple[str, ...], _moment: int) -> World:
    return load(world, settings)


def first(kind: Literal["scenario", "downstream", "directive", "case"]) -> Callable[[], str]:
    """What a page shows where its link does not say: what `FIRST` has for the world, or else the first of its files.

    A scenario that issues a directive and is no counterfactual comes before others. Nothing, where the world has none.
    """

    def find() -> str:
        world = the_world()
        chosen = {} if named() else FIRST[world.name]
        return chosen.get(kind) or next(iter(_candidates(world, kind)), "")

    return find


def _candidates(world: World, kind: str) -> list[str]:
    if kind in ("directive", "case"):
        return list(world.directives if kind == "directive" else world.cases)
    plans = world.scenarios
    return sorted(plans, key=lambda name: (plans[name].counterfactual_of is not None, not plans[name].directives))


def per_world(most: int) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Keeps the last that a function gave (``most`` of it), as long as the world that is shown stays as it is."""

    def keeping(find: Callable[..., Found]) -> Callable[..., Found]:
        @lru_cache(maxsize=most)
        def kept(_world: Same[World], *given: Hashable) -> Found:
            return find(*given)

        @wraps(find)
        def look_up(*given: Any) -> Found:
            return kept(Same(the_world()), *given)

        return look_up

    return keeping


@per_world(most=32)
def world_of(settings: tuple[str, ...] = (), own: str = "") -> World:
    """The world with some parameters moved, and with the scenario of a visitor's text.

    The text is read as data, in a temporary place that is gone afterwards; nothing of it is ever run.

    Raises:
        InputError: settings or a text that cannot be used.
    """
    world = the_world(settings)
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
    """The world, or the one without them and what was wrong."""
    try:
        return world_of(settings, own), None
    except InputError as error:
        return the_world(), error
