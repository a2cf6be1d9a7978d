"""``discretion explain``: why a case would be decided as it would, and what would turn it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.reports.console import bold, err, progress


def explain(
    case: Annotated[
        str,
        typer.Argument(
            help="A case by name ([bold]discretion worlds WORLD[/] lists them), or a .toml file; with --twin, the "
            "number of a flip."
        ),
    ],
    twin: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="What [bold]discretion twin[/] stored there: replay one of its flips in both worlds."
        ),
    ] = None,
    agencies: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar="AGENCY", help="Only decisions of this agency; may be given again."),
    ] = None,
    scenario: Annotated[str | None, typer.Option(help="Instead of the one that the case names.")] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day, instead of the one that the case names.")
    ] = None,
    world: options.World = options.DEFAULT_WORLD,
    scale: Annotated[float, typer.Option(help="Of the run up to that day: 1 is every case and officer.")] = 0.02,
    seed: Annotated[int, typer.Option(help="Of the run up to that day.")] = 1,
    settings: options.Settings = None,
    chart: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The chart: .html, .png or .svg. Default: results/explain-CASE.html."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything as JSON on standard output; a chart only with --chart.")
    ] = False,
) -> None:
    """See why a case would be decided as it would, at every desk that has a say in it.

    Runs the scenario to the day, lays the file before every officer of each unit, and shows for the typical
    one the terms of the rule, what they amount to, and the smallest change that would turn the outcome.

    A case file holds what the shipped ones in model/worlds/*/cases do; or like = "NAME" of one and only
    what is different.

    --json prints a list with one object a decision: case, agency, unit, unit_title, stage, title, labels,
    scenario, on, probability (of the favourable outcome, within the law), notice, judgment, unnoticed (what
    becomes of a file that nobody looks at), threshold, terms (log-odds), law (null, or id, title, must, source),
    officer, office, spread (officers, low, high: 10th and 90th percentile), details (parts of each term), attention
    (parts of notice), flip (towards, side, changes, probability, nearest_by_facts, sentence), words.
    With --twin it prints one object: flip (its row of flips.parquet), person, with_it and without (each as above),
    difference (of terms), key, notice_draw and judge_draw (the case's own draws).

    [bold]Examples[/]

    discretion explain claudia

    discretion explain claudia --agency ICE --agency USCIS --json

    discretion explain long-resident --set agencies.ice.culture.lens=0

    discretion explain childhood-arrival --scenario baseline-2010 --on 2011-03-01

    discretion explain my-case.toml --chart my-case.png

    discretion explain 17 --twin results/twin-morton-2011
    """
    if twin is not None:
        _refuse_beside_twin(agencies, scenario, on, world, scale, seed, settings)
        _replayed(case, twin, chart, as_json)
        return
    from experiments.asked import readable
    from model.explain import closed_stages, explain_in, load_case, run_to
    from model.world.loader import load
    from viz.reports.explanation import chart_place, draw, show

    place = chart_place(chart, case) if chart or not as_json else None
    typed = load(world, settings or [])
    file = load_case(case, typed)
    day = on.date() if on else file.on
    readable(typed, [scenario or file.scenario], scale)
    with progress(f"{scenario or file.scenario} to {day}", quiet=as_json) as days:
        model = run_to(typed, scenario or file.scenario, day, seed, scale, days)
    found = explain_in(model, file, agencies)
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
    else:
        show(found, file, closed_stages(model, file), typed)
    if place is not None:
        draw(found, file, typed, place)
        err.print(f"Chart: {bold(place)}", soft_wrap=True)


def _refuse_beside_twin(
    agencies: object, scenario: object, on: object, world: str, scale: float, seed: int, settings: object
) -> None:
    """What a stored experiment already says cannot be said again."""
    from model.errors import InputError

    asked = {"--agency": agencies, "--scenario": scenario, "--on": on, "--set": settings,
             "--world": world != options.DEFAULT_WORLD, "--scale": scale != 0.02, "--seed": seed != 1}  # fmt: skip
    for option, value in asked.items():
        if value:
            raise InputError("the stored twins already say this", where=option, allowed="--twin without it")


def _replayed(number: str, folder: Path, chart: Path | None, as_json: bool) -> None:
    from experiments.twin.stored_twins import flip_of, replayed, stored
    from viz.charts import two_worlds
    from viz.charts.theme import Legend
    from viz.reports.explanation import chart_place, drawn
    from viz.reports.replay import entry, in_words, show

    place = chart_place(chart, f"flip-{number}") if chart or not as_json else None
    experiment = stored(folder)
    row = flip_of(experiment, number)
    with progress(f"both worlds again, to flip {number}", quiet=as_json) as days:
        found = replayed(experiment, row, days)
    (told,) = row.to_dict("records")
    if as_json:
        told = json.loads(row.to_json(orient="records", date_format="iso"))[0]
        typer.echo(json.dumps({"flip": told, **found.as_json(), "words": in_words(found, told)}, indent=2))
    else:
        show(found, told, experiment.twins.differ, experiment.world)
    if place is not None:
        sides = [entry(found, found.without, "Without", experiment.world),
                 entry(found, found.with_it, "With", experiment.world)]  # fmt: skip
        notes = [f"With and without {', '.join(experiment.twins.differ)}; seed {told['seed']}."]
        title = f"Flip {number}: {experiment.world.stages[found.key[3]].title}"
        drawn(two_worlds(sides, Legend.of_world(experiment.world), title, notes), place)
        err.print(f"Chart: {bold(place)}", soft_wrap=True)
