"""What is known of one person in a live run, as plain data."""

from typing import Any

import pandas as pd

from experiments.rates import rates
from experiments.staff import standing
from viz.app.pages.live_run.watched_run import LiveRun


def about(run: LiveRun, who: str, record: bool) -> dict[str, Any] | None:
    """What is known today of one person; with ``record``, what their office has decided since the first day as well."""
    people = run.staff.table
    found = people.index[people["id"] == who]
    if not len(found):
        return None
    table = standing(run.model)
    here = {**people.loc[found[0]].to_dict(), **table.loc[found[0]].to_dict()}
    mates = people[(people["unit"] == here["unit"]) & (people["office"] == here["office"])]
    officers = mates[mates["kind"] == "officer"]
    here["officers"] = len(officers)
    here["leaning"] = float(table.loc[officers.index, "culture"].mean()) if len(officers) else None
    here["exposure"] = {name: here[name] for name in run.model.directive_names}
    here["decided"] = _office(run, here["unit"], here["office"]) if record and here["office"] else None
    return here


def _office(run: LiveRun, unit: str, office: str) -> pd.DataFrame:
    outcomes = run.model.recorder.outcomes()
    return rates(outcomes[(outcomes["unit"] == unit) & (outcomes["office"] == office)], ["stage"])
