"""``discretion``: the commands of `viz.cli`, and the app, which stands on top of them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viz.cli import app as commands
from viz.cli import options
from viz.reports.console import err
from viz.reports.streams import somebody_is_there

if TYPE_CHECKING:
    from viz.app.classroom.folder import Folder
    from viz.app.classroom.routes import Classroom

__all__ = ["commands"]

HERE, ANY = "127.0.0.1", "0.0.0.0"


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
    otherwise with --host; then anyone who reaches that address can use it. At most 200 pages are open at once, and who
    comes later is asked to try again. What is uploaded stays with its page and is kept nowhere. Stop it with Ctrl-C.

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
    address = _here(host, port)
    err.print(f"The app is at [bold]{address}[/] (Ctrl-C stops it).")
    if host not in (HERE, "localhost", "::1"):
        err.print("[yellow]Anyone who can reach this machine on your network can use it.[/]")
    if show:
        typer.launch(address)
    serve(host, port, _prewarm)


@commands.command("class")
def class_(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen.")] = 8765,
    host: Annotated[str, typer.Option(help="The address to listen at; as it is, phones on your network get in.")] = ANY,
    address: Annotated[
        str, typer.Option(help="The name or address that phones are told, if the one found is not theirs.")
    ] = "",
    folder: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the class is kept until it ends, should the server stop.")
    ] = Path("results/class"),
    new: Annotated[bool, typer.Option("--new", help="Forget a class that was not ended, and begin another.")] = False,
    show: Annotated[bool, typer.Option("--open", help="Open the instructor's page in the browser.")] = False,
) -> None:
    """Open a room for a class: phones join by a QR code and guess, the projector shows the guesses and the reveal.

    Put the instructor's page on the projector. Phones on the same network join in their browser; nothing is installed
    and nobody is asked for a name. Pick a demonstration, watch the guesses come in as dots, close them, and reveal one
    figure after another beside them. Then play the next one, or save all guesses as CSV.

    It needs a network that laptop and phones share, but no internet. On many campus networks devices cannot see one
    another: open a hotspot on a phone then, and put the laptop and the class on it. Others on the network reach the
    room alone, and only with its code; the rest of the app answers to this machine.

    A server that is stopped goes on with the same class when it is started again within twelve hours, until the class
    is ended on the instructor's page, or here after Ctrl-C. Then nothing is kept of it but what you have saved.

    [bold]Examples[/]

    discretion class

    discretion class --open --port 9000

    discretion class --address 192.168.43.20 --new
    """
    from viz.app import session
    from viz.app.classroom.folder import Folder
    from viz.app.classroom.network import is_local, reachable
    from viz.app.server import free, serve

    free(host, port)
    kept = Folder(folder, new)
    session.instructor = f"/class#{kept.room.key}"
    phones = f"{_shown(address) if address else reachable(host)}:{port}/join"
    instructor = f"{_here(host, port)}{session.instructor}"
    if kept.resumed:
        err.print(f"Going on with the class of [bold]{kept.room.touched:%H:%M}[/] (--new begins another).")
    err.print(f"For the projector, and for you alone: [bold]{instructor}[/]", soft_wrap=True)
    err.print(f"Phones join at [bold]http://{phones}[/] with the code [bold]{kept.room.code}[/] (Ctrl-C stops it).",
              soft_wrap=True)  # fmt: skip
    if is_local(reachable(host)):
        err.print("[yellow]Only this machine can reach it: no phone can join. Is there a network, and --host open?[/]")
    else:
        err.print("[yellow]Anyone who can reach this machine on your network can open the phones' page; the code lets "
                  "them in. The rest of the app answers to this machine alone.[/]")  # fmt: skip
    if show:
        typer.launch(instructor)
    serve(host, port, _prewarm, partial(_room, kept, f"http://{phones}"))
    _ended(kept)


def _room(kept: "Folder", phones: str) -> "Classroom":
    from viz.app.classroom.routes import Classroom

    return Classroom(kept, phones)


def _ended(kept: "Folder") -> None:
    """After Ctrl-C: a class in which nobody was is forgotten at once; else whoever sits at the terminal says."""
    phones = len(kept.room.phones)
    if phones and not (somebody_is_there() and typer.confirm(f"End the class, and forget its {phones} phones?")):
        err.print(f"The class is kept in {kept.file.parent}; discretion class goes on with it.", soft_wrap=True)
    else:
        kept.delete()


def _shown(host: str) -> str:
    """An address as it stands in a link."""
    return f"[{host}]" if ":" in host else host


def _here(host: str, port: int) -> str:
    """The link by which this machine itself reaches a server that listens at an address."""
    return f"http://{HERE if host == ANY else _shown(host)}:{port}"


def _prewarm() -> None:
    from experiments.compiling import announce
    from viz.app.prewarm import warm

    announce()
    warm()
