"""The futures of an evening, told: their rates from that evening on, beside those of the run as it is."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from experiments.evening import AS_IT_IS, NAME, Evening, Future
from experiments.records import records
from model import __version__
from viz.reports.console import bold, out, remark, table, to_run
from viz.reports.figures import figure, percent
from viz.reports.report import Files, Report

FILES = Files("branch.json", ("futures.csv", "outcomes.parquet"), texts=(NAME,))
KEYS = ["agency", "stage"]


def compared(futures: Mapping[str, Future]) -> pd.DataFrame:
    """The rates of each future from the evening on.

    Returns:
        ``future``, ``agency``, ``stage``, ``decided``, ``favourable``, ``rate`` and ``change``: of the rate, against
        that of the run as it is.
    """
    usual = futures[AS_IT_IS].since[[*KEYS, "rate"]].rename(columns={"rate": "as_it_is"})
    parts = [future.since.assign(future=name).merge(usual, on=KEYS, how="left") for name, future in futures.items()]
    rows = pd.concat(parts, ignore_index=True)
    rows["change"] = rows["rate"] - rows["as_it_is"]
    return rows[["future", *KEYS, "decided", "favourable", "rate", "change"]]


def report(evening: Evening, futures: Mapping[str, Future]) -> Report:
    """The futures by name, the first of them the run as it is."""
    rows = compared(futures)
    saved = evening.saved
    about = saved.model_dump(mode="json", include={"world", "scenario", "scale", "seed", "settings", "until", "on"})
    outcomes = pd.concat([one.run.outcomes.assign(future=name) for name, one in futures.items()], ignore_index=True)
    return Report(
        FILES, {"discretion": __version__, **about, "notes": evening.model.notes, "futures": records(rows)},
        partial(_show, evening, rows), tables={"futures.csv": rows, "outcomes.parquet": outcomes},
        texts={NAME: evening.text},
    )  # fmt: skip


def _show(evening: Evening, rows: pd.DataFrame, folder: Path) -> None:
    saved = evening.saved
    out.print(f"{bold(saved.scenario)}, scale {saved.scale:g}, seed {saved.seed}: from {saved.on} to {saved.until}\n")
    remark(evening.model.notes)
    shown = table(
        f"Discretion rate after {saved.on}", "future", "agency", "stage", "decided", "rate", "change", right=3
    )
    for row in rows.to_dict("records"):
        change = "" if row["future"] == AS_IT_IS else figure(row["change"], "points")
        named = [row[key] for key in ("future", *KEYS)]
        shown.add_row(*named, f"{row['decided']:,.0f}", percent(row["rate"]), change)
    shown.columns[0].no_wrap = False
    out.print(shown, "")
    out.print(f"Stored in {bold(folder)}.")
    to_run("Other futures of this evening:", "branch", folder / NAME)
