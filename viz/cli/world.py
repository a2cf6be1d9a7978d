"""``discretion world``: make a world of one's own, and check it."""

import json
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from viz.reports.console import err, out, to_run
from viz.reports.streams import somebody_is_there

if TYPE_CHECKING:
    from model.errors import InputError

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


@app.callback()
def world() -> None:
    """Make a world of your own, and check it.

    [bold]Examples[/]

    discretion world new parole-board

    discretion world check parole-board

    discretion world schema
    """


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make; its name is the world's.")],
    ask: Annotated[bool, typer.Option(help="Ask a few questions, where there is somebody to answer.")] = True,
) -> None:
    """Make a folder with a small world that runs at once, commented like a form.

    One agency, one office, one decision, one directive. At a terminal it asks what they are called.

    [bold]Examples[/]

    discretion world new parole-board

    discretion run memo --world parole-board
    """
    from experiments.world_form import QUESTIONS, new_world

    answers = {}
    if ask and somebody_is_there():
        answers = {name: typer.prompt(question, default=answer) for name, (question, answer) in QUESTIONS.items()}
    made = new_world(folder, answers)
    out.print(f"[bold]{escape(made.name)}[/]: fill in [bold]{escape(str(folder / 'world.toml'))}[/], from the top.")
    to_run("Check it:", "world", "check", folder)
    to_run("Run it:", "run", "memo", "--world", folder, "--scale", 1)


@app.command()
def copy(
    world: Annotated[str, typer.Argument(metavar="WORLD", help="A world by name, or the folder of one.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")],
) -> None:
    """Copy a world into a folder of your own, to be changed there.

    [bold]Example[/]

    discretion world copy immigration my-world
    """
    from experiments.world_form import copied

    copied(world, folder)
    out.print(f"[bold]{escape(str(folder))}[/] is a copy of {escape(world)}, to be changed.")
    to_run("Run it:", "run", "SCENARIO", "--world", folder)


@app.command()
def series(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with a line for each month, area and kind.")],
    columns: Annotated[
        list[str],
        typer.Option(
            "--column", metavar="PART=COLUMN", help="Which column holds year, month, area, kind, count; once for each."
        ),
    ],
    target: Annotated[Path, typer.Option("--out", metavar="CSV", help="The file to write, new.")] = Path("series.csv"),
    calendar: Annotated[bool, typer.Option("--calendar", help="Years are calendar years, not fiscal ones.")] = False,
) -> None:
    """Turn an agency's counts, in the long form with fiscal years, into a series of a world.

    [bold]Example[/]

    discretion world series encounters.csv --column "year=Fiscal Year" --column "month=Month (abbv)"
    --column "area=Area of Responsibility" --column kind=Demographic --column "count=Encounter Count"
    """
    from experiments.agency_files import counts
    from experiments.spreadsheet import as_csv
    from model.errors import InputError

    if unread := [column for column in columns if "=" not in column]:
        raise InputError("not a part and its column", where="--column", found=unread[0], allowed="year=Fiscal Year")
    parts = [one.partition("=") for one in columns]
    rows = counts(file, {part: column for part, _, column in parts}, fiscal=not calendar)
    if target.exists():
        raise InputError("there is something already", where="--out", found=str(target), allowed="a new file")
    try:
        target.write_text(as_csv(rows), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where="--out", found=str(target)) from None
    out.print(f"{target}: {len(rows):,} lines, {rows['month'].min()} to {rows['month'].max()}", soft_wrap=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a world, or the name of one.")],
    as_json: Annotated[bool, typer.Option("--json", help="What is wrong as JSON, on standard output.")] = False,
) -> None:
    """Check a world: all that is wrong, file by file, with what was found and what is allowed; the exit code is then 2.

    What does not fit together is looked for once every value has its type.

    [bold]Examples[/]

    discretion world check parole-board

    discretion world check parole-board --json
    """
    from experiments.world_form import checked
    from model.errors import InputError

    try:
        found = checked(str(folder))
    except InputError as error:
        wrong = error.all()
        if as_json:
            typer.echo(json.dumps([one.as_dict() for one in wrong], indent=2, ensure_ascii=False))
        else:
            _show_wrong(wrong)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo("[]")
        return
    one = found.world
    counts = [
        f"{len(entries)} {kind if len(entries) != 1 else singular}"
        for kind, singular, entries in (
            ("agencies", "agency", one.agencies), ("decisions", "decision", one.stages),
            ("directives", "directive", one.directives), ("scenarios", "scenario", one.scenarios),
        )
    ]  # fmt: skip
    out.print(f"[bold]{escape(one.name)}[/] holds together: {', '.join(counts)}.")
    for name, notes in found.notes.items():
        for note in notes:
            out.print(f"{escape(name)}: {escape(note)}")
    if found.unfilled:
        out.print(f"{found.unfilled} values still stand as the form has them.")


def _show_wrong(wrong: "list[InputError]") -> None:
    """All errors, grouped by the file that they stand in."""
    of = {one: one.where.partition(":")[0] for one in wrong}
    for file in dict.fromkeys(of.values()):
        err.print(Text(file, style="bold"), soft_wrap=True)
        for one in wrong:
            if of[one] == file:
                err.print(Text(indent(str(one), "  "), style="red"), soft_wrap=True)
    err.print(f"{len(wrong)} {'things are' if len(wrong) > 1 else 'thing is'} wrong.")


@app.command()
def schema() -> None:
    """Print the JSON schema of a world's files, for editors that complete and check TOML."""
    from experiments.world_form import schema as made

    typer.echo(json.dumps(made(), indent=1))
