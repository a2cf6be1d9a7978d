"""``discretion demo``: the headline, for somebody who has just come."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viz.cli.options import POINTS, PROCESSORS, SmallestEffect, Workers
from viz.cli.sizes import readable
from viz.reports.console import out, progress, table

if TYPE_CHECKING:
    import pandas as pd

    from model.schema import World

MARKER = "demo.json"
HOW_TO_READ = (
    "Chance of leniency for the same cases, and by how many percentage points the directives shift it. Invited: from "
    "June 2011; ordered to look at every case: from November 2011. People: how many more are spared up to June 2013, "
    "in the numbers of the real system. Without DACA nobody decides its requests."
)
FILES = frozenset({"headline.html", "headline.png", "headline.csv", MARKER})


def demo(
    replications: Annotated[int, typer.Option(min=1, help="Pairs of worlds, each with its own luck.")] = 8,
    scale: Annotated[float, typer.Option(help="Share of the real system's cases and officers.")] = 0.01,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the chart and the figures go.")] = Path(
        "results/demo"
    ),
    smallest_effect: SmallestEffect = POINTS,
    workers: Workers = PROCESSORS,
    show: Annotated[bool, typer.Option("--open", help="Open the chart in the browser.")] = False,
) -> None:
    """See the memos of 2011 meet ICE and DACA meet USCIS: who changes, and who does not?

    Runs the record of 2010 to 2013 in pairs, with these directives and without them, on the same cases, with the
    same officers and luck. Prints by how much each agency shifted, with intervals over the pairs, and writes a chart.
    Takes less than a minute; the first run compiles the model on the way.

    [bold]Examples[/]

    discretion demo

    discretion demo --replications 20 --scale 0.05 --open
    """
    from experiments.headline import SCENARIO, over_pairs
    from experiments.result_folder import staged, usable
    from model.world.loader import load

    usable(folder, FILES, MARKER)
    world = load()
    readable(world, [SCENARIO], scale)
    with progress(f"{replications} pairs of {SCENARIO}", quiet=False) as days:
        figures, every = over_pairs(world, replications, scale, days, smallest_effect / 100.0, workers)
    with staged(folder, FILES, MARKER) as part:
        _write(figures, every, world, part, replications, scale, smallest_effect / 100.0)
    _print(figures, world, replications, scale, smallest_effect / 100.0)
    out.print(f"Chart: [bold]{folder / 'headline.html'}[/] (opens without internet), and headline.png beside it.")
    if show:
        typer.launch(str((folder / "headline.html").resolve()))


def _write(
    figures: "pd.DataFrame", every: "pd.DataFrame", world: "World", part: Path, replications: int, scale: float,
    smallest: float,
) -> None:  # fmt: skip
    from experiments.headline import DIRECTIVES, SCENARIO
    from model import __version__
    from viz.charts import rates_with_and_without
    from viz.charts.save import save
    from viz.charts.theme import Legend

    chart = rates_with_and_without(
        figures.rename(columns={"who": "label"}), Legend.of_world(world), "The same leniency, asked of two agencies",
        ["Chance of leniency without the directives (hollow) and with (filled), same cases.",
         "Without DACA nobody decides its requests.",
         f"Shift in percentage points, 90 percent interval over {replications} pairs, scale {scale:g}."],
    )  # fmt: skip
    save(chart, part / "headline.html")
    save(chart, part / "headline.png")
    every.to_csv(part / "headline.csv", index=False)
    about = {"discretion": __version__, "scenario": SCENARIO, "without": DIRECTIVES, "replications": replications,
             "scale": scale, "smallest_effect": smallest}  # fmt: skip
    (part / MARKER).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _print(figures: "pd.DataFrame", world: "World", replications: int, scale: float, smallest: float) -> None:
    from experiments.headline import in_words
    from experiments.smallest import MATTERS, smallest_in_words
    from viz.charts.shifts import in_points
    from viz.reports.run import WIDE, percent

    title = f"With and without the memos of 2011 and DACA: {replications} pairs at scale {scale:g}"
    people = out.width >= WIDE
    columns = ("with", "without", "shift (90% interval)", *(["people spared"] if people else []))
    shown = table(title, "", *columns, right=len(columns))
    for agency, rows in figures.groupby("agency", sort=False):
        shown.add_row(f"[bold]{world.agencies[str(agency)].title}[/]")
        for row in rows.to_dict("records"):
            known = row["verdict"] == MATTERS
            spared = f"{_people(row['people_low'])} to {_people(row['people_high'])}" if known else row["verdict"]
            shown.add_row(
                f"  {row['who']}", percent(row["with"]), percent(row["without"]),
                in_points(row["shift"], row["low"], row["high"]), *([spared] if people else []),
            )  # fmt: skip
    out.print(shown)
    out.print(f"[dim]{HOW_TO_READ} {smallest_in_words(smallest)}[/]\n")
    out.print(f"{in_words(figures)}\n")


def _people(count: float) -> str:
    return f"{float(f'{count:.3g}'):+,.0f}"
