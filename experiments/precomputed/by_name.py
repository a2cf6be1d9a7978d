"""Findings by name in one file: a line each, so that a change can be read."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from model import __version__


@lru_cache(maxsize=8)
def read(file: Path) -> dict[str, Any]:
    """What a file holds, by name; nothing where there is none."""
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def put(file: Path, name: str, found: Mapping[str, object], known: Iterable[str]) -> None:
    """Put a finding, and the version that made it, in the place of the one that there is.

    ``known`` are the names that the file may hold, in their order.
    """
    whole = {**read(file), name: {"discretion": __version__, **found}}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(whole[key])}" for key in known if key in whole)
    file.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    read.cache_clear()
