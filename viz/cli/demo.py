"""``discretion demo``: the headline, for somebody who has just come."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def demo(
    replications: Annotated[int, typer.Option(min=1, help="Pairs of worlds, each with its own random seed.")] = 8,
    scale: Annotated[float, typer.Option(help="Share of the real system's cases and officers.")] = 0.01,
    folder: Annotated[Path, options.out()] = Path("results/demo"),
    smallest_effect: options.SmallestEffect = options.POINTS,
    workers: options.Workers = options.PROCESSORS,
    show: Annotated[bool, typer.Option("--open", help="Open the chart in the browser.")] = False,
) -> None:
    """See the memos of 2011 meet ICE and DACA meet USCIS: who changes, and who does not?

    Runs the record of 2010 to 2013 in pairs, with these directives and without them, on the same cases, with the
    same officers and random numbers. Prints by how much each agency shifted, with intervals over the pairs, and writes
    a chart. Takes less than a minute; the first run compiles the model on the way.

    [bold]Examples[/]

    discretion demo

    discretion demo --replications 20 --scale 0.05 --open
    """
    from experiments.asked import readable
    from experiments.headline import SCENARIO, over_pairs
    from model.world.loader import load
    from viz.reports.headline import FILES, report

    FILES.check(folder)
    world = load()
    readable(world, [SCENARIO], scale)
    with progress(f"{replications} pairs of {SCENARIO}", quiet=False) as days:
        figures, every = over_pairs(
            world=world, replications=replications, scale=scale, smallest=smallest_effect / 100.0, workers=workers,
            progress=days,
        )  # fmt: skip
    about = {"replications": replications, "scale": scale, "smallest_effect": smallest_effect / 100.0}
    deliver(report(figures, every, world, about), folder, as_json=False)
    if show:
        typer.launch(str((folder / "headline.html").resolve()))
