"""Settings: parameters moved from outside the files, as ``path=value``."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any

from model.errors import InputError
from model.world.documents import Keys
from model.world.files import Table

Settings = Iterable[str] | Mapping[str, object]
EXAMPLE = "such as rule.metrics=0 or agencies.NAME.culture.lens=0.5"


def pairs(settings: Settings) -> list[tuple[str, object]]:
    """Settings as (path, value), with values as plain as JSON has them.

    >>> pairs(["rule.metrics=0", "mixes.walk-in.stage=desk"]), pairs({"rule.metrics": 0.5})
    ([('rule.metrics', 0), ('mixes.walk-in.stage', 'desk')], [('rule.metrics', 0.5)])
    """
    if isinstance(settings, Mapping):
        return [(path, _plain(path, value)) for path, value in settings.items()]
    texts = [settings] if isinstance(settings, str) else settings
    if not isinstance(texts, Iterable):
        raise InputError("not settings", where="settings", found=texts, allowed=f"texts, or a mapping, {EXAMPLE}")
    return [(path, _plain(path, value)) for path, value in map(_split, texts)]


def _split(text: str) -> tuple[str, object]:
    path, equals, value = text.partition("=") if isinstance(text, str) else ("", "", "")
    if not equals or not path.strip() or not value.strip():
        raise InputError("a setting is path=value", where="--set", found=text, allowed=EXAMPLE)
    try:
        read = tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        read = {}
    return path.strip(), read["value"] if list(read) == ["value"] else value.strip()


def _plain(path: str, value: object) -> object:
    """A value as JSON has it: dates as texts, numbers of numpy as numbers."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | tuple | set | frozenset) or value is None:
        raise InputError("not a value of a parameter", where=f"--set {path}", found=value, allowed="a number or a text")
    if isinstance(value, list):
        return [_plain(path, entry) for entry in value]
    if not isinstance(value, bool | int | float | str):
        raise InputError("not a value of a parameter", where=f"--set {path}", found=value, allowed="a number or a text")
    if not isinstance(path, str) or not (path + (value if isinstance(value, str) else "")).isprintable():
        raise InputError("a setting that is not a text", where=f"--set {path}", found=value, allowed="printable text")
    return value


def move(tables: Table, path: str, value: object, kept: Collection[Keys] = ()) -> Keys:
    """Set the parameter at ``path`` (dotted) to ``value``; one share of a distribution rescales the others.

    Args:
        tables: a world before it is typed, as `model.world.documents.read` gives it. What leads to the parameter is
            replaced by a copy with the new value; all else, and the tables below, stay as they are.
        path: where the parameter stands; a distribution's ``shares`` may be left out.
        value: the new value.
        kept: shares that stay as they are when others are rescaled, by path.

    Returns:
        The path as keys.
    """
    *above, last = _keys(tables, path)
    inside: Any = tables
    for key in above:
        inside[key] = inside = copy(inside[key])
    here = inside[last]
    if isinstance(here, dict) and "value" in here:
        inside[last] = inside = copy(here)
        above, last, here = [*above, last], "value", here["value"]
    if isinstance(here, dict) or isinstance(value, dict):
        known = [f"{path}.{key}" for key in here] if isinstance(here, dict) else []
        raise InputError("a table, not a parameter", where=f"--set {path}", found=value, known=known)
    if above and above[-1] == "shares":
        _make_room(inside, last, value, [keys[-1] for keys in kept if keys[:-1] == tuple(above)])
    inside[last] = value
    return (*above, last)


def _make_room(shares: Table, name: Any, value: object, kept: list[Any]) -> None:
    """Rescale the shares that are neither moved nor kept, so that all sum to 1 once ``name`` is ``value``."""
    if not isinstance(value, int | float) or not all(isinstance(share, int | float) for share in shares.values()):
        return
    free = [key for key in shares if key != name and key not in kept]
    taken = value + sum(shares[key] for key in kept if key != name)
    before = sum(shares[key] for key in free)
    if before > 0 and 0 <= value <= taken <= 1:
        for key in free:
            shares[key] *= (1 - taken) / before


def _keys(tables: Table, path: str) -> list[Any]:
    """The keys of a dotted path; a key may itself hold dots, such as an office's, bare or in quotes."""
    inside: Any = tables
    rest = path
    keys: list[Any] = []
    while rest:
        if isinstance(inside, dict) and "shares" in inside and not _first(inside, rest):
            inside, keys = inside["shares"], [*keys, "shares"]
        found = _first(inside, rest)
        if found is None:
            known = [str(key) for key in inside] if isinstance(inside, dict) else []
            known = [str(at) for at in range(len(inside))] if isinstance(inside, list) else known
            raise InputError("no such parameter", where=f"--set {path}", found=rest.split(".")[0], known=known)
        key, rest = found
        inside, keys = inside[key], [*keys, key]
    if not keys:
        raise InputError("no such parameter", where="--set", found=path, known=tables)
    return keys


def _first(inside: Any, rest: str) -> tuple[Any, str] | None:
    """The first key of a path, and what follows it; None if there is no such key."""
    if isinstance(inside, list):
        word, _, after = rest.partition(".")
        return (int(word), after) if word.isdecimal() and len(word) < 6 and int(word) < len(inside) else None
    if not isinstance(inside, dict):
        return None
    for key in sorted(inside, key=len, reverse=True):
        for spelt in (key, f'"{key}"'):
            if rest == spelt or rest.startswith(f"{spelt}."):
                return key, rest[len(spelt) + 1 :]
    return None
