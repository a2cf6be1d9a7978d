"""What ``--posterior`` adds to a study: the two intervals of its figures beside each other, never mixed."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.smallest import POSTERIOR
from viz.reports.console import out, table
from viz.reports.figures import figure

HOW_TO_READ = (
    "Random variation: of the mean over replications within draws, which more replications narrow. Parameter "
    "uncertainty: what the facts leave open of the fitted parameters, which more draws do not narrow. -: random "
    "variation accounts for all that the draws differ by."
)


def show_unknown(rows: pd.DataFrame, about: Sequence[str], value: str, draws: int) -> None:
    """Print the figures of a study with both intervals; nothing where no parameters were drawn.

    Args:
        rows: ``about`` and ``value``, ``low``, ``high``, `POSTERIOR`; and the ``unit``, if it is not in points.
        about: columns that tell what a row is about.
        value: the column of the figure.
        draws: how many there are.
    """
    if draws and len(rows):
        out.print(_both(rows, about, value, draws), f"[dim]{HOW_TO_READ}[/]\n", sep="\n")


def _both(rows: pd.DataFrame, about: Sequence[str], value: str, draws: int) -> Table:
    columns = ("mean", "random variation\n(90% interval)", f"parameter uncertainty\n(5-95%, {draws} draws)")
    shown = table("Both intervals", *about, *columns, right=3)
    for row in rows.to_dict("records"):
        low, high, *unknown = (_told(row, name) for name in ("low", "high", *POSTERIOR))
        known = not pd.isna(row[POSTERIOR[0]])
        shown.add_row(
            *(str(row[name]) for name in about), _told(row, value), f"{low} to {high}",
            " to ".join(unknown) if known else "-",
        )  # fmt: skip
    return shown


def _told(row: Mapping[Any, Any], name: str) -> str:
    return figure(row[name], str(row.get("unit", "points")), "+")
