"""The tables of a result in another format, in a folder beside it: CSV for spreadsheets, Stata's own for Stata."""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.errors import InvalidColumnName

from experiments.spreadsheet import as_csv
from model.errors import InputError


def converted(folder: Path, form: str, out: Path | None = None) -> list[Path]:
    """Write every Parquet and CSV table of a result again.

    Args:
        folder: of a run, a twin experiment, a sweep or any other result; tables of its folders come along.
        form: one of `FORMATS`.
        out: a new or empty folder; without it, one beside the result: ``NAME-csv``.

    Returns:
        The files that were written.

    Raises:
        InputError: there is no table, one cannot be read, there is something already, or nothing can be written.
    """
    if form not in FORMATS:
        raise InputError("no such format", where="--as", found=form, known=FORMATS)
    tables = (
        sorted(path for path in folder.rglob("*") if path.suffix in (".parquet", ".csv")) if folder.is_dir() else []
    )
    if not tables:
        raise InputError("no tables", where="FOLDER", found=str(folder), allowed="the folder of a result")
    target = out or folder.with_name(f"{folder.resolve().name}-{form}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError("there is something already", where="--out", found=str(target), allowed="a new folder")
    ending, write = FORMATS[form]
    written = []
    for path in tables:
        new = (target / path.relative_to(folder)).with_suffix(ending)
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            write(_read(path), new)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", where="--out", found=str(new)) from None
        written.append(new)
    return written


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (ValueError, OSError) as error:
        raise InputError("not a table that can be read", where=str(path), found=str(error)) from None


def _csv(rows: pd.DataFrame, path: Path) -> None:
    path.write_text(as_csv(rows), encoding="utf-8", newline="\n")


def _stata(rows: pd.DataFrame, path: Path) -> None:
    """Names that Stata has not, such as ``with``, get the mark that pandas gives them."""
    plain = rows.copy()
    for name, column in rows.items():
        if isinstance(column.dtype, pd.CategoricalDtype | np.dtypes.ObjectDType) or pd.api.types.is_string_dtype(
            column
        ):
            plain[name] = column.astype(object).where(column.notna(), "").map(str)
        elif pd.api.types.is_bool_dtype(column):
            plain[name] = column.astype("float64") if column.hasnans else column.astype("int8")
        elif pd.api.types.is_extension_array_dtype(column) and pd.api.types.is_numeric_dtype(column):
            plain[name] = column.astype("float64")
        elif pd.api.types.is_unsigned_integer_dtype(column):
            plain[name] = column.astype("int64")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InvalidColumnName)
        plain.to_stata(path, write_index=False, version=118)


def _parquet(rows: pd.DataFrame, path: Path) -> None:
    rows.to_parquet(path, index=False)


FORMATS: Mapping[str, tuple[str, Callable[[pd.DataFrame, Path], None]]] = {
    "csv": (".csv", _csv),
    "stata": (".dta", _stata),
    "parquet": (".parquet", _parquet),
}
"""By name: the ending of the files, and what writes one."""
