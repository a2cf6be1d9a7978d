"""This tree against another: ``python -m benchmarks.against FOLDER``, FOLDER a checkout of the commit to compare with.

Each run is a process of its own, the two trees in turn, so that both meet the same machine; what is told is processor
time, the median, and the ratio of each pair.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parents[1]
RUNS: tuple[tuple[str, str, float], ...] = (
    ("morton-2011 at 0.01", "morton-2011", 0.01),
    ("morton-2011 at 0.02", "morton-2011", 0.02),
    ("zero-tolerance-2018 at 0.02", "zero-tolerance-2018", 0.02),
    ("a national year at 1.0", "year", 1.0),
    ("the border at 1.0", "zero-tolerance-2018", 1.0),
)
PROGRAM = """
import json, resource, sys
from datetime import date
from time import process_time
from model import BureaucracyModel, load
name, scale = sys.argv[1], float(sys.argv[2])
scenario = load().scenarios["record-2013" if name == "year" else name]
if name == "year":
    scenario = scenario.model_copy(update={"start": date(2012, 7, 1), "end": date(2013, 6, 30)})
BureaucracyModel(scenario, scale=0.002, rng=1).run()
times = []
for seed in range(2, 3 if scale == 1.0 else 7):
    began = process_time()
    model = BureaucracyModel(scenario, scale=scale, rng=seed)
    built = process_time()
    model.run()
    times.append((built - began, process_time() - built))
times.sort(key=sum)
print(json.dumps([*times[len(times) // 2], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def timed(tree: Path, name: str, scale: float) -> list[float]:
    """Seconds to build and to run, and peak memory in MB, of a tree."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, name, str(scale)]
    done = subprocess.run(command, env=environment, cwd=tree, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(other: Path, times: int = 5) -> None:
    """Time both trees in turn, and print what was measured."""
    table = Table("run", "figure", "before", "now", "times less", title=f"{HERE} against {other}, {times} pairs")
    for title, name, scale in RUNS:
        pairs = [(timed(other, name, scale), timed(HERE, name, scale)) for _ in range(times)]
        for figure, of in (("building, s", (0,)), ("running, s", (1,)), ("both, s", (0, 1)), ("peak, MB", (2,))):
            _row(table, title, figure, [[sum(one[at] for at in of) for one in pair] for pair in pairs])
            title = ""
    Console().print(table)


def _row(table: Table, title: str, figure: str, pairs: Sequence[Sequence[float]]) -> None:
    ratios = sorted(before / now for before, now in pairs)
    before, now = (median(pair[at] for pair in pairs) for at in (0, 1))
    table.add_row(
        title, figure, f"{before:,.3f}", f"{now:,.3f}", f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:3]))
