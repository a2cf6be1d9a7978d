"""``discretion knockouts``: which mechanism carries what a directive shifts, and which holds it back."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.02, drawing=True)
def knockouts(
    scenario: options.Scenario,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="DIRECTIVE", help="The directive in question; may be given again. Default: all."
        ),
    ] = None,
    mechanisms: Annotated[
        list[str] | None,
        typer.Option("--mechanism", metavar="NAME", help="Switch off only this one; may be given again. Default: all."),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Shares from every combination, not from some orders drawn. Takes longer.")
    ] = False,
    *,
    asked: options.Drawn,
    folder: Annotated[Path | None, options.out("knockouts-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:
    """See which mechanism carries what a directive shifts, at which agency, and which holds it back.

    Runs pairs of worlds with and without the directives, over and over, with mechanisms switched off in both: one at a
    time, two at a time, and in order. A mechanism's share is what switching it on adds, on average over such orders
    (Shapley's value); what is left with all of them off, plus the shares, is the whole shift.

    [bold]Off means[/]

    [bold]culture[/]: every officer and manager leans to neither side.

    [bold]metrics[/]: no targets.

    [bold]exposure[/]: every directive is heard whole, at once and for good by all whom it addresses.

    [bold]accountability[/]: nobody has anything at stake in answering for a directive.

    [bold]notice[/]: every case is looked at, and an order to look adds nothing.

    [bold]custom[/]: no practice settles cases unweighed.

    [bold]capacity[/]: decisions take no time, and resources never run out.

    The parameters that do so are listed in docs/mechanisms.md.

    The folder holds shares.csv, totals.csv, knocked.csv, worths.csv (every replication and combination),
    knockouts.json, and the chart as knockouts.html, .png and .svg.

    With [bold]--posterior[/] there are two intervals, never mixed: the 90 percent interval of the mean over
    replications (random variation), and 5 to 95 percent over posterior draws (what the facts leave open of the fitted
    parameters).

    --json prints an object: path, discretion, world, scenario, settings, notes, differ, first_day, seeds, scale,
    smallest_effect (a share), posterior_draws (how many), exact, mechanisms (what off means), shares (agency, stage,
    cases, mechanism, share, low, high, posterior_low, posterior_high, verdict), totals (total: whole or bare; effect,
    low, high, posterior_low, posterior_high, verdict), knocked (one, other, effect, low, high, change, change_low,
    change_high, verdict).

    [bold]Examples[/]

    discretion knockouts morton-2011

    discretion knockouts morton-2011 --without review-2011 --mechanism notice --mechanism culture

    discretion knockouts daca-2012 --replications 4 --scale 0.005 --json
    """
    from experiments.mechanisms import knockouts as knock_out
    from viz.reports.ablation import FILES, report

    place = folder or Path("results") / f"knockouts-{Path(scenario).name}"
    FILES.check(place)
    with progress(f"{asked['replications']} replications of {scenario}", quiet=as_json) as runs:
        found = knock_out(scenario, without, mechanisms, exact=exact, **asked, progress=runs)
    deliver(report(found, scenario, asked["settings"]), place, as_json)
