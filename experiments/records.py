"""Tables as plain data, for JSON."""

from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries; a number that is missing is None.

    >>> records(pd.DataFrame({"agency": ["ice"], "shift": [float("nan")]}))
    [{'agency': 'ice', 'shift': None}]
    """
    return [
        {str(key): None if isinstance(value, float) and pd.isna(value) else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]
