"""``discretion validate``: the pattern table, what was fitted, what was only checked, and what must be true."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from viz.cli.options import PROCESSORS, FirstSeed, Scale, Settings, Workers, World
from viz.reports.console import progress


def validate(
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only these: a use (fit, check, structure), a stream (interior, benefits, border, theory), a fact "
            "(P20) or a pattern (P20.tucson); may be given again. Default: all.",
        ),
    ] = None,
    replications: Annotated[int, typer.Option(help="How many times, each with its own luck; two or more.")] = 8,
    scale: Scale = 0.05,
    seed: FirstSeed = 1,
    workers: Workers = PROCESSORS,
    world: World = "immigration",
    settings: Settings = None,
    posterior: Annotated[
        list[Path] | None,
        typer.Option(
            "--posterior",
            metavar="DIR",
            help="Draw the fitted parameters anew each time, from what [bold]discretion calibrate[/] wrote; may be "
            "given again. [bold]shipped[/]: the posteriors that come with the project.",
        ),
    ] = None,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go.")] = Path(
        "results/validate"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="The table in numbers, as JSON.")] = False,
) -> None:
    """Ask whether anybody should believe it: the model beside every fact, claim and property that it is held against.

    Three kinds of patterns, kept apart. [bold]Fitted[/]: parameters were tuned to these facts, so agreement says
    nothing for the model, and failure says much. [bold]Checked[/]: facts and claims of theory that tuned nothing; one
    that fails is a result, and stays. [bold]Structure[/]: what must be so in any world, such as that nobody is lost
    and that no law is broken. The rule by which each holds is fixed in the program, with its reason, and printed beside
    the verdict.

    Intervals hold nine replications in ten; of a difference between two worlds with the same luck, and of figures of
    theory, the interval is that of the mean. Shares of cases are the same at any scale; small counts need a large one.

    With [bold]--posterior[/] intervals carry what the facts leave open of the fitted parameters, besides luck, and each
    record that is a number has a [bold]surprise[/]: the share of predictions that lie at least as far out as the record
    does. Below 10 percent, a model that knows the fitted facts did not expect it.

    The folder holds validation.html (the chart and all tables), validation.md, validation.png, patterns.csv,
    replications.csv (every value of every seed) and validation.json.

    --json prints an object: path, discretion, world, settings, seeds, scale, summary, patterns (id, fact, use, stream,
    what, unit, observed, median, mean, low, high, difference, rule, reason, verdict; with --posterior surprise).

    [bold]Examples[/]

    discretion validate

    discretion validate --only check --replications 20 --scale 0.1

    discretion validate --only P20 --only structure --scale 0.02 --json

    discretion validate --only fit --set stages.review.threshold=0

    discretion validate --only check --posterior shipped --replications 40
    """
    from experiments.calibration.predictive import surprises
    from experiments.patterns import modelled, patterns, steps_of
    from experiments.patterns import validate as validated
    from experiments.result_folder import usable
    from viz.reports.posterior_predictive import drawn_for, show_surprises
    from viz.reports.validation import FILES, MARKER, show, summary, write

    usable(folder, FILES, MARKER)
    draws = drawn_for(posterior or [], replications, seed, world, settings or [])
    known = modelled(patterns(world, only or []))
    label = f"{len(known)} patterns, {replications} replications of {steps_of(known)} runs and experiments"
    with progress(label, quiet=as_json) as runs:
        found = validated(
            only or [], world=world, settings=settings or [], draws=draws, replications=replications, seed=seed,
            scale=scale, workers=workers, progress=runs,
        )  # fmt: skip
    found = replace(found, table=surprises(found)) if draws else found
    told = {"path": str(folder), **summary(found, world, settings or [])}
    write(found, told, folder)
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        show(found, folder)
        if draws:
            show_surprises(found)
