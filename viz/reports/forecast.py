"""A forecast held against what happened: its table, its picture, its files."""

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.forecasts import Registered
from experiments.records import records
from model import __version__
from viz.charts import forecast_against_record
from viz.reports.console import bold, literal, out, table
from viz.reports.report import Files, Report

FILES = Files("score.json", ("score.csv",), ("score",))
SAID = {True: "yes", False: "no", None: "-"}


def report(found: Registered, scored: pd.DataFrame) -> Report:
    """What was forecast beside what happened."""
    told = {
        "discretion": __version__, "title": found.title, "date": found.date, "stamp": found.stamp, "hash": found.hash,
        "score": records(scored), "counts": counts(scored),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found, scored), tables={"score.csv": scored},
        charts={"score": partial(_chart, found, scored)},
    )  # fmt: skip


def counts(scored: pd.DataFrame) -> dict[str, list[int]]:
    """Of each way to be right: how often it was, of how many of which it can be told.

    >>> counts(pd.DataFrame({"inside": [True, None], "direction": [None, None], "within_two": [True, False]}))
    {'inside': [1, 1], 'direction': [0, 0], 'within_two': [1, 2]}
    """
    told = {name: scored[name].dropna() for name in ("inside", "direction", "within_two")}
    return {name: [int(values.astype(bool).sum()), len(values)] for name, values in told.items()}


def _show(found: Registered, scored: pd.DataFrame, folder: Path) -> None:
    out.print(f"{bold(found.title)}: registered on {found.date}, hash {found.hash[:16]}\n", soft_wrap=True)
    shown = table("", "figure", "forecast", "5-95%", "happened", "inside", "right way", "within a factor of two",
                  "CRPS", right=7)  # fmt: skip
    for row in scored.to_dict("records"):
        side = "" if row["of"] == "with" else f" ({row['of']})"
        said = [SAID[None if pd.isna(row[name]) else bool(row[name])] for name in ("inside", "direction", "within_two")]
        shown.add_row(literal(row["figure"]) + side, _plain(row["forecast"]),
                      "-" if pd.isna(row["low"]) else f"{_plain(row['low'])} to {_plain(row['high'])}",
                      _plain(row["value"]), *said, "-" if pd.isna(row["crps"]) else _plain(row["crps"]))  # fmt: skip
    out.print(shown)
    told = counts(scored)
    out.print(
        f"Inside the interval {_of(told['inside'])}; the right way {_of(told['direction'])}; within a factor of two "
        f"{_of(told['within_two'])}."
    )
    out.print(f"Stored in {bold(folder)}: score.csv, score.json, score.html, score.png.")


def _of(count: list[int]) -> str:
    return f"{count[0]} of {count[1]}"


def _plain(value: float) -> str:
    """A figure in any unit.

    >>> _plain(0.02345), _plain(12345.6)
    ('0.0235', '12,346')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _chart(found: Registered, scored: pd.DataFrame) -> Any:
    same = (scored["forecast"] * scored["value"] > 0.0) & ~((scored["low"] * scored["value"]) <= 0.0)
    rows = scored[same]
    left = len(scored) - len(rows)
    notes = [
        f"{found.title}, registered on {found.date}. Dot: the forecast; bar: its 5 to 95 percent; red: what happened.",
        "Grey: within a factor of two of what happened.",
        *([f"{left} figures with a zero, or of which the forecast reaches across it, are in the table alone."]
          if left else []),
    ]  # fmt: skip
    return forecast_against_record(rows.assign(label=rows["figure"]), "Forecast and record", notes)


def listing(each: list[tuple[Path, Registered | str]]) -> Any:
    """All forecasts of a folder: a file that cannot be used is told with its reason."""
    shown = table("", "file", "registered", "of", "figures", "hash")
    for path, found in each:
        if isinstance(found, str):
            shown.add_row(literal(path.name), "-", literal(found), "-", "-")
        else:
            shown.add_row(literal(path.name), found.date, literal(found.title), f"{len(found.figures)}",
                          found.hash[:16])  # fmt: skip
    return shown
