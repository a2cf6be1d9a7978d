"""What a study is asked for, looked at before anything runs."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from model.schema import Scenario, World
from model.sizes import check
from model.world.checks.days import notes
from model.world.documents import Document
from model.world.loader import load, typed
from model.world.settings import move


def in_world(world: str | Path | World, settings: Mapping[str, object]) -> World:
    """A world with some parameters moved, as ``--set`` would, whether or not it has been read from its files."""
    if not isinstance(world, World):
        return load(world, settings)
    if not settings:
        return world
    tables = world.model_dump(by_alias=True, exclude_unset=True)
    for path, value in settings.items():
        move(tables, path, value)
    return typed(Document(Path(world.name), tables))


def readable(world: World, scenarios: Iterable[str | Scenario], scale: float) -> None:
    """Raise InputError if one of some scenarios cannot be read at a scale (`model.sizes`).

    What the world does not have, and what is no share, is left to the study to refuse.
    """
    if 0.0 < scale <= 1.0:
        for scenario in found(world, scenarios):
            check(world, scenario, scale)


def remarks(world: World, scenarios: Iterable[str | Scenario]) -> list[str]:
    """What is to be said of the days of some scenarios: where cases are missing, carried on, or of another day."""
    return list(dict.fromkeys(note for scenario in found(world, scenarios) for note in notes(world, scenario)))


def found(world: World, scenarios: Iterable[str | Scenario]) -> list[Scenario]:
    """Scenarios by name or as they are; those that the world does not have are left out."""
    each = (world.scenarios.get(one) if isinstance(one, str) else one for one in scenarios)
    return [scenario for scenario in each if scenario is not None]
