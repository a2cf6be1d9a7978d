"""``discretion twin``: a scenario with and without its directives, on the same cases."""

from itertools import cycle
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def twin(
    scenario: options.Scenario,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="DIRECTIVE", help="Take it away; may be given again. Default: all of them."),
    ] = None,
    against: Annotated[
        str | None, typer.Option(metavar="SCENARIO", help="Instead: another scenario, over the days both have.")
    ] = None,
    replications: options.OfDraws = None,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Stop earlier, once every agency's interval reaches no further than this to either side.",
        ),
    ] = None,
    scale: options.Scale = 0.02,
    seed: options.FirstSeed = 1,
    world: options.World = options.DEFAULT_WORLD,
    settings: options.Settings = None,
    posterior: options.Posterior = None,
    draws: options.Draws = options.DRAWS,
    smallest_effect: options.SmallestEffect = options.POINTS,
    workers: options.Workers = options.PROCESSORS,
    folder: Annotated[Path | None, options.out("twin-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:
    """See what a directive changed: by how much, at which agency, and in which cases.

    Runs pairs of worlds that differ by the directives alone: the same cases, officers and random numbers. Prints the
    shift of the discretion rate on the same cases, with a 90 percent interval over the pairs, its width relative
    to an unpaired design of equal cost, changed decisions by cause, the burden by group, and what it does to public
    value.

    What the interval puts beyond the smallest effect of interest [bold]matters[/]; what it puts within is [bold]none
    that matters[/], however narrow; else it is [bold]undecided[/].

    With [bold]--posterior[/] there are two intervals, never mixed: the 90 percent interval of the mean over
    replications (random variation), which more pairs narrow, and 5 to 95 percent over posterior draws (what the facts
    leave open of the fitted parameters, without random variation), which more draws do not. Each draw has several
    pairs, which separates the one from the other.

    The folder holds shift.csv (by agency, unit, stage, office and conviction level), measures.csv (uptake, slippage,
    gain, spillover, latency, persistence), effects.csv (lottery, targeting, distortion, harm and cost: what both worlds
    have, and the difference), persons.csv (each counted once, by exit and cause), variance.csv (of one pair's shift:
    cases, desks, parameters), new.csv, months.csv, flips.parquet (every decision that came out differently), charts
    of shift, flows and months as .html and .png, and twin.json. How each is defined: docs/twins.md.

    --json prints an object: path, discretion, world, scenario, settings, asked, content, differ, first_day, seeds,
    scale, precise, smallest_effect (a share), posterior_draws (how many), intervals (what low, high and
    posterior_low, posterior_high are), shift (agency, replications, decisions, rate_with, rate_without, shift, low,
    high, drawn, drawn_low, drawn_high, unpaired_low, unpaired_high, ratio, ratio_drawn, posterior_low,
    posterior_high, verdict), new (agency, stage, decisions, rate, low, high, posterior_low, posterior_high),
    measures (agency, stage, measure, replications, mean, low, high, posterior_low, posterior_high), effects
    (family, agency, stage, group, measure, unit, replications, with, without, difference, low, high, posterior_low,
    posterior_high, verdict), value (the same, corner, better), persons (exit, cause, replications, without, gained,
    lost, net, low, high, posterior_low, posterior_high, verdict), variance (agency, stage, cases, desks, parameters,
    cases_share, desks_share, parameters_share), kinds, flips (agency, stage, kind, cause, term,
    count), notes (on days without cases), draws (parameters of each pair, by seed).

    [bold]Examples[/]

    discretion twin morton-2011

    discretion twin record-2013 --without review-2011 --replications 20

    discretion twin morton-2011 --against detainer-2012 --json

    discretion twin detainer-2012 --precision 0.001 --replications 40 --workers 4

    discretion twin morton-2011 --without review-2011 --posterior shipped --draws 20 --replications 2

    discretion twin morton-2011 && discretion explain 17 --twin results/twin-morton-2011
    """
    from experiments.twin.findings import find
    from experiments.twin.twins import matched
    from model.world.loader import load
    from model.world.settings import pairs
    from viz.reports.twin import FILES, report

    place = folder or Path("results") / f"twin-{Path(scenario).name}"
    FILES.check(place)
    typed = load(world, settings or [])
    matched(typed, scenario, without, against)
    drawn = options.drawn(posterior, draws, seed, world, settings)
    worlds = [load(world, {**dict(pairs(settings or [])), **draw}) for draw in drawn]
    each = options.each(replications, drawn)
    with progress(f"{each * max(len(drawn), 1)} pairs of {scenario}", quiet=as_json) as days:
        found = find(
            scenario, without, against, world=typed, worlds=worlds, replications=each, precision=precision,
            smallest=smallest_effect / 100.0, seed=seed, scale=scale, workers=workers, progress=days,
        )  # fmt: skip
    asked = {"world": world, "without": without, "against": against}
    of_pair = {str(own): draw for own, draw in zip(found.seeds, cycle(drawn), strict=False)}
    deliver(report(found, scenario, asked, settings or [], of_pair), place, as_json)
