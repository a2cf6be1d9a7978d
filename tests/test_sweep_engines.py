"""Whoever does the runs, and whoever is killed meanwhile: the tables are the same."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from distributed.scheduler import KilledWorker

from benchmarks.clusters import by_hand
from benchmarks.crashes import PROGRAM, disturb, files, wasted
from experiments.sweep import planned_runs, read_plan, resolve, sweep
from experiments.sweep.engines import LARGEST_BATCH, Distributed, _Pace
from experiments.sweep.loading import load_runs
from experiments.sweep.worker import Batch, work
from model import InputError
from tests.sweeping import plan_file, tables

MANY = {"replications": 10}
"""Sixty runs."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the plan `MANY`, made in this process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.sweep.driver.TINY", 1000)
        sweep(plan_file(folder, **MANY), folder / "out")
    return tables(folder / "out")


def discretion(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_workers_started_by_hand_as_documented_give_the_same_tables(
    tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    plan = plan_file(tmp_path, **MANY)
    with by_hand(tmp_path) as (address, scheduler, _):
        done = discretion(tmp_path, "sweep", str(plan), "--out", "out", "--scheduler", address)
        assert done.returncode == 0, done.stderr
        assert tables(tmp_path / "out") == undisturbed
        assert "60 of 60" in done.stderr and "left" in done.stderr
        listening = subprocess.run(["ss", "-ltnpH"], capture_output=True, text=True, check=False).stdout
        here = [line for line in listening.splitlines() if f"pid={scheduler.pid}," in line]
        assert all(line.split()[3].startswith("127.0.0.1:") for line in here)
    journals = list((tmp_path / "out" / "journal").iterdir())
    assert len(journals) == 2


HEARS = """
import signal, time
from experiments.sweep.engines import local

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs are started without

print("starting", flush=True)
try:
    with local(2):
        print("ready", flush=True)
        time.sleep(120)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.parametrize("moment", ["starting", "ready"])
def test_ctrl_c_is_heard_by_the_sweep_alone(moment: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HEARS], cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    ) as command:  # fmt: skip
        assert command.stdout is not None
        while command.stdout.readline().strip() != moment:
            assert command.poll() is None
        time.sleep(0.5)
        os.killpg(command.pid, signal.SIGINT)  # as a terminal does: to the command and its workers alike
        said, warned = command.communicate()
    assert said.split()[-1] == "stopped" and not warned


def test_killed_workers_schedulers_and_commands_lose_nothing(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    plan, out = plan_file(tmp_path, **MANY), tmp_path / "out"
    found = disturb(plan, out, ["worker", "command", "scheduler"], 6.0, random.Random(3))
    before = files(out)
    sweep(plan, out)
    assert found.touched == 0 and all(files(out)[name] == stamp for name, stamp in before.items())
    assert tables(out) == undisturbed
    assert wasted(out)[0] == 0


class Fated:
    """What a dask client promises of a batch, and does not keep if one of its runs is deadly."""

    def __init__(self, key: str, batch: Batch, deadly: set[str]) -> None:
        self.key, self.status = key, "finished"
        if deadly & {run.key for run in batch.runs}:
            self.status = "error"
        else:
            work(batch)

    def add_done_callback(self, told: Callable[["Fated"], None]) -> None:
        told(self)

    def exception(self) -> Exception:
        return KilledWorker(self.key, None, 2)


class Client:
    """As much of a dask client as an engine asks for; runs that are deadly end every worker that begins them."""

    status = "running"

    def __init__(self, deadly: set[str]) -> None:
        self.deadly = deadly
        self.batches: list[int] = []

    def submit(self, _: Any, batch: Batch, pure: bool) -> Fated:
        self.batches.append(len(batch.runs))
        return Fated(f"work-{len(self.batches)}", batch, self.deadly)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://127.0.0.1:1": 1}

    def run(self, what: Any, *arguments: Any, workers: Any = None) -> dict[str, Any]:
        return {"tcp://127.0.0.1:1": what(*arguments)}


def test_a_run_that_kills_its_workers_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_file(tmp_path, replications=20)
    keys = [run.key for run in planned_runs(resolve(read_plan(plan)))]
    client = Client({keys[3], keys[70]})
    monkeypatch.setattr("experiments.sweep.outputs.measure", lambda *_: [])
    monkeypatch.setattr("experiments.sweep.driver._engine", lambda *_: nullcontext(Distributed(client, "here")))
    monkeypatch.setattr("experiments.sweep.engines.BATCH_SECONDS", 1e6)
    done = sweep(plan, tmp_path / "out")
    assert max(client.batches) > 5 and sum(client.batches) > 120
    assert (done.runs, done.computed, done.failed) == (120, 120, 2)
    runs = load_runs(tmp_path / "out")
    failed = runs[runs["status"] == "failed"]
    assert failed["key"].tolist() == [keys[3], keys[70]]
    assert failed["error"].str.contains("every worker that began this run died").all()


def test_without_a_scheduler_or_a_worker_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_file(tmp_path)
    monkeypatch.setattr("distributed.Client", _no_answer)
    with pytest.raises(InputError, match="no scheduler answers") as caught:
        sweep(plan, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
    assert "--scheduler tcp://127.0.0.1:1" in str(caught.value)
    with pytest.raises(InputError, match="either workers on this machine or a scheduler"):
        sweep(plan, tmp_path / "out", 2, "tcp://127.0.0.1:1")


def _no_answer(*_: Any, **__: Any) -> None:
    raise OSError("Timed out trying to connect")


def test_a_worker_of_another_version_does_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the worker has another version") as caught:
        work(Batch(str(tmp_path), "0.0.0+old", None, ()))  # type: ignore[arg-type]
    assert "0.0.0+old" in str(caught.value)


def test_batches_grow_with_quick_runs_and_shrink_towards_the_end() -> None:
    pace = _Pace(10_000)
    assert pace.batch(2) == 1
    pace.seconds = 0.01
    sizes = []
    while pace.left > 0:
        sizes.append(pace.batch(2))
    assert sizes[0] == LARGEST_BATCH and sizes[-1] == 1 and sizes == sorted(sizes, reverse=True)
    slow = _Pace(10_000)
    slow.seconds = 5.0
    assert slow.batch(2) == 1
