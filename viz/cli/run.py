"""``discretion run``: one scenario, from its first day to its last."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from viz.cli.options import Scale, Scenario, Settings, World
from viz.reports.console import bold, out, progress, remark

if TYPE_CHECKING:
    from experiments.border import Account
    from experiments.runs import Run


def run(
    scenario: Scenario,
    world: World = "immigration",
    scale: Scale = 0.02,
    seed: Annotated[int, typer.Option(min=0, help="Random seed; the same seed gives the same files.")] = 1,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, if not the scenario's.")
    ] = None,
    settings: Settings = None,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to store the run. Default: results/, named after the run."),
    ] = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="Keep every decision with its terms (large at large scales).")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Where it is stored and the rates, as JSON on standard output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No bar and no tables, only where it is stored.")] = False,
) -> None:
    """Run a scenario, see the rates of every agency, and store the tables.

    A scenario at the border also prints its last months by district and what broke downstream, in figures of the real
    system.

    The folder holds outcomes, flows, resources, paths, separated and breaches (.parquet), run.json and rates.html;
    with --cases also cases.parquet; at the border also months.html, families.html and beds.html. It appears when all
    is written, and replaces an earlier run only then.

    [bold]Examples[/]

    discretion run record-2013

    discretion run morton-2011 --scale 1 --seed 7 --out results/full

    discretion run morton-2011 --set rule.peers=0 --set directives.review-2011.mandate=0

    discretion run daca-2012 --json | jq .rates

    discretion run zero-tolerance-2018 --scale 1
    """
    from experiments.border import account, has_border
    from experiments.results import check_place
    from experiments.runs import run as simulate
    from viz.reports.run import save

    moved = settings or []
    last = until.date() if until else None
    place = folder or default_place(scenario, seed, scale, [world, *moved, last])
    check_place(place)
    with progress(f"{scenario}, scale {scale:g}", quiet) as days:
        result = simulate(scenario, scale, seed, world=world, settings=moved, until=last, trace=cases, progress=days)
    border = account(result, world) if has_border(result, world) else None
    result = save(result, place, border)
    if as_json:
        typer.echo(json.dumps(summary(result, border), indent=2, ensure_ascii=False))
    elif quiet:
        typer.echo(str(place))
    else:
        _print(result, border)


def default_place(scenario: str, seed: int, scale: float, others: list[Any]) -> Path:
    """Where a run goes unless told; one that differs in more than seed and scale has its own place."""
    name = f"{Path(scenario).name}-s{seed}-x{scale:g}"
    if others == ["immigration", None]:
        return Path("results") / name
    from model.world.loader import content_hash

    return Path("results") / f"{name}-{content_hash([str(other) for other in others])[:6]}"


def summary(result: "Run", border: "Account | None" = None) -> dict[str, Any]:
    """What ``--json`` prints: ``path``, what was run, and ``rates`` by agency and stage, and ``border``.

    Each rate has ``agency``, ``stage``, ``decided`` and ``favourable`` (decisions), ``rate`` (favourable /
    decided), ``noticed`` (share looked at as individuals) and ``hours``. ``border`` is there if the run watched it
    (`viz.reports.border.border_summary`).
    """
    from experiments.rates import rates
    from viz.reports.border import border_summary

    about = result.about
    keys = ("world", "scenario", "content", "seed", "scale", "start", "end", "settings", "notes")
    rows = rates(result.outcomes).astype({"agency": str, "stage": str}).to_dict("records")
    told = {"path": str(result.path), **{key: about[key] for key in keys}, "rates": rows}
    return {**told, "border": border_summary(border)} if border else told


def _print(result: "Run", border: "Account | None") -> None:
    from viz.reports.border import border_tables
    from viz.reports.run import ends_table, queue_table, rate_table, resource_table

    out.print(f"{bold(result.title)}\n")
    remark(result.about["notes"])
    there = border_tables(border) if border else []
    for part in (rate_table(result), *there, ends_table(result), resource_table(result), queue_table(result)):
        out.print(part, "")
    counts = "Other counts" if border else "Counts"
    out.print(f"{counts} are of this run: divide by {result.about['scale']:g} for the real system's.")
    drawn = "; months.html, families.html and beds.html draw the border" if border else ""
    out.print(f"Stored in {bold(result.path)}; the rates by month are drawn in rates.html{drawn}.")
