"""``discretion premortem``: a draft tried before it is issued."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress

WATCHED, DRAWN, FAILING = 180, 13, 40
"""Days of the watch, draws of what is unknown, and worlds in which failures are looked for, unless told."""
NIGHT_DRAWS, NIGHT_EACH, NIGHT_FAILING, NIGHT_SCALE = 200, 4, 1000, 0.1
"""Draws, replications of each, worlds for failures, and scale of ``--thorough``, unless told otherwise."""


def premortem(
    drafts: Annotated[
        list[str],
        typer.Argument(
            metavar="DRAFT...",
            help="A file of your own, or the name of a directive of the world; several are issued as one plan.",
        ),
    ],
    into: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="Whose days and earlier directives it meets. Default: of those of the "
            "record that watch all whom it addresses, the one in which most is in force on its day.",
        ),
    ] = None,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of the draft, if not its own.")
    ] = None,
    days: Annotated[int, typer.Option(help="How long what follows is watched.")] = WATCHED,
    draws: Annotated[
        int | None, typer.Option(min=0, help=f"Of what is unknown of the parameters. Default: {DRAWN}.")
    ] = None,
    failing: Annotated[
        int | None,
        typer.Option(
            "--worlds", min=12, help=f"In which ways to fail are looked for, apart from the draws. Default: {FAILING}."
        ),
    ] = None,
    replications: options.OfDraws = None,
    scale: Annotated[
        float | None, typer.Option(help="Share of the real system. Default: the smallest that can be read.")
    ] = None,
    seed: options.FirstSeed = 1,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough", help="For a night: scale 0.1, 200 draws with four replications of each, 1,000 worlds."
        ),
    ] = False,
    world: options.World = options.DEFAULT_WORLD,
    settings: options.Settings = None,
    smallest_effect: options.SmallestEffect = options.POINTS,
    workers: options.Workers = options.PROCESSORS,
    folder: Annotated[Path | None, options.out("premortem-DRAFT")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Try a directive before it is issued: who changes, what holds them, what breaks, where and when.

    The draft meets a world in which nothing is known of what was issued on its day or later. Pairs of worlds, with it
    and without, have the same cases, officers and random numbers; half of what varies between pairs is luck, and half
    is what the facts leave open of the parameters, drawn from the posteriors that come with the world. The two kinds of
    interval are never mixed.

    The folder holds premortem.html (one file, offline; it prints as the part to be read and an appendix), premortem.md,
    premortem.json, and shift.csv, effects.csv, breaks.csv, holds.csv, talks.csv, failures.csv, mends.csv,
    eased.csv, remarks.csv, depends.csv and leans.csv, in which every figure can be found; pairs.csv has
    those of each pair of worlds.

    --json prints an object: path, discretion, world, settings, drafts, into, start, end, in_force, content, seeds,
    scale, smallest_effect (a share), posterior_draws, intervals, in_short, says (the sentences of each section), shift,
    effects (as of discretion twin), breaks (kind, what, title, area, unit, worlds, broke, chance, chance_low,
    chance_high, day, day_low, day_high, limit, peak, peak_without, short, beyond, dollars), holds (agency, mechanism,
    shift, left, change, low, high, verdict, does), failures (mode, what, title, worlds, failing, chance, chance_low,
    chance_high, corner, coverage, density, unseen, kind, figure, area, day, above, threshold, hits, of_failing, alarms,
    of_others, tells), mends (mend, shift, shift_low, shift_high, kept, dollars, prevents, of_broken, eased, worse,
    spares, elsewhere, elsewhere_at, front, best), eased (mend, agency, group, measure, unit, record, difference, low,
    high), talks (agency, kind, what, title, arrives, peak, peak_without, more, day, limit, margin, short, lead,
    ask_by), remarks (draft, and as of discretion directive lint), depends (agency, parameter, rank, p), leans (fact,
    kind, what, fails), notes. How each is defined: docs/premortem.md.

    [bold]Examples[/]

    discretion premortem zero-tolerance-2018 referral-change-2018

    discretion premortem my-draft.toml --into record-2013 --start 2012-03-01

    discretion premortem review-2011 --thorough --json
    """
    from experiments.premortem import premortem as try_out
    from viz.reports.premortem import FILES, report

    place = folder or Path("results") / f"premortem-{Path(drafts[0]).stem}"
    FILES.check(place)
    night = (NIGHT_DRAWS, NIGHT_EACH, NIGHT_FAILING, NIGHT_SCALE)
    usual, each, worlds, share = night if thorough else (DRAWN, None, FAILING, None)
    with progress(f"Pre-mortem of {', '.join(drafts)}", quiet=as_json) as parts:
        found = try_out(
            drafts, world=world, settings=settings or [], into=into, start=start.date() if start else None, days=days,
            draws=usual if draws is None else draws, replications=each if replications is None else replications,
            failing=worlds if failing is None else failing, scale=share if scale is None else scale, seed=seed,
            smallest=smallest_effect / 100.0, workers=workers, progress=parts,
        )  # fmt: skip
    deliver(report(found, {"world": world, "settings": settings or []}), place, as_json)
