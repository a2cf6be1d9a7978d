"""Rows in order of a figure, where no order hangs on its last digits.

Figures that agree to four digits are level: which of them comes first would be decided by rounding, and another
processor would decide otherwise. Those go by name.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

DIGITS = 4
"""Significant ones in which figures must differ to be ordered by them."""


def significant(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Values to `DIGITS` significant digits.

    >>> significant([0.00050264, 0.00050260, -1234567.0, 0.0]).tolist()
    [0.0005026, 0.0005026, -1235000.0, 0.0]
    """
    return np.array([float(f"{value:.{DIGITS}g}") for value in np.asarray(values, dtype=np.float64)])


def ordered(table: pd.DataFrame, by: str, name: str, *, size: bool = False, ascending: bool = False) -> pd.DataFrame:
    """The rows in order of a figure, and by name where it agrees; rows without the figure come last.

    Args:
        table: one row each.
        by: the column of the figure.
        name: the column that orders those that are level.
        size: order by size, whatever the sign.
        ascending: the smallest first.

    >>> table = pd.DataFrame({"term": ["b", "a", "c"], "value": [0.50000001, 0.5, -2.0]})
    >>> ordered(table, "value", "term")["term"].tolist(), ordered(table, "value", "term", size=True)["term"].tolist()
    (['a', 'b', 'c'], ['c', 'a', 'b'])
    """
    figures = significant(table[by])
    figures = np.abs(figures) if size else figures
    keys = pd.DataFrame({"figure": figures if ascending else -figures, "name": table[name].astype(str).to_numpy()})
    return table.iloc[keys.sort_values(["figure", "name"], kind="stable").index]
