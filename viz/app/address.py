"""State in the address: what a page shows is written into its link, and read back from it.

A page's state is a frozen dataclass whose fields are made by `kept`. A value that the link has and the page cannot
use gives way to the default, and the person is told so.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, field, fields, replace
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import solara

from model.errors import InputError

State = TypeVar("State")
LONGEST = 8_000
"""Characters of a link that are read; a longer one is no link of this app."""


def kept(
    default: Any, read: Callable[[str], Any] = str, write: Callable[[Any], str] = str, many: bool = False,
    turn: bool = False,
) -> Any:  # fmt: skip
    """A field of a state: how it is read from a link and written into one; ``many`` for a tuple of values.

    Without a value in the link it is ``default``, or what that gives when it is called.

    With another value of a field that is a ``turn`` the reader turns to something else: it begins at the top of the
    page, and the browser's Back undoes it.
    """
    usual: dict[str, Any] = {"default_factory" if callable(default) else "default": default}
    return field(**usual, metadata={"read": read, "write": write, "many": many, "turn": turn})


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number within bounds.

    >>> whole(1, 9)("4")
    4
    """

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high):
            raise InputError("not a number in this range", found=text, allowed=f"{low:,} to {high:,}")
        return int(text)

    return read


def one_of(names: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """Reads one of some names, which are asked for when they are needed."""

    def read(text: str) -> str:
        known = list(names())
        if text not in known:
            raise InputError("no such choice", found=text, known=known)
        return text

    return read


def day(text: str) -> date | None:
    """Reads a day as 2012-06-15; nothing where there is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError("not a day", found=text, allowed="such as 2012-06-15") from None


def read_query(kind: type[State], query: str) -> tuple[State, list[InputError]]:
    """A state from the part of a link after its question mark, and what was wrong with it.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Shown:
    ...     seed: int = kept(1, whole(0, 99))
    >>> read_query(Shown, "seed=7"), [str(problem.found) for problem in read_query(Shown, "seed=x")[1]]
    ((Shown(seed=7), []), ['x'])
    """
    problems: list[InputError] = []
    if len(query) > LONGEST:
        long = InputError("a link too long to read", where="the address", found=f"{len(query):,} characters")
        return kind(), [long]
    known = {entry.name: entry for entry in fields(kind)}  # type: ignore[arg-type]
    found: dict[str, Any] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        where = f"the address: {name[:40]}"
        if name not in known:
            problems.append(InputError("nothing here is called so", where=where, found=name, known=known))
            continue
        how = known[name].metadata
        try:
            value = how["read"](text)
        except InputError as problem:
            problems.append(InputError(problem.what, where=where, found=text, allowed=problem.allowed))
            continue
        found[name] = (*found.get(name, ()), value) if how["many"] else value
    state, unfit = _fitted(kind(**found))
    if unfit is not None and unfit.where in found:
        where = f"the address: {unfit.where}"
        problems.append(InputError(unfit.what, where=where, found=unfit.found, allowed=unfit.allowed))
    return state, problems


def _fitted(state: State) -> tuple[State, InputError | None]:
    """A state whose values go together: one may say with ``fitted`` which of its values the others rule out."""
    fitted: Callable[[], tuple[State, InputError | None]] | None = getattr(state, "fitted", None)
    return fitted() if fitted else (state, None)


def write_query(state: Any, turns: bool = False) -> str:
    """The part of a link after its question mark: every field that is not as it would be without it.

    With ``turns`` only those fields by which the reader turns to something else.
    """
    pairs: list[tuple[str, str]] = []
    for entry in fields(state):
        value, how = getattr(state, entry.name), entry.metadata
        if turns and not how["turn"]:
            continue
        if value != (entry.default if entry.default_factory is MISSING else entry.default_factory()):
            values = value if how["many"] else [value]
            pairs += [(entry.name, how["write"](one)) for one in values]
    return urlencode(pairs)


class Kept(Generic[State]):
    """A page's state: ``now``, and the ways to change it."""

    def __init__(self, state: "solara.Reactive[State]") -> None:
        """Around a reactive value."""
        self._state = state

    @property
    def now(self) -> State:
        """The state as it is."""
        return self._state.value

    def after(self, **changes: Any) -> State:
        """The state as it would be with other values in some fields."""
        return _fitted(replace(self._state.peek(), **changes))[0]  # type: ignore[type-var]

    def change(self, **changes: Any) -> None:
        """Put other values into some fields; what others put into others meanwhile stays."""
        with self._state.lock:
            self._state.value = self.after(**changes)

    def changer(self, name: str) -> Callable[[Any], None]:
        """What a control calls to put its value into one field."""
        return lambda value: self.change(**{name: value})


@solara.component_vue("vue/address.vue", vuetify=False)
def _Written(query: str, turn: str, event_went: Callable[[str], None]) -> None: ...


def use_address(kind: type[State]) -> tuple[Kept[State], list[InputError]]:
    """The state of a page, kept in its link; and what was wrong with the link that it was opened with."""
    query = solara.use_router().search or ""
    begun, problems = solara.use_memo(lambda: read_query(kind, query), [])
    state = solara.use_reactive(begun)

    def went(search: str) -> None:
        with state.lock:
            state.value, _ = read_query(kind, search)

    _Written(query=write_query(state.value), turn=write_query(state.value, turns=True), event_went=went)
    return Kept(state), problems
