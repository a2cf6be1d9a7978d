"""``discretion downstream``: what could have been instead, and what it would have broken."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.1, drawing=True)
def downstream(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="What happened; [bold]discretion worlds[/] lists scenarios.")
    ],
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCENARIO",
            help="Set this against it; may be given again. Default: all that are counterfactuals of it.",
        ),
    ] = None,
    *,
    asked: options.Drawn,
    folder: Annotated[Path | None, options.out("downstream-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:
    """See what a directive at the border broke downstream, and what would have spared it.

    Runs the scenario as issued and every counterfactual with the same people and random numbers. Prints, as
    differences to the run as issued, children separated, child-days apart, prosecutions, serious offenders missed,
    bed-days over capacity and dollars for beds, each with a 90 percent interval over the replications. Figures are
    those of the real system, from the month on in which the first counterfactual parts from the record. What the
    model makes of the record itself, [bold]discretion validate --only border[/] tells.

    The folder holds downstream.csv (every measure of every counterfactual against the record), runs.csv (every measure
    of every run), downstream.json, downstream.html and downstream.png.

    With [bold]--posterior[/] there are two intervals, never mixed: the 90 percent interval of the mean over
    replications (random variation), and 5 to 95 percent over posterior draws (what the facts leave open of the fitted
    parameters).

    --json prints an object: path, discretion, world, scenario, settings, notes, against, since, seeds, scale,
    smallest_effect (a share of the record), posterior_draws (how many), and compared (scenario, since, part, measure,
    unit, replications, record, value, difference, low, high, posterior_low, posterior_high, verdict).

    [bold]Examples[/]

    discretion downstream zero-tolerance-2018

    discretion downstream zero-tolerance-2018 --against zt-memo-only --against zt-linked --replications 20

    discretion downstream zero-tolerance-2018 --against border-2016 --scale 0.02 --json
    """
    from experiments.border.counterfactuals import compare
    from viz.reports.downstream import FILES, report

    place = folder or Path("results") / f"downstream-{Path(scenario).name}"
    FILES.check(place)
    with progress(
        f"{asked['replications']} replications of {scenario} and what could have been", quiet=as_json
    ) as runs:
        found = compare(scenario, against or [], **asked, progress=runs)
    deliver(report(found, asked["settings"]), place, as_json)
