"""The tables, the files and the chart of ``discretion dose``."""

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.mechanisms import Responses
from experiments.mechanisms.doses import UNITS
from experiments.mechanisms.groups import labelled, telling, title
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS, smallest_in_words
from viz.charts import response_by_dose
from viz.charts.save import FORMATS
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.console import bold, literal, out, remark, table
from viz.reports.report import Files, Report, header
from viz.reports.unknown import show_unknown

FILES = Files("dose.json", ("doses.csv", "response.csv", "worths.csv"), ("dose",), FORMATS)


def report(found: Responses, scenario: str, settings: list[str]) -> Report:
    """What was found, with the notes on days of the scenario."""
    told = {
        **header(found.world, scenario, settings), "directive": found.directive,
        "first_day": found.twins.first_day.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "undefined": dict(found.undefined),
        "doses": records(found.by_dose), "response": records(found.response),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found, told["notes"]),
        tables={"doses.csv": found.by_dose, "response.csv": found.response, "worths.csv": found.worths},
        charts={"dose": partial(charted, found)},
    )  # fmt: skip


def charted(found: Responses) -> Any:
    """The chart of what was found."""
    world = found.world
    rows = labelled(found.by_dose, telling(found.by_dose, found.twins, world), found.by_dose)
    drawn = rows.assign(unit=[UNITS.get(kind, "share") for kind in rows["over"]])
    return response_by_dose(
        drawn, Legend.of_world(world), f"Dose response: {world.directives[found.directive].title}",
        [f"Shift by {found.directive}, in percentage points, by dose; ring: as it is.",
         f"Band: 90 percent interval over {len(found.seeds)} replications, paired.",
         *(f"No dose of {kind}: {why}." for kind, why in found.undefined.items())],
    )  # fmt: skip


def _show(found: Responses, remarks: list[str], folder: Path) -> None:
    """Print the shift at each dose, group by group."""
    remark(remarks)
    groups = telling(found.by_dose, found.twins, found.world)
    runs = len(found.seeds)
    out.print(f"[bold]With and without {found.directive}[/], from {found.twins.first_day:%d %B %Y} on\n")
    if not groups:
        out.print("None of the agencies that it addresses shifts.\n")
    for group in groups:
        name = f"{found.world.agencies[group[0]].title}: {title(group, found.by_dose)}"
        heading = f"{name}, {runs} replications at scale {found.scale:g}, in points"
        rows = [labelled(part, [group], found.by_dose) for part in (found.by_dose, found.response)]
        out.print(_of_group(heading, *rows), "")
        show_unknown(rows[0], ["over", "dose"], "effect", found.draws)
    for kind, why in found.undefined.items():
        out.print(f"No dose of [bold]{kind}[/]: {literal(why)}.")
    out.print("[dim]Intervals hold 90 percent; the dose marked * is the directive as it is. "
              f"{smallest_in_words(found.smallest)}[/]")  # fmt: skip
    out.print(f"Stored in {bold(folder)}: every agency and stage as CSV, the chart as dose.html, .png, .svg.")


def _of_group(heading: str, by_dose: pd.DataFrame, response: pd.DataFrame) -> Table:
    shown = table(heading, "dose of", "dose", "shift", "from least to most", right=2)
    changes = {row["over"]: row for row in response.to_dict("records")}
    for over, rows in by_dose.groupby("over", sort=False):
        change = changes[over]
        figure = in_points(change["change"], change["low"], change["high"])
        matters = change["verdict"] == MATTERS
        told = Text.assemble(figure) if matters else Text.assemble((figure, "dim"), f" {change['verdict']}")
        for at, row in enumerate(rows.to_dict("records")):
            shown.add_row(
                str(over) if at == 0 else "", f"{row['dose']}{' *' if row['own'] else ''}",
                in_points(row["effect"], row["low"], row["high"]), told if at == 0 else "",
            )  # fmt: skip
    return shown
