"""``discretion worlds``: what there is to run."""

import json
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from viz.cli import options
from viz.reports.console import out, table


def worlds(
    world: Annotated[
        str | None,
        typer.Argument(
            metavar="[WORLD]", help="A world by name, or the folder of one. Without it: all that are shipped."
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILTER]", help="With --parameters: only those with this text in path, unit or source."
        ),
    ] = None,
    parameters: Annotated[
        bool, typer.Option("--parameters", help="List what [bold]discretion run --set[/] can move, with its sources.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON, on standard output.")] = False,
) -> None:
    """See what there is, and on which days: agencies, stages, directives, levers, scenarios, cases and parameters.

    --json prints, of one world, an object: name, title, summary, agencies (name, title, full_name, units), stages
    (name, title, stream, decided_by, favourable, unfavourable), days (stream, mixes, first, last, carried_after,
    pending), directives (name, title, start, to, stages, authority, direction), levers (name, title, question, amends,
    changes, source), scenarios (name, title, question, start, end, directives, streams, counterfactual_of) and cases
    (name, title, on, scenario, stages, story); of all worlds, a list of such.

    [bold]Examples[/]

    discretion worlds

    discretion worlds immigration

    discretion worlds immigration --parameters

    discretion worlds immigration --parameters ice.culture
    """
    from experiments.catalogue import catalogue
    from experiments.catalogue import parameters as listed
    from model.errors import InputError
    from model.world.loader import load
    from model.world.loader import worlds as shipped

    if text is not None and not parameters:
        raise InputError("a filter is for parameters", where="FILTER", found=text, allowed="together with --parameters")
    if parameters:
        rows = listed(load(world or options.DEFAULT_WORLD), text or "")
        if not rows:
            raise InputError("no parameter has this in its path, unit or source", where="FILTER", found=text)
        _show(rows, as_json, _parameters)
    elif world is None:
        _show([catalogue(load(name)) for name in shipped()], as_json, _overview)
    else:
        _show(catalogue(load(world)), as_json, _details)


def _show(content: Any, as_json: bool, tables: Any) -> None:
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        tables(content)


def _days(world: dict[str, Any]) -> Table:
    shown = table("Days with cases", "stream", "from", "to", "mixes")
    for entry in world["days"]:
        mixes = ", ".join(entry["mixes"]) + (" (pending on these days)" if entry["pending"] else "")
        carried = f" (after {entry['carried_after']} as in that month)" if entry["carried_after"] else ""
        shown.add_row(entry["stream"], entry["first"], entry["last"], mixes + carried)
    return shown


def _overview(worlds: list[dict[str, Any]]) -> None:
    for world in worlds:
        out.print(f"[bold]{world['name']}[/]  {escape(world['title'])}\n{escape(world['summary'])}\n")
        for streams in dict.fromkeys(tuple(entry["streams"]) for entry in world["scenarios"]):
            scenarios = table(f"Scenarios: {' and '.join(streams)}", "name", "from", "to", "question")
            for entry in world["scenarios"]:
                if tuple(entry["streams"]) == streams:
                    scenarios.add_row(entry["name"], entry["start"], entry["end"], entry["question"])
            out.print(scenarios, "")
        out.print(_days(world), "")
    out.print("More: [bold]discretion worlds WORLD[/]. To run one: [bold]discretion run SCENARIO[/].")


def _details(world: dict[str, Any]) -> None:
    out.print(f"[bold]{world['name']}[/]  {escape(world['title'])}\n{escape(world['summary'])}\n")
    agencies = table("Agencies and units", "unit", "title", "agency", "offices", "officers", right=2)
    for agency in world["agencies"]:
        for unit in agency["units"]:
            agencies.add_row(
                unit["name"], unit["title"], agency["title"], str(len(unit["offices"])), f"{unit['officers']:,.0f}"
            )
    stages = table("Decisions", "stage", "title", "decided by", "favourable", "unfavourable")
    for stage in world["stages"]:
        stages.add_row(*(stage[key] for key in ("name", "title", "decided_by", "favourable", "unfavourable")))
    directives = table("Directives", "name", "from", "to", "authority", "title")
    for entry in world["directives"]:
        directives.add_row(entry["name"], entry["start"], ", ".join(entry["to"]), entry["authority"], entry["title"])
    levers = table("Levers: what could be done otherwise", "name", "title", "in", "changes")
    for entry in world["levers"]:
        levers.add_row(entry["name"], entry["title"], ", ".join(entry["amends"]), entry["changes"])
    scenarios = table("Scenarios", "name", "question", "directives")
    for entry in world["scenarios"]:
        issued = ", ".join(entry["directives"]) or "none"
        scenarios.add_row(entry["name"], entry["question"], issued)
    cases = table("Named cases", "name", "decided on", "in scenario", "story")
    for entry in world["cases"]:
        cases.add_row(entry["name"], entry["on"], entry["scenario"], entry["story"])
    for part in (agencies, stages, _days(world), directives, levers, scenarios, cases):
        out.print(part, "")
    out.print(f"Parameters: [bold]discretion worlds {world['name']} --parameters[/]")


def _parameters(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        low, high = ("" if bound is None else f"{bound:g}" for bound in row["range"])
        limits = f"{low} to {high}".strip() if low or high else "any"
        out.print(f"[bold]{escape(row['path'])}[/] = {row['value']:g} {row['unit']} ({limits})", soft_wrap=True)
        out.print(Padding(escape(row["source"]), (0, 0, 0, 4)), style="dim")
    out.print(f"\n{len(rows)} parameters. To move one: [bold]discretion run SCENARIO --set PATH=VALUE[/]")
