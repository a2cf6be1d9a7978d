"""Section 7: three lenses and a triangle; each line a measure of the run or a question, never a verdict.

Duty, consequence and character after Svara, J. H. (2015), The Ethics Primer for Public Administrators, 2nd edition; the
triangle of value, legitimacy and capacity after Moore, M. H. (1995), Creating Public Value.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.premortem import Premortem
from experiments.premortem.holds import CARRIES
from experiments.smallest import MATTERS
from experiments.twin.measures import public_value
from viz.reports.figures import percent
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import (
    HARMS,
    POPULATIONS,
    grain_of,
    group,
    listed,
    more_or_less,
    titles,
    written,
)
from viz.reports.twin import amounts

GROUPS = 3
"""Groups whose burden is told."""
BORNE = (
    "Who bears decisions against them, and nights in custody: shares that move. Well or ill seen, with or without a "
    "lawyer: Schneider and Ingram's target populations (advantaged, contenders, dependents, deviants)"
)


def lenses(found: Premortem) -> Section:
    """A sentence a lens, a question after it; the triangle in the appendix."""
    says = [f"Duty. {_duty(found)}", f"Consequence. {_consequence(found)}", f"Character. {_character(found)}"]
    return Section("Three lenses and a triangle", says, more=[
        Grid(BORNE, ["measure", "of", "group", "with", "without", "difference (90% interval)"], list(_burden(found)),
             right=3),
        Grid("Moore's triangle: measures of the run", ["corner", "measure", "of", "with", "without",
             "difference (90% interval)"], list(_triangle(found)), right=3),
    ])  # fmt: skip


def _duty(found: Premortem) -> str:
    """Each legal limit on time: passed already without the draft, kept, and whether the draft adds to it."""
    rows = found.effects[(found.effects["family"] == "harm") & (found.effects["measure"] == "beyond the limit")]
    parts = [part for row in rows.to_dict("records") if (part := clock(row, found))]
    says = f"{'; '.join(parts)}." if parts else "No legal limit on time is watched here, or each is kept."
    return f"{says} May an officer carry out what passes them, and who has told the officer so?"


def clock(row: Mapping[Any, Any], found: Premortem) -> str:
    """What becomes of a legal limit on time; empty where the row is of none, or it is kept in both worlds."""
    entry = found.asked.world.clocks.get(str(row["group"]))
    if entry is None or row["with"] == row["without"] == 0.0:
        return ""
    grain = grain_of(found, "days")
    before = (
        f"already exceeded without the draft ({written(row['without'], grain)} days in all beyond the limit)"
        if row["without"] else "kept without the draft"
    )  # fmt: skip
    if row["verdict"] != MATTERS:
        return f"{entry.title}: {before}; the draft does not clearly add to it"
    return f"{entry.title}: {before}; with the draft {more_or_less(row['difference'], grain)}"


def _consequence(found: Premortem) -> str:
    rows = [(_whole(found, measure), HARMS[measure]) for measure in ("separated", "custody")]
    grain = 1.0 / found.scale
    parts = [f"{said}: {more_or_less(row['difference'], grain)}" for row, said in rows if row is not None]
    groups = _moved(found).head(GROUPS).to_dict("records")
    borne = listed(f"people {group(found.asked.world, row['group'])} {100 * row['difference']:+.1f} points"
                   if row["group"] in POPULATIONS else f"{group(found.asked.world, row['group'])} "
                   f"{100 * row['difference']:+.1f} points" for row in groups)  # fmt: skip
    share = f" Of the decisions against anybody, the share that falls on {borne}." if borne else ""
    harm = listed(parts).capitalize() or "No harm to people moves by what matters"
    return f"{harm}.{share} Who gains what is worth that to them?"


def _whole(found: Premortem, measure: str) -> Mapping[Any, Any] | None:
    rows = found.effects[(found.effects["family"] == "harm") & (found.effects["measure"] == measure)]
    rows = rows[(rows["group"] == "all") & (rows["verdict"] == MATTERS)]
    return None if rows.empty else rows.iloc[0].to_dict()


def _moved(found: Premortem) -> pd.DataFrame:
    """Groups whose share of decisions against them at an agency that is addressed moves, the most moved first."""
    rows = found.effects[(found.effects["family"] == "targeting") & (found.effects["verdict"] == MATTERS)]
    rows = rows[rows["agency"].isin(found.asked.addressed) & (rows["stage"] == "all")]
    size = -rows["difference"].abs().round(6)
    return rows.assign(size=size).sort_values(["size", "group"], kind="stable")


def _character(found: Premortem) -> str:
    held = found.holds[(found.holds["does"] == CARRIES) & found.holds["agency"].isin(found.asked.addressed)]
    first = held.drop_duplicates("agency")
    named = titles(found.asked.world)
    by = listed(f"{named[row['agency']]} by {row['mechanism']}" for row in first.to_dict("records"))
    looked = found.effects[found.effects["measure"] == "looked at as an individual"]
    looked = looked[(looked["stage"] == "all") & looked["agency"].isin(found.asked.addressed)]
    eyes = listed(f"{named[row['agency']]} {percent(row['with'])} ({percent(row['without'])} without)"
                  for row in looked.to_dict("records"))  # fmt: skip
    moved = f"Moved most: {by}. " if by else ""
    return f"{moved}Cases looked at as individuals: {eyes}. What is an officer who does this well asked to be?"


def _burden(found: Premortem) -> Iterator[list[str]]:
    named = titles(found.asked.world)
    rows = found.effects[(found.effects["family"] == "targeting") & (found.effects["verdict"] == MATTERS)]
    for row in rows[rows["stage"] == "all"].to_dict("records"):
        yield [
            row["measure"],
            named.get(row["agency"], row["agency"]),
            group(found.asked.world, row["group"]),
            *amounts(row),
        ]


def _triangle(found: Premortem) -> Iterator[list[str]]:
    named = titles(found.asked.world)
    for row in public_value(found.effects).to_dict("records"):
        of = listed([named.get(name, name) for name in (row["agency"], row["group"]) if name != "all"])
        yield [row["corner"], row["measure"], of, *amounts(row)]
