"""The options that several commands share, each with one meaning and one help text."""

import os
from typing import Annotated

import typer

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="Its name; [bold]discretion worlds[/] lists them.")]
World = Annotated[str, typer.Option(help="A world by name, or the folder of one.")]
Scale = Annotated[float, typer.Option(help="Share of the real system: 1 is every case and every officer.")]
Replications = Annotated[int, typer.Option(help="How many times, each with its own luck.")]
FirstSeed = Annotated[int, typer.Option("--seed", min=0, help="Of the first replication; the next has one more.")]
Workers = Annotated[int, typer.Option(help="Processes to share the work. Default: one a processor.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Move a parameter in every world; may be given again."),
]

PROCESSORS = os.cpu_count() or 1
"""What `Workers` is unless told."""
