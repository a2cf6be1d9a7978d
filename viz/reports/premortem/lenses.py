"""Section 7: three lenses and a triangle; each line a measure of the run or a question, never a verdict.

Duty, consequence and character after Svara, J. H. (2015), The Ethics Primer for Public Administrators, 2nd edition; the
triangle of value, legitimacy and capacity after Moore, M. H. (1995), Creating Public Value.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.premortem import Premortem
from experiments.premortem.holds import CARRIES
from experiments.premortem.weeks import CLOCK
from experiments.smallest import MATTERS
from experiments.twin.measures import public_value
from viz.reports.figures import amount, percent
from viz.reports.premortem.changes import listed
from viz.reports.premortem.page import Grid, Section
from viz.reports.twin import amounts

GROUPS = 3
"""Groups whose burden is told."""


def lenses(found: Premortem) -> Section:
    """A sentence a lens, a question after it; the triangle in the appendix."""
    says = [f"Duty. {_duty(found)}", f"Consequence. {_consequence(found)}", f"Character. {_character(found)}"]
    return Section("Three lenses and a triangle", says, more=[
        Grid("Who bears decisions against them, and nights in custody: shares that move", ["measure", "of", "group",
             "with", "without", "difference (90% interval)"], list(_burden(found)), right=3),
        Grid("Moore's triangle: measures of the run", ["corner", "measure", "of", "with", "without",
             "difference (90% interval)"], list(_triangle(found)), right=3),
    ])  # fmt: skip


def _duty(found: Premortem) -> str:
    laws = found.breaks[(found.breaks["kind"] == CLOCK) & found.breaks["area"].isin(["everywhere", ""])]
    passed = listed(f"{row['title']} (in {row['broke']} of {row['worlds']} worlds)" for row in laws.to_dict("records"))
    says = f"Legal limits passed: {passed}." if passed else "No legal limit on time is passed."
    return f"{says} May an officer carry out what passes them, and who has told the officer so?"


def _consequence(found: Premortem) -> str:
    words = {"separated": "people taken from those they came with", "custody": "nights in custody"}
    rows = [(_whole(found, measure), said) for measure, said in words.items()]
    parts = [f"{amount(row['difference'], '+')} {said}" for row, said in rows if row is not None]
    groups = _moved(found).head(GROUPS).to_dict("records")
    levels = found.asked.world.words.levels
    borne = listed(f"{levels.get(row['group'], row['group'])} {100 * row['difference']:+.1f} points" for row in groups)
    share = f" Share of decisions against them: {borne}." if borne else ""
    return f"{listed(parts) or 'No harm to people moves by what matters'}.{share} Who gains what is worth that to them?"


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
    titles = {name: agency.title for name, agency in found.asked.world.agencies.items()}
    by = listed(f"{titles[row['agency']]} by {row['mechanism']}" for row in first.to_dict("records"))
    looked = found.effects[found.effects["measure"] == "looked at as an individual"]
    looked = looked[(looked["stage"] == "all") & looked["agency"].isin(found.asked.addressed)]
    eyes = listed(f"{titles[row['agency']]} {percent(row['with'])} ({percent(row['without'])} without)"
                  for row in looked.to_dict("records"))  # fmt: skip
    moved = f"Moved most: {by}. " if by else ""
    return f"{moved}Cases looked at as individuals: {eyes}. What is an officer who does this well asked to be?"


def _burden(found: Premortem) -> Iterator[list[str]]:
    titles = {name: agency.title for name, agency in found.asked.world.agencies.items()}
    rows = found.effects[(found.effects["family"] == "targeting") & (found.effects["verdict"] == MATTERS)]
    for row in rows[rows["stage"] == "all"].to_dict("records"):
        yield [row["measure"], titles.get(row["agency"], row["agency"]), row["group"], *amounts(row)]


def _triangle(found: Premortem) -> Iterator[list[str]]:
    world = found.asked.world
    titles = {name: one.title for part in (world.clocks, world.resources, world.agencies) for name, one in part.items()}
    for row in public_value(found.effects).to_dict("records"):
        of = listed([titles.get(name, name) for name in (row["agency"], row["group"]) if name != "all"])
        yield [row["corner"], row["measure"], of, *amounts(row)]
