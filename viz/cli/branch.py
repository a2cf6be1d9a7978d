"""``discretion branch``: run to an evening once, and see several futures from there."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import progress

if TYPE_CHECKING:
    from experiments.evening import Evening

DAY = ["%Y-%m-%d"]


def branch(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="Its name, or the [bold]evening.json[/] of an earlier branch.")
    ],
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="The evening from which the futures part.")] = None,
    futures: Annotated[
        list[str] | None,
        typer.Option(
            "--future",
            metavar="PATH=VALUE",
            help="A future: a directive still to come, worded otherwise; several settings apart by ; and may be given "
            "again.",
        ),
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Last day, if not the scenario's.")] = None,
    scale: Annotated[
        float | None, typer.Option(help="Share of the real system: 1 is every case and every officer. Default: 0.02.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Random seed. Default: 1.")] = None,
    world: Annotated[
        str | None, typer.Option(help=f"A world by name, or the folder of one. Default: {options.DEFAULT_WORLD}.")
    ] = None,
    settings: options.Settings = None,
    folder: Annotated[Path | None, options.out("branch-SCENARIO")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Run to an evening once, and see several futures from there: a directive as it is, and worded otherwise.

    The past is the same to the last decision, so that what differs is the wording alone. A future may reword directives
    that have not begun (authority, clarity, direction, evaluation, latitude, mandate, meaning, monitoring, training,
    union_consents); whatever would have changed the past is refused.

    The evening is kept as evening.json, and given in place of SCENARIO it has other futures. It is text that says
    which run it is, with a hash of its past; nothing in it is executed, and it is run to again, by the same version and
    world.

    The folder holds futures.csv (future, agency, stage, decided, favourable, rate, change), outcomes.parquet (by week,
    of all futures), evening.json and branch.json.

    --json prints an object: path, discretion, world, scenario, scale, seed, settings, until, on, notes, futures (as
    futures.csv: of the days after the evening; change is that of the rate against the run as it is).

    [bold]Examples[/]

    discretion branch morton-2011 --on 2011-11-16 --future directives.review-2011.clarity=0.1

    discretion branch results/branch-morton-2011/evening.json --future "directives.review-2011.mandate=0"
    """
    from experiments.evening import AS_IT_IS
    from viz.reports.branch import FILES, report

    given = {"--on": on, "--until": until, "--scale": scale, "--seed": seed, "--world": world, "--set": settings}
    saved = scenario.endswith(".json")
    place = folder or (Path(scenario).parent if saved else Path("results") / f"branch-{Path(scenario).name}")
    FILES.check(place)
    eve = _read(scenario, given) if saved else _run(scenario, given)
    found = {}
    for words in [AS_IT_IS, *(futures or [])]:
        moved = [] if words == AS_IT_IS else [part.strip() for part in words.split(";")]
        with progress(words, as_json) as days:
            found[words] = eve.future(moved, days)
    deliver(report(eve, found), place, as_json)


def _run(scenario: str, given: dict[str, Any]) -> "Evening":
    from experiments.asked import readable
    from experiments.evening import evening
    from model.errors import InputError
    from model.world.loader import load

    on, until, settings = given["--on"], given["--until"], given["--set"] or []
    if on is None:
        raise InputError("on which evening?", where="--on", allowed="a day before the directive begins: 2011-11-16")
    scale = 0.02 if given["--scale"] is None else given["--scale"]
    seed = 1 if given["--seed"] is None else given["--seed"]
    world = given["--world"] or options.DEFAULT_WORLD
    readable(load(world, settings), [scenario], scale)
    with progress(f"{scenario} to {on:%Y-%m-%d}", False) as days:
        return evening(
            scenario, on.date(), scale, seed, world=world, settings=settings, until=until and until.date(),
            progress=days,
        )  # fmt: skip


def _read(path: str, given: dict[str, Any]) -> "Evening":
    from experiments.evening import read_evening
    from model.errors import InputError

    if said := next((option for option, value in given.items() if value is not None), None):
        raise InputError(
            "the saved evening says it already", where=said, found=str(given[said]), allowed="--future alone"
        )
    with progress(f"to the evening of {path}", False) as days:
        return read_evening(path, days)
