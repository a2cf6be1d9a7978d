"""Counts as agencies publish them, in the long form, as a series of a world: a line for each month and area."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from model.errors import InputError
from model.world.files import csv_lines, text_of

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
PARTS = ("year", "month", "area", "kind", "count")
"""What the map of columns names; ``kind`` may be left out."""
FISCAL = 10
"""The month in which the fiscal year of the United States begins."""


def counts(path: Path, columns: Mapping[str, str], *, fiscal: bool = True) -> pd.DataFrame:
    """Read counts of one line for each month, area and kind of person.

    Args:
        path: a CSV file, such as CBP's *encounters by area of responsibility*.
        columns: which column of the file holds each of `PARTS`, such as
            ``{"year": "Fiscal Year", "month": "Month (abbv)", "area": "Area of Responsibility",
            "kind": "Demographic", "count": "Encounter Count"}``. Lines that agree in all of them are added up.
        fiscal: the years begin in October of the year before, as the government counts them.

    Returns:
        A row for each month and area: ``month`` (``2018-05``), ``area``, and a column of whole numbers for each kind
        (``count`` if there is none), blank where the file has no line; what ``series/NAME.csv`` of a world holds.

    Raises:
        InputError: a column is missing, or a cell cannot be read: which line, what was found, what is allowed.
    """
    known, lines = csv_lines(text_of(path, path.name), path.name)
    for part in PARTS:
        if part not in columns and part != "kind":
            raise InputError("no column for a part", where="columns", found=part, allowed=", ".join(PARTS))
    for part, column in columns.items():
        if part not in PARTS:
            raise InputError("no such part", where="columns", found=part, known=PARTS)
        if column not in known:
            raise InputError("no such column", where=f"{path.name}: {part}", found=column, known=known)
    rows = [
        {
            "month": _month(line[columns["year"]], line[columns["month"]], fiscal, f"{path.name}: line {number}"),
            "area": line[columns["area"]],
            "kind": _plain(line[columns["kind"]]) if "kind" in columns else "count",
            "count": _number(line[columns["count"]], f"{path.name}: line {number}"),
        }
        for number, line in lines
    ]
    if not rows:
        raise InputError("no rows", where=path.name, allowed="a line for each month and area")
    wide = pd.DataFrame(rows).pivot_table(index=["month", "area"], columns="kind", values="count", aggfunc="sum")
    return wide.astype("Int64").rename_axis(columns=None).reset_index()


def _month(year: str, month: str, fiscal: bool, where: str) -> str:
    digits = year.strip().removesuffix("(FYTD)").strip()
    if not (digits.isdigit() and len(digits) == 4):
        raise InputError("not a year", where=where, found=year, allowed="such as 2018, or 2018 (FYTD)")
    short = month.strip().upper()
    number = int(short) if short.isdigit() else (MONTHS.index(short[:3]) + 1 if short[:3] in MONTHS else 0)
    if not 1 <= number <= 12:
        raise InputError("not a month", where=where, found=month, allowed="such as MAY, May or 5")
    return f"{int(digits) - (fiscal and number >= FISCAL):04d}-{number:02d}"


def _plain(kind: str) -> str:
    """A kind as the name of a column.

    >>> _plain("Individuals in a Family Unit (FMUA)"), _plain("UC / Single Minors")
    ('individuals_in_a_family_unit_fmua', 'uc_single_minors')
    """
    letters = "".join(letter if letter.isalnum() else " " for letter in kind.lower())
    return "_".join(letters.split())


def _number(cell: str, where: str) -> int:
    digits = cell.strip().replace(",", "")
    if not digits.isdigit():
        raise InputError("not a count", where=where, found=cell, allowed="a whole number, such as 1353 or 1,353")
    return int(digits)
