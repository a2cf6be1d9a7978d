"""The table, the files and the chart of ``discretion downstream``."""

import json
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.border.counterfactuals import Downstream
from experiments.border.downstream import SIX
from experiments.records import records
from experiments.result_folder import staged
from experiments.smallest import MATTERS
from model import __version__
from viz.charts import counterfactuals_downstream
from viz.charts.save import save
from viz.reports.console import out, table
from viz.reports.figures import difference, figure

MARKER = "downstream.json"
FILES = frozenset({MARKER, "downstream.csv", "runs.csv", "downstream.html", "downstream.png"})


def summary(found: Downstream, settings: list[str]) -> dict[str, Any]:
    """What ``--json`` prints and ``downstream.json`` holds; a number that is missing is null."""
    return {
        "discretion": __version__, "world": found.world.name, "scenario": found.scenario, "settings": settings,
        "against": found.against, "since": found.since.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "compared": records(found.compared),
    }  # fmt: skip


def write(found: Downstream, told: dict[str, Any], folder: Path) -> None:
    """Store the tables and the chart, whole or not at all."""
    chart = downstream_chart(found)
    with staged(folder, FILES, MARKER) as part:
        found.compared.to_csv(part / "downstream.csv", index=False)
        found.runs.to_csv(part / "runs.csv", index=False)
        save(chart, part / "downstream.html")
        save(chart, part / "downstream.png")
        (part / MARKER).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def downstream_chart(found: Downstream) -> Any:
    """The chart of what was found."""
    titles = {name: found.world.scenarios[name].title for name in found.against}
    rows = found.six().assign(title=found.six()["scenario"].map(titles))
    return counterfactuals_downstream(
        rows, found.world.scenarios[found.scenario].title, list(SIX),
        [f"From {found.since:%B %Y} on, in figures of the real system; {len(found.seeds)} replications at scale "
         f"{found.scale:g}, the same people and luck in each world.",
         "Line: the record. Figures: difference to it; whisker: its 90 percent interval; filled: it matters."],
    )  # fmt: skip


def show(found: Downstream, folder: Path) -> None:
    """Print what was found."""
    record = found.world.scenarios[found.scenario]
    out.print(f"[bold]{record.title}[/], and what could have been instead, from {found.since:%B %Y} on\n")
    out.print(_table(found), "")
    for name in found.against:
        out.print(f"[bold]{name}[/]  {found.world.scenarios[name].question}", soft_wrap=True)
    out.print(
        f"\nDifferences to the record, with 90 percent intervals over {len(found.seeds)} replications at scale "
        f"{found.scale:g}; in figures of the real system. In brackets unless they matter: unless the interval lies "
        f"beyond {100 * found.smallest:g} percent of the record."
    )
    out.print(f"Stored in [bold]{folder}[/]: downstream.csv, runs.csv, downstream.html, downstream.png.")


def _table(found: Downstream) -> Table:
    six = found.six()
    shown = table("What would have been different downstream?", "", *SIX, right=len(SIX))
    for column in shown.columns[1:]:
        column.no_wrap, column.max_width = False, 13
    record = {row["measure"]: row for row in records(six.drop_duplicates("measure"))}
    shown.add_row("[bold]the record[/]", *(f"[bold]{figure(record[m]['record'], record[m]['unit'])}[/]" for m in SIX))
    for name in found.against:
        rows = {row["measure"]: row for row in records(six[six["scenario"] == name])}
        differences, reaches = zip(*(difference(rows[measure]) for measure in SIX), strict=True)
        verdicts = [rows[measure]["verdict"] for measure in SIX]
        shown.add_row(name, *(told if said == MATTERS or told == "0" else f"({told})"
                              for told, said in zip(differences, verdicts, strict=True)))  # fmt: skip
        shown.add_row("", *reaches, style="dim")
    return shown
