"""What has been typed and checked once need not be again: a parameter is moved in one part of a world of hundreds."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from model.schema import Quantity, Strict, World
from model.world.files import Table


def with_typed(tables: Table, written: Table, known: World) -> Table:
    """Tables in which each part that a setting left alone stands typed, as pydantic takes it in.

    Args:
        tables: of a world, with parameters moved (`model.world.settings.move`).
        written: the same with none moved; what was left alone is the same object in both.
        known: the world of these.

    >>> from model.world.loader import DEFAULT_WORLD, folder_of, load, read
    >>> from model.world.settings import move
    >>> written, known = read(folder_of("two-desks")).tables, load("two-desks")
    >>> moved = dict(written)
    >>> _ = move(moved, "rule.metrics", 0.5)
    >>> found = with_typed(moved, written, known)
    >>> type(found["rule"]).__name__, found["directives"]["memo"] is known.directives["memo"]
    ('dict', True)
    """
    found = dict(tables)
    for name, field in World.model_fields.items():
        key = field.alias or name
        if key in tables:
            found[key] = _typed(tables[key], written.get(key), getattr(known, name))
    return found


def _typed(part: Any, written: Any, known: Any) -> Any:
    if isinstance(known, Strict):
        return known if part is written else part
    if not isinstance(part, dict) or not isinstance(known, dict):
        return part
    return {
        name: known[name] if entry is written.get(name) and isinstance(known.get(name), Strict | list) else entry
        for name, entry in part.items()
    }


def validated(tables: Table, written: Table, known: World | None) -> World:
    """The world of some tables; what of them is ``known`` is typed already. Its parts are not held together.

    Raises:
        ValidationError: as if nothing were known.
    """
    if known is None:
        return World.model_validate(tables)
    try:
        return World.model_validate(with_typed(tables, written, known))
    except ValidationError:
        return World.model_validate(tables)


def only_values(known: World, moved: Iterable[Sequence[Any]]) -> bool:
    """Whether all that was moved in a world are values of quantities: no check of how its parts fit looks at these.

    Args:
        known: the world before.
        moved: the path of each, as `model.world.settings.move` gives it.

    >>> from model.world.loader import load
    >>> known = load("two-desks")
    >>> only_values(known, [("rule", "metrics", "value")]), only_values(known, [("directives", "memo", "start")])
    (True, False)
    """
    return all(keys[-1] == "value" and isinstance(_at(known, keys[:-1]), Quantity) for keys in moved)


def _at(part: Any, keys: Sequence[Any]) -> Any:
    for key in keys:
        if isinstance(part, Strict):
            fields = type(part).model_fields.items()
            part = next((getattr(part, name) for name, field in fields if key in (name, field.alias)), None)
        else:
            part = part[key]
    return part
