"""Runs on disk: a folder of Parquet tables, ``run.json``, and the charts that a report adds.

The tables of one seed are the same to the last byte, whenever and wherever they were made; what differs from
one time to another (timings) stands in ``run.json`` alone.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.result_folder import staged, usable
from experiments.runs import Run
from model.errors import InputError

TABLES = ("outcomes", "flows", "resources", "paths", "separated", "breaches", "cases")
MARKER = "run.json"
CHART = "rates.html"
BORDER_CHARTS = ("months", "families", "beds")
FILES = frozenset({MARKER, CHART, *(f"{table}.parquet" for table in TABLES), *(f"{one}.html" for one in BORDER_CHARTS)})


def check_place(folder: Path) -> None:
    """Raise InputError if a run cannot be stored in ``folder``; ask before a long run, not after it."""
    usable(folder, FILES, MARKER)


def save_run(result: Run, folder: Path, draw: Callable[[Path], object] | None = None) -> Run:
    """Store a run in ``folder``, whole or not at all; an earlier run there is replaced.

    Args:
        result: the run.
        folder: where.
        draw: writes the charts that go with it (`CHART`, `BORDER_CHARTS`) into the folder it is given.

    Returns:
        The run, with its path.

    Raises:
        InputError: ``folder`` holds something else, or cannot be written.
    """
    with staged(folder, FILES, MARKER) as part:
        for name in TABLES:
            if (table := getattr(result, name)) is not None:
                table.to_parquet(part / f"{name}.parquet", index=False, engine="pyarrow", compression="zstd")
        if draw is not None:
            draw(part)
        text = json.dumps(result.about, indent=2, ensure_ascii=False)
        (part / MARKER).write_text(text + "\n", encoding="utf-8")
    return replace(result, path=folder)


def load_run(folder: str | Path) -> Run:
    """Read a stored run.

    Raises:
        InputError: there is none in ``folder``, or one that cannot be read.
    """
    folder = Path(folder)
    about = _about(folder / MARKER)
    tables: dict[str, Any] = {}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if name == "cases" and not path.exists():
            continue
        try:
            tables[name] = _in_seconds(pd.read_parquet(path, engine="pyarrow"))
        except (OSError, ValueError) as error:
            raise InputError(f"not a table of a run: {error}", where=str(path)) from None
    return Run(about, path=folder, **tables)


def _in_seconds(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its days as the model has them; Parquet knows no unit of time above the millisecond."""
    days = table.select_dtypes("datetime").columns
    return table.astype(dict.fromkeys(days, "datetime64[s]"))


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"no stored run: {error.strerror}", where=str(path), allowed="a folder that discretion run wrote"
        ) from None
    except ValueError as error:
        raise InputError(f"not JSON: {error}", where=str(path)) from None
    if not isinstance(about, dict) or "discretion" not in about:
        raise InputError("not the description of a run", where=str(path), allowed="the file that discretion run wrote")
    return about
