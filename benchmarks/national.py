"""Real scale: a national year of the interior, and the border from October 2016 to December 2018, at scale 1.

The year is July 2012 to June 2013: every pending, new and DACA case, every officer. The border is every apprehension.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter

from model import BureaucracyModel, load
from model.schema import Scenario


@dataclass(frozen=True)
class Timed:
    """Seconds to build the world and draw its cases, and to run it; how much was done; peak memory in MB."""

    build: float
    run: float
    officers: int
    cases: int
    decisions: int
    peak: float


def window(name: str) -> Scenario:
    """What is timed: ``year`` or ``border``."""
    scenarios = load().scenarios
    if name == "border":
        return scenarios["zero-tolerance-2018"]
    return scenarios["record-2013"].model_copy(update={"start": date(2012, 7, 1), "end": date(2013, 6, 30)})


def timed(name: str, scale: float) -> Timed:
    """One run in this process; what is compiled has been compiled before."""
    BureaucracyModel(window(name), scale=0.001, rng=1).run()
    started = perf_counter()
    model = BureaucracyModel(window(name), scale=scale, rng=1)
    built = perf_counter()
    model.run()
    done = perf_counter()
    decisions = int(model.recorder.outcomes()["decided"].sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Timed(built - started, done - built, len(model.officers), len(model.cases.key), decisions, peak)


def measured(name: str, scale: float, times: int) -> list[Timed]:
    """The same in fresh processes, so that each has its own peak of memory."""
    program = f"from benchmarks.national import *; print(json.dumps(asdict(timed({name!r}, {scale}))))"
    return [
        Timed(
            **json.loads(
                subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
            )
        )
        for _ in range(times)
    ]


__all__ = ["Timed", "asdict", "json", "measured", "timed", "window"]
