"""``python -m benchmarks.crashes``: a sweep that is killed at twenty random moments, and what is left of it.

Each time a worker, the scheduler or the whole command is ended with ``kill -9``, now with workers of the command's own,
now with a scheduler and workers started by hand. In the end the tables must be those of a sweep that nobody disturbed,
byte for byte; no file of a finished run may have been touched, and no journal may tell of a run that began again after
it was done.
"""

import random
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.clusters import by_hand, children, end, kill
from experiments.sweep.journal import BEGAN, BROKE, FINISHED, events
from experiments.sweep.store import RUNS, TABLES

PROGRAM = [sys.executable, "-c", "from viz.cli import app; app()"]
PLAN = """
title = "crashes"
scenarios = ["detainer-2012"]
scale = 0.002
until = 2012-04-30
replications = 40
entropy = 20
target = "rate.ice.charge"
[design]
kind = "factorial"
levels = 5
[vary]
"agencies.ice.culture.lens" = { range = [0.0, 1.0] }
"rule.metrics" = { range = [0.0, 2.0] }
"""
VICTIMS = ("worker", "scheduler", "command")
UNDER_WAY = 0.8
"""Share of the moments that lie in the midst of the work; the others may as well come while it is beginning."""
Files = dict[str, tuple[int, int]]


@dataclass
class Disturbed:
    """What was done to a sweep, and how many runs were there each time."""

    killed: list[str] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    touched: int = 0
    seen: Files = field(default_factory=dict)

    def look(self, out: Path) -> None:
        """Compare the files of finished runs with those of the last time."""
        now = files(out)
        self.touched += sum(now.get(name) != stamp for name, stamp in self.seen.items())
        self.seen = now
        self.finished.append(len(now))


def files(out: Path) -> Files:
    """The files of finished runs, each by its place on the disk and the time it was written."""
    paths = (out / RUNS).rglob("*.parquet")
    return {path.name: ((stat := path.stat()).st_ino, stat.st_mtime_ns) for path in paths}


def command(plan: Path, out: Path, address: str | None) -> subprocess.Popen[bytes]:
    """``discretion sweep``, on two workers of its own or on those of a scheduler."""
    whose = ["--workers", "2"] if address is None else ["--scheduler", address]
    arguments = [*PROGRAM, "sweep", str(plan), "--out", str(out), *whose]
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=out.parent)


def disturb(plan: Path, out: Path, victims: list[str], longest: float, luck: random.Random) -> Disturbed:
    """Sweep, and kill one after the other, each at a random moment; stops early if the sweep is finished before.

    Args:
        plan, out: of the sweep.
        victims: who is killed; a scheduler is one started by hand, the others' cluster is drawn.
        longest: seconds, from the beginning of a command or from its first new run, within which it is disturbed.
        luck: draws the moments.
    """
    found = Disturbed()
    left = list(victims)
    while left and not (out / TABLES[0]).exists():
        with ExitStack() as stack:
            outside = left[0] == "scheduler" or luck.random() < 0.5
            address, scheduler, workers = stack.enter_context(by_hand(out.parent)) if outside else (None, None, [])
            running = command(plan, out, address)
            stack.callback(end, running)
            while left and running.poll() is None:
                if luck.random() < UNDER_WAY:
                    wait_for_more(out, running, len(files(out)))
                sleep(luck.uniform(0.0, longest))
                victim = left[0]
                if victim == "scheduler" and scheduler is None:
                    break
                pids = {
                    "command": [running.pid], "scheduler": [scheduler.pid] if scheduler else [],
                    "worker": [pid for one in workers or [running] for pid in children(one.pid)],
                }[victim]  # fmt: skip
                if running.poll() is None and pids and kill(luck.choice(pids)):
                    found.killed.append(left.pop(0))
                    if victim == "scheduler":
                        running.wait(timeout=120)
                    found.look(out)
    return found


def wait_for_more(out: Path, running: subprocess.Popen[bytes], before: int) -> None:
    """Wait until the sweep has finished more runs than before, or is over."""
    while running.poll() is None and len(files(out)) <= before:
        sleep(0.2)


def wasted(out: Path) -> tuple[int, int]:
    """Runs that began again after they were done, and runs that were begun more than once, for they were cut short."""
    done: set[str] = set()
    again: Counter[str] = Counter()
    twice = 0
    for _, event, key in events(out):
        if event == BEGAN:
            twice += key in done
            again[key] += 1
        elif event in (FINISHED, BROKE):
            done.add(key)
    return twice, sum(count > 1 for count in again.values())


def main() -> None:
    """Twenty moments, and a report."""
    luck = random.Random(20)
    victims = [luck.choice(VICTIMS) for _ in range(20)]
    with TemporaryDirectory() as place:
        folder = Path(place)
        plan = folder / "plan.toml"
        plan.write_text(PLAN, encoding="utf-8")
        began = monotonic()
        subprocess.run([*PROGRAM, "sweep", str(plan), "--out", str(folder / "whole")], check=True)
        undisturbed = monotonic() - began
        out = folder / "out"
        began = monotonic()
        found = disturb(plan, out, victims, 15.0, luck)
        subprocess.run([*PROGRAM, "sweep", str(plan), "--out", str(out)], check=True)
        found.look(out)
        same = all((out / name).read_bytes() == (folder / "whole" / name).read_bytes() for name in TABLES)
        twice, cut_short = wasted(out)
    sys.stdout.write(
        f"killed {len(found.killed)} times: {dict(Counter(found.killed))}\n"
        f"finished runs when it was killed: {found.finished}\n"
        f"tables equal to those of an undisturbed sweep, byte for byte: {same}\n"
        f"files of finished runs that were touched again: {found.touched}\n"
        f"runs that began again after they were done: {twice}; begun anew because they were cut short: {cut_short}\n"
        f"seconds: {undisturbed:.0f} undisturbed, {monotonic() - began:.0f} with all that was killed and begun again\n"
    )


if __name__ == "__main__":
    main()
