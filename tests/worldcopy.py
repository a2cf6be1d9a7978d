"""A copy of a shipped world with something wrong in it, as a small TOML file says.

A change may name the ``world``, if it is not immigration; ``form`` is what ``discretion world new`` makes. It names a
``file`` of the world, and one of::

    set      keys and the values that they get         content  the whole file, ``repeat`` times over
    drop     keys that are taken out                   append   text at the end
    rename   keys and their new names                  prepend  text at the beginning
    remove   true: the file is gone                    bytes    the whole file, in hexadecimal
    folder   true: a folder stands in its place

Keys are dotted paths in that file; ``also`` is a list of further changes.
"""

import json
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from experiments.world_form import new_world
from model.world.loader import WORLDS

SHIPPED = WORLDS / "immigration"


def changed_copy(change: Mapping[str, Any], folder: Path) -> Path:
    """A copy of a shipped world at ``folder``, changed."""
    if change.get("world") == "form":
        new_world(folder)
    else:
        shutil.copytree(WORLDS / change.get("world", SHIPPED.name), folder)
    for part in [change, *change.get("also", [])]:
        if "file" in part:
            _apply(part, folder / part["file"])
    return folder


def _apply(part: Mapping[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    if part.get("remove"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif part.get("folder"):
        path.unlink(missing_ok=True)
        path.mkdir()
    elif "bytes" in part:
        path.write_bytes(bytes.fromhex(part["bytes"]))
    elif "content" in part:
        path.write_text(part["content"] * part.get("repeat", 1))
    elif "append" in part:
        path.write_text(path.read_text() + part["append"])
    elif "prepend" in part:
        path.write_text(part["prepend"] + path.read_text())
    else:
        path.write_text(written(_edited(tomllib.loads(path.read_text()), part)))


def _edited(table: dict[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    for path, value in part.get("set", {}).items():
        inside, key = _holder(table, path)
        if isinstance(inside, list) and key == len(inside):
            inside.append(value)
        else:
            inside[key] = value
    for path in part.get("drop", []):
        inside, key = _holder(table, path)
        del inside[key]
    for path, name in part.get("rename", {}).items():
        inside, key = _holder(table, path)
        inside[name] = inside.pop(key)
    return table


def _holder(table: Any, path: str) -> tuple[Any, Any]:
    *above, last = path.split(".")
    for word in above:
        table = table.setdefault(word, {}) if isinstance(table, dict) else table[int(word)]
    return table, int(last) if isinstance(table, list) else last


def written(table: Mapping[str, Any]) -> str:
    """A table as TOML."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else repr(value)
