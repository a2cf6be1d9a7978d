"""``discretion calibrate``: what the facts say of the parameters."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def calibrate(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="CALIBRATION", help="By its name in the world's folder [bold]calibrations[/]; or --all."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All calibrations of the world, one after the other.")] = False,
    runs: Annotated[int | None, typer.Option(help="Runs in the bank. Default: the calibration's.")] = None,
    facts: Annotated[
        list[str] | None,
        typer.Option("--fact", metavar="FACT", help="Fit to these alone; may be given again. Default: the file's."),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="PRIOR", help="Move these alone, by the names of their priors."),
    ] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Take one run of the bank for the record, and look for its parameters.")
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
    banks: Annotated[Path, typer.Option("--bank", metavar="DIR", help="Where banks are kept.")] = Path("results/cache"),
    folder: Annotated[Path | None, options.out("calibrate-CALIBRATION")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Fit parameters to facts, and see which of them the facts pin down, and which they do not.

    A calibration is a file of the world (calibrations/): some parameters, what is believed of each beforehand (its
    prior), and facts whose use is [bold]fit[/]. A bank of runs is drawn once, in waves: the first covers the prior, and
    each further one what the waves before it have not ruled out. Two estimators look at it: regression ABC, whose
    posterior is kept, and quantile forests, which share no assumption with it. Facts whose use is [bold]check[/] are
    refused: they stay to check the model.

    The bank also tests the estimators: runs of it are taken for the record in turn, and the ranks of what is then known
    to be true should be uniform. Draws of the posterior are run again, to see by how many each fact is held.

    Interrupt it at any time: the same command goes on after the last runs that were kept. The result does not depend
    on --workers. What was drawn for one command is there for the next one (--recover).

    The folder holds posterior.csv (weighted points), calibration.json (what --json prints), ranks.csv, and the charts
    posterior and ranks as .html, .png and .svg. To use it: discretion validate --posterior DIR, discretion twin
    SCENARIO --posterior DIR. The word [bold]shipped[/] stands for the posteriors that come with the project. With --all
    a folder for each calibration, in DIR or results.

    --json prints an object (with --all, one after the other): path, discretion, calibration, world, settings, command,
    stamp (of the world), scale, seed, facts, bank (runs, members, waves, processor_hours, seconds, emulator), effective
    (points that the weighted ones are worth), parameters (parameter, title, unit, measures, prior_low, prior_median,
    prior_high, low, median, high, contraction, correlation, verdict), together (parameters known only together), forest
    (the second estimator's intervals, overlap), ranks (estimator, parameter, truths, covered, p, uneven), held (target:
    by which share of the draws each fact is, error in tolerances); with --recover also recovered (truth, inside), and
    no held.

    [bold]Examples[/]

    discretion calibrate daca

    discretion calibrate --all

    discretion calibrate border --fact P01 --fact P02 --parameter attorneys-regard --parameter western-texas

    discretion calibrate daca --recover
    """
    from experiments.calibration.fitting import fit, second
    from experiments.calibration.held import held
    from experiments.calibration.recovery import recover as recovered
    from experiments.calibration.setup import problem
    from model.errors import InputError
    from model.world.loader import load
    from viz.reports.calibration import FILES, Told, report

    known = load(world).calibrations
    if every == (name is not None):
        raise InputError("one calibration, or all", where="calibration", found=name, allowed="a name or --all",
                         known=known)  # fmt: skip
    for one in known if name is None else [name]:
        kind = f"{'recover' if recover else 'calibrate'}-{one}"
        place = (folder or Path("results")) / kind if every else folder or Path("results") / kind
        FILES.check(place)
        asked = problem(
            one, world=world, settings=settings or [], facts=facts, parameters=parameters, scale=scale, seed=seed
        )
        many = known[one].runs if runs is None else runs
        with progress(f"{one}: {many:,} runs", quiet=as_json) as drawn:
            found = fit(
                asked, banks, runs=many, seed=seed, workers=workers, scheduler=scheduler, progress=drawn
            )  # fmt: skip
        truth = None
        if recover:
            found, truth = recovered(asked, found.bank, seed)
        other = second(found.problem, found.bank.members, found.posterior, seed, workers)
        by_draws = None
        if truth is None:
            with progress(f"{one}: draws of the posterior", quiet=as_json) as tell:
                by_draws = held(asked, found.posterior, seed=seed, workers=workers, progress=tell)
        deliver(report(Told(found, other, by_draws, world, settings or [], truth)), place, as_json)
