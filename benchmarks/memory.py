"""``python -m benchmarks.memory``: what a worker holds after 100, 300 and 1,000 runs of a sweep.

The runs are those of `demo-thousand`, each another world, done one after the other in this process as a worker does
them. Memory that grows from run to run is memory that nobody gave back.
"""

import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sweeps import peak
from experiments.sweep import planned_runs, read_plan, resolve
from experiments.sweep.planned import version
from experiments.sweep.store import Store
from experiments.sweep.worker import Batch, work

PLAN = Path(__file__).parents[1] / "experiments" / "plans" / "demo-thousand.toml"
AFTER = (10, 100, 300, 1000)


def held() -> float:
    """Memory of this process now, in MB."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def main() -> None:
    """Measure, and print what was measured."""
    resolved = resolve(read_plan(PLAN))
    job = resolved.job(resolved.plan.scenarios[0])
    with TemporaryDirectory() as place:
        store = Store(Path(place) / "runs")
        store.folder.mkdir()
        runs, done = iter(planned_runs(resolved)), 0
        for after in AFTER:
            work(Batch(str(store.folder), version(), job, tuple(islice(runs, after - done))))
            done = after
            sys.stdout.write(f"after {done:>5,} runs: {held():.0f} MB, at most {peak():.0f} MB so far\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
