"""Load a world from its files: one way in, and one clear error where something is wrong."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from os import scandir
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.errors import InputError, one_error
from model.schema import World
from model.schema.world import WHOLE
from model.world.checks import check
from model.world.documents import FOLDERS, TAKEN_OVER, Document, inherited, read
from model.world.files import Table, toml
from model.world.reused import only_values, validated
from model.world.rule_files import digest, name_the_rule
from model.world.settings import Settings, move, pairs
from model.world.validation_errors import explained

__all__ = ["Document", "content_hash", "folder_of", "load", "move", "read", "toml", "typed", "with_file", "worlds"]

WORLDS = Path(__file__).parents[1] / "worlds"
LATER = ("entered",)
"""Keys that came after runs and posteriors had been stored; of each table that has one, it is not the last key."""
_DEFAULT = toml(WORLDS / "default.toml")
DEFAULT_WORLD: str = _DEFAULT["world"]
DEFAULT_SCENARIO: str = _DEFAULT["scenario"]


def worlds() -> list[str]:
    """The names of the worlds that come with the project."""
    return sorted(folder.name for folder in WORLDS.iterdir() if (folder / "world.toml").is_file())


def load(world: str | Path = DEFAULT_WORLD, settings: Settings = ()) -> World:
    """Read, type and check a world.

    Args:
        world: the name of a shipped world, or the folder of another.
        settings: parameters to move, as ``path=value`` texts or a mapping of path to value.

    Raises:
        InputError: anything in the files or settings that cannot be used.

    >>> load("two-desks", {"rule.metrics": 0.5}).rule.metrics.value
    0.5
    """
    folder = folder_of(world)
    moved = tuple((path, json.dumps(value)) for path, value in pairs(settings))
    return _moved(folder, _stamps(folder), moved) if moved else _as_written(folder, _stamps(folder))


@lru_cache(maxsize=4)
def _as_written(folder: Path, stamps: tuple[object, ...]) -> World:
    """A world, kept until one of its files changes (``stamps``)."""
    return typed(_document(folder, stamps))


@lru_cache(maxsize=32)
def _moved(folder: Path, stamps: tuple[object, ...], settings: tuple[tuple[str, str], ...]) -> World:
    """A world with parameters moved: of what is typed already, that is typed which they stand in."""
    try:
        known = _as_written(folder, stamps)
    except InputError:  # which a setting may mend
        known = None
    written = _document(folder, stamps)
    document = replace(written, tables=dict(written.tables), moved={})
    for path, value in settings:
        keys = move(document.tables, path, json.loads(value), kept=document.moved)
        document.moved[keys] = f"--set {path}"
    return typed(document, (written.tables, known))


@lru_cache(maxsize=4)
def _document(folder: Path, _stamps: tuple[object, ...]) -> Document:
    """What stands in the files of a world, read once: moving a parameter takes no reading."""
    document = read(folder)
    name_the_rule(document)
    return document


def _stamps(folder: Path) -> tuple[object, ...]:
    """Which files a world has, when each was written, and how long it is."""
    inside = [file for name in ("", "series", *FOLDERS) if (folder / name).is_dir() for file in scandir(folder / name)]
    about = [(file.path, file.stat(follow_symlinks=False)) for file in inside if file.name.endswith((".toml", ".csv"))]
    return tuple(sorted((path, found.st_mtime_ns, found.st_size) for path, found in about))


def folder_of(world: str | Path) -> Path:
    """The folder of a world by its name, or as it is given; raises InputError if there is no world in it."""
    if isinstance(world, str) and world in worlds():
        return WORLDS / world
    if not isinstance(world, str | Path):
        raise InputError("no such world", where="world", found=world, allowed="a name, a folder or a World")
    folder = Path(world)
    try:
        if (folder / "world.toml").exists():
            return folder.resolve()
        if folder.is_dir() and str(world):
            raise InputError("a folder without a world", where=str(folder), allowed="a file world.toml in it")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where="world", found=str(world)) from None
    raise InputError("no such world", where="world", found=str(world), known=worlds())


def typed(document: Document, written: tuple[Table, World | None] | None = None) -> World:
    """Type and check a document; what an entry took over is not told again where the lender is refused for it.

    What it has in common with tables ``written`` and their world is typed already, and mostly checked.
    """
    try:
        world = validated(document.tables, *(written or ({}, None)))
    except ValidationError as error:
        raise explained(error, document) from None
    except RecursionError:
        raise InputError("nested too deeply", where=str(document.folder), allowed="a few levels") from None
    known = written[1] if written else None
    if known is not None and only_values(known, document.moved):
        return world
    try:
        check(world, document.used, document.facts)
    except InputError as error:
        found = error.all()
        lent = {(one.what, str(one.found)) for one in found if TAKEN_OVER not in one.where}
        raise one_error(
            [one for one in found if TAKEN_OVER not in one.where or (one.what, str(one.found)) not in lent]
        ) from None
    return world


def with_file(world: World, kind: str, path: Path) -> World:
    """A world with one more entry, from a file of one's own, which may be ``like`` one of the world's.

    Args:
        world: the world that it is added to; its own entry of that name gives way.
        kind: ``cases``, ``directives``, ``scenarios``, ``mixes`` or ``agencies``.
        path: the file; the entry is named as the file is.
    """
    tables = world.model_dump(by_alias=True, exclude_unset=True)
    tables.setdefault(kind, {})[path.stem] = toml(path)
    document = Document(path.parent, tables, {kind: dict(tables[kind])}, {(kind, path.stem): str(path)})
    tables[kind][path.stem] = inherited(document, kind, path.stem)
    return typed(document)


def content_hash(*parts: object) -> str:
    """A hash of typed parts of a world (or of plain data), alike on every machine: 16 hexadecimal digits.

    What is believed before a calibration, and what a run is held against, changes no run, and is left out. So is a key
    that worlds have had since later (`LATER`) where it says nothing: the same world keeps its hash.
    """
    plain = [_plain(part) if hasattr(part, "model_dump") else part for part in parts]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for key in LATER:
        text = text.replace(f'"{key}":null,', "")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(part: Any) -> Any:
    """A typed part as plain data; a rule by its name, or by what its file says, where it is not the whole one."""
    plain = part.model_dump(mode="json", exclude={"calibrations", "patterns"})
    if isinstance(part, World):
        name = plain["rule"].pop("name")
        return plain if name == WHOLE else {**plain, "by": digest(name)}
    return plain


def world_of(world: str | Path | World, settings: Iterable[str] | Mapping[str, object] = ()) -> World:
    """The world that is given, or read from its files with some parameters moved.

    Raises:
        InputError: it cannot be read, or settings are given beside a world that has been read.
    """
    if not isinstance(world, World):
        return load(world, settings)
    if moved := list(pairs(settings)):
        raise InputError(
            "a parameter is moved as a world is read, and this world has been read", where="settings",
            found=moved[0][0], allowed="the world's name or folder beside them, or world=load(world, settings)",
        )  # fmt: skip
    return world
