"""The tables, the files and the chart of ``discretion twin``."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.cli.console import out, table
from experiments.cli.report import percent
from experiments.staging import staged
from experiments.twin.findings import Findings
from experiments.twin.shift import NOT_DETECTABLE, in_words
from model import __version__
from model.schema import World
from viz.charts import shift_by_agency
from viz.save import save
from viz.shifts import in_points
from viz.theme import Legend

MARKER = "twin.json"
FILES = frozenset({MARKER, "shift.csv", "measures.csv", "flips.parquet", "shift.html", "shift.png"})
FLIPS = ["agency", "stage", "kind", "cause", "term"]
SHOWN = 12


def summary(found: Findings, world: World, scenario: str, scale: float, settings: list[str]) -> dict[str, Any]:
    """What ``--json`` prints and ``twin.json`` holds; a number that is missing is null."""
    agencies = found.shift[found.shift["by"] == "agency"].drop(columns=["by", "group"])
    return {
        "discretion": __version__, "world": world.name, "scenario": scenario, "settings": settings,
        "differ": found.twins.differ, "first_day": found.twins.first_day.isoformat(), "seeds": found.seeds,
        "scale": scale, "precise": found.precise, "shift": _records(agencies), "new": _records(found.new),
        "measures": _records(found.measures), "kinds": found.kinds, "flips": _records(counted(found)),
    }  # fmt: skip


def counted(found: Findings) -> pd.DataFrame:
    """Flips and reroutes by where, kind, cause and term, over all replications; the most frequent first."""
    table = found.flips.groupby(FLIPS, observed=True).size().rename("count").reset_index()
    return table.astype({name: str for name in FLIPS}).sort_values("count", ascending=False, kind="stable")


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): None if isinstance(value, float) and pd.isna(value) else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]


def write(found: Findings, world: World, told: dict[str, Any], folder: Path) -> None:
    """Store the tables and the chart, whole or not at all."""
    chart = shift_by_agency(
        charted(found), Legend.of_world(world), "Who shifted, and by how much?",
        [f"With and without {', '.join(found.twins.differ)}, from {found.twins.first_day:%d %B %Y} on.",
         "Favourable decisions on the same cases, in percentage points.",
         f"Bar: 90 percent interval over {len(found.seeds)} pairs; hollow: {NOT_DETECTABLE}."],
    )  # fmt: skip
    with staged(folder, FILES, MARKER) as part:
        found.shift.to_csv(part / "shift.csv", index=False)
        found.measures.to_csv(part / "measures.csv", index=False)
        found.flips.to_parquet(part / "flips.parquet", index=False, engine="pyarrow", compression="zstd")
        save(chart, part / "shift.html")
        save(chart, part / "shift.png")
        (part / MARKER).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def charted(found: Findings) -> pd.DataFrame:
    """Rows of the chart: each agency as a whole, then stage by stage."""
    rows = found.shift[found.shift["by"].isin(["agency", "stage"])]
    labels = rows["group"].where(rows["by"] == "stage", "all its decisions")
    return rows.assign(label=labels).sort_values(["agency", "by"], kind="stable")


def show(found: Findings, world: World, scale: float, folder: Path) -> None:
    """Print what was found."""
    differ, runs = ", ".join(found.twins.differ), len(found.seeds)
    out.print(f"[bold]With and without {differ}[/], from {found.twins.first_day:%d %B %Y} on\n")
    out.print(_shift_table(found, world, f"How far did they move? {runs} pairs at scale {scale:g}, same cases"), "")
    if len(found.new):
        shown = table("Decisions that exist only with them", "agency", "stage", "a pair", "favourable", right=2)
        for row in found.new.to_dict("records"):
            title = world.agencies[row["agency"]].title
            shown.add_row(title, row["stage"], f"{row['decisions']:,.0f}", percent(row["rate"]))
        out.print(shown, "")
    shown = table(f"What flipped them? Over {runs} pairs", *FLIPS, "decisions", right=1)
    for row in counted(found).head(SHOWN).to_dict("records"):
        shown.add_row(*(row[name] for name in FLIPS), f"{row['count']:,}")
    out.print(shown, "")
    if found.precise is False:
        out.print("[yellow]Not as precise as asked: more replications or a larger scale would narrow it.[/]")
    out.print(f"Stored in [bold]{folder}[/]: shift.csv, measures.csv, flips.parquet, shift.html, shift.png.")


def _shift_table(found: Findings, world: World, title: str) -> Table:
    columns = ("with", "without", "shift (90% interval)", "paired / unpaired", "")
    shown = table(title, "agency", "", "decisions", *columns, right=6)
    for row in charted(found).to_dict("records"):
        ratio = "-" if pd.isna(row["ratio"]) else f"{row['ratio']:.2f}"
        shown.add_row(
            world.agencies[row["agency"]].title, row["label"], f"{row['decisions']:,.0f}", percent(row["rate_with"]),
            percent(row["rate_without"]), in_points(row["shift"], row["low"], row["high"]), ratio,
            in_words(row["low"], row["high"]),
        )  # fmt: skip
    return shown
