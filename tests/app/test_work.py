import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from viz.app import jobs
from viz.app.jobs import Job, State, Stopped

PATIENCE = 90.0


def counted(to: int, progress: Callable[[int, int], None]) -> int:
    for done in range(to + 1):
        progress(done, to)
        time.sleep(0.02)
    return to * 2


def telling(progress: Callable[[int, int], None], so_far: Callable[[str], None]) -> str:
    so_far("half")
    for _ in range(40):
        progress(1, 2)
        time.sleep(0.02)
    return "whole"


def noted(path: str, progress: Callable[[int, int], None]) -> int:
    with Path(path).open("a") as file:
        file.write(".")
    for done in range(60):
        progress(done, 60)
        time.sleep(0.02)
    return 1


def working_at(path: str, progress: Callable[[int, int], None]) -> None:
    Path(f"{path}.part").write_text(str(os.getpid()))
    Path(f"{path}.part").rename(path)
    time.sleep(10 * PATIENCE)


def failing(progress: Callable[[int, int], None]) -> None:
    raise ValueError("no such thing")


def wait_for(job: Job, *names: str) -> State:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if job.state.value.name in names:
            return job.state.value
        time.sleep(0.01)
    raise AssertionError(f"still {job.state.value}")


def test_work_is_done_elsewhere_and_its_result_is_kept() -> None:
    job = Job()
    job.begin(counted, 5)
    assert wait_for(job, "done", "failed").result == 10
    again = Job()
    again.begin(counted, 5)
    assert again.state.value == State("done", 1, 1, 10)


def test_work_can_be_stopped_in_the_middle() -> None:
    job = Job()
    job.begin(counted, 100_000)
    assert wait_for(job, "running").total == 100_000
    job.stop()
    assert wait_for(job, "stopped").result is None
    free = Job()
    free.begin(counted, 3)
    assert wait_for(free, "done", "failed").result == 6


def test_what_has_come_so_far_is_shown() -> None:
    job, seen = Job(), set()
    job.begin(telling)
    while job.state.value.name not in ("done", "failed"):
        seen.add(job.state.value.result)
        time.sleep(0.005)
    assert "half" in seen and job.state.value.result == "whole"


def test_what_has_come_so_far_is_left_with_the_piece_and_set_by_the_visitor_who_follows() -> None:
    ran, job = set(), Job()
    jobs._office._results.clear()
    job.state.subscribe(lambda state: ran.add((state.result, threading.current_thread().name)))
    job.begin(telling)
    wait_for(job, "done", "failed")
    assert {name for result, name in ran if result == "half"} == {"job"}


def test_who_asks_for_what_is_at_work_follows_it(tmp_path: Path) -> None:
    one, other = Job(), Job()
    for job in (one, other):
        job.begin(noted, str(tmp_path / "ran"))
    assert wait_for(one, "running").total == wait_for(other, "running").total == 60
    one.stop()
    assert wait_for(one, "stopped").result is None
    assert wait_for(other, "done", "failed").result == 1
    assert (tmp_path / "ran").read_text() == "."


BEGINS = """
import os, time
from viz.app.jobs import Job
from tests.app.test_work import working_at
from sys import argv
if __name__ == "__main__":
    job = Job()
    job.begin(working_at, argv[1])
    while not os.path.exists(argv[1]):
        time.sleep(0.05)
    os._exit(0)
"""


def test_work_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    at, begins = tmp_path / "worker", tmp_path / "begins.py"
    begins.write_text(BEGINS)
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, begins, at], check=True, env={**os.environ, "PYTHONPATH": str(root)})
    worker = Path(f"/proc/{at.read_text()}/cmdline")
    until = time.monotonic() + PATIENCE
    while worker.exists() and worker.read_bytes() and time.monotonic() < until:
        time.sleep(0.05)
    assert not (worker.exists() and worker.read_bytes())


def test_what_goes_wrong_is_told() -> None:
    job = Job()
    job.begin(failing)
    assert str(wait_for(job, "failed").error) == "no such thing"


def test_a_crowd_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs._office, "_free", [])
    job = Job()
    job.begin(counted, 4)
    assert "try again" in str(wait_for(job, "failed").error)


def test_results_kept_are_bounded() -> None:
    for at in range(jobs.KEPT + 5):
        jobs._office.keep(("test", at), at)
    assert len(jobs._office._results) <= jobs.KEPT
    assert jobs._office.known(("test", 0)) is None


def test_being_stopped_is_an_error_of_its_own() -> None:
    assert issubclass(Stopped, Exception)
