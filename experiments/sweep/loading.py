"""A stored sweep as pandas tables."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.sweep.outputs import Target
from experiments.sweep.plan import read_plan
from experiments.sweep.planned import planned_runs, version
from experiments.sweep.resolved import Resolved, resolve
from experiments.sweep.result_tables import END, PLACE, assembled
from experiments.sweep.store import MARKER, PLAN, RESULTS, SERIES, TABLES, Store, existing
from model.errors import InputError

KEYS = [name for name, _ in PLACE]


def load(folder: str | Path, measure: str | None = None) -> pd.DataFrame:
    """The values of a sweep, tidy: one row a value, with the run that it is of.

    Args:
        folder: that ``discretion sweep`` wrote; of an unfinished sweep, the runs that are there.
        measure: only this one, such as ``rate`` or ``shift``; a large sweep is read in a fraction of the memory.

    Returns:
        ``scenario``, ``point``, ``replication``, a column for each parameter that varies (by its path), ``seed``,
        ``output``, ``agency``, ``stage``, ``measure``, ``value``. Runs that failed have no values (`load_runs`).

    Raises:
        InputError: no sweep is there.
    """
    return _joined(*_read(existing(folder), measure))


def load_series(folder: str | Path, measure: str | None = None) -> pd.DataFrame:
    """The series of a sweep over time, tidy: as `load`, a row for each period, with its first day in ``period``.

    A period that is cut by the first or the last day of a run has the days that are there.

    Raises:
        InputError: no sweep is there, or its plan asks for no series.
    """
    store = existing(folder)
    if load_plan(folder).plan.series is None:
        raise InputError(
            "a sweep without series", where=str(folder), allowed='series = "month" (or week, quarter) in its plan'
        )
    table = _joined(*_read(store, measure, SERIES))
    return table.astype({"period": "datetime64[s]"})


def _joined(places: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Values with what varies and the seed of their runs."""
    placed = places.drop(columns=[name for name, _ in END if name != "seed"])
    return values.merge(placed, on=KEYS, how="left")[[*placed.columns, *values.columns.drop(KEYS)]]


def load_runs(folder: str | Path) -> pd.DataFrame:
    """The runs of a sweep: one row a run, with ``key``, ``status`` (done, failed) and ``error``.

    Raises:
        InputError: no sweep is there.
    """
    return _read(existing(folder), "")[0]


def load_targets(folder: str | Path) -> list[Target]:
    """What an analysis of a finished sweep may look at, in the order of its tables.

    Raises:
        InputError: no sweep is there, or it is not finished.
    """
    store = existing(folder)
    if not store.finished:
        raise InputError("the sweep is not finished", where=str(folder), allowed="give the command of the sweep again")
    names = list(Target._fields)
    table = pq.read_table(store.folder / RESULTS, columns=names, partitioning=None)
    rows = table.group_by(names, use_threads=False).aggregate([]).to_pandas()
    return [Target(*map(str, row)) for row in rows[names].itertuples(index=False)]


def load_plan(folder: str | Path) -> Resolved:
    """The plan of a stored sweep, against the world that it was run on."""
    store = existing(folder)
    return resolve(read_plan(store.folder / PLAN), store.world)


def _read(store: Store, measure: str | None, table: str = RESULTS) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The runs, and the values of one measure, or of all, of the whole runs or over time."""
    wanted = None if measure is None else [("measure", "==", measure)]
    if store.finished:
        places, values = (
            pq.read_table(store.folder / name, filters=filters, partitioning=None)
            for name, filters in zip((TABLES[0], table), (None, wanted), strict=True)
        )
        return places.to_pandas(), values.to_pandas()
    if f'"{version()}"' not in (store.folder / MARKER).read_text(encoding="utf-8"):
        raise InputError(
            "an unfinished sweep of another version of the model", where=f"{store.folder}", allowed=version()
        )
    parts: tuple[list[pa.Table], list[pa.Table]] = ([], [])
    for group in assembled(store, planned_runs(load_plan(store.folder))):
        values = group.series if table == SERIES else group.values
        parts[0].append(group.places)
        parts[1].append(values if measure is None else values.filter(pc.equal(values["measure"], measure)))
    places, values = (pa.concat_tables(part).to_pandas() for part in parts)
    return places, values
