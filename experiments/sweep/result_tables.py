"""The tables of a sweep, made from its runs one after the other, in the order of the plan.

They are a function of the plan and of what the runs gave: who did which run, when and in which order leaves no trace.
``runs.parquet`` has a row a run: scenario, point, replication, what varies (a column each), seed, key, status, error.
``results.parquet`` has a row a value: scenario, point, replication, output, agency, stage, measure, value.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import Any, NamedTuple
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.result_folder import unwritable
from experiments.sweep.factors import Factor
from experiments.sweep.planned import PlannedRun, Runs
from experiments.sweep.store import ASIDE, RECORD, TABLES, Store

GROUP = 1000
"""Runs that are put together at a time, whatever their number; also the row groups of the tables."""
PLACE = [("scenario", pa.string()), ("point", pa.int32()), ("replication", pa.int32())]
END = [("seed", pa.int64()), ("key", pa.string()), ("status", pa.string()), ("error", pa.string())]
RESULTS = pa.schema([*PLACE, *RECORD])
DONE, FAILED = "done", "failed"


def run_schema(factors: tuple[Factor, ...]) -> pa.Schema:
    """The columns of ``runs.parquet``: what varies as numbers, as true and false, or as texts."""
    moved = [(factor.path, _type(factor)) for factor in factors]
    return pa.schema([*PLACE, *moved, *END])


def assembled(store: Store, runs: Runs) -> Iterator[tuple[pa.Table, pa.Table, list[PlannedRun]]]:
    """The two tables, some runs at a time, and of these the runs that are not there."""
    schema = run_schema(runs.points.factors)
    planned = iter(runs)
    while group := list(islice(planned, GROUP)):
        rows: list[dict[str, Any]] = []
        values: list[pa.Table] = []
        missing: list[PlannedRun] = []
        for run in group:
            found = store.read(run.key)
            if found is None:
                missing.append(run)
                continue
            table, error = found
            rows.append(_row(run, runs.points.factors, error))
            values.append(_placed(run, table))
        yield pa.Table.from_pylist(rows, schema=schema), pa.concat_tables([RESULTS.empty_table(), *values]), missing


def _row(run: PlannedRun, factors: tuple[Factor, ...], error: str | None) -> dict[str, Any]:
    moved = dict(run.settings)
    return {
        "scenario": run.scenario, "point": run.point, "replication": run.replication,
        **{factor.path: kept(factor, moved[factor.path]) for factor in factors},
        "seed": run.seed, "key": run.key, "status": DONE if error is None else FAILED, "error": error,
    }  # fmt: skip


def _type(factor: Factor) -> pa.DataType:
    return pa.float64() if factor.numeric else pa.bool_() if factor.switch else pa.string()


def kept(factor: Factor, value: Any) -> float | bool | str:
    """A value of a factor as ``runs.parquet`` has it: a text as it is, a list as JSON."""
    if factor.numeric:
        return float(value)
    return value if factor.switch or isinstance(value, str) else json.dumps(value)


def _placed(run: PlannedRun, table: pa.Table) -> pa.Table:
    place = [run.scenario, run.point, run.replication]
    columns = [pa.repeat(pa.scalar(value, kind), len(table)) for value, (_, kind) in zip(place, PLACE, strict=True)]
    return pa.Table.from_arrays([*columns, *table.columns], schema=RESULTS)


class Made(NamedTuple):
    """Runs that have failed, and runs that are not there; with any of these, no table was written."""

    failed: int
    missing: int


def write_tables(store: Store, runs: Runs) -> Made:
    """Make both tables again, whole or not at all; no more than `GROUP` runs are in memory at a time.

    Raises:
        InputError: nothing can be written; the runs are intact.
    """
    schemas = (run_schema(runs.points.factors), RESULTS)
    parts = [store.folder / ASIDE / f"{name}-{uuid4().hex[:12]}" for name in TABLES]
    failed = missing = 0
    try:
        parts[0].parent.mkdir(exist_ok=True)
        with ExitStack() as stack:
            writers = [
                stack.enter_context(pq.ParquetWriter(part, schema, compression="zstd"))
                for part, schema in zip(parts, schemas, strict=True)
            ]
            for *tables, gone in assembled(store, runs):
                missing += len(gone)
                failed += tables[0]["status"].to_pylist().count(FAILED)
                for writer, table in zip(writers, tables, strict=True):
                    writer.write_table(table, row_group_size=max(len(table), 1))
        if not missing:
            for part, name in zip(parts, TABLES, strict=True):
                part.replace(store.folder / name)
    except OSError as error:
        raise unwritable(store.folder, error) from None
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return Made(failed, missing)


def failures(store: Store) -> int:
    """Runs that have failed, in the tables of a finished sweep."""
    with pq.ParquetFile(store.folder / TABLES[0]) as table:
        return sum(group["status"].to_pylist().count(FAILED) for group in table.iter_batches(columns=["status"]))
