"""``discretion calibrate``: what the facts say of the parameters."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def calibrate(
    name: options.Calibration,
    populations: Annotated[
        int | None,
        typer.Option(help="Rounds; each keeps nearer to the facts than half of the last. Default: the calibration's."),
    ] = None,
    particles: Annotated[
        int | None, typer.Option(help="Points that each round keeps. Default: the calibration's.")
    ] = None,
    facts: Annotated[
        list[str] | None,
        typer.Option("--fact", metavar="FACT", help="Fit to these alone; may be given again. Default: the file's."),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="PRIOR", help="Move these alone, by the names of their priors."),
    ] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Fit to a run of the model with known parameters, and look for them.")
    ] = False,
    scale: options.ItsScale = None,
    seed: Annotated[int, typer.Option(min=0, help="Random seed: the same seed gives the same posterior.")] = 1,
    world: options.World = options.DEFAULT_WORLD,
    settings: options.Settings = None,
    workers: options.Workers = options.PROCESSORS,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A dask scheduler instead, such as tcp://127.0.0.1:8786, with --workers."),
    ] = None,
    folder: Annotated[Path | None, options.out("calibrate-CALIBRATION")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Fit parameters to facts, and see which of them the facts pin down, and which they do not.

    A calibration is a file of the world (calibrations/): some parameters, what is believed of each beforehand (its
    prior), and facts whose use is [bold]fit[/]. Points of the parameters are tried, those nearest to the facts are
    kept, and new ones are tried around these (approximate Bayesian computation, with pyabc); a regression then moves
    the last ones to where they would hit the facts. What is left of the prior is the posterior. Facts whose use is
    [bold]check[/] are refused: they stay to check the model.

    Interrupt it at any time: the same command goes on after the last whole round, and with more --populations adds to
    those that are there. The result does not depend on --workers.

    The folder holds posterior.csv (weighted points), calibration.json (what --json prints), the chart as
    posterior.html, .png and .svg, and the rounds themselves (history.db). To use it: discretion validate --posterior
    DIR, discretion twin SCENARIO --posterior DIR. The word [bold]shipped[/] stands for the posteriors that come with
    the project.

    --json prints an object: path, discretion, calibration, world, settings, command, stamp (of the world), scale, seed,
    particles, facts, populations (epsilon, evaluations, acceptance, seconds), coverage (how often the interval of each
    parameter holds a known truth; it should be 0.9), evaluations, seconds, effective (points
    that the weighted ones are worth), parameters (prior and posterior, contraction, verdict), together (parameters
    known only together), fit (error at each fact, in tolerances); with --recover also recovered (truth, inside).

    [bold]Examples[/]

    discretion calibrate daca

    discretion calibrate review --populations 4 --particles 150

    discretion calibrate border --fact P01 --fact P02 --parameter attorneys-regard --parameter western-texas

    discretion calibrate daca --recover
    """
    from experiments.calibration.fitting import fit
    from experiments.calibration.recovery import to_recover
    from experiments.calibration.setup import problem
    from model.world.loader import load
    from viz.reports.calibration import FILES, Told, report

    place = folder or Path("results") / f"{'recover' if recover else 'calibrate'}-{name}"
    FILES.check(place)
    asked = problem(
        name, world=world, settings=settings or [], facts=facts, parameters=parameters, scale=scale, seed=seed
    )
    own = load(world).calibrations[name]
    rounds = own.populations if populations is None else populations
    points = own.particles if particles is None else particles
    truth = None
    if recover:
        asked, truth = to_recover(asked, seed)
    with progress(f"{rounds} rounds of {points}", quiet=as_json) as kept:
        found = fit(
            asked, place, populations=rounds, particles=points, seed=seed, workers=workers, scheduler=scheduler,
            progress=kept,
        )  # fmt: skip
    deliver(report(Told(found, world, settings or [], truth)), place, as_json)
