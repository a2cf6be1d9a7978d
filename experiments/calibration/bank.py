"""The bank of a calibration: runs at points of the prior, drawn once, kept as they come, used by every estimator.

The first wave of runs covers the prior evenly (Sobol). By what they say, parts of the prior are ruled out in which the
record is out of reach (`experiments.calibration.waves`); the next wave is drawn from what is left, some more is ruled
out, and so on. Every run of what is left in the end is a member of the bank, whichever wave it is of, for each is a
point of the prior, and as likely as it was there.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from math import ceil, log2
from pathlib import Path
from time import process_time, time
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy

from experiments.calibration.problem import Problem
from experiments.calibration.waves import Emulator, Floats, Left, emulator, narrowed
from experiments.parallel import in_order, processes
from experiments.result_folder import alone, unwritable
from experiments.sweep.engines import at as scheduler_at
from experiments.sweep.planned import version
from model import __version__
from model.errors import InputError

IDENTITY = "bank.json"
ASIDE = ".part-"
SHARES = (0.2, 0.15, 0.15, 0.15, 0.35)
"""Of the runs, by wave."""
BLOCK = 32
"""Runs that one process makes before they are kept."""
AHEAD = 2
"""Blocks that a process is given ahead of their turn."""
TIMES = ("processor", "began", "ended")
"""Columns that tell how long a run took, in seconds."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Bank:
    """What was drawn.

    Attributes:
        members: one row a run of what is left of the prior: ``place.NAME`` of each parameter, ``error.NAME`` of each
            target, in tolerances.
        drawn: one row a wave: ``wave``, ``runs``, ``share`` of the prior that they were drawn from, ``cutoff``
            (standard deviations) to which the last wave held this one.
        emulator: the last, fitted to the members; None where there was nothing to fit.
        runs: in all.
        processor: seconds that they took of a processor.
        seconds: of a clock, while anybody drew.
    """

    members: pd.DataFrame = field(repr=False)
    drawn: pd.DataFrame
    emulator: Emulator | None = field(repr=False)
    runs: int
    processor: float
    seconds: float


def draw(
    problem: Problem, folder: Path, runs: int, *, seed: int = 1, workers: int = 1, scheduler: str | None = None,
    progress: Progress | None = None,
) -> Bank:  # fmt: skip
    """Draw a bank, or what is missing of it: the same call goes on after the last block of runs that is whole.

    Args:
        problem: what is asked.
        folder: where the bank is kept, in a folder named by all that it depends on.
        runs: in all.
        seed: of the points.
        workers: processes; the result is the same.
        scheduler: instead, the address of a dask scheduler; ``workers`` says how many of its workers to count on.
        progress: told the runs that are there and the runs in all.

    Raises:
        InputError: numbers that cannot be used, or a folder that cannot be written.
    """
    for name, number, least in (("runs", runs, 10), ("workers", workers, 1)):
        if number < least:
            raise InputError("too few", where=name, found=number, allowed=f"{least} or more")
    left, every = Left(), pd.DataFrame()
    rows = []
    with _begun(folder, problem, runs, seed) as place, _pool(workers, scheduler) as pool:
        for wave, count in enumerate(_sizes(runs)):
            found = emulator(every[left.has(_places(every, problem))], problem) if wave else None
            if found is None:
                points = _even(problem, count, seed + wave)
            else:
                left, points = narrowed(left, found, len(problem.priors), count, (seed, wave))
            rows.append((wave + 1, count, left.share, left.emulators[-1][1] if left.emulators else np.nan))
            for block in _drawn(problem, place / f"wave-{wave + 1}", points, pool, workers):
                every = pd.concat([every, block], ignore_index=True)
                if progress is not None:
                    progress(len(every), runs)
    members = every[left.has(_places(every, problem))].reset_index(drop=True)
    return Bank(
        members.drop(columns=list(TIMES)), pd.DataFrame(rows, columns=["wave", "runs", "share", "cutoff"]),
        emulator(members, problem), len(every), float(every["processor"].sum()), lasted(every),
    )  # fmt: skip


def runs_at(
    problem: Problem, folder: Path, points: Floats, *, seed: int = 1, workers: int = 1,
    progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The runs of a problem at some points of one's own, kept and gone on with as those of a bank.

    Returns:
        ``place.NAME``, ``error.NAME``, and the ``processor`` seconds of each run; in the order of the points.
    """
    tables = list[pd.DataFrame]()
    with _begun(folder, problem, len(points), seed) as place, _pool(workers, None) as pool:
        for block in _drawn(problem, place / "wave-1", points, pool, workers):
            tables.append(block)
            if progress is not None:
                progress(sum(map(len, tables)), len(points))
    return pd.concat(tables, ignore_index=True)


@contextmanager
def _begun(folder: Path, problem: Problem, runs: int, seed: int) -> Iterator[Path]:
    """The folder of this bank among others: named by all that it depends on, the program among it.

    Nobody else draws it meanwhile, and what an interrupted draw left half written is cleared away.
    """
    identity = problem.identity(version(), _of_figures(), runs, seed, SHARES)
    place = folder / f"bank-{problem.name}-{identity}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        about = {"discretion": __version__, "identity": identity, "runs": runs, "seed": seed}
        (place / IDENTITY).write_text(json.dumps(about) + "\n", encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from None
    with alone(place, "calibration"):
        for part in place.rglob(f"{ASIDE}*"):
            part.unlink(missing_ok=True)
        yield place


@cache
def _of_figures() -> str:
    """A hash of the sources that make a figure of a run, and of it how far it lies off the record."""
    here = Path(__file__).parents[1]
    files = [*sorted((here / "patterns").rglob("*.py")), here / "calibration" / "simulate.py"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _sizes(runs: int) -> list[int]:
    """The runs of each wave.

    >>> _sizes(5120), _sizes(10)
    ([1024, 768, 768, 768, 1792], [2, 2, 2, 2, 2])
    """
    first = [round(share * runs) for share in SHARES[:-1]]
    return [*first, runs - sum(first)]


def _even(problem: Problem, count: int, seed: int) -> Floats:
    """Points that cover the whole prior evenly: the first of a scrambled Sobol sequence."""
    sequence = scipy.stats.qmc.Sobol(len(problem.priors), seed=seed)
    return np.asarray(sequence.random_base2(ceil(log2(max(count, 2))))[:count], dtype=np.float64)


def _places(runs: pd.DataFrame, problem: Problem) -> Floats:
    return runs[[f"place.{name}" for name in problem.priors]].to_numpy(dtype=np.float64)


def _drawn(
    problem: Problem, place: Path, points: Floats, pool: Executor | None, workers: int
) -> Iterator[pd.DataFrame]:
    """The blocks of a wave in their order: those that are there, and those that are made now."""
    blocks = [(place / f"{at:05d}.parquet", points[at : at + BLOCK]) for at in range(0, len(points), BLOCK)]
    work = partial(_block, problem)
    if pool is None:
        yield from map(work, blocks)
        return
    with closing(in_order(pool, work, blocks, AHEAD * workers)) as made:
        yield from made


def _block(problem: Problem, block: tuple[Path, Floats]) -> pd.DataFrame:
    """Some runs: read, if they are of these points, or made and kept."""
    path, points = block
    known = _whole(path)
    if known is not None and np.array_equal(_places(known, problem), points):
        return known
    began, rows = time(), []
    for point in points:
        places, before = dict(zip(problem.priors, point.tolist(), strict=True)), process_time()
        errors = problem.simulate(places)
        rows.append({
            **{f"place.{name}": value for name, value in places.items()},
            **{f"error.{name}": value for name, value in errors.items()},
            "processor": process_time() - before,
        })  # fmt: skip
    table = pd.DataFrame(rows).assign(began=began, ended=time())
    aside = path.with_name(f"{ASIDE}{path.name}-{uuid4().hex[:8]}")
    try:
        path.parent.mkdir(exist_ok=True)
        table.to_parquet(aside, index=False)
        aside.replace(path)
    except OSError as error:
        raise unwritable(path.parent, error) from None
    return table


def _whole(path: Path) -> pd.DataFrame | None:
    """A block that is there; None if it is not, or cannot be read because power was lost while it was written."""
    try:
        return pd.read_parquet(path) if path.exists() else None
    except pa.ArrowInvalid:
        return None


def lasted(runs: pd.DataFrame) -> float:
    """Seconds of a clock in which anybody was at work, however often it was interrupted.

    >>> lasted(pd.DataFrame({"began": [0.0, 1.0, 10.0], "ended": [2.0, 3.0, 11.0]}))
    4.0
    """
    seconds, until = 0.0, -np.inf
    for began, ended in sorted(set(zip(runs["began"], runs["ended"], strict=True))):
        seconds += max(0.0, ended - max(began, until))
        until = max(until, ended)
    return float(seconds)


@contextmanager
def _pool(workers: int, scheduler: str | None) -> Iterator[Executor | None]:
    """Processes for the work, or the workers of a dask scheduler; none for one worker."""
    if scheduler is None:
        with processes(workers) as pool:
            yield pool
    else:
        with scheduler_at(scheduler) as engine:
            yield engine.client.get_executor()
