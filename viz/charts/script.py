"""Vega, Vega-Lite and Vega-Embed as one script, from the copy that vl-convert carries."""

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import altair as alt
import vl_convert

from model.compiled import cache_folder

VEGALITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
"""The version of Vega-Lite that Altair writes, as vl-convert numbers it."""


@cache
def script(use: str | None = None) -> str:
    """The script. To make it takes seconds, so it is kept on disk, where machine code is.

    Args:
        use: JavaScript at its end, with ``vegaEmbed``; unless given, that becomes a name that every script knows.
    """
    made_of = repr((metadata.version("vl-convert-python"), VEGALITE, use)).encode()
    folder = cache_folder(__file__)
    kept = Path(folder, f"vega-{hashlib.sha256(made_of).hexdigest()[:12]}.js") if folder else None
    if kept and kept.is_file():
        return kept.read_text("utf-8")
    asked = {} if use is None else {"snippet": use}
    made: str = vl_convert.javascript_bundle(**asked, vl_version=VEGALITE)
    if kept:
        _keep(made, kept)
    return made


def _keep(text: str, path: Path) -> None:
    """Write a file whole or not at all; where nothing can be written, nobody is stopped."""
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(text, "utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
