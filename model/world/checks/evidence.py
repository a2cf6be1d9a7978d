"""Every claim carries its evidence: parameters found in a world, and the facts that sources cite."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache, partial

from model.schema import Quantity, Shares, Strict, World
from model.world.checks.common import Where, named
from model.world.once import once

_FACT = re.compile(r"\b[A-Z]\d{2,3}\b")
"""The id of a fact: a capital and two or three digits."""
Keys = tuple[object, ...]
ENTRY, MANY = 2, 2048
"""The keys that lead to an entry of a world, and of how many entries it is kept what stands in them."""


def _parts(part: object) -> Iterable[tuple[Keys, Strict]]:
    """Every typed part of a part of a world, itself among them, with its path as in the files.

    A world shares most of its entries with the one that its files make; what stands in an entry is found once.
    """
    ahead: list[tuple[Keys, object]] = [((), part)]
    while ahead:
        here, inside = ahead.pop()
        if isinstance(inside, Strict) and len(here) == ENTRY:
            yield from (((*here, *path), found) for path, found in _inside(inside))
            continue
        if isinstance(inside, Strict):
            yield here, inside
        ahead += [((*here, key), value) for key, value in _held(inside)]


@partial(once, most=MANY)
def _inside(entry: Strict) -> list[tuple[Keys, Strict]]:
    found: list[tuple[Keys, Strict]] = []
    ahead: list[tuple[Keys, object]] = [((), entry)]
    while ahead:
        here, inside = ahead.pop()
        if isinstance(inside, Strict):
            found.append((here, inside))
        ahead += [((*here, key), value) for key, value in _held(inside)]
    return found


def _held(part: object) -> list[tuple[object, object]]:
    """What a part holds, by its key in the files, the last first."""
    if isinstance(part, Strict):
        return [(key, getattr(part, name)) for name, key in reversed(_keys(type(part)))]
    if isinstance(part, dict):
        return [*reversed(part.items())]
    return [*reversed([*enumerate(part)])] if isinstance(part, list) else []


@cache
def _keys(kind: type[Strict]) -> tuple[tuple[str, str], ...]:
    """The fields of a typed part, each with its key in the files."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def quantities(part: object) -> Iterable[tuple[str, Quantity | Shares]]:
    """Every parameter in a typed part of a world, with its path as ``--set`` takes it."""
    for keys, found in _parts(part):
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
        for fact in _cited(source):
            named("fact in evidence.csv", fact, facts, where, path)


@lru_cache(maxsize=MANY)
def _cited(source: str) -> list[str]:
    return _FACT.findall(source)
