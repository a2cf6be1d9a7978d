"""``discretion emulate``: what a directive would shift with some of its fields otherwise, at once."""

import json
from typing import Annotated

import typer

from viz.cli import options
from viz.reports.console import progress

SCALE = 0.02
"""Of an emulator that is made now, unless told."""


def emulate(
    scenario: options.Scenario,
    directive: Annotated[
        str | None,
        typer.Option(metavar="DIRECTIVE", help="Whose fields are moved. Default: the one whose emulator is shipped."),
    ] = None,
    settings: options.Settings = None,
    world: options.World = options.DEFAULT_WORLD,
    scale: Annotated[
        float | None, typer.Option(help=f"Make one now, of pairs at this scale. Default: as shipped, or {SCALE}.")
    ] = None,
    workers: options.Workers = options.PROCESSORS,
    as_json: options.AsJson = False,
) -> None:
    """Estimate at once, without a run, what a directive would shift if some of its fields were otherwise.

    An emulator answers: a quadratic in the directive's authority, clarity, latitude, meaning, mandate, monitoring,
    evaluation and training, without those that could change nothing, fitted to 128 pairs of worlds with and without
    the directive. Its error is that of replications left out of the fit, random variation among them. What it can be
    asked, and over which range, stands below the answer; anything else is refused.

    For five scenarios of the record one comes with the project. With another [bold]--directive[/], [bold]--world[/] or
    [bold]--scale[/] one is made first, which takes a minute or more.

    --json prints an object: discretion, world, scenario, settings, notes, directive, agency, stage, cases, issued (the
    shift as issued), change (to it), shift, half_width (of the change: 9 in 10 replications lie within), error (root
    mean square), luck (standard deviation between replications), explained (share of the mean square), points, seeds,
    scale, inputs (path, low, high, values, own). Shifts, changes and errors are shares of decisions.

    [bold]Examples[/]

    discretion emulate morton-2011 --set directives.review-2011.evaluation=0

    discretion emulate zero-tolerance-2018 --set directives.zero-tolerance-2018.authority=soft --json

    discretion emulate morton-2011 --directive discretion-2011 --scale 0.005
    """
    from experiments.asked import readable
    from experiments.emulator import make
    from experiments.levers.choice import record_of
    from experiments.precomputed import DOSED
    from experiments.precomputed.emulated import stored
    from model.errors import InputError
    from model.world.loader import load
    from model.world.settings import pairs
    from viz.reports.emulator import as_data, show

    typed = load(world)
    issued = record_of(typed, scenario).directives
    about = directive or DOSED.get(scenario)
    if about is None:
        raise InputError("none comes with the project for this scenario", where="--directive", found=scenario,
                         allowed=f"one of its directives, to make an emulator of: {', '.join(issued)}")  # fmt: skip
    if about not in issued:
        raise InputError("no such directive in the scenario", where="--directive", found=about, known=issued)
    shipped = about == DOSED.get(scenario) and scale is None
    found = stored(scenario, typed) if shipped else None
    if found is None:
        size = SCALE if scale is None else scale
        readable(typed, [scenario], size)
        with progress(f"an emulator of {about}", quiet=as_json) as runs:
            found = make(scenario, about, world=world, scale=size, workers=workers, progress=runs)
    moved = dict(pairs(settings or []))
    if as_json:
        typer.echo(json.dumps(as_data(found, typed, moved), indent=2, ensure_ascii=False))
    else:
        show(found, typed, moved)
