"""``discretion forecast``: figures kept before they can be compared, and compared afterwards."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import bold, out

PLACE = Path("forecasts")
app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
AsJson = Annotated[bool, typer.Option("--json", help="The same as JSON, on standard output.")]


@app.callback()
def forecast() -> None:
    """Keep what a study says before anybody compares it with what came of it; and compare it.

    [bold]Examples[/]

    discretion forecast register results/premortem-my-draft

    discretion forecast score forecasts/premortem-my-draft.json happened.csv

    discretion forecast list
    """


@app.command()
def register(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What discretion premortem or twin left.")],
    file: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Default: forecasts/NAME.json, by the folder.")
    ] = None,
) -> None:
    """Keep the figures of a study with today's date, hashes of world and code, seeds, scale and both intervals.

    The file is written once and never over another. Its hash covers all that it says: publish it (a commit will do),
    and whoever holds it can show that the figures are those of that day.

    [bold]Example[/]

    discretion forecast register results/premortem-zero-tolerance-2018
    """
    from experiments.forecasts import of_study
    from experiments.forecasts import register as write

    found = of_study(folder, date.today().isoformat())
    place = file or PLACE / f"{folder.resolve().name}.json"
    write(found, place)
    out.print(f"{bold(place)}: {len(found.figures)} figures of {found.title}, registered on {found.date}.")
    out.print(f"Hash, to be published: {found.hash}", soft_wrap=True)


@app.command()
def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What discretion forecast register wrote.")],
    happened: Annotated[
        Path,
        typer.Argument(
            metavar="CSV",
            help="What happened: figure, value; and as far as known of (with, without or shift), before, fact.",
        ),
    ],
    known: Annotated[
        str, typer.Option("--hash", metavar="HASH", help="As it was published; another forecast is refused.")
    ] = "",
    world: options.World = options.DEFAULT_WORLD,
    folder: Annotated[Path | None, options.out("score-FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a forecast against what happened: inside the interval, how near, the right way, within a factor of two.

    A row of the CSV with a fact and no value takes the value of that fact in the world's evidence. How near is told by
    the continuous ranked probability score, in the unit of the figure: 0 is best.

    --json prints path, title, date, stamp, hash, counts (how often right, of how many that can be told), and score
    (figure, of, unit, forecast, low, high, value, fact, inside, crps, direction, within_two).

    [bold]Example[/]

    discretion forecast score forecasts/premortem-my-draft.json happened.csv --hash 41d0
    """
    from experiments.forecasts import outcomes, read
    from experiments.forecasts import score as scored
    from viz.reports.forecast import FILES, report

    place = folder or Path("results") / f"score-{file.stem}"
    FILES.check(place)
    found = read(file, known)
    deliver(report(found, scored(found, outcomes(happened, world))), place, as_json)


@app.command("list")
def listed(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where forecasts are kept.")] = PLACE,
    as_json: AsJson = False,
) -> None:
    """List the forecasts of a folder with their dates and hashes; one that was changed is told.

    [bold]Example[/]

    discretion forecast list
    """
    from experiments.forecasts import Registered, read
    from model.errors import InputError
    from viz.reports.forecast import listing

    each: list[tuple[Path, Registered | str]] = []
    for path in sorted(folder.glob("*.json")):
        try:
            each.append((path, read(path)))
        except InputError as problem:
            each.append((path, problem.what))
    if as_json:
        told = [{"file": path.name, "problem": one} if isinstance(one, str) else
                {"file": path.name, "date": one.date, "title": one.title, "figures": len(one.figures), "hash": one.hash,
                 "stamp": one.stamp} for path, one in each]  # fmt: skip
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    elif each:
        out.print(listing(each))
    else:
        out.print(f"No forecast in {bold(folder)}: discretion forecast register keeps one.")
