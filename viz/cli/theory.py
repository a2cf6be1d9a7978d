"""``discretion theory``: what theory claims of agencies, as experiments that can fail."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.05)
def theory(
    check: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="T01", help="Only this one; may be given again. Default: all."),
    ] = None,
    *,
    asked: options.Asked,
    folder: Annotated[Path, options.out()] = Path("results/theory"),
    as_json: options.AsJson = False,
) -> None:
    """Put eight claims of theory to the test: experiments that can fail, under one set of parameters.

    Exhortation against evaluation; with and against the culture; same facts, two agencies; counted against uncounted;
    the easy case under quotas; recruits against coercion; formation; meaning. Each sets worlds against each
    other that differ by what the claim is about. Every figure is one that the claim predicts to be above zero, by
    more than the smallest effect of interest: the claim holds if all their 90 percent intervals lie above that, and
    fails if one lies below; if one lies across, it is not shown. What fails is shown as failing, with the figure that
    failed it. In log-odds the smallest effect is what moves a rate of 2.7 percent by as many points.

    The folder holds theory.csv (every figure) and theory.json.

    --json prints an object: path, discretion, world, settings, seeds, scale, notes, smallest_effect (a share), checks
    (fact, claim, verdict, figures: figure, unit, mean, low, high, least, holds).

    [bold]Examples[/]

    discretion theory

    discretion theory --check T01 --check T06 --replications 20 --scale 0.1

    discretion theory --set rule.metrics=1.5 --json
    """
    from experiments.asked import readable, remarks
    from experiments.parallel import seeds_from
    from experiments.theory.checks import check_theory, named
    from experiments.theory.lab import has, watch
    from model.world.loader import load
    from viz.reports.theory import FILES, report

    FILES.check(folder)
    names = named(check)
    typed = load(asked["world"], asked["settings"])
    has(typed)
    readable(typed, [watch()], asked["scale"])
    with progress(f"{len(names)} checks of theory", quiet=as_json) as done:
        found = check_theory(names, **asked, progress=done)
    seeds = seeds_from(asked["seed"], asked["replications"])
    about = {"settings": asked["settings"], "seeds": seeds, "scale": asked["scale"],
             "notes": remarks(typed, [watch()]), "smallest_effect": asked["smallest"]}  # fmt: skip
    deliver(report(found, typed.name, about), folder, as_json)
