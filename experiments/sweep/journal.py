"""The journal of a sweep: which process began and finished which run, and when. Nothing reads it but people and tests.

Each process appends to a file of its own, a line an event: day and time (UTC), what happened, the run's key, and the
seconds that it took.
"""

import os
import socket
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from experiments.result_folder import unwritable
from experiments.sweep.store import JOURNAL

BEGAN, FINISHED, BROKE = "began", "done", "failed"


def note(folder: Path, event: str, key: str, seconds: float | None = None) -> None:
    """Append a line to this process's journal.

    Raises:
        InputError: it cannot be written.
    """
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = f"{when} {event} {key}" + ("" if seconds is None else f" {seconds:.4f}") + "\n"
    try:
        path = _file(folder, os.getpid())
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as journal:
            journal.write(line)
    except OSError as error:
        raise unwritable(folder, error) from None


@lru_cache(maxsize=8)
def _file(folder: Path, process: int) -> Path:
    """The journal of this process."""
    return folder / JOURNAL / f"{socket.gethostname()}-{process}-{uuid4().hex[:8]}.log"


def events(folder: Path) -> list[tuple[str, str, str]]:
    """All that the journals tell, in the order of time: when, what, which run. A line cut short is left out."""
    lines = [line for path in (folder / JOURNAL).glob("*.log") for line in path.read_text("utf-8").splitlines(True)]
    words = [line.split() for line in lines if line.endswith("\n")]
    return sorted((entry[0], entry[1], entry[2]) for entry in words if len(entry) >= 3)
