"""A dask cluster of the commands that the documentation gives, started and ended by hand."""

import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psutil

GUIDE = Path(__file__).parent.parent / "docs" / "sweeps.md"
PORT = "8786"
Process = subprocess.Popen[bytes]


def documented(name: str) -> str:
    """The command ``dask NAME ...`` of the guide."""
    return re.findall(rf"^(dask {name} .*?)(?: &)?$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)[0]


def free_port() -> str:
    """A port on the loopback address on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def started(command: str, port: str, folder: Path) -> Process:
    """A command of the guide, on another port; with the Python that runs this."""
    words = shlex.split(command.replace(PORT, port))
    program = [str(Path(sys.executable).parent / words[0]), *words[1:]]
    return subprocess.Popen(program, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def by_hand(
    folder: Path, workers: int = 2
) -> Iterator[tuple[str, subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers, started as the guide says: the address, the scheduler and the workers."""
    port = free_port()
    processes = [started(documented("scheduler"), port, folder)]
    try:
        answers(port)
        processes += [started(documented("worker"), port, folder) for _ in range(workers)]
        yield f"tcp://127.0.0.1:{port}", processes[0], processes[1:]
    finally:
        for process in reversed(processes):
            end(process)


def answers(port: str, patience: float = 60.0) -> None:
    """Wait until somebody listens on a port."""
    began = monotonic()
    while monotonic() - began < patience:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", int(port))) == 0:
                return
        sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")


def end(process: Process) -> None:
    """End a process and its children at once."""
    for one in [*children(process.pid), process.pid]:
        kill(one)
    process.wait()


def children(pid: int) -> list[int]:
    """Processes that a process has started, and these in turn."""
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def kill(pid: int) -> bool:
    """``kill -9``; whether there was something to kill."""
    try:
        psutil.Process(pid).kill()
    except psutil.NoSuchProcess:
        return False
    return True
