"""``python -m benchmarks.sweeps``: overhead per run, efficiency of two workers, memory of the driver.

Wall times of a shared machine drift, so one worker and two take turns, and the overhead is counted in processor time:
the same runs by calling the model directly, and as a worker does them, in one process.
"""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from experiments.sweep import planned_runs, read_plan, resolve, sweep
from experiments.sweep.outputs import scenario_of
from experiments.sweep.planned import version
from experiments.sweep.store import Store
from experiments.sweep.worker import Batch, work
from model import BureaucracyModel, load

PLAN = """
title = "benchmark"
scenarios = ["record-2013"]
scale = {scale}
until = {until}
replications = {replications}
entropy = 1
[design]
kind = "factorial"
levels = {levels}
[vary]
"agencies.ice.culture.lens" = {{ range = [0.0, 1.0] }}
"rule.peers" = {{ range = [0.0, 2.0] }}
"""
DEMO = {"scale": 0.02, "until": "2012-12-31", "levels": 5}
QUICK = {"scale": 0.001, "until": "2010-01-20", "levels": 5}
"""Days instead of years: what is measured is what does not depend on the model."""
PROGRAM = "import json; from benchmarks.sweeps import swept; print(json.dumps(swept({plan!r}, {out!r}, {workers})))"


def plan(folder: Path, name: str, **changes: object) -> Path:
    """A plan as a file."""
    path = folder / f"{name}.toml"
    path.write_text(PLAN.format(**changes), encoding="utf-8")
    return path


def overhead(folder: Path, count: int) -> tuple[float, float]:
    """Processor seconds of a run: called directly, and as a worker does it; the two in turn."""
    resolved = resolve(read_plan(plan(folder, "overhead", replications=2, **DEMO)))
    store, job = Store(folder / "overhead"), resolved.job("record-2013")
    store.folder.mkdir()
    direct, worked = [], []
    for run in islice(planned_runs(resolved), count + 1):
        began = process_time()
        world = load(settings=dict(run.settings))
        BureaucracyModel(scenario_of(world, job), job.scale, run.seed, world=world).run()
        middle = process_time()
        work(Batch(str(store.folder), version(), job, (run,)))
        direct.append(middle - began)
        worked.append(process_time() - middle)
    differences = [w - d for d, w in zip(direct[1:], worked[1:], strict=True)]
    return median(direct[1:]), median(differences)


def swept(path: str, out: str, workers: int) -> tuple[float, float, float]:
    """Wall seconds of a sweep, processor seconds of its driver, and the driver's peak memory in MB."""
    began, used = perf_counter(), process_time()
    sweep(path, out, workers)
    return perf_counter() - began, process_time() - used, peak()


def peak() -> float:
    """Peak memory of this process in MB. The operating system's other count takes in the process that started it."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def apart(path: Path, out: Path, workers: int) -> tuple[float, float, float]:
    """The same in a process of its own."""
    program = PROGRAM.format(plan=str(path), out=str(out), workers=workers)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, used, memory = json.loads(done.stdout)
    return seconds, used, memory


def main() -> None:
    """Measure, and print what was measured."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        direct, more = overhead(folder, 20)
        sys.stdout.write(f"a demo-scale run called directly: {direct:.3f} processor s; swept {1e3 * more:+.1f} ms\n")
        for replications in (4, 40, 400):
            path = plan(folder, f"quick{replications}", replications=replications, **QUICK)
            seconds, used, memory = apart(path, folder / f"q{replications}", 2)
            runs = 25 * replications
            sys.stdout.write(
                f"{runs:,} quick runs: {seconds:.1f} s, driver {1e3 * used / runs:.2f} ms of processor a run, "
                f"peak {memory:.0f} MB\n"
            )
        ratios = []
        for turn in range(3):
            path = plan(folder, "demo", replications=2, **DEMO)
            one, two = (apart(path, folder / f"demo{turn}-{workers}", workers)[0] for workers in (1, 2))
            ratios.append(one / two)
            sys.stdout.write(f"50 demo-scale runs: {one:.1f} s on one worker, {two:.1f} s on two\n")
        sys.stdout.write(f"two workers against one: {median(ratios):.2f} times\n")


if __name__ == "__main__":
    main()
