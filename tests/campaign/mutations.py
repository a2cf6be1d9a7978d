"""Files made hostile: a mutator that is seeded, so that whatever it finds can be made again from its number."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any

Table = dict[str, Any]
Place = tuple[Any, Any]
CHANGED = (1, 1, 1, 1, 2, 3)
WORDS = ("", " ", "x" * 5_000, "=1+1", "</script><script>alert(1)</script>", "[/b]", "\x1b[2J", "\x00", "../../etc",
         "ı", "𝟙", "٣", "a.b.c", "a\nb", "\u202eb", "none", "true", "0.5", "ice.attorneys", "-", "'\"\\")  # fmt: skip
VALUES: tuple[Any, ...] = (
    0, 1, -1, 2**31, 2**63, -(2**63), 2**64, 10**30, 10**400, 0.0, -0.0, 0.5, 1.0, 1e-320, 1e308, -1e308, float("nan"),
    float("inf"), float("-inf"), True, False, [], {}, [[]], [{}], [0], [""], {"": 0}, {"value": 0.5},
    {"value": 1.0, "unit": "share", "source": "assumed: x"}, date(1, 1, 1), date(2012, 2, 29), date(9999, 12, 31),
    datetime(2012, 1, 1, 1), time(1), *WORDS,
)  # fmt: skip
HUGE = 10**300
"""A number from which on there is none of its kind to be reckoned with."""
SPLINTERS = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\xe2\x80\xae", b'"', b"\'\'\'", b"[", b"]", b"{", b"=", b"\n", b"#",
    b"[[x]]\n", b"a" + b".a" * 2_000 + b" = 1\n", b"x = " + b"[" * 2_000 + b"]" * 2_000 + b"\n",
    b"x = " + b"{a=" * 300 + b"1" + b"}" * 300 + b"\n", b"9" * 5_000, b"e400",
)  # fmt: skip


def mutated(text: str, random: Random, torn: bool = False) -> bytes:
    """A file with up to three things changed: its values and keys, or in some of them (``torn``: all) its bytes."""
    if torn or random.random() < 0.15:
        return _torn(text.encode(), random)
    table = tomllib.loads(text)
    for _ in range(random.choice(CHANGED)):
        places = list(_places(table))
        if places:
            random.choice(CHANGES)(table, places, random)
    return toml(table).encode("utf-8", "surrogatepass")


def _torn(whole: bytes, random: Random) -> bytes:
    """Bytes cut out, put in, doubled, or the file ended early."""
    for _ in range(random.choice(CHANGED)):
        low, high = sorted(random.randrange(len(whole) + 1) for _ in range(2))
        short = min(high, low + 40)
        whole = random.choice((
            whole[:low] + random.choice(SPLINTERS) + whole[low:], whole[:low] + whole[short:], whole[:low],
            whole[:short] + whole[low:], whole[:low] + bytes([random.randrange(256)]) + whole[low + 1 :],
        ))  # fmt: skip
    return whole


def _places(inside: Any) -> Iterator[Place]:
    """Every table or list of a file with each of its keys."""
    for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
        yield inside, key
        if isinstance(inside[key], dict | list):
            yield from _places(inside[key])


def _value(table: Table, places: list[Place], random: Random) -> None:
    inside, key = random.choice(places)
    inside[key] = random.choice(VALUES)


def _like_it(table: Table, places: list[Place], random: Random) -> None:
    """Another value of the same kind, so that what follows from it is reached."""
    inside, key = random.choice(places)
    old = inside[key]
    if isinstance(old, int | float) and not isinstance(old, bool) and abs(old) < HUGE:
        inside[key] = random.choice((old * 1_000, -old, old / 1_000, old + 1, type(old)(0), type(old)(1)))
    elif isinstance(old, date) and not isinstance(old, datetime):
        years = [year for year in (old.year - 1, old.year + 1) if 1 <= year <= 9999]
        inside[key] = date(random.choice([*years, 2100]), old.month, 1)
    else:
        same = [one[at] for one, at in places if type(one[at]) is type(old)]
        inside[key] = copied(random.choice(same))


def _moved(table: Table, places: list[Place], random: Random) -> None:
    (one, at), (other, to) = random.choice(places), random.choice(places)
    one[at], other[to] = copied(other[to]), copied(one[at])


def _gone(table: Table, places: list[Place], random: Random) -> None:
    inside, key = random.choice(places)
    del inside[key]


def _renamed(table: Table, places: list[Place], random: Random) -> None:
    tables = [(inside, key) for inside, key in places if isinstance(inside, dict)]
    inside, key = random.choice(tables)
    names = [other for _, other in tables]
    inside[random.choice((*WORDS, *names, key[:-1], key.upper()))] = inside.pop(key)


def _added(table: Table, places: list[Place], random: Random) -> None:
    inside, key = random.choice(places)
    if isinstance(inside, list):
        inside.append(copied(inside[key]))
    else:
        inside[random.choice((*WORDS, "like", "source", "value"))] = random.choice(VALUES)


CHANGES: tuple[Callable[[Table, list[Place], Random], None], ...] = (
    _value, _value, *[_like_it] * 6, _moved, _gone, _renamed, _added,
)  # fmt: skip


def copied(value: Any) -> Any:
    """A copy of what a file holds, all the way down."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    return [copied(one) for one in value] if isinstance(value, list) else value


def toml(table: Table) -> str:
    """A table as TOML, whatever its keys and values are."""
    return "".join(f"{_text(key)} = {_written(value)}\n" for key, value in table.items())


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_text(key)} = {_written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    # Beyond 4,300 digits Python writes no whole number; none here has more.
    return repr(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
