"""The files of a world as one table: read, put together, and remembered by where each part stands.

A world is a folder. ``world.toml`` and the other files at its top hold tables; in the folders ``agencies``,
``mixes``, ``directives``, ``levers``, ``scenarios``, ``cases``, ``calibrations`` and ``patterns`` each file is one
entry, named as the file is, and each file in ``streams`` adds stages and exits, and what goes with them. The folder
``series`` holds recorded numbers as CSV files. An entry that is ``like`` another takes over what it leaves unsaid.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from model.errors import LONGEST_NAME, InputError, Words, together
from model.world.files import Table, counts_by_month, facts, toml

ENTRIES = ("agencies", "mixes", "directives", "levers", "scenarios", "cases", "calibrations", "patterns")
OF_STREAM = ("stages", "exits")
STREAM_PARTS = (*OF_STREAM, "groups", "laws", "customs", "clocks", "resources", "metrics", "reports", "regions",
                "series")  # fmt: skip
FOLDERS = (*ENTRIES, "streams")
Keys = tuple[object, ...]
TAKEN_OVER = "taken over from"


@dataclass(frozen=True)
class Document:
    """A world as it stands in its files, before it is typed.

    Attributes:
        folder: where it was read.
        tables: all files as one nested table, with what entries take over from each other.
        own: the same as it was written.
        files: which file each part came from, by the path of the part.
        moved: parts that a setting has moved, by path, with the name of the setting.
        facts: the ids of ``evidence.csv``; None if sources are not to be looked up in it.
    """

    folder: Path
    tables: Table
    own: Table = field(default_factory=dict)
    files: dict[Keys, str] = field(default_factory=dict)
    moved: dict[Keys, str] = field(default_factory=dict)
    facts: frozenset[str] | None = None

    def where(self, path: Iterable[object]) -> str:
        """The file and key of a path, such as ``directives/review-2011.toml: mandate.value``."""
        keys = tuple(path)
        for moved, setting in self.moved.items():
            if keys[: len(moved)] == moved:
                return setting
        home = self._home(keys)
        place = self._place(home)
        after = [setting for moved, setting in self.moved.items() if keys and moved[: len(keys)] == keys]
        return f"{place} (after {after[0]})" if after else place

    def used(self, path: Iterable[object]) -> str:
        """The file and key at which an entry has a part, also where it took it over from the one that it is ``like``.

        What does not fit the rest of an entry is told of the entry, not of the one that lent it.
        """
        keys = tuple(path)
        home = self._home(keys)
        if home == keys or any(keys[: len(moved)] == moved for moved in self.moved):
            return self.where(keys)
        return f"{self._place(keys)} ({TAKEN_OVER} {home[1]})"

    def _place(self, keys: Keys) -> str:
        for length in range(len(keys), 0, -1):
            if (file := self.files.get(keys[:length])) is not None:
                whole = length == 2 and keys[0] in ENTRIES
                inside = keys[2:] if whole else keys
                return f"{file}: {spelt(inside)}" if inside else file
        if not keys:
            return f"{self.folder.name}/"
        return f"{keys[0]}/" if keys[0] in ENTRIES and len(keys) == 1 else f"world.toml: {spelt(keys)}"

    def _home(self, keys: Keys) -> Keys:
        """The path at which a part is written: that of the entry itself, or of the one it is ``like``."""
        if len(keys) < 3 or keys[0] not in ENTRIES:
            return keys
        if not reaches(self.tables, keys) and reaches(self.tables, keys[:-1]):
            return (*self._home(keys[:-1]), keys[-1])
        entries, name = self.own.get(str(keys[0]), {}), keys[1]
        while isinstance(entry := entries.get(name), dict):
            if reaches(entry, keys[2:]):
                return (keys[0], name, *keys[2:])
            name = entry.get("like")
        return keys


def spelt(keys: Keys) -> str:
    """A path as a person would say it; of an endless name the beginning.

    >>> spelt(("stages", "charge", "unfavourable", 1, "to")), spelt(("areas", "St. Paul"))
    ('stages.charge.unfavourable (2nd).to', 'areas."St. Paul"')
    """
    words: list[str] = []
    for key in keys:
        if isinstance(key, int) and words:
            words[-1] += f" ({_ordinal(key + 1)})"
        else:
            name = str(key) if len(str(key)) <= LONGEST_NAME else f"{str(key)[:LONGEST_NAME]}…"
            bare = str(key).replace("-", "").replace("_", "").isalnum()
            words.append(name if bare else f'"{name}"')
    return ".".join(words)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def reaches(inside: Any, keys: Keys) -> bool:
    """Whether a path leads to something in a table or list."""
    for key in keys:
        entries = dict(enumerate(inside)) if isinstance(inside, list) else inside
        if not isinstance(entries, dict) or key not in entries:
            return False
        inside = entries[key]
    return True


def read(folder: Path) -> Document:
    """Read the files of a world into one table, without typing it."""
    document = Document(folder, {}, {kind: {} for kind in ENTRIES}, facts=facts(folder))
    together(partial(_read_file, document, path) for path in sorted(folder.glob("*.toml")))
    together(partial(_read_entry, document, path) for path in sorted(folder.glob("*/*.toml")))
    _read_series(document)
    try:
        document.tables.update(copy.deepcopy(document.own))
        for kind in ENTRIES:
            if isinstance(entries := document.own[kind], dict):
                document.tables[kind] = {name: inherited(document, kind, name) for name in entries}
    except RecursionError:
        raise InputError("nested too deeply", where=str(folder), allowed="tables a few levels deep") from None
    return document


def _read_file(document: Document, path: Path) -> None:
    for key, value in toml(path, document.folder).items():
        _put(document, (key,), value, path.name)


def _read_entry(document: Document, path: Path) -> None:
    kind, name = path.parent.name, path.relative_to(document.folder).as_posix()
    if kind not in FOLDERS:
        raise InputError("a file in a folder that is not part of a world", where=name, found=kind, known=FOLDERS)
    table = toml(path, document.folder)
    if kind in ENTRIES:
        _put(document, (kind, path.stem), table, name)
    else:
        _put_stream(document, path.stem, table, name)


def _put_stream(document: Document, stream: str, table: Table, file: str) -> None:
    for kind, entries in table.items():
        if kind not in STREAM_PARTS:
            raise InputError("not a part of a stream", where=file, found=kind, known=STREAM_PARTS)
        if not isinstance(entries, dict):
            raise InputError("not a table", where=f"{file}: {kind}", found=entries, allowed=f"tables [{kind}.NAME]")
        for name, entry in entries.items():
            if kind in OF_STREAM and isinstance(entry, dict) and "stream" in entry:
                where = f"{file}: {spelt((kind, name, 'stream'))}"
                raise InputError("the file already names the stream", where=where, found=entry["stream"])
            _put(
                document,
                (kind, name),
                {"stream": stream, **entry} if kind in OF_STREAM and isinstance(entry, dict) else entry,
                file,
            )


def _read_series(document: Document) -> None:
    """Lay the numbers of each series beside what the world says of it."""
    entries = document.own.get("series", {})
    for name, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str) or "rows" in entry:
            continue
        path = document.folder / "series" / Path(entry["file"]).name
        labels = entry.get("labels", [])
        words = [label for label in labels if isinstance(label, str)] if isinstance(labels, list) else []
        entry["rows"] = counts_by_month(path, f"series/{path.name}", str(entry.get("area", "area")), words)
        document.files["series", name, "rows"] = f"series/{path.name}"


def _put(document: Document, keys: tuple[str, ...], value: object, file: str) -> None:
    inside = document.own
    for key in keys[:-1]:
        inside = inside.setdefault(key, {})
        if not isinstance(inside, dict):
            raise InputError("not a table", where=document.where(keys[:1]), found=inside, allowed="a table")
    if keys[-1] in inside and inside[keys[-1]] != {}:
        first = next(document.files[keys[:n]] for n in (len(keys), 1) if keys[:n] in document.files)
        raise InputError(
            "defined twice",
            where=f"{file}: {spelt(keys)}",
            found=Words(f"also in {first}"),
            allowed="one definition",
        )
    inside[keys[-1]] = value
    document.files[keys] = file


def inherited(document: Document, kind: str, name: str) -> object:
    """An entry with what it takes over from the one it is ``like``, and that one from its own."""
    entries, chain = document.own[kind], [name]
    while isinstance(entry := entries[chain[-1]], dict) and "like" in entry:
        where, like = document.where([kind, chain[-1], "like"]), entry["like"]
        if not isinstance(like, str) or like not in entries:
            raise InputError("like nothing that is known", where=where, found=like, known=entries)
        if like in chain:
            circle = Words(" -> ".join([*chain[chain.index(like) :], like]))
            raise InputError("entries that are like each other in a circle", where=where, found=circle)
        chain.append(like)
    whole = copy.deepcopy(entries[chain.pop()])
    for above in reversed(chain):
        own = {key: value for key, value in entries[above].items() if key != "like"}
        whole = _merged(whole, copy.deepcopy(own)) if isinstance(whole, dict) else own
    return whole


def _merged(base: Table, own: Table) -> Table:
    """``base`` with ``own`` laid over it; distributions and single parameters are replaced whole.

    A table that is written empty is empty, whatever the base has there.

    >>> _merged({"staff": {"a": 1}, "moves": {"b": 2}}, {"staff": {}, "moves": {"c": 3}})
    {'staff': {}, 'moves': {'b': 2, 'c': 3}}
    """
    out = dict(base)
    for key, value in own.items():
        old = out.get(key)
        if isinstance(old, dict) and isinstance(value, dict) and value and not {"shares", "value"} & set(value):
            out[key] = _merged(old, value)
        else:
            out[key] = value
    return out
