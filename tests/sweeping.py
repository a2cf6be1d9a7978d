"""A small plan, with something changed, for the tests of sweeps."""

from pathlib import Path
from typing import Any

from experiments.sweep.store import TABLES
from tests.worldcopy import written

SMALL: dict[str, Any] = {
    "title": "small",
    "scenarios": ["detainer-2012"],
    "scale": 0.002,
    "until": "2012-01-20",
    "replications": 2,
    "entropy": 7,
    "outputs": ["rates"],
    "target": "rate.eoir.hearing",
    "design": {"kind": "factorial", "levels": 2},
    "vary": {"agencies.ice.culture.lens": {"range": [0.0, 1.0]}, "rule.metrics": {"values": [0.0, 1.0, 2.0]}},
}
"""Twelve runs, of a twentieth of a second each."""


def plan_file(folder: Path, name: str = "plan", **changes: Any) -> Path:
    """The small plan as a file; a change to None takes the key away."""
    whole = {key: value for key, value in {**SMALL, **changes}.items() if value is not None}
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(whole), encoding="utf-8")
    return path


def tables(folder: Path) -> dict[str, bytes]:
    """The tables of a sweep, as they lie on the disk."""
    return {name: (folder / name).read_bytes() for name in TABLES}
