"""``discretion validate``: the pattern table, what was fitted, what was checked, and what must be true."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
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
    replications: options.OfDraws = None,
    scale: options.Scale = 0.05,
    seed: options.FirstSeed = 1,
    workers: options.Workers = options.PROCESSORS,
    world: options.World = options.DEFAULT_WORLD,
    settings: options.Settings = None,
    posterior: options.Posterior = None,
    draws: options.Draws = options.DRAWS,
    folder: Annotated[Path, options.out()] = Path("results/validate"),
    as_json: options.AsJson = False,
) -> None:
    """Ask whether anybody should believe it: the model beside every fact, claim and property that it is held against.

    Five kinds of patterns, never counted together. [bold]Fitted[/]: parameters were tuned to these facts, so agreement
    says nothing for the model, and failure says much. [bold]Figures of record[/]: they tuned nothing; one that fails is
    a result, and stays. [bold]Directions of record[/]: which way, and not how far. [bold]Directions inside the
    model[/]: claims of theory, tried on the model itself; no record bears them out. [bold]Structure[/]: what must be so
    in any world, such as that nobody is lost and that no law is broken. The rule by which each holds is fixed in the
    program, with its reason, and printed beside the verdict.

    Intervals hold nine replications in ten; of a difference between two worlds with common random numbers, and of
    figures of theory, the interval is that of the mean. Shares of cases are the same at any scale; small counts need a
    large one.

    With [bold]--posterior[/] each pattern has two intervals, never mixed: that of random variation, as above but within
    draws, and 5 to 95 percent over posterior draws (of the mean: what the facts leave open of the fitted parameters,
    without random variation). Each record that is a number has a [bold]surprise[/]: the share of predictions (runs
    under a draw) that lie at least as far out as the record does. Below 10 percent, a model that knows the fitted facts
    did not expect it.

    The folder holds validation.html (the chart and all tables), validation.md, validation.png, patterns.csv,
    replications.csv (every value of every seed) and validation.json.

    --json prints an object: path, discretion, world, settings, notes, seeds, scale, posterior_draws (how many),
    intervals (what low, high and posterior_low, posterior_high are), summary, tally (by kind: hold, of, not modelled),
    explained (by facts that fail here: why they are known to),
    patterns (id, fact, use, kind, stream, what, unit, observed, median, mean, low, high, difference, posterior_low,
    posterior_high, rule, reason, verdict; with --posterior predicted_low, predicted_high, surprise).

    [bold]Examples[/]

    discretion validate

    discretion validate --only check --replications 20 --scale 0.1

    discretion validate --only P20 --only structure --scale 0.02 --json

    discretion validate --only fit --set stages.review.threshold=0

    discretion validate --only check --posterior shipped --draws 40
    """
    from experiments.asked import readable, remarks
    from experiments.calibration.predictive import surprises
    from experiments.parallel import several
    from experiments.patterns import modelled, patterns, scenarios_of, steps_of, under
    from experiments.patterns import validate as validated
    from model.world.loader import load
    from viz.reports.validation import FILES, report

    FILES.check(folder)
    drawn = options.drawn(posterior, draws, seed, world, settings)
    each = options.each(replications, drawn)
    if drawn:
        several(each)
    typed = load(world, settings or [])
    known = modelled(under(typed.rule.name, patterns(world, only or [])))
    scenarios = scenarios_of(known)
    readable(typed, scenarios, scale)
    label = f"{len(known)} patterns, {each * max(len(drawn), 1)} replications of {steps_of(known)} runs and experiments"
    with progress(label, quiet=as_json) as runs:
        found = validated(
            only or [], world=world, settings=settings or [], draws=drawn, replications=each, seed=seed,
            scale=scale, workers=workers, progress=runs,
        )  # fmt: skip
    found = replace(found, table=surprises(found)) if drawn else found
    deliver(report(found, world, settings or [], remarks(typed, scenarios)), folder, as_json)
