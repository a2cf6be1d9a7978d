"""Tables as CSV, which spreadsheets open."""

import pandas as pd

COMPUTED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, and runs."""


def as_csv(rows: pd.DataFrame) -> str:
    """A table as CSV, in which no text is a formula: one that would be begins with an apostrophe.

    >>> print(as_csv(pd.DataFrame({"title": ["=cmd|' /C calc'!A0", "-1.5", "ICE"], "shift": [-0.5, 0.0, 1.0]})))
    title,shift
    '=cmd|' /C calc'!A0,-0.5
    -1.5,0.0
    ICE,1.0
    """
    texts = rows.select_dtypes(exclude=["number", "bool", "datetime", "timedelta"]).columns
    plain = rows.assign(**{name: rows[name].map(_literal) for name in texts}) if len(texts) else rows
    return plain.rename(columns=_literal).to_csv(index=False, lineterminator="\n")


def _literal(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(COMPUTED):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
