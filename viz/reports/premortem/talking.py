"""Sections 4 and 8: whom to talk to first; how sure all this is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.levers.in_words import priced
from experiments.patterns.pattern import KINDS
from experiments.premortem import Premortem
from experiments.premortem.surety import assumed
from viz.reports.figures import amount
from viz.reports.premortem.changes import listed
from viz.reports.premortem.page import Grid, Section

MANY = 5
"""Agencies in the part that is read."""


def whom_to_talk_to(found: Premortem) -> Section:
    """One sentence an agency that is loaded and not addressed, the earliest first."""
    titles = {name: agency.title for name, agency in found.asked.world.agencies.items()}
    whom = found.talks["agency"].map(titles).fillna("Whoever runs “" + found.talks["title"] + "”")
    says = [_sentence(str(name), rows) for name, rows in list(found.talks.groupby(whom, sort=False))[:MANY]]
    head = ["agency", "what", "arrives by day", "at the peak", "without", "on day", "there is", "margin", "short of",
            "lead, days", "ask by day"]  # fmt: skip
    rows = [
        [titles.get(row["agency"], "whoever runs it"), f"{row['title']} ({row['kind']})", f"{row['arrives']}",
         amount(row["peak"]), amount(row["peak_without"]), f"{row['day']}",
         *(_or_dash(row[name]) for name in ("limit", "margin", "short", "lead", "ask_by"))]
        for row in found.talks.to_dict("records")
    ]  # fmt: skip
    loaded = Grid("What is loaded at agencies that the draft does not address", head, rows, right=9)
    none = "No agency that the draft does not address is loaded by it."
    return Section("Whom to talk to first", says or [none], more=[loaded])


def _sentence(agency: str, rows: pd.DataFrame) -> str:
    first = rows.iloc[0].to_dict()
    worst = rows.iloc[int(rows["short"].fillna(0.0).to_numpy().argmax())].to_dict()
    said = f"{agency} learns of it when the load arrives, by day {first['arrives']} ({first['title']})"
    if worst["short"] > 0.0:
        said += (
            f"; at the peak, on day {worst['day']}, {worst['title']} is short of {amount(worst['short'])} of "
            f"{amount(worst['peak'])}"
        )
    else:
        most = rows.iloc[int(rows["more"].fillna(0.0).to_numpy().argmax())].to_dict()
        said += (
            f"; at the peak, on day {most['day']}, {most['title']}: {amount(most['peak'])} for "
            f"{amount(most['peak_without'])} without the draft"
        )
    return f"{said}{_lead(worst)}."


def _lead(row: Mapping[Any, Any]) -> str:
    if not row["short"] > 0.0:
        return ""
    if pd.isna(row["lead"]):
        return ", and the world does not say how long more of it takes"
    when = f"{-row['ask_by']:.0f} days before the start" if row["ask_by"] < 0 else f"by day {row['ask_by']:.0f}"
    return f"; more of it took {row['lead']:.0f} days, so ask {when}"


def _or_dash(value: float) -> str:
    return "-" if pd.isna(value) else amount(value)


def how_sure(found: Premortem) -> Section:
    """What it depends on, which patterns it leans on, what the model leaves out."""
    few, many = assumed(found.asked)
    said = [_depends(str(agency), rows, found) for agency, rows in found.depends.groupby("agency", sort=False)]
    kinds = found.leans["kind"].value_counts()
    leans = listed(f"{kinds[kind]} {kind}" for kind in KINDS if kind in kinds)
    failing = sorted(set(found.leans.loc[found.leans["fails"] != "", "fact"]))
    says = [
        *said,
        f"It leans on {leans}; known not to hold: {listed(failing) or 'none'}. discretion validate holds the model "
        "against each." if leans else "This world has no patterns of record: nothing was held against it.",
        f"{few:,} of the {many:,} parameters that it reads are assumed. Left out: whoever answers the draft (courts, "
        "press, those who stay away or come another way, unless the world's data say so) and any cost without a price; "
        "arrivals after the start are those of the record.",
    ]  # fmt: skip
    ranks = [
        [row["agency"], row["parameter"], f"{row['rank']:+.2f}", f"{row['p']:.2g}"]
        for row in found.depends.to_dict("records")
    ]  # fmt: skip
    head = ["agency", "parameter", "rank correlation", "p"]
    depends = Grid("What the shift goes up and down with, over worlds that differ", head, ranks, right=2)
    facts = [[row[name] for name in ("fact", "kind", "what", "fails")] for row in found.leans.to_dict("records")]
    head = ["fact", "kind", "what", "known not to hold, because"]
    patterns = Grid("Patterns of record of what is watched", head, facts)
    money = Grid("", ["what has a price"], [[priced(found.asked.world, found.asked.scenario)]])
    return Section("How sure", says, more=[depends, patterns, money])


def _depends(agency: str, rows: pd.DataFrame, found: Premortem) -> str:
    sure = rows[rows["p"] < 0.01]
    title = found.asked.world.agencies[agency].title
    if sure.empty:
        return f"The shift of {title} depends on no single parameter that can be told from luck."
    names = listed(f"{row['parameter']} ({row['rank']:+.2f})" for row in sure.to_dict("records"))
    return f"The shift of {title} depends most on {names} (rank correlation)."
