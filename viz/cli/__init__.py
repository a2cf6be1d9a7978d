"""The command line: ``discretion COMMAND``. Each command has a module of its own.

The model takes a second to import, so commands import it when they run; ``discretion --help`` stays quick.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer
from rich.text import Text
from typer.core import TyperGroup

from viz.cli import (
    backtest,
    branch,
    calibrate,
    demo,
    directive,
    dose,
    downstream,
    emulate,
    explain,
    forecast,
    knockouts,
    levers,
    mechanisms,
    plan,
    premortem,
    reports,
    rivals,
    run,
    screen,
    sensitivity,
    sweep,
    tables,
    theory,
    twin,
    validate,
    world,
    worlds,
)
from viz.cli.rule_option import by_rule
from viz.cli.sizes import Sized
from viz.reports.console import err
from viz.reports.streams import FULL, give_up, legible

INPUT_ERROR = 2


class Commands(TyperGroup):
    """The commands, with one answer to any input that cannot be used: the message, and exit code 2."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Run what the command line says, where the locale may be of any kind."""
        legible(as_json="--json" in (sys.argv if args is None else args))
        try:
            return super().main(args, *rest, **named)
        except OSError as error:
            if error.errno not in FULL:
                raise
            give_up(f"what was said could not be written: {error.strerror}")
            sys.exit(INPUT_ERROR)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an `InputError`, or an extra that is missing, is shown without a traceback."""
        try:
            return super().invoke(ctx)
        except (ValueError, ModuleNotFoundError) as error:
            from experiments.extras import EXTRAS, not_installed
            from model.errors import InputError

            told: Exception = error
            module = (getattr(error, "name", None) or "").partition(".")[0]
            if module in EXTRAS:
                told = not_installed(module, f"discretion {ctx.invoked_subcommand}")
            if not isinstance(told, InputError):
                raise
            err.print(Text(str(told), style="red"), soft_wrap=True)
            raise typer.Exit(INPUT_ERROR) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"discretion {version('discretion')}")
        raise typer.Exit()


@app.callback()
def discretion(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """How directives shift front-line discretion: a laboratory of agencies, officers and cases."""


app.command()(backtest.backtest)
app.command()(by_rule(branch.branch))
app.command()(by_rule(calibrate.calibrate))
app.command()(demo.demo)
app.add_typer(directive.app, name="directive")
app.command(cls=Sized)(by_rule(dose.dose))
app.command(cls=Sized)(by_rule(downstream.downstream))
app.command()(emulate.emulate)
app.command()(explain.explain)
app.add_typer(forecast.app, name="forecast")
app.command(cls=Sized)(by_rule(knockouts.knockouts))
app.command(cls=Sized)(by_rule(levers.levers))
app.command()(by_rule(mechanisms.mechanisms))
app.command()(plan.plan)
app.command()(by_rule(premortem.premortem))
app.command(cls=Sized)(by_rule(reports.reports))
app.command()(rivals.rivals)
app.command(cls=Sized)(by_rule(run.run))
app.command()(screen.screen)
app.command()(sensitivity.sensitivity)
app.command()(sweep.sweep)
app.command()(tables.tables)
app.command()(by_rule(theory.theory))
app.command(cls=Sized)(by_rule(twin.twin))
app.command()(by_rule(validate.validate))
app.add_typer(world.app, name="world")
app.command()(worlds.worlds)
