"""Forecasts as they were registered: the file that holds one is written once, before anything is compared with it.

`register` registers the forecast of the world and the code as they are.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from docs.tables.markdown import table
from docs.tables.shipped import WORLD
from docs.tables.stamps import fingerprint, stamped
from experiments.forecasts import SCENARIO, Forecast, forecast
from model.schema import World
from model.world.loader import load
from model.world.streams import read

FILE = Path(__file__).parents[1] / "forecasts" / f"{SCENARIO}.json"
SEEDS, SCALE = range(1, 21), 0.05
PROBE_SEEDS, PROBE_SCALE = range(1, 3), 0.002
JUDGED = "agencies.eoir-2018.levels.assistant-chief.judged_by_numbers"
UNSURE = {"rule.haste": (0.25, 1.0), JUDGED: (0.3, 0.8)}
"""What is assumed and matters most, and between which values it may as well lie."""


def registered() -> dict[str, Any]:
    """The forecast as it stands in its file."""
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def figures(_world: World) -> str:
    """The registered figures."""
    rows = [[row["figure"], *(_told(row["figure"], row[key]) for key in ("with", "without", "shift", "assumed"))]
            for row in registered()["figures"]]  # fmt: skip
    return table(["figure", "with the quota", "without", "difference", "difference, other assumptions"], rows)


def status(world: World) -> str:
    """When the forecast was registered, of which world and code, and whether these are still the same."""
    found = registered()
    now = stamp(world)
    same = "The world and the code are still those of the forecast."
    other = f"The world or the code has changed since; now they are {now}. The forecast stands as registered."
    words = same if now == found["stamp"] else other
    return f"Registered on {found['date']} with {found['stamp']}. {words}"


def stamp(world: World) -> str:
    """The part of a world that the forecast reads, and a probe of the code."""
    scenario = world.scenarios[SCENARIO]
    return stamped("content", [read(world, scenario), scenario], probe())


@cache
def probe() -> str:
    """The same figures over much smaller runs."""
    found = forecast(PROBE_SEEDS, PROBE_SCALE)
    return fingerprint({f"{row.figure} {at}": value for row in found for at, value in enumerate(row.with_it)})


def register(day: str) -> None:
    """Write the forecast with its date and its stamp; an earlier one is not written over."""
    others = [forecast(SEEDS, SCALE, {path: value}) for path, ends in UNSURE.items() for value in ends]
    rows = [
        {"figure": one.figure, "with": one.with_it, "without": one.without, "shift": one.shift,
         "assumed": _ends([found[at] for found in others])}
        for at, one in enumerate(forecast(SEEDS, SCALE))
    ]  # fmt: skip
    text = json.dumps({"date": day, "stamp": stamp(load(WORLD)), "figures": rows}, indent=1)
    with FILE.open("x", encoding="utf-8") as file:
        file.write(f"{text}\n")


def _ends(found: list[Forecast]) -> tuple[float, float]:
    medians = [one.shift[0] for one in found]
    return min(medians), max(medians)


def _told(figure: str, values: list[float]) -> str:
    """A median with its range, or a range alone; shares in percent.

    >>> _told("granted, all, FY2019", [0.4, 0.39, 0.41]), _told("pending", [-200.0, -100.0])
    ('40.0 (39.0 to 41.0)', '-200 to -100')
    """
    unit, digits = (100.0, 1) if figure.startswith("granted") else (1.0, 2 if figure.startswith("hours") else 0)
    said = [f"{unit * value:,.{digits}f}" for value in values]
    return f"{said[0]} ({said[1]} to {said[2]})" if len(said) > 2 else f"{said[0]} to {said[1]}"
