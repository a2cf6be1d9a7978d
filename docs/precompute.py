"""Regenerate the findings that come with the project: ``python -m docs.precompute [SCENARIO | DEMONSTRATION ...]``."""

import os
from typing import Annotated

import typer

from experiments.demonstrations import SEEDS, figures
from experiments.headline import stored as headline
from experiments.precomputed import emulated
from experiments.precomputed.demonstrated import SCENARIOS, stamp_of, store, stored
from experiments.precomputed.made import DOSED, dosed, ranked, stamp, usual
from experiments.precomputed.shipped import FOLDER, path, stamped, written
from model.errors import InputError
from model.world.loader import load
from viz.reports.console import err, progress


def make(
    names: Annotated[list[str] | None, typer.Argument(help="Only these. Default: all that are out of date.")] = None,
    workers: Annotated[int, typer.Option(help="Processes at work. Default: one a processor.")] = os.cpu_count() or 1,
) -> None:
    """Rank the levers, try the doses and fit the emulators of the scenarios of record, run the demonstrations and the
    headline; store it.

    Without an argument only what is of another world or another model than the present one is regenerated.
    """
    world = load()
    for wrong in {*(names or [])} - {*SCENARIOS, *DOSED}:
        raise InputError("no such finding", where="an argument", found=wrong, known=[*SCENARIOS, *DOSED])
    FOLDER.mkdir(exist_ok=True)
    for name in SCENARIOS if names is None else SCENARIOS.keys() & set(names):
        made_of, known = stamp_of(name), stored(name)
        if names or known is None or known.of != made_of:
            with progress(f"demonstration {name}", quiet=False) as runs:
                store(name, figures(name, progress=runs), SEEDS, made_of)
    for scenario in DOSED if names is None else DOSED.keys() & set(names):
        of = stamp(scenario, world)
        if names or emulated.stamped(scenario) != of:
            with progress(f"emulator of {scenario}", quiet=False) as runs:
                emulated.store(emulated.emulated(scenario, world, workers, runs), of)
        if not names and stamped(scenario) == of:
            continue
        asked = usual(scenario)
        with progress(f"levers of {scenario}", quiet=False) as runs:
            levers = ranked(asked, world, workers, runs)
        with progress(f"doses of {DOSED[scenario]}", quiet=False) as runs:
            doses = dosed(asked, DOSED[scenario], world, workers, runs)
        path(scenario).write_text(written(asked, levers, doses, of), encoding="utf-8")
        err.print(f"{path(scenario)}")
    if not names and headline.stamped() != headline.stamp(world):
        with progress("the headline", quiet=False) as runs:
            headline.make(world, workers, runs)
        err.print(f"{headline.FILE}")


if __name__ == "__main__":
    typer.run(make)
