"""Every claim carries its evidence: parameters found in a world, and the facts that sources cite."""

import re
from collections.abc import Iterable
from functools import cache

from model.schema import Quantity, Shares, Strict, World
from model.world.checks.common import Where, named

_FACT = re.compile(r"\b[A-Z]\d{2,3}\b")
"""The id of a fact: a capital and two or three digits."""


def _parts(part: object, path: tuple[object, ...] = ()) -> Iterable[tuple[tuple[object, ...], Strict]]:
    """Every typed part of a part of a world, itself among them, with its path as in the files."""
    found: list[tuple[tuple[object, ...], Strict]] = []
    ahead: list[tuple[tuple[object, ...], object]] = [(path, part)]
    while ahead:
        here, inside = ahead.pop()
        if isinstance(inside, Strict):
            found.append((here, inside))
            ahead += [((*here, key), getattr(inside, name)) for name, key in reversed(_keys(type(inside)))]
        elif isinstance(inside, dict):
            ahead += [((*here, key), value) for key, value in reversed(inside.items())]
        elif isinstance(inside, list):
            ahead += [((*here, index), value) for index, value in reversed([*enumerate(inside)])]
    return found


@cache
def _keys(kind: type[Strict]) -> tuple[tuple[str, str], ...]:
    """The fields of a typed part, each with its key in the files."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def quantities(part: object, path: tuple[str, ...] = ()) -> Iterable[tuple[str, Quantity | Shares]]:
    """Every parameter in a typed part of a world, with its path as ``--set`` takes it."""
    for keys, found in _parts(part, path):
        if isinstance(found, Quantity | Shares):
            yield ".".join(str(key) for key in keys), found


def sources(part: object) -> Iterable[tuple[tuple[object, ...], str]]:
    """Every source given in a typed part of a world, with its path."""
    for keys, found in _parts(part):
        for name, _ in _keys(type(found)):
            if name == "source" or name.endswith("_source"):
                yield (*keys, name), getattr(found, name)


def check_evidence(world: World, where: Where, facts: frozenset[str]) -> None:
    """Raise InputError at the first source that cites a fact which is not there."""
    for path, source in sources(world):
        for fact in _FACT.findall(source):
            named("fact in evidence.csv", fact, facts, where, path)
