"""The figures of a study as they are registered: of a pre-mortem or of twin worlds, from the folder of the results."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.forecasts.registered import Figure, Interval, Registered, code
from model.errors import InputError

STUDIES = ("premortem", "twin")
PAIRS = "pairs.csv"
"""In which a study keeps the figures of each pair, if it does: ``figure``, ``seed``, ``with``, ``without``."""
Row = Mapping[Any, Any]


def rate_name(row: Row) -> str:
    """What a rate of the table ``shift`` is called.

    >>> rate_name({"agency": "cbp", "by": "agency", "group": "all"})
    'discretion rate, cbp'
    """
    part = "" if row.get("by", "agency") == "agency" else f", {row['by']} {row['group']}"
    return f"discretion rate, {row['agency']}{part}"


def effect_name(row: Row) -> str:
    """What a row of the table ``effects`` is called.

    >>> effect_name({"measure": "separated", "unit": "persons", "agency": "all", "stage": "all", "group": "all"})
    'separated, persons'
    """
    parts = [str(row[name]) for name in ("agency", "stage", "group") if row[name] != "all"]
    return ", ".join([str(row["measure"]), str(row["unit"]), *parts])


def of_study(folder: Path, day: str) -> Registered:
    """What a study says, as a forecast of a day.

    Raises:
        InputError: the folder holds no result with figures that can be registered.
    """
    study, told = _summary(folder)
    pairs = _pairs(folder / PAIRS)
    figures = [_figure(rate_name(row), "share", row, "rate_", pairs) for row in told["shift"]]
    figures += [_figure(effect_name(row), row["unit"], row, "", pairs) for row in told["effects"]]
    tried, into = (told["drafts"], told["into"]) if "drafts" in told else ([told["scenario"]], told["world"])
    return Registered(
        title=f"{' and '.join(tried)}, in {into}", date=day, stamp=f"content `{told['content']}`, code `{code()}`",
        command=f"discretion {study} {' '.join(tried)}", seeds=tuple(told["seeds"]), scale=told["scale"],
        intervals=told["intervals"], figures=tuple(figures),
    )  # fmt: skip


def _summary(folder: Path) -> tuple[str, dict[str, Any]]:
    """Which study it is, and what it tells."""
    for name in STUDIES:
        try:
            told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if {"shift", "effects", "content", "seeds", "scale", "intervals"} <= set(told):
            return name, dict(told)
    raise InputError("no figures that can be registered", where=f"folder: {folder}",
                     allowed=f"what discretion {' or '.join(STUDIES)} left")  # fmt: skip


def _pairs(path: Path) -> dict[str, pd.DataFrame]:
    if not path.is_file():
        return {}
    return {str(name): rows for name, rows in pd.read_csv(path).groupby("figure", sort=False)}


def _figure(name: str, unit: str, row: Row, prefix: str, pairs: Mapping[str, pd.DataFrame]) -> Figure:
    there = pairs[name] if name in pairs else pd.DataFrame(columns=["with", "without"], dtype=float)
    middle = "shift" if prefix else "difference"
    return Figure(
        figure=name, unit=unit, with_it=_level(row[f"{prefix}with"], there["with"]),
        without=_level(row[f"{prefix}without"], there["without"]),
        shift=Interval(middle=row[middle], luck=_ends(row, "low", "high"),
                       unknown=_ends(row, "posterior_low", "posterior_high"),
                       draws=tuple(there["with"] - there["without"])),
    )  # fmt: skip


def _level(middle: float, draws: "pd.Series[float]") -> Interval:
    return Interval(middle=middle, draws=tuple(draws))


def _ends(row: Row, low: str, high: str) -> tuple[float, float] | None:
    return None if row.get(low) is None or row.get(high) is None else (row[low], row[high])


def pairs_of(rates: pd.DataFrame, effects: pd.DataFrame) -> Iterator[tuple[str, int, float, float]]:
    """The figures of each pair, as `PAIRS` keeps them: figure, seed, with, without.

    Args:
        rates: of agencies, by ``seed`` (`experiments.twin.shift.paired_rates`).
        effects: by ``seed`` (`experiments.twin.measures.effects`).
    """
    for row in rates.to_dict("records"):
        yield rate_name(row), int(row["seed"]), row["rate_with"], row["rate_without"]
    for row in effects.dropna(subset=["with", "without"]).to_dict("records"):
        yield effect_name(row), int(row["seed"]), row["with"], row["without"]
