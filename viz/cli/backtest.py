"""``discretion backtest``: the pre-mortem tried on the record."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.smallest import FEWEST_DRAWS
from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress

DRAWS, EACH, DAYS = FEWEST_DRAWS, 2, 100
"""Draws of what was unknown, pairs of each, and days of the watch, unless told."""


def backtest(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[EPISODE]...", help="By the names of `experiments/premortem/episodes`. Default: all."),
    ] = None,
    days: Annotated[int, typer.Option(help="How long what follows is watched.")] = DAYS,
    draws: Annotated[int, typer.Option(min=1, help="Of what was unknown on the eve.")] = DRAWS,
    replications: Annotated[int, typer.Option(min=2, help="Of each draw.")] = EACH,
    scale: Annotated[
        float | None, typer.Option(help="Share of the real system. Default: the smallest that can be read.")
    ] = None,
    seed: options.FirstSeed = 1,
    workers: options.Workers = options.PROCESSORS,
    folder: Annotated[Path | None, options.out("backtest")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Try the pre-mortem on the record: each warning on the eve beside what happened; misses and false alarms counted.

    Nothing is in force that was issued on the day or later. Of calibrations that rest on later facts the priors are
    drawn; other parameters that cite a later fact are named beside the warnings that rest on them.

    --json prints path, counts (by episode and verdict), warnings (episode, outcome, warned, figure, day, happened,
    record, facts, on, lead, verdict, knew), knew (path, facts, source, episode) and runs.

    [bold]Examples[/]

    discretion backtest

    discretion backtest april-2018 --draws 20
    """
    from experiments.premortem.backtest import back_test
    from experiments.premortem.episode_files import episode, episodes
    from viz.reports.backtest import FILES, report

    place = folder or Path("results") / "backtest"
    FILES.check(place)
    asked = {name: episode(name) for name in names or episodes()}
    found = {}
    for name, one in asked.items():
        with progress(f"Back-test of {name}", quiet=as_json) as told:
            found[name] = back_test(name, one, draws=draws, replications=replications, days=days, scale=scale,
                                    seed=seed, workers=workers, progress=told)  # fmt: skip
    deliver(report(found), place, as_json)
