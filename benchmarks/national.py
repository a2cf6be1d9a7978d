"""A national year: every pending, new and DACA case, every officer, July 2012 to June 2013, at scale 1."""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter

from model import BureaucracyModel, load


@dataclass(frozen=True)
class Year:
    """Seconds to build the world and draw its cases, and to run the year; how much was done; peak memory in MB."""

    build: float
    run: float
    officers: int
    cases: int
    decisions: int
    peak: float


def year(scale: float) -> Year:
    """One national year in this process; what is compiled has been compiled before."""
    everything = load().scenarios["record-2013"]
    window = everything.model_copy(update={"start": date(2012, 7, 1), "end": date(2013, 6, 30)})
    BureaucracyModel(window, scale=0.001, rng=1).run()
    started = perf_counter()
    model = BureaucracyModel(window, scale=scale, rng=1)
    built = perf_counter()
    model.run()
    done = perf_counter()
    decisions = int(model.recorder.outcomes()["decided"].sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Year(built - started, done - built, len(model.officers), len(model.cases.key), decisions, peak)


def measured(scale: float, times: int) -> list[Year]:
    """The same in fresh processes, so that each has its own peak of memory."""
    program = f"from benchmarks.national import *; print(json.dumps(asdict(year({scale}))))"
    return [
        Year(
            **json.loads(
                subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
            )
        )
        for _ in range(times)
    ]


__all__ = ["Year", "asdict", "json", "measured", "year"]
