"""How one can tell that a table which takes runs is of the world and the code as they are.

A table says what it was made with: a hash of the part of the world that it is about, and a *probe*, the figures of the
same functions over much smaller runs. Whatever in the model or the experiments changes the figures changes the probe
with them; what leaves them alone does not, however much is moved or renamed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

from model.world.loader import content_hash

DIGITS = 6
"""Of a figure of the probe that count: rounding of another order of sums is not another result."""
SHORT = 12


def stamped(kind: str, parts: Iterable[object], probe: str) -> str:
    """What of the world a table is of, in a few words."""
    return f"{kind} `{content_hash(*parts)}`, probe `{probe}`"


def fingerprint(figures: Mapping[str, float | None]) -> str:
    """The figures of a probe, in few letters; None is one that is missing.

    >>> fingerprint({"a": 1.0, "b": 0.25}) == fingerprint({"a": 1.0, "b": 0.25 + 1e-12})
    True
    >>> fingerprint({"a": 1.0, "b": 0.25}) == fingerprint({"a": 1.0, "b": 0.2501})
    False
    """
    rounded = {name: None if value is None else f"{value:.{DIGITS}g}" for name, value in figures.items()}
    return hashlib.sha256(json.dumps(rounded).encode()).hexdigest()[:SHORT]
