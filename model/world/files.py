"""The files that a person gives: read whole, as text, or refused with the reason."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Collection
from io import StringIO
from pathlib import Path
from typing import Any

from model.errors import UNPRINTABLE, InputError, Words, printable

LARGEST_FILE = 1_000_000
MOST_DOTS = 1000
"""In one line: the time that tomllib takes for a dotted key grows with the square of its parts."""
_COUNT = re.compile(r"[0-9]{1,8}")
_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
Table = dict[str, Any]
Counts = dict[str, dict[str, dict[str, int | None]]]


def toml(path: Path, base: Path | None = None) -> Table:
    """One TOML file as a table; raises InputError if it is missing, unreadable, too large or malformed."""
    name = path.relative_to(base).as_posix() if base else str(path)
    text = text_of(path, name)
    try:
        if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
            raise RecursionError
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", where=name, found=_line_of(str(error), text)) from None
    except ValueError:
        raise InputError("not TOML: a number of too many digits", where=name) from None
    except RecursionError:
        raise InputError("nested too deeply", where=name, allowed="tables a few levels deep") from None
    _refuse_unprintable(table, name)
    return table


def _refuse_unprintable(value: object, name: str) -> None:
    """Raise InputError if a text or a key holds what would command a terminal: TOML lets it in as an escape."""
    if isinstance(value, dict):
        for key, entry in value.items():
            _refuse_unprintable(key, name)
            _refuse_unprintable(entry, name)
    elif isinstance(value, list):
        for entry in value:
            _refuse_unprintable(entry, name)
    elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
        raise InputError(
            "a control character in a text", where=name,
            found=Words(f"{printable(found[0])} in {value!r}"), allowed="letters, marks, tabs and new lines",
        )  # fmt: skip


def _line_of(message: str, text: str) -> Words | None:
    """The line that a message of tomllib speaks of."""
    line = re.search(r"at line (\d+)", message)
    return Words(text.split("\n")[int(line[1]) - 1].strip()) if line else None


def text_of(path: Path, name: str) -> str:
    """The text of a file that a person gave; raises InputError if there is none to be had."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(
                "not a file", where=name, found=Words("a folder" if path.is_dir() else "a device or a pipe")
            )
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise InputError("too large", where=name, found=Words(f"{size:,} bytes"), allowed=f"{LARGEST_FILE:,} bytes")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "not a text in UTF-8",
            where=name,
            found=Words(f"byte {error.object[error.start]:#04x} at place {error.start}"),
            allowed="a text file in UTF-8",
        ) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=name) from None


def csv_lines(text: str, name: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The columns of a CSV text, and its lines with their numbers; raises InputError at what leaves a cell in doubt."""
    _refuse_unprintable(text.replace("\r\n", "\n"), name)
    reader = csv.reader(StringIO(text), strict=True)
    try:
        columns = next(reader, [])
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        raise InputError(f"not a table: {error}", where=name, allowed="a CSV file") from None
    twice = [column for column, count in Counter(columns).items() if count > 1]
    if twice:
        raise InputError("a column named twice", where=f"{name}: line 1", found=twice[0], allowed="one column each")
    for number, cells in lines:
        if len(cells) != len(columns):
            raise InputError("cells and columns do not match", where=f"{name}: line {number}", found=len(cells),
                             allowed=f"{len(columns)} cells, as in line 1")  # fmt: skip
    return columns, [(number, dict(zip(columns, cells, strict=True))) for number, cells in lines]


def facts(folder: Path) -> frozenset[str]:
    """The ids of a world's ``evidence.csv``; none if there is no such file."""
    path = folder / "evidence.csv"
    if not path.exists():
        return frozenset()
    columns, lines = csv_lines(text_of(path, path.name), path.name)
    if columns[:1] != ["id"]:
        raise InputError(
            "no column of ids", where=path.name, found=columns[0] if columns else "", allowed="id as the first column"
        )
    counts = Counter(line["id"] for _, line in lines)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise InputError("defined twice", where=f"{path.name}: id", found=twice[0], allowed="one line a fact")
    return frozenset(counts)


def counts_by_month(path: Path, name: str, area: str, labels: Collection[str]) -> Counts:
    """A series file as month -> area -> column -> count, or none where the cell is blank; ``labels`` hold words."""
    known, lines = csv_lines(text_of(path, name), name)
    if not known:
        raise InputError("an empty table", where=name, allowed=f"a line of columns, month and {area} among them")
    for needed in ("month", area, *labels):
        if needed not in known:
            raise InputError("no such column", where=name, found=needed, known=known)
    rows: Counts = {}
    for number, line in lines:
        month, here = line["month"], f"{name}: line {number}"
        if not _MONTH.fullmatch(month):
            raise InputError("not a month", where=f"{here}, month", found=month, allowed="a month such as 2018-05")
        if not line[area]:
            raise InputError("no area", where=f"{here}, {area}", allowed="the name of an area")
        if line[area] in rows.setdefault(month, {}):
            raise InputError("defined twice", where=here, found=f"{month}, {line[area]}", allowed="one line")
        rows[month][line[area]] = {column: _count(cell, f"{here}, {column}") for column, cell in line.items()
                                   if column not in ("month", area, *labels)}  # fmt: skip
    if not rows:
        raise InputError("no rows", where=name, allowed="a line for each month and area")
    return rows


def _count(cell: str, where: str) -> int | None:
    """What a cell counts; the number nearest to one with marks in it is the one without them."""
    if not cell.strip():
        return None
    if not _COUNT.fullmatch(cell.strip()):
        plain = re.sub(r"[^\w-]|_", "", cell)
        raise InputError(
            "not a count", where=where, found=cell, known=[plain] if _COUNT.fullmatch(plain) else (),
            allowed="a whole number in digits alone, such as 1353; a column of words is named in labels",
        )  # fmt: skip
    return int(cell)
