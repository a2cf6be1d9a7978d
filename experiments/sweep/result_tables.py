"""The tables of a sweep, made from its runs one after the other, in the order of the plan.

They are a function of the plan and of what the runs gave: who did which run, when and in which order leaves no trace.
``runs.parquet`` has a row a run: scenario, point, replication, what varies (a column each), seed, key, status, error.
``results.parquet`` has a row a value: scenario, point, replication, output, agency, stage, measure, value.
``series.parquet``, of a plan that asks for it, has the same by ``period``, its first day.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import Any, NamedTuple
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.result_folder import unwritable
from experiments.sweep.factors import Factor
from experiments.sweep.planned import PlannedRun, Runs
from experiments.sweep.store import ASIDE, RECORD, SERIES, TABLES, TIMED, Store

GROUP = 1000
"""Runs that are put together at a time, whatever their number; also the row groups of the tables."""
PLACE = [("scenario", pa.string()), ("point", pa.int32()), ("replication", pa.int32())]
END = [("seed", pa.int64()), ("key", pa.string()), ("status", pa.string()), ("error", pa.string())]
RESULTS = pa.schema([*PLACE, *RECORD])
OVER_TIME = pa.schema([*PLACE, *TIMED])
DONE, FAILED = "done", "failed"


def run_schema(factors: tuple[Factor, ...]) -> pa.Schema:
    """The columns of ``runs.parquet``: what varies as numbers, as true and false, or as texts."""
    moved = [(factor.path, _type(factor)) for factor in factors]
    return pa.schema([*PLACE, *moved, *END])


class Group(NamedTuple):
    """Some runs: their part of each table, and those that are not there."""

    places: pa.Table
    values: pa.Table
    series: pa.Table
    missing: list[PlannedRun]


def assembled(store: Store, runs: Runs) -> Iterator[Group]:
    """The tables, some runs at a time."""
    schema = run_schema(runs.points.factors)
    planned = iter(runs)
    while group := list(islice(planned, GROUP)):
        rows: list[dict[str, Any]] = []
        values, series = [RESULTS.empty_table()], [OVER_TIME.empty_table()]
        missing: list[PlannedRun] = []
        for run in group:
            found = store.read(run.key)
            if found is None:
                missing.append(run)
                continue
            table, error = found
            rows.append(_row(run, runs.points.factors, error))
            if "period" in table.column_names:
                whole = pc.is_null(table["period"])
                series.append(_placed(run, table.filter(pc.invert(whole)), OVER_TIME))
                table = table.filter(whole).drop_columns(["period"])
            values.append(_placed(run, table, RESULTS))
        yield Group(
            pa.Table.from_pylist(rows, schema=schema), pa.concat_tables(values), pa.concat_tables(series), missing
        )  # fmt: skip


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


def _placed(run: PlannedRun, table: pa.Table, schema: pa.Schema) -> pa.Table:
    place = [run.scenario, run.point, run.replication]
    columns = [pa.repeat(pa.scalar(value, kind), len(table)) for value, (_, kind) in zip(place, PLACE, strict=True)]
    return pa.Table.from_arrays([*columns, *table.columns], schema=schema)


class Made(NamedTuple):
    """Runs that have failed, and runs that are not there; with any of these, no table was written."""

    failed: int
    missing: int


def write_tables(store: Store, runs: Runs) -> Made:
    """Make the tables again, whole or not at all; no more than `GROUP` runs are in memory at a time.

    Raises:
        InputError: nothing can be written; the runs are intact.
    """
    schemas = {SERIES: OVER_TIME} if runs.resolved.plan.series else {}
    schemas |= dict(zip(TABLES, (run_schema(runs.points.factors), RESULTS), strict=True))  # last: a sweep is then whole
    parts = {name: store.folder / ASIDE / f"{name}-{uuid4().hex[:12]}" for name in schemas}
    failed = missing = 0
    try:
        (store.folder / ASIDE).mkdir(exist_ok=True)
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(pq.ParquetWriter(part, schemas[name], compression="zstd"))
                for name, part in parts.items()
            }
            for group in assembled(store, runs):
                missing += len(group.missing)
                failed += group.places["status"].to_pylist().count(FAILED)
                tables = {TABLES[0]: group.places, TABLES[1]: group.values, SERIES: group.series}
                for name, writer in writers.items():
                    writer.write_table(tables[name], row_group_size=max(len(tables[name]), 1))
        if not missing:
            for name, part in parts.items():
                part.replace(store.folder / name)
    except OSError as error:
        raise unwritable(store.folder, error) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return Made(failed, missing)


def failures(store: Store) -> int:
    """Runs that have failed, in the tables of a finished sweep."""
    with pq.ParquetFile(store.folder / TABLES[0]) as table:
        return sum(group["status"].to_pylist().count(FAILED) for group in table.iter_batches(columns=["status"]))
