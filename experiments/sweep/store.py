"""The store of a sweep: a folder in which every finished run is a small Parquet file of its own.

::

    sweep.json        whose it is: version of the model, hash of the world
    plan.toml         the plan that was last run
    world/            the world's files, as they were when the sweep began
    runs/3f/3f….parquet          a finished run;  3f….failed.parquet  one that failed
    journal/          what each process began and finished, and when
    runs.parquet, results.parquet        the tables, made from the runs when all are there;  series.parquet  if asked

A file is written aside and put into place by one renaming, so that what is in ``runs/`` is whole. Nothing else needs to
be remembered: what is not there has not been run.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.result_folder import LOCK, alone, staged, unwritable, usable
from experiments.sweep.outputs import Row
from experiments.sweep.series import Timed
from model import __version__
from model.errors import InputError

MARKER, PLAN, WORLD, RUNS, JOURNAL, ASIDE = "sweep.json", "plan.toml", "world", "runs", "journal", "part"
RESULTS = "results.parquet"
TABLES = ("runs.parquet", RESULTS)
SERIES = "series.parquet"
SENSITIVITY = "sensitivity"
NAMES = frozenset({MARKER, PLAN, WORLD, RUNS, JOURNAL, ASIDE, LOCK, SENSITIVITY, SERIES, *TABLES})
DONE, FAILED = ".parquet", ".failed.parquet"
RECORD = pa.schema(
    [("output", pa.string()), ("agency", pa.string()), ("stage", pa.string()), ("measure", pa.string()),
     ("value", pa.float64())]
)  # fmt: skip
TIMED = RECORD.append(pa.field("period", pa.date32()))
"""Of a run that is kept over time: values of the whole run have no period."""


@dataclass(frozen=True)
class Store:
    """A folder with the runs of a sweep."""

    folder: Path

    @property
    def world(self) -> Path:
        """The world's files as they were when the sweep began."""
        return self.folder / WORLD

    def create(self, version: str, world: Path, world_hash: str, plan: str) -> None:
        """Begin a store, with a copy of the world; it appears whole or not at all."""
        about = {"discretion": __version__, "version": version, "world": world_hash}
        with staged(self.folder, NAMES, MARKER) as part:
            _copy(world, part / WORLD)
            (part / PLAN).write_text(plan, encoding="utf-8")
            (part / MARKER).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")

    @property
    def plan(self) -> str:
        """The text of the plan that was last run."""
        return (self.folder / PLAN).read_text(encoding="utf-8")

    @property
    def begun(self) -> bool:
        """Whether there is a store."""
        return (self.folder / MARKER).is_file()

    @property
    def finished(self) -> bool:
        """Whether its tables are there."""
        return all((self.folder / name).is_file() for name in TABLES)

    def path(self, key: str, ending: str = DONE) -> Path:
        """Where a run is kept."""
        return self.folder / RUNS / key[:2] / (key + ending)

    def done(self, key: str) -> bool:
        """Whether a run is finished."""
        return self.path(key).exists()

    def failed(self, key: str) -> bool:
        """Whether a run has failed."""
        return self.path(key, FAILED).exists()

    def keep(self, key: str, rows: list[Row], series: list[Timed] | None = None) -> None:
        """Keep a finished run, with its series if it has one, unless it is there; an earlier failure is forgotten."""
        if not self.done(key):  # an orphan of an interrupted sweep may have been quicker
            values: list[dict[str, Any]] = [row._asdict() for row in rows]
            values += [{**row._asdict(), "period": first} for first, row in series or ()]
            self._write(self.path(key), pa.Table.from_pylist(values, schema=RECORD if series is None else TIMED))
        self.path(key, FAILED).unlink(missing_ok=True)

    def keep_failure(self, key: str, error: str) -> None:
        """Keep the error of a run."""
        self._write(self.path(key, FAILED), pa.table({"error": [error]}))

    def read(self, key: str) -> tuple[pa.Table, str | None] | None:
        """The rows of a run, and its error if it failed; None if it is not there.

        A file that cannot be read (power was lost while it was written) is taken away: the run is not there.
        """
        for ending in (DONE, FAILED):
            path = self.path(key, ending)
            try:
                with pq.ParquetFile(path) as file:
                    table = file.read()
                return (table, None) if ending == DONE else (RECORD.empty_table(), table["error"][0].as_py())
            except FileNotFoundError:
                continue
            except (pa.ArrowInvalid, OSError) as error:
                if isinstance(error, OSError) and error.errno:
                    raise unwritable(path, error) from None
                path.unlink(missing_ok=True)
        return None

    def _write(self, path: Path, table: pa.Table) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", write_statistics=False, store_schema=False)
        self.put(path, sink.getvalue().to_pybytes())

    def put(self, path: Path, content: bytes) -> None:
        """Write a file aside, and put it into place.

        Raises:
            InputError: the disk is full, or nothing can be written here; what was there is as it was.
        """
        aside = self.folder / ASIDE / f"{path.name}-{uuid4().hex[:12]}"
        try:
            aside.parent.mkdir(exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(path)
        except OSError as error:
            _forget(aside)
            raise unwritable(self.folder, error) from None

    def begin(self, plan: str) -> None:
        """Take the tables away and keep the plan for which they are made again, once all runs are there."""
        for name in (*TABLES, SERIES):
            (self.folder / name).unlink(missing_ok=True)
        self.put(self.folder / PLAN, plan.encode())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else sweeps here meanwhile; what an interrupted sweep left half written is cleared away.

        Raises:
            InputError: somebody does, or nothing can be written here.
        """
        with alone(self.folder, "sweep"):
            shutil.rmtree(self.folder / ASIDE, ignore_errors=True)
            yield


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def checked(folder: Path, version: str, world_hash: str) -> Store:
    """The store that is, or may be, in a folder. Nothing is written.

    Raises:
        InputError: the folder holds something else, or runs of another version or world, or cannot be written.
    """
    place = usable(folder, NAMES, MARKER)
    if (place / MARKER).exists():
        known = json.loads((place / MARKER).read_text(encoding="utf-8"))
        for key, now, what in (
            ("version", version, "written by another version of the model"),
            ("world", world_hash, "made from another world"),
        ):
            if known.get(key) != now:
                raise InputError(
                    f"this store was {what}, and is left as it is", where=f"out: {folder}", found=known.get(key),
                    allowed=f"{now}, or a new folder for the sweep as it is now",
                )  # fmt: skip
    return Store(place)


def existing(folder: str | Path) -> Store:
    """The store in a folder, to read from.

    Raises:
        InputError: there is none.
    """
    try:
        store = Store(Path(folder).expanduser().resolve())
    except (OSError, RuntimeError) as error:  # "~" without a home, links in a circle
        raise InputError(f"cannot be read: {error}", where=str(folder), allowed="the folder of a sweep") from None
    if not store.begun:
        raise InputError("no sweep", where=str(folder), allowed="a folder that discretion sweep wrote")
    return store


def _copy(world: Path, to: Path) -> None:
    """The files of a world, and nothing else that may lie in its folder."""
    for path in [*world.rglob("*.toml"), *world.rglob("*.csv")]:
        place = to / path.relative_to(world)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
