"""``discretion demo``: the headline, for somebody who has just come."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def demo(
    replications: Annotated[int, typer.Option(min=1, help="Pairs of worlds, each with its own random seed.")] = 6,
    scale: Annotated[float, typer.Option(help="Share of the real system's cases and officers.")] = 0.02,
    folder: Annotated[Path, options.out()] = Path("results/demo"),
    smallest_effect: options.SmallestEffect = options.POINTS,
    workers: options.Workers = options.PROCESSORS,
    as_json: options.AsJson = False,
    show: Annotated[bool, typer.Option("--open", help="Open the chart in the browser.")] = False,
) -> None:
    """See the same words given to one desk after the other: which agency changes, and which does not?

    Deportation officers, trial attorneys, immigration judges, adjudicators, Border Patrol agents and AUSAs are asked
    the same, each in a world in which nothing else comes down from the top: as an appeal, as an order to look at every
    case, and as an order for which managers answer. Prints by how much each desk shifted, on the same cases, with the
    same officers and random numbers, and writes a chart. Below it stands each directive of the record, where it was
    issued.

    There are two intervals, never mixed: the 90 percent interval of the mean over pairs (luck), run here; and 5 to 95
    percent over draws of the shipped posteriors (what the facts leave open of the fitted parameters), which comes with
    the project, as do the directives of the record (python -m docs.precompute).

    --json prints an object: path, discretion, words, replications, scale, smallest_effect (a share), posterior_draws
    (how many), intervals (what low, high and posterior_low, posterior_high are), shift (agency, unit, form, without,
    with, shift, low, high, odds, posterior_low, posterior_high, verdict), record (scenario, directive, agency, stage,
    first_day, replications, decisions, without, with, shift, low, high, verdict).

    [bold]Examples[/]

    discretion demo

    discretion demo --replications 20 --scale 0.05 --open
    """
    from experiments.asked import readable
    from experiments.headline.stored import stored, with_unknown
    from experiments.headline.study import same_words
    from experiments.headline.words import words
    from model.world.loader import load
    from viz.reports.headline import FILES, report

    FILES.check(folder)
    world, smallest = load(), smallest_effect / 100.0
    readable(world, [desk.scenario for desk in words().desks], scale)
    with progress(f"{replications} pairs a desk and form", quiet=as_json) as runs:
        figures, every = same_words(
            world=world, replications=replications, scale=scale, smallest=smallest, workers=workers, progress=runs
        )
    known = stored()
    about = {"replications": replications, "scale": scale, "smallest_effect": smallest, "posterior_draws": known.draws}
    deliver(report(with_unknown(figures, smallest), every, known.record, world, about), folder, as_json)
    if show:
        typer.launch(str((folder / "headline.html").resolve()))
