"""``discretion reports``: what climbs the ladder, what the top believes, and what asking beforehand changes."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.1)
def reports(
    scenario: options.Scenario,
    lead: Annotated[
        list[int] | None,
        typer.Option(
            min=0, max=365, metavar="DAYS",
            help="Consult those whom a directive of the scenario consults so many days before it starts, and compare "
            "with asking nobody; may be given again.",
        ),
    ] = None,
    *,
    asked: options.Asked,
    folder: Annotated[Path | None, options.out("reports-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:  # fmt: skip
    """See what the field reports, when the top believes it, and what is done about it.

    Every week each agency's offices tell those above them what they see (the world's reports: people past a legal
    limit, beds in use, people apart). A manager passes on a share, less what speaks against what they are judged by;
    the heads of other agencies hear a part of it, or read the news. Prints when each report was half as bad as can be
    and when its own head and the directive's issuer believed it; what a directive's issuer, a president or a court did
    in answer, where the scenario says so; and with --lead what consulting those affected beforehand changes, with the
    capacity that they find and without it.

    The folder holds weekly.csv (severity by report and week, true and as each head believes it), answers.csv,
    consulted.csv, reports.json, reports.html and reports.png.

    --json prints an object: path, discretion, world, scenario, settings, notes, seeds, scale, halfway (report, whose,
    true, believed, days), answers (seed, day, directive, hears, does, effect) and consulted (lead, capacity, measure,
    unit, replications, nobody, value, difference, low, high, verdict).

    [bold]Examples[/]

    discretion reports zero-tolerance-2018

    discretion reports zt-answered

    discretion reports zt-consulted --lead 0 --lead 14 --lead 30 --lead 90
    """
    from experiments.reporting import reporting
    from viz.reports.reporting import FILES, report

    place = folder or Path("results") / f"reports-{Path(scenario).name}"
    FILES.check(place)
    with progress(f"{asked['replications']} replications of {scenario}", quiet=as_json) as runs:
        found = reporting(scenario, lead or [], **asked, progress=runs)
    deliver(report(found, asked["settings"]), place, as_json)
