"""``discretion sweep``: the runs of a plan, gone on with after any interruption."""

import json
from pathlib import Path
from typing import Annotated

import typer

from viz.reports.console import bold, err, out, remark

SOME_FAILED = 1


def sweep(
    plan: Annotated[
        str, typer.Argument(metavar="PLAN", help="A plan by name ([bold]discretion plan[/] lists them), or a file.")
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where the runs and tables go. Default: results/sweep-PLAN."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=4096, help="Processes on this machine, one run at a time each. Default: one a core."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Instead: the workers of a dask scheduler, as tcp://127.0.0.1:8786."),
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Do the runs again that have failed.")] = False,
    at_most: Annotated[
        int, typer.Option(min=0, help="With more runs than this to do, nothing is begun: say how many you mean.")
    ] = 10_000,
    as_json: Annotated[
        bool, typer.Option("--json", help="Where it is and how many runs it has, as JSON on standard output.")
    ] = False,
) -> None:
    """Do the runs of a plan, and make its tables.

    Every run is stored as soon as it is finished. Interrupted (Ctrl-C, a crash, a full disk, a job that ran out of
    time), the same command goes on from there; a plan with more replications or wider ranges runs only what is new.
    The tables are the same, byte for byte, whatever the number of workers and the order in which they finish.

    A run that fails is a row with its error and its seed, and the others go on; the exit code is then 1.

    The folder holds runs.parquet (a row a run), results.parquet (a row a value), of a plan with series also
    series.parquet (a row a value and week, month or quarter), and what they were made from. In Python,
    experiments.load(DIR) and experiments.load_series(DIR) give them as one table; discretion tables DIR as CSV.

    --json prints an object: path, runs (of the plan), computed (this time), failed (of all), notes (on days without
    cases).

    [bold]Examples[/]

    discretion sweep first

    discretion sweep my-plan.toml --out results/mine --workers 8

    discretion sweep my-plan.toml --scheduler tcp://10.0.0.5:8786 --at-most 1000000

    discretion sweep my-plan.toml --retry-failed
    """
    from experiments.asked import readable, remarks
    from experiments.sweep import read_plan, resolve
    from experiments.sweep import sweep as swept
    from viz.cli.progress import shown

    asked = resolve(read_plan(plan))
    readable(asked.world, asked.scenarios, asked.plan.scale)
    notes = remarks(asked.world, asked.scenarios)
    place = folder or Path("results") / f"sweep-{Path(plan).stem}"
    try:
        done = swept(plan, place, workers, scheduler, retry_failed=retry_failed, at_most=at_most, watch=shown)
    except KeyboardInterrupt:
        stopped = f"Stopped. What was finished is in {place}; the same command goes on from there."
        err.print(stopped, soft_wrap=True, markup=False)
        raise
    if as_json:
        told = {"path": str(place), "runs": done.runs, "computed": done.computed, "failed": done.failed, "notes": notes}
        typer.echo(json.dumps(told, indent=2))
    else:
        remark(notes)
        out.print(f"{done.runs:,} runs, {done.computed:,} of them done now, {done.failed:,} failed.")
        over_time = ", series.parquet" if asked.plan.series else ""
        out.print(f"Stored in {bold(place)}: runs.parquet, results.parquet{over_time}.")
    if done.failed:
        err.print(f"{done.failed:,} runs failed: see the column error of runs.parquet; --retry-failed does them again.")
        raise typer.Exit(SOME_FAILED)
