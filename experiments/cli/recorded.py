"""The model beside the record, as tables."""

from typing import Any

from rich.table import Table

from experiments.border.record import Beside
from experiments.cli.console import table
from experiments.twin.report import records

TITLES = {
    "fit": "Fitted: agreement says nothing for the model",
    "check": "Only checked: what fails is a result",
}


def facts_table(held: Beside, use: str) -> Table:
    """What was fitted (``fit``) or only checked (``check``): the record, the model with its interval, and a verdict."""
    title = f"{TITLES[use]}; {len(held.seeds)} replications at scale {held.scale:g}"
    shown = table(title, "fact", "what", "record", "model", "90% interval", "holds if", "")
    for at in (2, 3, 4):
        shown.columns[at].justify, shown.columns[at].no_wrap = "right", True
    for row in records(held.of(use)):
        shown.add_row(row["fact"], row["what"], *in_figures(row), row["criterion"], "holds" if row["met"] else "fails")
    return shown


def in_figures(row: dict[str, Any]) -> tuple[str, str, str]:
    """The record, the model and the interval of a row, in the form of its unit.

    >>> in_figures({"unit": "dollars", "record": 227e6, "said": "", "model": 186e6, "low": 181e6, "high": 190e6})
    ('227m', '186m', '181m to 190m')
    >>> in_figures({"unit": "change", "record": None, "said": "about none", "model": 0.012, "low": -0.02, "high": 0.03})
    ('about none', '+1.2%', '-2.0% to +3.0%')
    """
    record = row["said"] or figure(row["record"], row["unit"])
    low, high = (figure(row[end], row["unit"]) for end in ("low", "high"))
    return record, figure(row["model"], row["unit"]), f"{low} to {high}" if row["low"] is not None else ""


def figure(value: float | None, unit: str) -> str:
    """A figure in the form of its unit; a dash if it is missing.

    >>> figure(0.327, "share"), figure(0.003, "share"), figure(3014.0, "children"), figure(-100.0, "persons")
    ('32.7%', '0.30%', '3,014', '-100')
    """
    if value is None:
        return "-"
    if unit == "change":
        return f"{value:+.1%}"
    if unit == "share":
        return f"{value:.2%}" if abs(value) < 0.1 else f"{value:.1%}"
    return f"{value / 1e6:,.0f}m" if unit == "dollars" else f"{value:,.0f}"
