"""What the words of the field mean, for those who point at one."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from viz.app.shown_world import named, the_world

FILE = Path(__file__).with_suffix(".toml")


@lru_cache(maxsize=1)
def _read() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def glossary() -> dict[str, str]:
    """The meanings by their terms, those of the shown world among them, in the order of the alphabet."""
    known = {term: meaning for term, meaning in _read().items() if isinstance(meaning, str)}
    own = None if named() else _read().get(the_world().name)
    return dict(sorted((known | (own if isinstance(own, dict) else {})).items(), key=lambda entry: entry[0].lower()))


@lru_cache(maxsize=2)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def pieces(text: str) -> list[tuple[str, str | None]]:
    """A text in pieces, each with its meaning if it is a term; a term is explained where it first stands.

    >>> [(piece, meaning and meaning[:15]) for piece, meaning in pieces("By ICE, and ICE alone")]
    [('By ', None), ('ICE', 'Immigration and'), (', and ICE alone', None)]
    """
    known = glossary()
    meanings = {term.lower(): meaning for term, meaning in known.items()}
    found: list[tuple[str, str | None]] = []
    done = 0
    for match in _any_of(tuple(known)).finditer(text):
        meaning = meanings.pop(match[0].lower(), None)
        if meaning is not None:
            found += [(text[done : match.start()], None), (match[0], meaning)]
            done = match.end()
    return [piece for piece in [*found, (text[done:], None)] if piece[0]]
