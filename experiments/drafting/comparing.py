"""Two directives beside each other, in words: whom they reach, what they ask, how firmly, how they are watched."""

from typing import NamedTuple

from experiments.levers.in_words import condition
from model.schema import Directive, Quantity, Scope, World
from model.schema.phrases import whose
from model.schema.validators import Strict

ABOUT = {
    "whom": ("to", "offices", "stages", "scope"),
    "when": ("issuer", "start", "end", "supersedes"),
    "what it asks": ("direction", "mandate", "review", "breaks_with", "lifts", "imposes", "moves", "opens", "deters"),
    "how firmly": ("authority", "clarity", "latitude", "meaning"),
    "how watched": ("monitoring", "evaluation", "counts", "targets", "training", "union_consents"),
    "with what": ("resources", "staff", "recruits"),
}
"""The terms of a directive by what they answer."""
NOTHING = "nothing said"


class Difference(NamedTuple):
    """A term that two directives have otherwise, in words."""

    about: str
    term: str
    first: str
    second: str


def differences(world: World, first: Directive, second: Directive) -> list[Difference]:
    """Where two directives part, term by term, in the order of `ABOUT`.

    >>> from model import load
    >>> world = load()
    >>> memo, review = (world.directives[name] for name in ("discretion-2011", "review-2011"))
    >>> [(one.term, one.first, one.second) for one in differences(world, memo, review) if one.about == "whom"]
    [('to', 'ICE, every unit', "ICE's trial attorneys"), ('stages', 'every decision of theirs', 'review')]
    """
    found = []
    for about, terms in ABOUT.items():
        for term in terms:
            one, other = getattr(first, term), getattr(second, term)
            a, b = said(world, term, one), said(world, term, other)
            if a != b:
                found.append(Difference(about, term, a, b))
    return found


def said(world: World, term: str, value: object) -> str:
    """A term of a directive in words."""
    if term == "to":
        return ", ".join(_addressee(world, name) for name in value) or "nobody"  # type: ignore[attr-defined]
    if term == "direction":
        return "leniency" if value == 1 else "enforcement"
    if value is None:
        return {"offices": "every office", "stages": "every decision of theirs", "end": "open"}.get(term, NOTHING)
    if isinstance(value, Scope):
        return _scope(value)
    return _plain(value)


def _addressee(world: World, name: str) -> str:
    return whose(name, world) if "." in name else f"{world.agencies[name].title}, every unit"


def _scope(scope: Scope) -> str:
    rest = {"in": "all others are meant", "out": "all others are not", "silent": "of all others not a word"}
    parts = [
        f"{word}: {' or '.join(map(condition, conditions))}"
        for word, conditions in (("meant", scope.include), ("not meant", scope.exclude))
        if conditions
    ]
    return "; ".join([*parts, rest[scope.otherwise]])


def _plain(value: object) -> str:
    """A value in words: what is empty is nothing said, quantities with their unit unless it is a share.

    >>> _plain([]), _plain({"a": 1}), _plain(True)
    ('nothing said', 'a 1', 'yes')
    """
    if isinstance(value, Quantity):
        return f"{value.value:,g}" + ("" if value.unit == "share" else f" {value.unit}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Strict):
        return ", ".join(f"{key} {_plain(getattr(value, key))}" for key in type(value).model_fields
                         if getattr(value, key) not in (None, [], {}))  # fmt: skip
    if isinstance(value, dict):
        return "; ".join(f"{key} {_plain(entry)}" for key, entry in value.items()) or NOTHING
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or NOTHING
    return str(value)
