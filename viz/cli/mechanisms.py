"""``discretion mechanisms``: what each mechanism earns, how large each term is, and whom accountability moves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress

Made = TypeVar("Made")


@options.of_study(scale=0.02)
def mechanisms(
    parts: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            metavar="NAME",
            help="Only [bold]blocks[/], [bold]terms[/] or [bold]leaning[/]; may be given again. "
            "Default: all that apply to the world.",
        ),
    ] = None,
    off: Annotated[
        list[str] | None,
        typer.Option("--mechanism", metavar="NAME", help="Switch off only this one; may be given again. Default: all."),
    ] = None,
    scenarios: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="NAME",
            help="For terms and leaning; may be given again. Default: those that the world's patterns are about.",
        ),
    ] = None,
    directives: Annotated[
        list[str] | None,
        typer.Option(
            "--directive",
            metavar="NAME",
            help="For leaning; may be given again. Default: all of the "
            "scenarios' that officers can be made to answer for.",
        ),
    ] = None,
    *,
    asked: options.Asked,
    folder: Annotated[Path, options.out()] = Path("results/mechanisms"),
    as_json: options.AsJson = False,
) -> None:
    """See what each mechanism earns against the facts, how large each term is, and whom accountability moves.

    [bold]blocks[/]: every pattern of the world with all mechanisms on, and with each of them off; patterns are taken
    together by episode and kind (fitted, figures of record, directions, structure). A mechanism [bold]earns[/] its
    place on the facts that are missed by more, by two standard errors of the paired change, when it is off. One that
    makes no block worse earns nothing. Besides the mechanisms of [bold]discretion knockouts[/]: [bold]endorsement[/]
    (no text wins anybody over), [bold]coping[/] (pressure and backlog take no attention). Nothing is fitted anew.

    [bold]terms[/]: the mean of every term at every stage where the law leaves a choice, and how far it differs between
    decisions, between and within offices, and over months, in log-odds. A term may be [bold]inert[/], or
    [bold]a constant[/]: a threshold by another name.

    [bold]leaning[/]: each directive with managers judged by it wholly, and not at all, on the same cases: the effect by
    fifths of the officers, from those who lean furthest against the directive to those who lean furthest towards it.

    Without --part, --mechanism or --directive, a part that has no answer in the world is left out, and a remark says
    why: blocks where the world has no facts, leaning where no directive can be answered for or too few officers decide
    cases in scope.

    The folder holds earned.csv, blocks.csv, misses.csv (every pattern of every replication), terms.csv, leaning.csv,
    gaps.csv, mechanisms.json, and the chart as terms.html, .png and .svg.

    --json prints an object: path, discretion, world, settings, notes, seeds, scale, parts; off (what it means), earned
    (mechanism, earns, worse, better), blocks (off, episode, kind, patterns, whole, change, error, ceased, begun,
    verdict); terms (scenario, agency, stage, term, decisions, mean, low, high, sd, between, within, months, verdict);
    leaning (scenario, directive, agency, fifth, replications, leaning, rate, effect, low, high, verdict), gaps
    (scenario, directive, agency, replications, gap, low, high, verdict).

    [bold]Examples[/]

    discretion mechanisms

    discretion mechanisms --part blocks --mechanism metrics --mechanism notice --replications 20 --scale 0.1

    discretion mechanisms --part terms --scenario zero-tolerance-2018 --json

    discretion mechanisms --part leaning --directive review-2011
    """
    from experiments.asked import readable, remarks
    from experiments.mechanisms.ablations import ablations, with_facts
    from experiments.mechanisms.leanings import answerable, by_leaning
    from experiments.mechanisms.magnitudes import magnitudes, watched
    from experiments.mechanisms.not_applicable import Wanted
    from experiments.mechanisms.switches import SWITCHES, named
    from model.errors import InputError
    from model.world.loader import load
    from viz.reports.mechanisms import BLOCKS, LEANING, PARTS, TERMS, Found, files, report

    for part in parts or []:
        if part not in PARTS:
            raise InputError("no such part", where="part", found=part, known=PARTS)
    wanted = Wanted(
        [part for part in PARTS if not parts or part in parts],
        [*(parts or []), *([BLOCKS] if off else []), *([LEANING] if directives else [])],
    )
    files(tuple(wanted.parts)).check(folder)
    named(off, SWITCHES)
    typed = load(asked["world"], asked["settings"])
    names = watched(typed, scenarios)
    readable(typed, {*names, *(watched(typed, None) if BLOCKS in wanted.parts else [])}, asked["scale"])
    wanted.made(BLOCKS, partial(with_facts, asked["world"]))
    wanted.made(LEANING, partial(answerable, typed, names, directives))

    def study(part: str, label: str, work: Callable[..., Made]) -> Made | None:
        with progress(label, quiet=as_json or part not in wanted.parts) as runs:
            return wanted.made(part, partial(work, progress=runs))

    leaning = study(LEANING, "accountability by leaning", partial(by_leaning, names, directives, **asked))
    terms = study(TERMS, "magnitudes of terms", partial(magnitudes, names, **asked))
    blocks = study(BLOCKS, "blocks of facts with each mechanism off", partial(
        ablations, off, world=asked["world"], settings=asked["settings"], replications=asked["replications"],
        seed=asked["seed"], scale=asked["scale"], workers=asked["workers"],
    ))  # fmt: skip
    notes = [*remarks(typed, names), *wanted.remarks]
    deliver(report(Found(blocks, terms, leaning), tuple(wanted.parts), asked["settings"], notes), folder, as_json)
