"""``discretion levers``: what could have been done otherwise, against what was issued."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


@options.of_study(scale=0.05, drawing=True)
def levers(
    scenario: options.Scenario,
    lever: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            metavar="LEVER",
            help="Pull only this one; may be given again. [bold]discretion worlds WORLD[/] lists them. "
            "Default: all that fit.",
        ),
    ] = None,
    agency: Annotated[
        str | None, typer.Option(metavar="AGENCY", help="Rank by all its decisions, such as [bold]ice[/].")
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE",
            help="Rank by the decisions at this stage. Default: the stages that the scenario's directives name.",
        ),
    ] = None,
    *,
    asked: options.Drawn,
    folder: Annotated[Path | None, options.out("levers-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Pull levers, one at a time, and rank them: what each would have shifted, at what cost, to whom.

    A lever is one thing done otherwise in the directives of the record: say of minor convictions that they qualify,
    drop the quotas, move the decision; or another scenario that departs from this one. Each is set against what was
    issued on the same cases, officers and random numbers, from the day on which it first makes a difference. Levers
    that put other desks in the place of those who decide are ranked apart. Beside the shift stand, as differences
    to what was issued, and in figures of the real system: dollars where there is a price (people whom a lever adds
    are paid in full), dollars for each point of a shift that is told, nights in custody, removals, removals of
    people with high equities, children separated, people with a serious conviction who are spared, officers' hours,
    cases that wait at the end.

    The folder holds shift.csv (by lever, agency and stage), costs.csv (every cost and harm), levers.json, and for each
    ranking ranking-STAGE.html and .png.

    With [bold]--posterior[/] there are two intervals, never mixed: the 90 percent interval of the mean over
    replications (random variation), and 5 to 95 percent over posterior draws (what the facts leave open of the fitted
    parameters).

    --json prints an object: path, discretion, world, scenario, settings, notes, seeds, scale, smallest_effect (a
    share), posterior_draws (how many), priced (what has a price, and what has none), targets (agency, stage), levers
    (lever, title, question, otherwise, first_day, replaces), shift (lever, agency, stage, replications, decisions,
    rate_with, rate_without, shift, low, high, posterior_low, posterior_high, verdict), costs (lever, agency, group,
    measure, unit, record, difference, low, high, posterior_low, posterior_high, verdict).

    [bold]Examples[/]

    discretion levers morton-2011

    discretion levers morton-2011 --agency ice --replications 20

    discretion levers record-2013 --lever quotas-dropped --lever waiver-restored --stage hearing --json

    discretion levers daca-2012 --scale 0.02
    """
    from experiments.levers.choice import chosen, targets
    from experiments.levers.ranking import rank
    from model.world.loader import load
    from viz.reports.levers import files, report

    place = folder or Path("results") / f"levers-{Path(scenario).name}"
    typed = load(asked["world"], asked["settings"])
    pulled = chosen(typed, scenario, lever)
    files(targets(typed, scenario, agency, stage)).check(place)
    with progress(f"{len(pulled)} levers on {scenario}", quiet=as_json) as runs:
        found = rank(scenario, lever, agency, stage, **asked, progress=runs)
    deliver(report(found, scenario, asked["settings"]), place, as_json)
