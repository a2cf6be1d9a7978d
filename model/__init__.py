"""Discretion: does a directive change what the front line does?

The model: a world as data, cases, officers who decide by one rule, and the days of their agencies. What it offers is
imported when it is first asked for, since Mesa and pandas take a second to come.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel
    from model.errors import InputError
    from model.world.loader import load, worlds

__version__ = "0.2.0"
__all__ = ["BureaucracyModel", "InputError", "__version__", "load", "worlds"]

_HOMES = {
    "BureaucracyModel": "model.bureaucracy", "InputError": "model.errors", "load": "model.world.loader",
    "worlds": "model.world.loader",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES and name.isidentifier() and name[0].isupper():
        return getattr(import_module("model.agents"), name)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
