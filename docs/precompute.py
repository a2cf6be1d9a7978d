"""Regenerate the findings that come with the project: ``python -m docs.precompute [SCENARIO ...]``."""

import os
from typing import Annotated

import typer

from experiments.headline import stored as headline
from experiments.precomputed.made import DOSED, dosed, ranked, stamp, usual
from experiments.precomputed.shipped import FOLDER, path, stamped, written
from model.world.loader import load
from viz.reports.console import err, progress


def make(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="Only these. Default: all that are out of date.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes at work. Default: one a processor.")] = os.cpu_count() or 1,
) -> None:
    """Rank the levers and try the doses of the scenarios of record, and what the headline leaves unknown; store it all.

    Without an argument only what is of another world or another model than the present one is regenerated.
    """
    world = load()
    FOLDER.mkdir(exist_ok=True)
    for scenario in scenarios or list(DOSED):
        of = stamp(scenario, world)
        if not scenarios and stamped(scenario) == of:
            continue
        asked = usual(scenario)
        with progress(f"levers of {scenario}", quiet=False) as runs:
            levers = ranked(asked, world, workers, runs)
        with progress(f"doses of {DOSED[scenario]}", quiet=False) as runs:
            doses = dosed(asked, DOSED[scenario], workers, runs)
        path(scenario).write_text(written(asked, levers, doses, of), encoding="utf-8")
        err.print(f"{path(scenario)}")
    if not scenarios and headline.stamped() != headline.stamp(world):
        with progress("the headline", quiet=False) as runs:
            headline.make(world, workers, runs)
        err.print(f"{headline.FILE}")


if __name__ == "__main__":
    typer.run(make)
