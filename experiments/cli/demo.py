"""``discretion demo``: the headline, for somebody who has just come."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.console import out, progress, table

if TYPE_CHECKING:
    import pandas as pd

MARKER = "demo.json"
FILES = frozenset({"headline.html", "headline.png", "headline.csv", MARKER})


def demo(
    replications: Annotated[int, typer.Option(min=1, help="How many times, each with its own luck.")] = 12,
    scale: Annotated[float, typer.Option(help="Share of the real system's cases and officers.")] = 0.02,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the chart and the figures go.")] = Path(
        "results/demo"
    ),
    show: Annotated[bool, typer.Option("--open", help="Open the chart in the browser.")] = False,
) -> None:
    """See two memos and one programme meet two agencies: who changes, and who does not?

    Runs the record of 2010 to 2013 several times, prints the rates of ICE and USCIS with the range over the
    replications, and writes a chart. Takes less than a minute; the first run compiles the model on the way.

    [bold]Examples[/]

    discretion demo

    discretion demo --replications 30 --scale 0.1 --open
    """
    from experiments.headline import LAST_DAY, SCENARIO, headline, over_replications
    from experiments.replications import replicate
    from experiments.staging import staged, usable

    usable(folder, FILES, MARKER)
    with progress(f"{replications} replications of {SCENARIO}", quiet=False) as days:
        runs = replicate(SCENARIO, range(1, replications + 1), scale, measure=headline, until=LAST_DAY, progress=days)
    figures = over_replications(runs)
    with staged(folder, FILES, MARKER) as part:
        _write(figures, runs, part, replications, scale)
    _print(figures, replications, scale)
    out.print(f"Chart: [bold]{folder / 'headline.html'}[/] (opens without internet), and headline.png beside it.")
    if show:
        typer.launch(str((folder / "headline.html").resolve()))


def _write(figures: "pd.DataFrame", runs: "pd.DataFrame", part: Path, replications: int, scale: float) -> None:
    from experiments.headline import DECIDED, SCENARIO
    from model import __version__
    from model.loader import load
    from viz.charts import rates_before_after
    from viz.save import save
    from viz.theme import Legend

    chart = rates_before_after(
        figures[(figures["unit"] == "share") & (figures["period"] != DECIDED)],
        Legend.of_world(load()),
        "The same leniency, asked of two agencies",
        [f"Dot: median of {replications} replications at scale {scale:g}; bar: where 90 percent fall.",
         "Each agency has its own scale."],
    )  # fmt: skip
    save(chart, part / "headline.html")
    save(chart, part / "headline.png")
    runs.to_csv(part / "headline.csv", index=False)
    about = {"discretion": __version__, "scenario": SCENARIO, "replications": replications, "scale": scale}
    (part / MARKER).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _print(figures: "pd.DataFrame", replications: int, scale: float) -> None:
    from experiments.headline import in_words
    from model.loader import load

    agencies = load().agencies
    title = f"The record of 2010 to 2013, {replications} times at scale {scale:g}"
    shown = table(title, "", "median", "90% of the runs", right=2)
    for (agency, measure, unit), rows in figures.groupby(["agency", "measure", "unit"], sort=False):
        shown.add_row(f"[bold]{agencies[str(agency)].title}[/] {measure}")
        for row in rows.to_dict("records"):
            shown.add_row(f"  {row['period']}", *_figures(str(unit), row["median"], row["low"], row["high"]))
    out.print(shown, "")
    out.print(f"{in_words(figures)}\n")


def _figures(unit: str, median: float, low: float, high: float) -> tuple[str, str]:
    from viz.before_after import in_percent

    if unit == "cases":
        return f"{median:,.0f}", f"{low:,.0f} to {high:,.0f}"
    return in_percent(median, low, high)
