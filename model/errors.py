"""What a person is told when an input is wrong: what, where, what was found, what is allowed, the nearest name."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """A file, key, name or option that cannot be used. One clear message; nothing has been written.

    Attributes:
        what: what is wrong, in a sentence.
        where: the file and the key, or the option.
        found: what was there.
        allowed: what may be there, in words.
        nearest: the known name that is closest to what was found, if one is close.
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
        close = get_close_matches(str(found), names, n=1, cutoff=0.5) if found is not None else []
        self.what, self.where, self.found = what, where, found
        self.allowed = allowed or (_listed(names) if names else "")
        self.nearest = close[0] if close else ""
        super().__init__(self.message())

    def message(self) -> str:
        """The whole message, one fact a line.

        >>> print(InputError("no such agency", where="a.toml: to[0]", found="icee", known=["ice", "uscis"]))
        no such agency
          where:   a.toml: to[0]
          found:   'icee'
          allowed: ice, uscis
          nearest: ice
        """
        lines = [self.what]
        if self.where:
            lines.append(f"  where:   {self.where}")
        if self.found is not None:
            lines.append(f"  found:   {_short(self.found)}")
        if self.allowed:
            lines.append(f"  allowed: {self.allowed}")
        if self.nearest:
            lines.append(f"  nearest: {self.nearest}")
        return "\n".join(lines)


def _listed(names: list[str], limit: int = 40) -> str:
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown}, … ({len(names)} in all)"


def _short(value: object, limit: int = 120) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
