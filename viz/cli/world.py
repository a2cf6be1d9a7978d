"""``discretion world``: make a world of one's own, and check it."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from viz.reports.console import out

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
) -> None:
    """Check a world: what is wrong, where, what was found and what is allowed; the exit code is then 2.

    [bold]Example[/]

    discretion world check parole-board
    """
    from experiments.world_form import checked

    found = checked(str(folder))
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


@app.command()
def schema() -> None:
    """Print the JSON schema of a world's files, for editors that complete and check TOML."""
    from experiments.world_form import schema as made

    typer.echo(json.dumps(made(), indent=1))
