"""What there is to say of a draft: what, why it matters, and what to write in its place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from model.schema import AnyOf

GRADES = ("breaks", "weak", "think of it")
"""It will not do what it says; it will do less than it could; a question that its drafter should have answered."""


WIDE = 78
"""Letters that a line of TOML has on a terminal of eighty columns."""


@dataclass(frozen=True)
class Remark:
    """One remark.

    Attributes:
        rule: which rule says so.
        grade: one of `GRADES`.
        what: what the draft says, or does not.
        why: why it matters: the mechanism, with the section of ``docs/odd.md``.
        instead: what to write, in words.
        example: the same as lines of TOML, to be laid into the file.
    """

    rule: str
    grade: str
    what: str
    why: str
    instead: str
    example: str

    def as_table(self) -> dict[str, str]:
        """The remark as plain data."""
        return asdict(self)


def share(value: float, source: str = "assumed: why so much") -> str:
    """A share as a world's files write it.

    >>> share(0.2)
    '{ value = 0.2, unit = "share", source = "assumed: why so much" }'
    """
    return f'{{ value = {value:g}, unit = "share", source = "{source}" }}'


def toml(value: object) -> str:
    """A value as TOML writes it in a line.

    >>> toml([{"level": ["none"], "age": {"max": 17}, "lawyer": True}])
    '[{ level = ["none"], age = { max = 17 }, lawyer = true }]'
    """
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, float):
        return f"{value:g}"
    return json.dumps(value, ensure_ascii=False)


def lines(key: str, entries: Sequence[object]) -> str:
    """A list as TOML writes it: in a line if it fits a terminal, else an entry a line.

    >>> lines("to", ["a.b"])
    'to = ["a.b"]'
    """
    short = f"{key} = {toml(list(entries))}"
    return short if len(short) <= WIDE else "\n".join([f"{key} = [", *(f"  {toml(one)}," for one in entries), "]"])


def quantity(path: str, value: float, unit: str, source: str) -> str:
    """A quantity as a table of its own."""
    return f'[{path}]\nvalue = {value:g}\nunit = "{unit}"\nsource = "{source}"'


def conditions(any_of: AnyOf) -> list[dict[str, object]]:
    """Conditions as plain data, as they stand in a file."""
    return [one.model_dump(mode="json", exclude_defaults=True, exclude_none=True) for one in any_of]


def several(names: list[str], most: int = 4) -> str:
    """Names in a sentence, the first few of them.

    >>> several(["a", "b", "c"]), several(["a", "b", "c", "d"], 2)
    ('a, b and c', 'a, b and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def in_100(value: float) -> str:
    """A share as a count of a hundred.

    >>> in_100(0.334), in_100(0.002), in_100(0.998), in_100(1.0)
    ('33 in 100', 'fewer than 1 in 100', 'more than 99 in 100', 'all')
    """
    if 0.0 < value < 0.01:
        return "fewer than 1 in 100"
    if 0.99 < value < 1.0:
        return "more than 99 in 100"
    return "all" if value == 1.0 else f"{100 * value:.0f} in 100"
