"""``discretion screen``: which parameters do the facts of a calibration depend on?"""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def screen(
    name: options.Calibration,
    trajectories: Annotated[
        int, typer.Option(min=2, help="Ways through the parameters; each is one run more than there are of them.")
    ] = 2,
    scale: options.ItsScale = None,
    seed: Annotated[int, typer.Option(min=0, help="Random seed of the design, and of all runs.")] = 1,
    world: options.World = options.DEFAULT_WORLD,
    workers: options.Workers = options.PROCESSORS,
    banks: Annotated[Path, typer.Option("--bank", metavar="DIR", help="Where runs are kept.")] = Path("results/cache"),
    folder: Annotated[Path | None, options.out("screen-CALIBRATION")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Move every parameter that the runs of a calibration read, and rank them by how far its facts move.

    Each goes, around its value in the files, through a quarter of the range that the world gives it, or of that from
    half its value to half as much again, along Morris's trajectories. Its effect is mu*: the most tolerances by which
    one of the facts moves over that quarter, on average over trajectories. It is said which of the first twenty are
    assumptions, and which the calibration varies; what it leaves fixed stands in the list with its effect.

    Interrupt it at any time: the same command goes on after the last runs that were kept.

    The folder holds screening.csv, the whole list, and screening.json, what --json prints: path, discretion,
    calibration, world, scale, seed, trajectories, runs, processor_hours, parameters, refused (points that the world
    does not take), assumed (of the first twenty), fixed (of the first twenty), effects (parameter, assumed, calibrated,
    effect, target), drawn (parameters).

    What a result owes to assumptions that no fact has narrowed: those of the first twenty that the calibration leaves
    fixed are drawn over their whole ranges, as points in posterior.csv and calibration.json. The folder can be given to
    [bold]--posterior[/], of discretion twin for example, alone or beside [bold]shipped[/].

    [bold]Examples[/]

    discretion screen daca

    discretion screen border --trajectories 5

    discretion screen review && discretion twin morton-2011 --without review-2011 --posterior results/screen-review
    """
    from experiments.calibration.assumed import assumed
    from experiments.calibration.screening import screen as screened
    from viz.reports.screening import FILES, report

    place = folder or Path("results") / f"screen-{name}"
    FILES.check(place)
    with progress(f"{name}: screening", quiet=as_json) as tell:
        found = screened(name, banks, world=world, trajectories=trajectories, scale=scale, seed=seed, workers=workers,
                         progress=tell)  # fmt: skip
    deliver(report(found, world, seed, assumed(found, world, seed=seed)), place, as_json)
