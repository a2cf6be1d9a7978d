"""Section 8: how sure all this is."""

import pandas as pd

from experiments.levers.in_words import priced
from experiments.patterns.pattern import KINDS
from experiments.premortem import Premortem
from experiments.premortem.surety import assumed
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import listed, parameter

FAILS = 4
"""Patterns known not to hold that are told in the part that is read."""


def how_sure(found: Premortem) -> Section:
    """What it depends on, which patterns it leans on, what the model leaves out."""
    few, many = assumed(found.asked)
    said = [_depends(str(agency), rows, found) for agency, rows in found.depends.groupby("agency", sort=False)]
    says = [
        *said, *_leans(found),
        f"{few:,} of the {many:,} parameters that it reads are assumed. Left out: whoever answers the draft (courts, "
        "press, those who stay away or come another way, unless the world's data say so) and any cost without a price; "
        "arrivals after the start are those of the record.",
    ]  # fmt: skip
    ranks = [
        [row["agency"], parameter(found.asked.world, row["parameter"]), row["parameter"], f"{row['rank']:+.2f}",
         f"{row['p']:.2g}"]
        for row in found.depends.to_dict("records")
    ]  # fmt: skip
    head = ["agency", "parameter", "in the files", "rank correlation", "p"]
    depends = Grid("What the shift goes up and down with, over runs that differ", head, ranks, right=2)
    facts = [[row[name] for name in ("fact", "kind", "what", "fails")] for row in found.leans.to_dict("records")]
    head = ["fact", "kind", "what", "known not to hold, because"]
    patterns = Grid("Patterns of record of what is watched", head, facts)
    money = Grid("", ["what has a price"], [[priced(found.asked.world, found.asked.scenario)]])
    return Section("How sure", says, more=[depends, patterns, money])


def failing(found: Premortem) -> list[str]:
    """What the patterns that are known not to hold are about, each once."""
    rows = found.leans[found.leans["fails"] != ""]
    return list(dict.fromkeys(rows["what"]))


def _leans(found: Premortem) -> list[str]:
    kinds = found.leans["kind"].value_counts()
    leans = listed(f"{kinds[kind]} {kind}" for kind in KINDS if kind in kinds)
    if not leans:
        return ["This world has no patterns of record: nothing was held against it."]
    fails = failing(found)
    said = [f"The same streams were held against {leans} (discretion validate measures each)."]
    if fails:
        more = f"; and {len(fails) - FAILS} more, in the appendix with why" if len(fails) > FAILS else ""
        said.append(f"Known not to hold: {'; '.join(fails[:FAILS])}{more}. A figure of sections 1 to 4 about any of "
                    "these is a direction, not a size.")  # fmt: skip
    return said


def _depends(agency: str, rows: pd.DataFrame, found: Premortem) -> str:
    sure = rows[rows["p"] < 0.01]
    title = found.asked.world.agencies[agency].title
    if sure.empty:
        return f"The shift of {title} depends on no single parameter that can be told from luck."
    names = listed(f"{parameter(found.asked.world, row['parameter'])} ({row['rank']:+.2f})"
                   for row in sure.to_dict("records"))  # fmt: skip
    return f"The shift of {title} depends most on {names} (rank correlation)."
