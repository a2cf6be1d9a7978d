"""The shipped findings as files: one a scenario, of what is shown of them."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.levers import SHOWN, Ranking
from experiments.levers.choice import Target, chosen
from experiments.mechanisms import Responses
from experiments.precomputed.made import Asked
from experiments.records import records
from experiments.twin.twins import matched
from model import __version__
from model.schema import World

FOLDER = Path(__file__).parent / "found"
DIGITS = 5
"""Significant ones that are kept of a figure."""


def path(scenario: str) -> Path:
    """Where the findings of a scenario are, or would be."""
    return FOLDER / f"{scenario}.json"


def written(asked: Asked, levers: Ranking, doses: Responses, stamp: Mapping[str, object]) -> str:
    """The findings of a scenario as a text."""
    shown = pd.DataFrame(SHOWN.values(), columns=["agency", "group", "measure"])
    found = {
        "discretion": __version__, "of": dict(stamp), "asked": asdict(asked), "seeds": levers.seeds,
        "targets": [list(target) for target in levers.targets],
        "levers": list(levers.levers), "shift": _table(levers.shift), "costs": _table(levers.costs.merge(shown)),
        "directive": doses.directive, "undefined": dict(doses.undefined), "doses": _table(doses.by_dose),
        "response": _table(doses.response),
    }  # fmt: skip
    lines = [f"{json.dumps(key)}: {_text(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _table(table: pd.DataFrame) -> dict[str, Any]:
    """A table as its columns and its rows."""
    rows = [
        [float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value for value in row.values()]
        for row in records(table)
    ]
    return {"columns": list(table.columns), "rows": rows}


def _text(value: object) -> str:
    """A value as JSON; a table a row a line, so that a change can be read."""
    if isinstance(value, dict) and list(value) == ["columns", "rows"]:
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value["rows"])
        return f'{{"columns": {json.dumps(value["columns"])}, "rows": [\n{rows}\n]}}'
    return json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=8)
def _read(scenario: str) -> dict[str, Any] | None:
    file = path(scenario)
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def _of(table: dict[str, Any]) -> dict[str, Any]:
    return {"data": table["rows"], "columns": table["columns"]}


def stamped(scenario: str) -> dict[str, Any]:
    """What the stored findings of a scenario are of (`stamp`); empty where there are none."""
    found = _read(scenario)
    return found["of"] if found else {}


def ranking(scenario: str, world: World) -> Ranking | None:
    """The levers of a scenario, of its costs those that are shown; None where none are shipped.

    >>> from model import load
    >>> ranking("morton-2011", load()).targets
    [Target(agency='ice', stage='review')]
    """
    found = _read(scenario)
    if found is None:
        return None
    return Ranking(
        world.scenarios[scenario], world, chosen(world, scenario, found["levers"]),
        [Target(*target) for target in found["targets"]], found["seeds"],
        found["asked"]["scale"], pd.DataFrame(**_of(found["shift"])), pd.DataFrame(**_of(found["costs"])),
    )  # fmt: skip


def responses(scenario: str, directive: str, world: World) -> Responses | None:
    """The doses of a directive, without those of single replications; None where none are shipped."""
    found = _read(scenario)
    if found is None or found["directive"] != directive:
        return None
    by_dose, response = (pd.DataFrame(**_of(found[name])) for name in ("doses", "response"))
    twins = matched(world, scenario, [directive])
    scale, reasons = found["asked"]["scale"], found["undefined"]
    return Responses(twins, world, directive, found["seeds"], scale, reasons, by_dose.head(0), by_dose, response)
