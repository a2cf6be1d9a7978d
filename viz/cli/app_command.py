"""``discretion``: the commands of `viz.cli`, and the app, which stands on top of them."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import app as commands
from viz.cli import options
from viz.reports.console import err

__all__ = ["commands"]

HERE = "127.0.0.1"


@commands.command("app")
def app(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen.")] = 8765,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 lets others on your network in.")] = HERE,
    sweeps: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder in which sweeps are looked for; nothing else is opened.")
    ] = Path("results"),
    world: options.World = options.DEFAULT_WORLD,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the app: live runs, twin worlds, single cases, and demonstrations for a class.

    It needs no internet, and asks for nothing from outside this machine. It listens to this machine alone unless told
    otherwise with --host; then anyone who reaches that address can use it. Stop it with Ctrl-C.

    [bold]Examples[/]

    discretion app

    discretion app --open --port 9000

    discretion app --world parole-board

    discretion app --host 0.0.0.0 --sweeps /data/sweeps
    """
    from model.world.loader import load
    from viz.app import shown_world, sweep_library
    from viz.app.server import free, serve

    free(host, port)
    load(world)
    shown_world.show(world)
    sweep_library.shelf = sweep_library.Shelf(sweeps)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else shown}:{port}"
    err.print(f"The app is at [bold]{address}[/] (Ctrl-C stops it).")
    if host not in (HERE, "localhost", "::1"):
        err.print("[yellow]Anyone who can reach this machine on your network can use it.[/]")
    if show:
        typer.launch(address)
    serve(host, port, _prewarm)


def _prewarm() -> None:
    from viz.app.prewarm import warm

    warm()
