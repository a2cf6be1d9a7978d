"""Read a world from its files: one way in, and one clear error where something is wrong.

A world is a folder. ``world.toml`` and the other files at its top hold tables; in the folders ``agencies``,
``mixes``, ``directives``, ``scenarios`` and ``cases`` each file is one entry, named as the file is, and each file
in ``streams`` adds stages and exits.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.checks import check
from model.errors import InputError
from model.schema import World

WORLDS = Path(__file__).parent / "worlds"
ENTRIES = ("agencies", "mixes", "directives", "scenarios", "cases")
LARGEST_FILE = 1_000_000
Table = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A world as it stands in its files, before it is typed.

    Attributes:
        folder: where it was read.
        tables: all files as one nested table.
        files: which file each part came from, by the path of the part.
    """

    folder: Path
    tables: Table
    files: dict[tuple[str, ...], str] = field(default_factory=dict)

    def where(self, path: Iterable[object]) -> str:
        """The file and key of a path, such as ``directives/review-2011.toml: mandate.value``."""
        keys = tuple(str(part) for part in path)
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.files:
                rest = ".".join(keys[length:])
                return f"{self.files[keys[:length]]}: {rest}" if rest else self.files[keys[:length]]
        return f"{self.folder.name}: {'.'.join(keys)}" if keys else str(self.folder)


def worlds() -> list[str]:
    """The names of the worlds that come with the project."""
    return sorted(folder.name for folder in WORLDS.iterdir() if (folder / "world.toml").is_file())


def load(world: str | Path = "immigration", settings: Iterable[str] | Mapping[str, object] = ()) -> World:
    """Read, type and check a world.

    Args:
        world: the name of a shipped world, or the folder of another.
        settings: parameters to move, as ``path=value`` texts or a mapping of path to value.

    Raises:
        InputError: anything in the files or settings that cannot be used.

    >>> world = load(settings={"agencies.ice.culture.lens": 0.5})
    >>> world.agencies["ice"].culture.lens.value
    0.5
    """
    pairs = settings.items() if isinstance(settings, Mapping) else (_split(text) for text in settings)
    return _typed_world(_folder(world), tuple((path, json.dumps(_plain(value))) for path, value in pairs))


@cache
def _typed_world(folder: Path, settings: tuple[tuple[str, str], ...]) -> World:
    document = read(folder)
    for path, value in settings:
        move(document.tables, path, json.loads(value))
    return typed(document)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _folder(world: str | Path) -> Path:
    if isinstance(world, str) and world in worlds():
        return WORLDS / world
    folder = Path(world)
    if (folder / "world.toml").is_file():
        return folder.resolve()
    raise InputError("no such world", where="world", found=str(world), known=worlds())


def read(folder: Path) -> Document:
    """Read the files of a world into one table, without typing it."""
    tables: Table = {}
    files: dict[tuple[str, ...], str] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, value in toml(path, folder).items():
            _put(tables, (key,), value, files, path.name)
    for kind in ENTRIES:
        tables.setdefault(kind, {})
        for path in sorted((folder / kind).glob("*.toml")):
            _put(tables, (kind, path.stem), toml(path, folder), files, f"{kind}/{path.name}")
    for path in sorted((folder / "streams").glob("*.toml")):
        for kind, entries in toml(path, folder).items():
            if kind not in ("stages", "exits") or not isinstance(entries, dict):
                raise InputError(
                    "not a part of a stream", where=f"streams/{path.name}", found=kind, known=["stages", "exits"]
                )
            for key, value in entries.items():
                if isinstance(value, dict):
                    value = {"stream": path.stem, **value}
                _put(tables, (kind, key), value, files, f"streams/{path.name}")
    for kind in ENTRIES:
        tables[kind] = {name: _inherited(tables[kind], name, f"{kind}/{name}.toml") for name in tables[kind]}
    return Document(folder, tables, files)


def _inherited(entries: Table, name: str, where: str, below: tuple[str, ...] = ()) -> Table:
    """An entry with what it takes over from the one it is ``like``."""
    entry = entries[name]
    if "like" not in entry:
        return dict(entry)
    if not isinstance(entry["like"], str) or entry["like"] not in entries:
        raise InputError("like nothing that is known", where=f"{where}: like", found=entry["like"], known=entries)
    if name in below:
        raise InputError("entries that are like each other in a circle", where=f"{where}: like", found=name)
    own = {key: value for key, value in entry.items() if key != "like"}
    return _merged(_inherited(entries, entry["like"], where, (*below, name)), own)


def _merged(base: Table, own: Table) -> Table:
    """``base`` with ``own`` laid over it; distributions and single parameters are replaced whole."""
    out = dict(base)
    for key, value in own.items():
        old = out.get(key)
        nested = isinstance(old, dict) and isinstance(value, dict) and not {"shares", "value"} & set(value)
        out[key] = _merged(old, value) if nested and isinstance(old, dict) else value
    return out


def _put(tables: Table, keys: tuple[str, ...], value: object, files: dict[tuple[str, ...], str], name: str) -> None:
    inside = tables
    for key in keys[:-1]:
        inside = inside.setdefault(key, {})
    if keys[-1] in inside and inside[keys[-1]] != {}:
        raise InputError("defined twice", where=f"{name}: {'.'.join(keys)}", found=files.get(keys, "another file"))
    inside[keys[-1]] = value
    files[keys] = f"{name}: {keys[-1]}" if name.startswith("streams/") else name
    if len(keys) == 1:
        files[keys] = f"{name}: {keys[0]}"


def toml(path: Path, base: Path | None = None) -> Table:
    """One TOML file as a table; raises InputError if it is missing, unreadable, too large or malformed."""
    name = str(path.relative_to(base)) if base else str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("the file is too large", where=name, found=path.stat().st_size, allowed="1 MB")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", where=name, allowed="a TOML file") from None
    except UnicodeDecodeError as error:
        raise InputError("not a text file in UTF-8", where=name, found=f"byte {error.start}") from None
    except RecursionError:
        raise InputError("nested too deeply", where=name, allowed="tables a few levels deep") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=name) from None


def typed(document: Document) -> World:
    """Type and check a document."""
    tables = document.tables
    try:
        world = World.model_validate(tables)
    except ValidationError as error:
        raise _explained(error, document) from None
    except RecursionError:
        raise InputError("nested too deeply", where=document.where(())) from None
    check(world, document.where, _facts(document.folder))
    return world


def _facts(folder: Path) -> frozenset[str]:
    path = folder / "evidence.csv"
    if not path.is_file():
        return frozenset()
    return frozenset(line.split(",", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()[1:])


def _explained(error: ValidationError, document: Document) -> InputError:
    first, others = error.errors()[0], error.error_count() - 1
    context = first.get("ctx") or {}
    path = list(first["loc"])
    found: object = first["input"]
    known: list[str] = list(context.get("known", []))
    what = first["msg"].removeprefix("Value error, ")
    if first["type"] == "unknown_key":
        path, found = [*path, context["key"]], context["key"]
    elif first["type"] == "missing":
        what, found = f"the key {str(path[-1])!r} is missing", None
    if isinstance(found, dict | list):
        found = None
    if others:
        what += f" (and {others} more in these files)"
    return InputError(what, where=document.where(path), found=found, known=known)


def _split(text: str) -> tuple[str, object]:
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise InputError("a setting is path=value", where="--set", found=text, allowed="such as rule.peers=0")
    try:
        return path.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return path.strip(), value.strip()


def move(tables: Table, path: str, value: object) -> None:
    """Set the parameter at ``path`` (dotted) to ``value``; one share of a distribution rescales the others."""
    keys = path.split(".")
    inside: Any = tables
    for depth, key in enumerate(keys[:-1]):
        inside = _step(inside, key, ".".join(keys[: depth + 1]))
    shares = isinstance(inside, dict) and keys[-1] not in inside and "shares" in inside
    holder = inside["shares"] if shares else inside
    here = _step(holder, keys[-1], path)
    if isinstance(here, dict) and "value" in here:
        holder, keys = here, [*keys, "value"]
    elif isinstance(here, dict):
        raise InputError("a table, not a parameter", where=path, found=value, known=[f"{path}.{k}" for k in here])
    if shares and isinstance(value, int | float) and 0 <= value <= 1 and here < 1:
        for name in holder:
            holder[name] *= (1 - value) / (1 - here)
    holder[keys[-1]] = value


def _step(inside: Any, key: str, path: str) -> Any:
    if isinstance(inside, list) and key.isdigit() and int(key) < len(inside):
        return inside[int(key)]
    if not isinstance(inside, dict) or key not in inside:
        known = list(inside) if isinstance(inside, dict) else []
        raise InputError("no such parameter", where=path, found=key, known=known)
    return inside[key]


def content_hash(*parts: object) -> str:
    """A hash of typed parts of a world (or of plain data), the same on every machine: 16 hexadecimal digits."""
    plain = [part.model_dump(mode="json") if hasattr(part, "model_dump") else part for part in parts]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
