"""What became of each pattern when the model was last held against the record, as the documentation has it."""

import re
from functools import lru_cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "credibility.md"
ROW = re.compile(r"^\| ([A-Z]\d+[\w.-]*) \|.*\| \**(holds|fails|not modelled)\** \|$", re.MULTILINE)


@lru_cache(maxsize=1)
def verdicts() -> dict[str, str]:
    """By pattern: ``holds``, ``fails`` or ``not modelled``."""
    found = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    assert len(found) > 30
    return found
