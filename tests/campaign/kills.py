"""Sweeps and calibrations killed at random moments: nothing is lost, and nothing that was finished is done again.

A child of this process does the work and is ended with ``kill -9``; so what was compiled need not be loaded each time.
Between the kills a disk is full (no file may grow beyond some size), two commands are at work on one folder, and the
clock is set back (what was written lies in the future). Workers and schedulers are killed by `benchmarks.crashes`.
"""

import os
import resource
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from random import Random
from time import sleep, time
from typing import Any

import pandas as pd

from benchmarks.crashes import files, wasted
from experiments.calibration.bank import draw
from experiments.sweep import driver, sweep
from experiments.sweep.engines import InProcess
from experiments.sweep.store import TABLES
from model import InputError
from tests import toys
from tests.sweeping import plan_file, tables

PLAN: dict[str, Any] = {
    "world": "two-desks", "scenarios": ["memo"], "until": "2020-02-15", "target": "rate.fees.request", "scale": 0.1,
    "replications": 10, "vary": {"rule.metrics": {"range": [0.0, 1.0]}, "rule.stake": {"range": [0.0, 1.0]}},
}  # fmt: skip
RUNS = 640
"""Of the calibration: some blocks in each of its waves."""
REFUSED = 2
A_YEAR = 365 * 86_400
LONGEST = 0.4
"""Seconds that a child has before it is killed, at most."""
Work = Callable[[Path], object]


def child(work: Work, out: Path, largest: int | None = None) -> int:
    """Begin some work in a process of its own, whose exit code is `REFUSED` after an `InputError`; its id.

    Args:
        work: what is done in the folder ``out``.
        out: where.
        largest: bytes beyond which no file may grow there, as on a disk that is full.
    """
    if process := os.fork():
        return process
    code = 1
    try:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        work(out)
        code = 0
    except InputError:
        code = REFUSED
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a child; its exit code, negative if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


class Campaign:
    """Kills and other mishaps, counted; ``wrong`` is what should not have happened."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        """With what an undisturbed sweep and calibration come to."""
        self.folder, self.luck = folder, Random(seed)
        self.counted, self.wrong = Counter[str](), list[str]()
        self.plan = plan_file(folder, **PLAN)
        self.swept(folder / "whole")
        self.whole = tables(folder / "whole")
        self.bank = self.drawn(folder / "bank")

    def swept(self, out: Path) -> None:
        """Sweep in this process."""
        before = driver._engine
        driver._engine = lambda *_: nullcontext(InProcess())
        try:
            sweep(self.plan, out)
        finally:
            driver._engine = before

    def drawn(self, out: Path) -> pd.DataFrame:
        """Draw the bank of a calibration in this process; its runs."""
        return draw(toys.toy(), out, RUNS).members

    def sweeps(self, kills: int) -> None:
        """Kill sweeps, each until it is finished."""
        at = 0
        while self.counted["sweeps killed"] < kills:
            out, at = self.folder / f"sweep-{at}", at + 1
            while not all((out / name).exists() for name in TABLES) and self.counted["sweeps killed"] < kills:
                self._mishap(self.swept, out, "sweeps")
            before = files(out)
            self._finished(self.swept, out)
            if any(files(out).get(name) != stamp for name, stamp in before.items()):
                self.wrong.append(f"{out.name}: a finished run was touched")
            if tables(out) != self.whole:
                self.wrong.append(f"{out.name}: other tables than those of an undisturbed sweep")
            if twice := wasted(out)[0]:
                self.wrong.append(f"{out.name}: {twice} runs were done again")

    def calibrations(self, kills: int) -> None:
        """Kill the drawing of banks, each until it is finished."""
        at = 0
        while self.counted["calibrations killed"] < kills:
            out, at = self.folder / f"bank-{at}", at + 1
            done = False
            while not done and self.counted["calibrations killed"] < kills:
                done = self._mishap(self.drawn, out, "calibrations") == 0
            before = {path: path.stat().st_mtime_ns for path in out.rglob("[0-9]*.parquet")}
            self._finished(self.drawn, out)
            if any(path.stat().st_mtime_ns != stamp for path, stamp in before.items()):
                self.wrong.append(f"{out.name}: a finished block was made again")
            if not self.drawn(out).equals(self.bank):
                self.wrong.append(f"{out.name}: another bank than the undisturbed one")

    def _mishap(self, work: Work, out: Path, kind: str) -> int:
        """One child that does not come to its end, or did before it was killed; its exit code."""
        what = self.luck.choice(["killed"] * 7 + ["disk full", "two at once", "clock set back"])
        if what == "clock set back":
            for path in out.rglob("*.*"):
                os.utime(path, (time() + A_YEAR, time() + A_YEAR))
        process = child(work, out, self.luck.choice([0, 10, 500, 5_000]) if what == "disk full" else None)
        if what == "disk full":
            code = ended(process)
            self.counted[f"{kind} with the disk full"] += 1
            if code not in (0, REFUSED):
                self.wrong.append(f"{out.name}: a full disk ended it with {code}")
            return code
        other = child(work, out) if what == "two at once" else None
        sleep(self.luck.uniform(0.0, LONGEST))
        os.kill(process, signal.SIGKILL)
        code = ended(process)
        self.counted[f"{kind} {what if code == -signal.SIGKILL else 'finished before'}"] += 1
        if other is not None and ended(other) not in (0, REFUSED):
            self.wrong.append(f"{out.name}: the second at once failed")
        return code

    def _finished(self, work: Work, out: Path) -> None:
        if code := ended(child(work, out)):
            self.wrong.append(f"{out.name}: could not be gone on with ({code})")
