"""``discretion dose``: what more or less of a directive would do."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.02, drawing=True)
def dose(
    scenario: options.Scenario,
    directive: Annotated[
        str, typer.Option(metavar="DIRECTIVE", help="The one to change; the others of the scenario stay as they are.")
    ],
    over: Annotated[
        list[str] | None, typer.Option("--over", metavar="KIND", help="Of what; may be given again. Default: all.")
    ] = None,
    agency: Annotated[str | None, typer.Option(metavar="AGENCY", help="Only this one. Default: all.")] = None,
    *,
    asked: options.Drawn,
    folder: Annotated[Path | None, options.out("dose-DIRECTIVE")] = None,
    as_json: options.AsJson = False,
) -> None:
    """See how far a directive shifts each agency at several doses of what it is made of.

    Each dose is set against the same world without the directive: the same cases, officers and random numbers. All but
    the one thing stays as the directive's file has it.

    [bold]Kinds of dose[/]

    [bold]strength[/]: weight of the instrument, in log-odds: none, soft, economic, regulatory.

    [bold]clarity[/]: share of the meaning that survives being passed on once.

    [bold]mandate[/]: how far it obliges officers to look at each case.

    [bold]monitoring[/]: share of attention kept alive by follow-up.

    [bold]evaluation[/]: how far managers are judged by compliance.

    [bold]training[/]: share of officers' exposure that training adds, where the union lets it through.

    [bold]notice[/]: days' notice to those who must make room; resources that it promises come so much earlier.

    Where a kind could change nothing, it says why.

    The folder holds doses.csv, response.csv, worths.csv (every replication), dose.json, and the chart as dose.html,
    .png and .svg.

    With [bold]--posterior[/] there are two intervals, never mixed: the 90 percent interval of the mean over
    replications (random variation), and 5 to 95 percent over posterior draws (what the facts leave open of the fitted
    parameters).

    --json prints an object: path, discretion, world, scenario, settings, notes, directive, first_day, seeds, scale,
    smallest_effect (a share), posterior_draws (how many), undefined (kind and reason), doses (agency, stage, cases,
    over, at, dose, own, effect, low, high, posterior_low, posterior_high, verdict), response (agency, stage, cases,
    over, least, most, change, low, high, posterior_low, posterior_high, verdict).

    [bold]Examples[/]

    discretion dose morton-2011 --directive review-2011

    discretion dose morton-2011 --directive discretion-2011 --over strength --over training --agency ice

    discretion dose daca-2012 --directive daca-2012 --replications 4 --scale 0.005 --json
    """
    from experiments.mechanisms import dose_response
    from viz.reports.dose_response import FILES, report

    place = folder or Path("results") / f"dose-{Path(directive).name}"
    FILES.check(place)
    with progress(f"{asked['replications']} replications of {directive}", quiet=as_json) as runs:
        found = dose_response(scenario, directive, over, agency, **asked, progress=runs)
    deliver(report(found, scenario, asked["settings"]), place, as_json)
