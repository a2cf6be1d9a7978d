"""Standard streams that know fewer letters than a text has, take nothing, or are not there: never a traceback."""

import codecs
import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says when there is no room for what is written."""

PLAIN = str.maketrans(
    {**dict.fromkeys("–—−‐‑·•", "-"), **dict.fromkeys("‘’“”„", "'"), "×": "x", "→": "->", "≤": "<=", "≥": ">=",
     "≈": "~", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ı": "i", "ß": "ss"}
)  # fmt: skip
"""What Unicode does not take apart into letters of ASCII; nothing that would end a text of JSON."""


def legible(as_json: bool) -> None:
    """Let standard output and standard error take any text, letters that their encoding lacks by the nearest it has.

    Args:
        as_json: standard output is JSON, in which such a letter is an escape, and nothing is changed.
    """
    codecs.register_error("nearest", _nearest)
    codecs.register_error("escaped", _escaped)
    for stream, errors in ((sys.stdout, "escaped" if as_json else "nearest"), (sys.stderr, "nearest")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def somebody_is_there() -> bool:
    """Whether standard input is a terminal, at which a question may be asked; it may be closed as well."""
    return sys.stdin is not None and sys.stdin.isatty()


def give_up(told: str) -> None:
    """Say on standard error, if it takes that, why no more is written; what is left is dropped."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{told}\n")
        sys.stderr.flush()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _nearest(error: UnicodeError) -> tuple[str, int]:
    r"""Letters that cannot be encoded, in those of ASCII.

    >>> codecs.register_error("nearest", _nearest)
    >>> "Żółć … – “a” 漢".encode("latin-1", "nearest").decode("latin-1")
    "Z\xf3lc ... - 'a' ?"
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_in_ascii(letter) for letter in letters), error.end


def _in_ascii(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter.translate(PLAIN))
    return plain.encode("ascii", "ignore").decode() or "?"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""Letters that cannot be encoded, as JSON spells them.

    >>> codecs.register_error("escaped", _escaped)
    >>> '"…😀"'.encode("latin-1", "escaped").decode()
    '"\\u2026\\ud83d\\ude00"'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end
