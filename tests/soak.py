"""A million decisions made twice, compiled and interpreted: the same to the last bit, with every term at work.

    python -m tests.soak

``make test`` compares fewer of them (`tests/test_two_paths.py`); this takes some minutes of a processor.
"""

import json
import os
import subprocess
import sys
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from model.rule.terms import TERM_NAMES

RUNS = (("record-2013", 0.12, "2013-09-30"), ("zero-tolerance-2018", 0.1, "2018-12-31"))
PROGRAM = """
import hashlib, json, sys
import numpy as np
from model import BureaucracyModel, load
from model.observers import Observer
from tests.weighed import weighed


class Bits(Observer):
    daily = False
    decisions, days = 0, {}
    active = np.zeros(0, dtype=bool)

    def decided(self, model, log):
        self.decisions += len(log.case)
        self.active = (log.terms != 0.0).any(axis=0) | (self.active if self.active.size else False)
        for day in np.unique(log.day).tolist():
            rows = np.ascontiguousarray
            text = b"".join(rows(column[log.day == day]).tobytes() for column in log)
            self.days[str(model.start.toordinal() + day)] = hashlib.sha256(text).hexdigest()


scenario, scale, until = sys.argv[1:]
seen = Bits()
model = BureaucracyModel(
    scenario, float(scale), 1, until=until, settings=weighed(load()), observers=[seen], tables=False
).run()
print(json.dumps([seen.decisions, seen.active.tolist(), seen.days, hashlib.sha256(model.stored.hot).hexdigest()]))
"""


class Compared(NamedTuple):
    """How many decisions a run made, terms that moved none, and the days (ordinals) on which the two paths differ."""

    decisions: int
    idle: list[str]
    unlike: list[str]


def compared(scenario: str, scale: float, until: str) -> Compared:
    """One run, compiled and interpreted, each in a process of its own; where people are at the end counts as a day."""
    one, other = (_run(scenario, scale, until, interpreted) for interpreted in ("0", "1"))
    (made, active, days, end), (made_too, active_too, days_too, end_too) = one, other
    unlike = sorted({day for day, _ in days.items() ^ days_too.items()}) + ["the end"] * (end != end_too)
    unlike += ["how many"] * (made != made_too or active != active_too)
    return Compared(made, [name for name, moved in zip(TERM_NAMES, active, strict=True) if not moved], unlike)


def _run(scenario: str, scale: float, until: str, interpreted: str) -> list:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, scenario, str(scale), until]
    told = subprocess.run(
        command, env={**os.environ, "NUMBA_DISABLE_JIT": interpreted}, capture_output=True, text=True, check=True
    ).stdout
    return json.loads(told)


def main() -> int:
    """Compare, and print what was compared; the exit code is 1 if anything differs or was not at work."""
    table = Table("run", "decisions", "terms that moved none", "days that differ", box=None)
    found = [compared(*run) for run in RUNS]
    for (scenario, scale, until), one in zip(RUNS, found, strict=True):
        title = f"{scenario} at {scale:g} until {until}"
        table.add_row(title, f"{one.decisions:,}", ", ".join(one.idle) or "none", ", ".join(one.unlike) or "none")
    table.add_row("in all", f"{sum(one.decisions for one in found):,}")
    Console().print(table)
    return int(any(one.idle or one.unlike for one in found))


if __name__ == "__main__":
    sys.exit(main())
