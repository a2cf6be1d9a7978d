"""The table, the files and the chart of ``discretion downstream``."""

from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from experiments.border.counterfactuals import Downstream
from experiments.border.downstream import SIX
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS
from viz.charts import counterfactuals_downstream
from viz.reports.console import bold, literal, out, remark, table
from viz.reports.figures import difference, figure
from viz.reports.report import Files, Report, header
from viz.reports.unknown import show_unknown

FILES = Files("downstream.json", ("downstream.csv", "runs.csv"), ("downstream",))


def report(found: Downstream, settings: list[str]) -> Report:
    """What was found, with the notes on days of the scenario; a number that is missing is null."""
    told = {
        **header(found.world, found.scenario, settings), "against": found.against,
        "since": found.since.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "compared": records(found.compared),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found, told["notes"]),
        tables={"downstream.csv": found.compared, "runs.csv": found.runs},
        charts={"downstream": partial(downstream_chart, found)},
    )  # fmt: skip


def downstream_chart(found: Downstream) -> Any:
    """The chart of what was found."""
    titles = {name: found.world.scenarios[name].title for name in found.against}
    rows = found.six().assign(title=found.six()["scenario"].map(titles))
    return counterfactuals_downstream(
        rows, found.world.scenarios[found.scenario].title, list(SIX),
        [f"From {found.since:%B %Y} on, in figures of the real system; {len(found.seeds)} replications at scale "
         f"{found.scale:g}, the same people and random numbers in each world.",
         "Line: as it was issued. Figures: difference to it; whisker: its 90 percent interval; filled: it matters."],
    )  # fmt: skip


def _show(found: Downstream, remarks: list[str], folder: Path) -> None:
    remark(remarks)
    record = found.world.scenarios[found.scenario]
    out.print(f"{bold(record.title)}, and what could have been instead, from {found.since:%B %Y} on\n")
    out.print(_table(found), "")
    show_unknown(found.six(), ["scenario", "measure"], "difference", found.draws)
    for name in found.against:
        out.print(f"[bold]{name}[/]  {literal(found.world.scenarios[name].question)}", soft_wrap=True)
    out.print(
        f"\nDifferences to what was issued, with 90 percent intervals over {len(found.seeds)} replications at scale "
        f"{found.scale:g}; in figures of the real system. In brackets unless they matter: unless the interval lies "
        f"beyond {100 * found.smallest:g} percent of it."
    )
    out.print(f"Stored in {bold(folder)}: downstream.csv, runs.csv, downstream.html, downstream.png.")


def _table(found: Downstream) -> Table:
    six = found.six()
    shown = table("Downstream effects: difference to what was issued", "", *SIX, right=len(SIX))
    for column in shown.columns[1:]:
        column.no_wrap, column.max_width = False, 13
    record = {row["measure"]: row for row in records(six.drop_duplicates("measure"))}
    figures = (figure(record[measure]["record"], record[measure]["unit"]) for measure in SIX)
    shown.add_row(*(Text(cell, "bold") for cell in ("as issued", *figures)))
    for name in found.against:
        rows = {row["measure"]: row for row in records(six[six["scenario"] == name])}
        differences, reaches = zip(*(difference(rows[measure]) for measure in SIX), strict=True)
        verdicts = [rows[measure]["verdict"] for measure in SIX]
        shown.add_row(name, *(told if said == MATTERS or told == "0" else f"({told})"
                              for told, said in zip(differences, verdicts, strict=True)))  # fmt: skip
        shown.add_row("", *reaches, style="dim")
    return shown
