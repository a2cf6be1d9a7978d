"""What happened, beside what the model gives: the facts of record on what is broken downstream."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

FAILS = "here the model is known to be wrong"
UNKNOWN = "not on record"


class OnRecord(NamedTuple):
    """What is on record of a measure, and the pattern of `discretion validate` that holds the model against it."""

    words: str
    pattern: str
    fails: bool = False


_READ: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
FACTS = {scenario: {name: OnRecord(**one) for name, one in known.items()} for scenario, known in _READ.items()}
"""By scenario and measure (`experiments.border.downstream`)."""


def happened(scenario: str, measure: str) -> str:
    """What is on record of a measure, in words.

    >>> happened("el-paso-2017", "children separated")
    '280 families from July to November 2017 (P30.families): here the model is known to be wrong'
    >>> happened("daca-2012", "children separated")
    'not on record'
    """
    found = FACTS.get(scenario, {}).get(measure)
    if found is None:
        return UNKNOWN
    return f"{found.words} ({found.pattern})" + (f": {FAILS}" if found.fails else "")
