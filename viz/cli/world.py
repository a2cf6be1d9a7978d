"""``discretion world``: make a world of one's own, and check it."""

import json
import sys
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from viz.reports.console import err, out

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
    if ask and sys.stdin.isatty():
        answers = {name: typer.prompt(question, default=answer) for name, (question, answer) in QUESTIONS.items()}
    made = new_world(folder, answers)
    out.print(f"[bold]{escape(made.name)}[/]: fill in [bold]{escape(str(folder / 'world.toml'))}[/], from the top.")
    out.print(f"Check it: [bold]discretion world check {escape(str(folder))}[/]")
    out.print(f"Run it: [bold]discretion run memo --world {escape(str(folder))} --scale 1[/]")


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
