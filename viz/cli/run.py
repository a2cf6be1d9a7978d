"""``discretion run``: one scenario, from its first day to its last."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress


def run(
    scenario: options.Scenario,
    world: options.World = options.DEFAULT_WORLD,
    scale: options.Scale = 0.02,
    seed: Annotated[int, typer.Option(min=0, help="Random seed; the same seed gives the same files.")] = 1,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, if not the scenario's.")
    ] = None,
    settings: options.Settings = None,
    posterior: options.Posterior = None,
    draws: options.Draws = options.DRAWS,
    replications: Annotated[
        int, typer.Option(min=2, help="With --posterior: how many of each draw, each with its own random seed.")
    ] = options.OF_EACH,
    workers: options.Workers = options.PROCESSORS,
    folder: Annotated[Path | None, options.out("SCENARIO-sSEED-xSCALE")] = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="Keep every decision with its terms (large at large scales).")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Where it is stored and the rates, as JSON on standard output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No bar and no tables, only where it is stored.")] = False,
) -> None:
    """Run a scenario, see the rates of every agency, and store the tables.

    With [bold]--posterior[/] the run is, as without it, that of the values in the world's files. Beside it stand the
    rates of runs under draws, by agency and stage, with two intervals, never mixed: the 90 percent interval of the mean
    over replications (random variation), and 5 to 95 percent over posterior draws (what the facts leave open of the
    fitted parameters).

    A scenario at the border also prints its last months by district and what broke downstream, in figures of the real
    system.

    The folder holds outcomes, flows, resources, paths, separated and breaches (.parquet), run.json and rates.html;
    with --cases also cases.parquet; with --posterior also bands.csv (agency, stage, replications, decided, rate, low,
    high, posterior_low, posterior_high); at the border also months.html, families.html and beds.html. It appears when
    all is written, and replaces an earlier run only then.

    --json prints an object: path, world, scenario, content, seed, scale, start, end, settings, notes, rates (agency,
    stage, decided, favourable, noticed, rate, hours), with --posterior also posterior_draws (how many), intervals and
    bands (as bands.csv), at the border also border.

    [bold]Examples[/]

    discretion run record-2013

    discretion run morton-2011 --scale 1 --seed 7 --out results/full

    discretion run morton-2011 --set rule.metrics=0 --set directives.review-2011.mandate=0

    discretion run daca-2012 --json | jq .rates

    discretion run zero-tolerance-2018 --scale 1

    discretion run morton-2011 --posterior shipped --draws 40
    """
    from experiments.border import account, has_border
    from experiments.rate_bands import rate_bands
    from experiments.runs import run as simulate
    from viz.reports.run import FILES, report

    moved = settings or []
    last = until.date() if until else None
    others = [*posterior, draws, replications] if posterior else []
    place = folder or default_place(scenario, seed, scale, [world, *moved, last, *others])
    FILES.check(place)
    drawn = options.drawn(posterior, draws, seed, world, settings)
    with progress(f"{scenario}, scale {scale:g}", quiet) as days:
        result = simulate(scenario, scale, seed, world=world, settings=moved, until=last, trace=cases, progress=days)
    border = account(result, world) if has_border(result, world) else None
    bands = None
    if drawn:
        with progress(f"{len(drawn) * replications} runs under {len(drawn)} draws", quiet) as runs:
            bands = rate_bands(
                scenario, drawn, world=world, settings=moved, replications=replications, seed=seed, scale=scale,
                until=last, workers=workers, progress=runs,
            )  # fmt: skip
    deliver(report(result, border, bands, len(drawn)), place, as_json, quiet)


def default_place(scenario: str, seed: int, scale: float, others: list[Any]) -> Path:
    """Where a run goes unless told; one that differs in more than seed and scale has its own place."""
    name = f"{Path(scenario).name}-s{seed}-x{scale:g}"
    if others == [options.DEFAULT_WORLD, None]:
        return Path("results") / name
    from model.world.loader import content_hash

    return Path("results") / f"{name}-{content_hash([str(other) for other in others])[:6]}"
