"""The model beside the record, as tables."""

from rich.table import Table

from experiments.border.record import Beside
from experiments.cli.console import table
from experiments.cli.figures import beside_the_record
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
        shown.add_row(
            row["fact"], row["what"], *beside_the_record(row), row["criterion"], "holds" if row["met"] else "fails"
        )
    return shown
