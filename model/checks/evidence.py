"""Every claim carries its evidence: parameters found in a world, and the facts that sources cite."""

import re
from collections.abc import Iterable, Mapping

from model.checks.common import Where, named
from model.schema import Quantity, Shares, Strict, World

_FACT = re.compile(r"\b[IBPT]\d\d\b")


def _parts(part: object, path: tuple[object, ...] = ()) -> Iterable[tuple[tuple[object, ...], Strict]]:
    """Every typed part of a part of a world, itself among them, with its path as in the files."""
    if isinstance(part, Strict):
        yield path, part
        for name, field in type(part).model_fields.items():
            yield from _parts(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _parts(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _parts(value, (*path, index))


def quantities(part: object, path: tuple[str, ...] = ()) -> Iterable[tuple[str, Quantity | Shares]]:
    """Every parameter in a typed part of a world, with its path as ``--set`` takes it."""
    for keys, found in _parts(part, path):
        if isinstance(found, Quantity | Shares):
            yield ".".join(str(key) for key in keys), found


def sources(part: object) -> Iterable[tuple[tuple[object, ...], str]]:
    """Every source given in a typed part of a world, with its path."""
    for keys, found in _parts(part):
        for name in type(found).model_fields:
            if name == "source" or name.endswith("_source"):
                yield (*keys, name), getattr(found, name)


def check_evidence(world: World, where: Where, facts: frozenset[str]) -> None:
    """Raise InputError at the first source that cites a fact which is not there."""
    for path, source in sources(world):
        for fact in _FACT.findall(source):
            named("fact in evidence.csv", fact, facts, where, path)
