"""``discretion tables``: the tables of a result in another format."""

from pathlib import Path
from typing import Annotated

import typer

from viz.reports.console import err


def tables(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a run, a twin, a sweep, any result.")],
    form: Annotated[str, typer.Option("--as", help="[bold]csv[/], [bold]stata[/] or [bold]parquet[/].")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="A new folder. Default: FOLDER-csv, beside it.")
    ] = None,
) -> None:
    """Write the tables of a result as CSV, for Stata, or as Parquet; prints the files.

    [bold]Examples[/]

    discretion tables results/morton-2011-s1-x0.02

    discretion tables results/twin-morton-2011 --as stata --out for-stata
    """
    from experiments.converted import converted

    written = converted(folder, form, out)
    for path in written:
        typer.echo(str(path))
    err.print(f"{len(written)} tables in {written[0].parent}.", soft_wrap=True)
