"""``python -m benchmarks.sweeps``: overhead per run, efficiency of two workers, memory of the driver.

Two workers are held against one, and two bare processes against one bare process: what those lose, the machine takes.

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
"rule.metrics" = {{ range = [0.0, 2.0] }}
"""
DEMO = {"scale": 0.02, "until": "2012-12-31", "levels": 5}
QUICK = {"scale": 0.002, "until": "2010-01-20", "levels": 5}
"""Days instead of years: what is measured is what does not depend on the model."""
PROGRAM = "import json; from benchmarks.sweeps import swept; print(json.dumps(swept({plan!r}, {out!r}, {workers})))"

BARE = """
import sys
from model import BureaucracyModel
make = lambda seed: BureaucracyModel("record-2013", 0.02, seed, until="{until}", tables=False).run()
make(0)
print("ready", flush=True)
sys.stdin.readline()
for seed in range({runs}):
    make(seed)
"""
"""The same number of runs by nobody but the model."""


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


def bare(runs: int, processes: int) -> float:
    """Wall seconds of so many demo-scale runs in plain processes; the time counts once all are ready."""
    command = [sys.executable, "-W", "ignore", "-c", BARE.format(runs=runs // processes, until=DEMO["until"])]
    some = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    for one in some:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    began = perf_counter()
    for one in some:
        assert one.stdin is not None
        one.stdin.close()
    for one in some:
        one.wait()
    return perf_counter() - began


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
        told = "{} demo-scale runs: {:.1f} s on one worker, {:.1f} on two; in one bare process {:.1f}, in two {:.1f}\n"
        ratios = []
        for turn in range(3):
            path = plan(folder, "demo", replications=8, **DEMO)
            one, two = (apart(path, folder / f"demo{turn}-{workers}", workers)[0] for workers in (1, 2))
            alone, both = bare(200, 1), bare(200, 2)
            ratios.append((one / two, alone / both))
            sys.stdout.write(told.format(200, one, two, alone, both))
        swept_as, bare_as = (median(ratio[at] for ratio in ratios) for at in (0, 1))
        sys.stdout.write(f"two workers against one: {swept_as:.2f} times; two bare processes: {bare_as:.2f} times\n")


if __name__ == "__main__":
    main()
