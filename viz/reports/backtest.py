"""What a pre-mortem would have warned of, beside what happened: tables and files."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.premortem.backtest import FALSE_ALARM, HIT, MISS, SILENT, UNTOLD, BackTest
from experiments.records import records
from model import __version__
from model.world.loader import content_hash
from viz.reports.console import bold, literal, out, table
from viz.reports.report import Files, Report

FILES = Files("backtest.json", ("warnings.csv", "knew.csv"))
HEAD = ("outcome", "the report says", "warned, day", "the record says", "facts", "days of lead", "verdict",
        "knew too much")  # fmt: skip
VERDICTS = (HIT, FALSE_ALARM, MISS, SILENT, UNTOLD)


def report(found: Mapping[str, BackTest]) -> Report:
    """Of some episodes, by name."""
    warnings = pd.concat([one.table for one in found.values()], ignore_index=True)
    knew = pd.concat([one.knew.assign(episode=name) for name, one in found.items()], ignore_index=True)
    told = {
        "discretion": __version__, "counts": counts(warnings), "warnings": records(warnings), "knew": records(knew),
        "runs": {name: {"into": one.asked.into, "start": f"{one.asked.start}", "scale": one.scale,
                        "seeds": one.tries.seeds, "draws": one.tries.draws,
                        "content": content_hash(one.asked.world, one.asked.scenario)}
                 for name, one in found.items()},
    }  # fmt: skip
    return Report(FILES, told, partial(_show, found, counts(warnings)),
                  tables={"warnings.csv": warnings, "knew.csv": knew})  # fmt: skip


def counts(warnings: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How often each verdict, by episode."""
    return {str(name): {verdict: int((rows["verdict"] == verdict).sum()) for verdict in VERDICTS}
            for name, rows in warnings.groupby("episode", sort=False)}  # fmt: skip


def rows_of(one: BackTest) -> list[list[str]]:
    """The table of an episode, as texts under `HEAD`."""
    return [
        [row["outcome"], row["figure"], _warned(row), row["record"] or "nothing", row["facts"],
         "-" if pd.isna(row["lead"]) else f"{row['lead']:.0f}", row["verdict"], _knew(row["knew"])]
        for row in one.table.to_dict("records")
    ]  # fmt: skip


def _warned(row: Mapping[Any, Any]) -> str:
    if not row["warned"]:
        return "no"
    return "yes" if pd.isna(row["day"]) else f"yes, {row['day']:.0f}"


def _knew(paths: str) -> str:
    count = len(paths.split())
    return f"{count} parameter{'' if count == 1 else 's'}" if count else "-"


def _show(found: Mapping[str, BackTest], counted: Mapping[str, Mapping[str, int]], folder: Path) -> None:
    for name, one in found.items():
        shown = table(f"{name}: on the eve of {one.asked.start:%d %B %Y}", *HEAD, right=3)
        for row in rows_of(one):
            shown.add_row(*map(literal, row))
        out.print(shown)
        out.print(", ".join(f"{count} {verdict}" for verdict, count in counted[name].items()) + ".\n")
    out.print(f"Stored in {bold(folder)}: warnings.csv, knew.csv (parameters that rest on later facts), backtest.json.")
