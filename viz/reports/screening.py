"""The table and the files of ``discretion screen``."""

import json
from functools import partial
from pathlib import Path

from experiments.calibration.screening import FIRST, Screened
from experiments.calibration.stored import ABOUT, POINTS, Stored, described
from experiments.records import records
from model import __version__
from viz.reports.console import bold, literal, out, table
from viz.reports.report import Files, Report

FILES = Files("screening.json", ("screening.csv", POINTS), texts=(ABOUT,))


def report(found: Screened, world: str, seed: int, assumed: Stored | None) -> Report:
    """What was found, to be stored; with the points of what is assumed, from which other commands draw."""
    short = found.table[["parameter", "assumed", "calibrated", "effect", "target"]]
    told = {
        "discretion": __version__, "calibration": found.calibration, "world": world, "scale": found.scale, "seed": seed,
        "trajectories": found.trajectories, "runs": found.runs, "processor_hours": round(found.processor / 3600.0, 3),
        "parameters": len(found.table), "refused": found.refused, "assumed": found.assumed,
        "fixed": int((~found.table["calibrated"]).head(FIRST).sum()),
        "effects": records(short.round({"effect": 3})),
        "drawn": [] if assumed is None else list(assumed.posterior.priors),
    }  # fmt: skip
    tables, texts = {"screening.csv": found.table}, {}
    if assumed is not None:
        tables[POINTS] = assumed.posterior.points
        texts[ABOUT] = partial(json.dumps, described(assumed.posterior, assumed.about), indent=2)
    return Report(FILES, told, partial(_show, found, assumed), tables=tables, texts=texts)


def _show(found: Screened, assumed: Stored | None, folder: Path) -> None:
    """Print the first twenty, and what is known of the rest."""
    title = f"Parameters by effect on the facts of {found.calibration}, in tolerances over a quarter of the range"
    shown = table(title, "", "source", "varied", "of", "effect", right=1)
    for row in records(found.table.head(FIRST)):
        source = "assumed" if row["assumed"] else row["source"]
        shown.add_row(row["parameter"], source, "yes" if row["calibrated"] else "no", row["target"],
                      f"{row['effect']:.2f}")  # fmt: skip
    out.print(shown, "")
    many, rest = len(found.table), found.table.iloc[FIRST:]
    most = f" The others move no fact by more than {rest['effect'].max():.2f}." if len(rest) else ""
    refused = f" The world refused {found.refused} points." if found.refused else ""
    out.print(
        f"{many} parameters, {found.runs:,} runs, {found.processor / 3600.0:.2f} processor-hours. "
        f"{found.assumed} of the first {min(FIRST, many)} are assumptions.{most}{refused}"
    )
    if assumed is not None:
        out.print(f"{len(assumed.posterior.priors)} of the assumptions are left fixed. What a result owes to them: "
                  f"[bold]--posterior {literal(folder)}[/] of run, twin and the other commands that draw.")  # fmt: skip
    out.print(f"Stored in {bold(folder)}: {', '.join(sorted(FILES.names))}.")
