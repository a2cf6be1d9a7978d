"""Section 4: whom to talk to first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from experiments.premortem import Premortem
from experiments.premortem.weeks import QUEUE
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import calendar, grain_of, on_day, titles, unit_of, written

MANY = 5
"""Agencies in the part that is read."""


def whom_to_talk_to(found: Premortem) -> Section:
    """One sentence an agency that is loaded and not addressed, the earliest first."""
    says = [_sentence(name, rows, found) for name, rows in whom(found)[:MANY]]
    head = ["agency", "what", "in", "arrives by day", "at the peak", "without", "on day", "limit", "margin", "short of",
            "lead, days", "ask by day"]  # fmt: skip
    named = titles(found.asked.world)
    rows = [
        [named.get(row["agency"], "whoever runs it"), f"{row['title']} ({row['kind']})", _unit(row, found),
         f"{row['arrives']}", *_load(row, found), f"{row['day']}",
         *("-" if pd.isna(row[name]) else written(row[name])
           for name in ("limit", "margin", "short", "lead", "ask_by"))]
        for row in found.talks.to_dict("records")
    ]  # fmt: skip
    loaded = Grid("What is loaded at agencies that the draft does not address", head, rows, right=9)
    none = "No agency that the draft does not address is loaded by it."
    return Section("Whom to talk to first", says or [none], more=[loaded])


def whom(found: Premortem) -> list[tuple[str, pd.DataFrame]]:
    """Who is loaded and not addressed, with what arrives there, the earliest first."""
    named = found.talks["agency"].map(titles(found.asked.world))
    return [(str(name), rows) for name, rows in
            found.talks.groupby(named.fillna("Whoever runs “" + found.talks["title"] + "”"), sort=False)]  # fmt: skip


def _unit(row: Mapping[Any, Any], found: Premortem) -> str:
    return "cases waiting" if row["kind"] == QUEUE else unit_of(found.asked.world, row["kind"], row["what"])


def _load(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    return [written(row[name], grain_of(found, _unit(row, found))) for name in ("peak", "peak_without")]


def _sentence(agency: str, rows: pd.DataFrame, found: Premortem) -> str:
    first = rows.iloc[0].to_dict()
    short = rows["short"].fillna(0.0)
    measure = short if short.max() > 0.0 else rows["more"].fillna(0.0)
    worst = rows.iloc[int(measure.to_numpy().argmax())].to_dict()
    peak, without = _load(worst, found)
    lacks = f", {written(worst['short'], grain_of(found, _unit(worst, found)))} too few" if worst["short"] > 0.0 else ""
    arrives = f"{agency} learns of it when the load arrives, by {on_day(found, first['arrives'])}: {first['title']}"
    if peak == without:
        return f"{arrives}, by less than one simulated person ({1 / found.scale:,.0f}) can tell."
    return (
        f"{arrives}. At the "
        f"peak, on {on_day(found, worst['day'])}, {worst['title']}: {peak} {_unit(worst, found)} instead of {without} "
        f"without the draft{lacks}{_lead(worst, found)}."
    )


def _lead(row: Mapping[Any, Any], found: Premortem) -> str:
    if not row["short"] > 0.0:
        return ""
    if pd.isna(row["lead"]):
        return "; how long it takes to get more of it, the world's data do not say"
    when = found.asked.start + timedelta(days=row["ask_by"])
    return f"; more of it took {row['lead']:.0f} days, so ask by {calendar(when)}"
