"""``discretion plan``: what a sweep would be, and what it would cost, before it runs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from viz.reports.console import bold, err, out, remark, table

if TYPE_CHECKING:
    from experiments.sweep.cost import Cost
    from experiments.sweep.resolved import Resolved


def plan(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[PLAN]", help="A plan by name, or a .toml file. Without it: all that are shipped."),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where it is swept to: runs that are there cost nothing more."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON, on standard output.")] = False,
) -> None:
    """See what a sweep would do and what it would cost, before it runs.

    Checks the plan against its world, counts its runs, and tries five of them (the first is not counted). Nothing is
    kept.

    --json prints an object: title, design, scenarios, vary (path, from, to or values, distribution), points,
    replications, runs, there (already in DIR), left, seconds (of one run, on one core), bytes (on the disk for one
    run, at most), failed (of the runs that were tried), notes (on days without cases).

    [bold]Examples[/]

    discretion plan

    discretion plan first

    discretion plan my-plan.toml --out results/my-plan --json
    """
    from experiments.asked import readable, remarks
    from experiments.sweep import plans, read_plan, resolve
    from experiments.sweep.cost import cost

    if name is None:
        shipped = [read_plan(one).plan for one in plans()]
        rows = [(one, plan.title, plan.design.kind) for one, plan in zip(plans(), shipped, strict=True)]
        _list(rows, as_json)
        return
    resolved = resolve(read_plan(name))
    readable(resolved.world, resolved.scenarios, resolved.plan.scale)
    notes = remarks(resolved.world, resolved.scenarios)
    with err.status("trying a few runs ..."):
        found = cost(resolved, folder)
    if as_json:
        typer.echo(json.dumps({**_plain(resolved, found), "notes": notes}, indent=2, ensure_ascii=False))
    else:
        remark(notes)
        _show(resolved, found)


def _list(rows: Sequence[tuple[str, str, str]], as_json: bool) -> None:
    if as_json:
        keys = ("name", "title", "design")
        typer.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2, ensure_ascii=False))
        return
    shown = table("Plans", "name", "title", "design")
    for row in rows:
        shown.add_row(*row)
    out.print(shown)
    out.print("\nMore: [bold]discretion plan PLAN[/]. To run one: [bold]discretion sweep PLAN[/].")


def _plain(resolved: "Resolved", found: "Cost") -> dict[str, Any]:
    plan = resolved.plan
    vary = [
        {"path": factor.path, "values": list(factor.values)} if factor.values else
        {"path": factor.path, "from": factor.low, "to": factor.high, "distribution": factor.distribution}
        for factor in resolved.factors
    ]  # fmt: skip
    numbers = {
        key: getattr(found, key) for key in ("points", "replications", "runs", "there", "left", "bytes", "failed")
    }
    seconds = {"seconds": round(found.seconds, 4)}
    design = plan.design.model_dump(exclude_none=True)
    return {"title": plan.title, "design": design, "scenarios": plan.scenarios, "vary": vary, **numbers, **seconds}


def _show(resolved: "Resolved", found: "Cost") -> None:
    from viz.cli.progress import duration

    plan = resolved.plan
    out.print(f"{bold(plan.title)}")
    out.print(f"{plan.question}\n" if plan.question else "", markup=False)
    shown = table("Varied parameters", "parameter", "values", "distribution", "the world's own")
    for factor in resolved.factors:
        values = f"{factor.low:g} to {factor.high:g}" if factor.values is None else ", ".join(map(str, factor.values))
        law = factor.distribution if factor.values is None else ""
        shown.add_row(factor.path, values, law, f"{factor.own:g}" if factor.numeric else str(factor.own))
    out.print(shown, "")
    worlds = "pairs of worlds" if plan.paired else "worlds"
    shown = table("Number of runs", "", "", right=1)
    shown.add_row(f"points of the {plan.design.kind} design", f"{found.points:,}")
    shown.add_row(f"scenarios ({', '.join(plan.scenarios)})", f"{found.scenarios:,}")
    shown.add_row("replications", f"{found.replications:,}")
    shown.add_row(f"runs ({worlds}, scale {plan.scale:g})", Text(f"{found.runs:,}", "bold"))
    if found.there:
        shown.add_row("of these, done already", f"{found.there:,}")
    out.print(shown, "")
    shown = table("Estimated cost", "", "", right=1)
    shown.add_row("one run, on one core", duration(found.seconds))
    for workers in (1, 2, 8, 1000):
        cores = "core" if workers == 1 else "cores"
        shown.add_row(f"all that is left, on {workers:,} {cores}", duration(found.hours(workers) * 3600))
    shown.add_row("disk, at most", megabytes(found.left * found.bytes))
    out.print(shown, "")
    if found.failed:
        out.print(f"[yellow]{found.failed} of the runs that were tried failed.[/]")
    out.print("Measured on a few runs, on this machine as busy as it is now; workers that wait are not counted.")


def megabytes(size: int) -> str:
    """A size on the disk.

    >>> megabytes(300_000), megabytes(7_300_000_000)
    ('0.3 MB', '7,300.0 MB')
    """
    return f"{size / 1e6:,.1f} MB"
