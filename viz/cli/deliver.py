"""The end of every command that leaves a folder of results."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from viz.reports.report import Report


def deliver(report: "Report", folder: Path, as_json: bool, quiet: bool = False) -> None:
    """Save a report, and print its summary as JSON, or show it on the terminal, or say no more than where it is."""
    report.save(folder)
    if as_json:
        typer.echo(report.as_json(folder))
    elif quiet:
        typer.echo(str(folder))
    else:
        report.show(folder)
