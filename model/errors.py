"""What a person is told when an input is wrong: what, where, what was found, what is allowed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

LONGEST_NAME, LONGEST_PLACE = 80, 400
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for the tab and the new line, and those that turn the direction of writing."""


class Words(str):
    """What was found, told in words rather than as it stood there."""


class InputError(ValueError):
    """A file, key, name or option that cannot be used. One clear message; nothing has been written.

    Attributes:
        what: what is wrong, in a few words.
        where: the file and the key, or the option.
        found: what was there.
        allowed: what may be there, in words.
        nearest: the known name that is closest to what was found, if one is close.
        others: what else is wrong, if several things are (`all`).
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        found: object = None,
        allowed: str = "",
        known: Iterable[str] = (),
    ) -> None:
        names = sorted(set(known))
        self.what, self.where, self.found = what, where, found
        self.allowed = allowed or (_listed(names) if names else "")
        self.nearest = _nearest(found, names) if isinstance(found, str) and not isinstance(found, Words) else ""
        self.others: list[InputError] = []
        super().__init__(self.message())

    def message(self) -> str:
        """The whole message, one fact a line.

        >>> print(InputError("no such agency", where="a.toml: to", found="polise", known=["police", "probation"]))
        no such agency
          where:   a.toml: to
          found:   'polise'
          allowed: police, probation
          nearest: police
        """
        lines = [self.what]
        if self.where:
            lines.append(f"  where:   {_cut(self.where)}")
        if self.found is not None:
            lines.append(f"  found:   {_short(self.found)}")
        if self.allowed:
            lines.append(f"  allowed: {self.allowed}")
        if self.nearest:
            lines.append(f"  nearest: {self.nearest}")
        if self.others:
            lines[0] += f" (and {len(self.others)} more in these files)"
            lines.append(f"  also:    {_listed([_cut(other.where) for other in self.others], 10)}")
        return "\n".join(map(printable, lines)).encode("utf-8", "backslashreplace").decode("utf-8")

    def all(self) -> list["InputError"]:
        """Everything that is wrong, one error each."""
        return [self.beside([]), *self.others]

    def beside(self, others: Iterable["InputError"]) -> "InputError":
        """The same error with others beside it."""
        whole = InputError(self.what, where=self.where, found=self.found, allowed=self.allowed)
        whole.nearest, whole.others = self.nearest, list(others)
        whole.args = (whole.message(),)
        return whole

    def as_dict(self) -> dict[str, str]:
        """The parts of one error as texts, for JSON; ``found`` as it would stand in a file."""
        found = None if self.found is None else _short(self.found)
        parts = {"what": self.what, "where": self.where, "found": found, "allowed": self.allowed,
                 "nearest": self.nearest}  # fmt: skip
        return {key: printable(text) for key, text in parts.items() if text}


def together(checks: Iterable[Callable[[], None]]) -> None:
    """Do all checks, and raise what they refuse as one error.

    Where one has refused something, another that stands on it may come to nothing, and is passed over.

    Raises:
        InputError: the first that was refused, with the others beside it.
    """
    found: list[InputError] = []
    for check in checks:
        try:
            check()
        except InputError as error:
            found += error.all()
        except Exception:
            if not found:
                raise
    if found:
        raise one_error(found)


def one_error(found: Sequence[InputError]) -> InputError:
    """Several errors as one: the first, with the others beside it, one a place."""
    first = found[0]
    others = {error.where: error for error in reversed(found) if not _holds(error.where, first.where)}
    return first.beside(reversed(others.values()))


def _holds(outer: str, inner: str) -> bool:
    """Whether one place is the other, or what it stands in.

    >>> _holds("a.toml: rule", "a.toml: rule.metrics"), _holds("a.toml: rule.metrics", "a.toml: rule.metrics2")
    (True, False)
    """
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}:", f"{outer} ("))


def printable(text: str) -> str:
    r"""A text in which what would command a terminal (escape sequences), or turn its writing round, is spelt out.

    >>> print(printable("a\x1b[2Jb, “quoted”"))
    a\x1b[2Jb, “quoted”
    """
    return UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _cut(place: str) -> str:
    """A place whose keys are not too long to be read; both ends of it are kept.

    >>> len(_cut("plan.toml: vary." + "x" * 1_000 + ".range"))
    400
    """
    ahead = LONGEST_PLACE * 3 // 4
    return place if len(place) <= LONGEST_PLACE else f"{place[:ahead]}…{place[ahead + 1 - LONGEST_PLACE :]}"


def _nearest(found: str, names: list[str]) -> str:
    if len(found) > LONGEST_NAME:
        return ""
    folded = {name.lower(): name for name in names}
    close = get_close_matches(found.lower(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def _listed(names: list[str], limit: int = 40) -> str:
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown}, … ({len(names)} in all)"


def _short(value: object, limit: int = 120) -> str:
    """A value as it would stand in a file; tables and lists in words.

    >>> _short(True), _short(date(2011, 6, 17)), _short({"value": 1, "unit": "share"}), _short([])
    ('true', '2011-06-17', 'a table of value, unit', 'an empty list')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Words):
        text = str(value)
    elif isinstance(value, Mapping):
        text = f"a table of {_listed([str(key) for key in value], 6)}" if value else "an empty table"
    elif isinstance(value, list) and not all(isinstance(entry, str | int | float) for entry in value):
        text = f"a list of {len(value)}"
    elif isinstance(value, int) and abs(value) >= 10**limit:
        text = f"a whole number of more than {limit} digits"
    else:
        text = "an empty list" if value == [] else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
