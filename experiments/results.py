"""Runs on disk, as ``discretion run`` leaves them: a folder of Parquet tables and ``run.json``.

The tables of one seed are the same to the last byte, whenever and wherever they were made; what differs from
one time to another (timings) stands in ``run.json`` alone.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.runs import Run
from model.errors import InputError

TABLES = ("outcomes", "flows", "resources", "paths", "separated", "breaches", "cases")
MARKER = "run.json"


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
