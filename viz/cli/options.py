"""The options that several commands share, each with one meaning and one help text."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.smallest import FEWEST_DRAWS, SMALLEST

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="Its name; [bold]discretion worlds[/] lists them.")]
World = Annotated[str, typer.Option(help="A world by name, or the folder of one.")]
Scale = Annotated[float, typer.Option(help="Share of the real system: 1 is every case and every officer.")]
Replications = Annotated[int, typer.Option(help="How many times, each with its own random seed.")]
FirstSeed = Annotated[int, typer.Option("--seed", min=0, help="Of the first replication; the next has one more.")]
Workers = Annotated[int, typer.Option(help="Processes to share the work. Default: one a processor.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Move a parameter in every world; may be given again."),
]

SmallestEffect = Annotated[
    float,
    typer.Option(
        "--smallest-effect",
        metavar="POINTS",
        min=0.0,
        help="Smallest effect of interest, in percentage points: what is less is called none that matters.",
    ),
]
Posterior = Annotated[
    list[Path] | None,
    typer.Option(
        "--posterior",
        metavar="DIR",
        help="Draw the fitted parameters, from what [bold]discretion calibrate[/] wrote; may be given again. "
        "[bold]shipped[/]: the posteriors that come with the world.",
    ),
]
Draws = Annotated[
    int, typer.Option(min=FEWEST_DRAWS, help="With --posterior: how many draws, each with replications of its own.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The tables in numbers, as JSON.")]
DRAWS, OF_EACH = 20, 2
"""Draws unless told, and replications of each."""
POINTS = 100.0 * SMALLEST
"""What `SmallestEffect` is unless told."""
PROCESSORS = os.cpu_count() or 1
"""What `Workers` is unless told."""


def out(usual: str = "") -> Any:
    """The option ``--out``, of a command whose results go to a place below ``results/`` unless told."""
    default = f" Default: results/{usual}." if usual else ""
    return typer.Option("--out", metavar="DIR", help=f"Where the results go.{default}")
