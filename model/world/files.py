"""The files that a person gives: read whole, as text, or refused with the reason."""

import csv
import re
import tomllib
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

from model.errors import InputError, Words

LARGEST_FILE = 1_000_000
MOST_DOTS = 1000
"""In one line: the time that tomllib takes for a dotted key grows with the square of its parts."""
_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
Table = dict[str, Any]
Counts = dict[str, dict[str, dict[str, float | None]]]


def toml(path: Path, base: Path | None = None) -> Table:
    """One TOML file as a table; raises InputError if it is missing, unreadable, too large or malformed."""
    name = path.relative_to(base).as_posix() if base else str(path)
    text = text_of(path, name)
    try:
        if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
            raise RecursionError
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", where=name, found=_line_of(str(error), text)) from None
    except ValueError:
        raise InputError("not TOML: a number of too many digits", where=name) from None
    except RecursionError:
        raise InputError("nested too deeply", where=name, allowed="tables a few levels deep") from None


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


def facts(folder: Path) -> frozenset[str]:
    """The ids of a world's ``evidence.csv``; none if there is no such file."""
    path = folder / "evidence.csv"
    if not path.exists():
        return frozenset()
    rows = csv.reader(text_of(path, path.name).splitlines())
    try:
        ids = [row[0] for row in rows if row]
    except csv.Error as error:
        raise InputError(f"not a table: {error}", where=path.name, allowed="a CSV file") from None
    if ids[:1] != ["id"]:
        raise InputError(
            "no column of ids", where=path.name, found=ids[0] if ids else "", allowed="id as the first column"
        )
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        raise InputError("defined twice", where=f"{path.name}: id", found=twice[0], allowed="one line a fact")
    return frozenset(ids[1:])


def counts_by_month(path: Path, name: str, area: str) -> Counts:
    """A series file as month -> area -> column -> number, or none where the cell is blank."""
    lines = csv.DictReader(StringIO(text_of(path, name)))
    known = list(lines.fieldnames or [])
    if not known:
        raise InputError("an empty table", where=name, allowed=f"a line of columns, month and {area} among them")
    for needed in ("month", area):
        if needed not in known:
            raise InputError("no such column", where=name, found=needed, known=known)
    rows: Counts = {}
    for number, line in enumerate(lines, start=2):
        cells = {key: _number(text, f"{name}: line {number}, {key}") for key, text in line.items()
                 if key not in ("month", area) and _countable(text)}  # fmt: skip
        month, here = line["month"], f"{name}: line {number}"
        if not _MONTH.fullmatch(month or ""):
            raise InputError("not a month", where=f"{here}, month", found=month, allowed="a month such as 2018-05")
        if not line[area]:
            raise InputError("no area", where=f"{here}, {area}", allowed="the name of an area")
        if line[area] in rows.setdefault(month, {}):
            raise InputError("defined twice", where=here, found=f"{month}, {line[area]}", allowed="one line")
        rows[month][line[area]] = cells
    if not rows:
        raise InputError("no rows", where=name, allowed="a line for each month and area")
    return rows


def _countable(text: object) -> bool:
    """Whether a cell is a number or blank; words, such as the name of a district, are left aside."""
    return isinstance(text, str) and (not text.strip() or text.strip()[0].isdigit() or text.strip()[0] in "+-.")


def _number(text: str, where: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        raise InputError("not a number", where=where, found=text, allowed="a count, or nothing") from None
    if not 0.0 <= value < 1e8:
        raise InputError("not a count", where=where, found=text, allowed="0 to 100,000,000")
    return value
