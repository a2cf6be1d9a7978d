"""Sections 1 and 2: who changes and who does not; what carries each agency, and what holds it back."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from experiments.drafting.reading import reached
from experiments.premortem import Premortem
from experiments.premortem.holds import CARRIES, HOLDS_BACK, mechanisms
from experiments.premortem.study import ABLATED
from experiments.smallest import MATTERS, NONE_THAT_MATTERS
from viz.charts import shift_by_agency
from viz.charts.shifts import in_points, signed_points
from viz.charts.theme import Legend
from viz.reports.figures import percent
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import calendar, group, listed, of_100, place, unmoved
from viz.reports.twin import over_draws_in_points

INTERVALS = ("shift in points (90% interval, luck)", "5-95%, what is unknown")
NOT_DRAWN = "not drawn"
CHANGE = {MATTERS: "a change that matters", NONE_THAT_MATTERS: "no change that matters"}
BY = {"stage": "Decisions", "office": "Offices", "level": "Groups of cases"}
SPARED = "spared, of those to be spared"
"""The measure of `experiments.twin.measures` for those whom a text of leniency names."""


def who_changes(found: Premortem) -> Section:
    """The desks addressed and those whom the draft names; then each agency, with both kinds of interval."""
    rows = found.agencies.to_dict("records")
    titles = _titles(found)
    unsure = [titles[row["agency"]] for row in rows if row["verdict"] not in (MATTERS, NONE_THAT_MATTERS)]
    limit = f"{100 * found.smallest:g} points"
    says = [
        *(said for _, said in at_the_desks(found)), *_named(found),
        *([f"Nothing that matters changes at {listed(unmoved(found))}: less than {limit}."] if unmoved(found) else []),
        *([f"Of {listed(unsure)} it cannot be told whether it is more than {limit}."] if unsure else []),
    ]  # fmt: skip
    head = ["agency, all its decisions", "lenient outcome with", "without", *INTERVALS, "verdict"]
    grid = Grid("", head, [[titles[row["agency"]], *_figures(row, found)] for row in rows], right=5)
    return Section("Who changes, who does not", says, [grid], partial(_chart, found), list(_parts(found)))


def at_the_desks(found: Premortem) -> list[tuple[str, str]]:
    """The decisions that the drafts address: the verdict on each, and what changes there, as counts of a hundred."""
    world, told = found.asked.watched, dict[str, tuple[str, str]]()
    rows = {row["group"]: row for row in found.shift[found.shift["by"] == "stage"].to_dict("records")}
    for directive in found.asked.directives:
        for name in reached(world, directive):
            if name in rows:
                row, stage = rows[name], world.stages[name]
                with_it, without = of_100(float(row["rate_with"]), float(row["rate_without"]))
                said = (
                    f"{world.agencies[str(row['agency'])].title}, {stage.title}: {stage.labels['favourable']} (the "
                    f"lenient outcome; the other: {stage.labels['unfavourable']}) in {with_it} cases with the draft, "
                    f"{without} without it: {CHANGE.get(str(row['verdict']), row['verdict'])}."
                )
                told[name] = str(row["verdict"]), said
    return sorted(told.values(), key=lambda one: one[0] != MATTERS)


def _named(found: Premortem) -> Iterable[str]:
    """Those whom a text of leniency names."""
    if all(text.direction < 0 for text in found.asked.directives):
        return
    rows = found.effects[(found.effects["measure"] == SPARED) & (found.effects["stage"] == "all")]
    for row in rows[rows["agency"].isin(found.asked.addressed)].to_dict("records"):
        yield (
            f"{_titles(found)[row['agency']]}, spared of those whom the texts would spare: {percent(row['with'])} with "
            f"the draft, {percent(row['without'])} without it: {CHANGE.get(str(row['verdict']), row['verdict'])}."
        )


def _figures(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    unknown = over_draws_in_points(row) if found.tries.draws else NOT_DRAWN
    rates = [percent(row["rate_with"]), percent(row["rate_without"])]
    return [*rates, in_points(row["shift"], row["low"], row["high"]), unknown, str(row["verdict"])]


def _parts(found: Premortem) -> Iterable[Grid]:
    """By decision, office and group, of the agencies that change."""
    titles = _titles(found)
    changing = found.agencies.loc[found.agencies["verdict"] != NONE_THAT_MATTERS, "agency"]
    for by, title in BY.items():
        rows = found.shift[(found.shift["by"] == by) & found.shift["agency"].isin(changing)]
        cells = [[titles[row["agency"]], _part(by, str(row["group"]), found), *_figures(row, found)]
                 for row in rows.to_dict("records")]  # fmt: skip
        head = ["agency", f"{by} (and its lenient outcome)" if by == "stage" else by, "rate with", "without",
                *INTERVALS, "verdict"]  # fmt: skip
        yield Grid(f"{title} of the agencies that change", head, cells, right=5)


def _part(by: str, name: str, found: Premortem) -> str:
    world = found.asked.world
    if by == "stage":
        return f"{world.stages[name].title}: {world.stages[name].labels['favourable']}"
    return place(name) if by == "office" else group(world, name)


def _chart(found: Premortem) -> Any:
    rows = found.shift[found.shift["by"].isin(["agency", "stage"])]
    labels = [_part("stage", str(row["group"]), found) if row["by"] == "stage" else "all its decisions"
              for row in rows.to_dict("records")]  # fmt: skip
    table = rows.assign(label=labels).sort_values(["agency", "by"], kind="stable")
    notes = [
        f"Expected share of lenient outcomes on the same cases from {calendar(found.asked.start)} on: with the draft "
        "less without.",
        f"Bar: 90 percent interval of the mean (luck); filled: it {MATTERS}, beyond {100 * found.smallest:g} points.",
        *(["Thin line: 5 to 95 percent over what is unknown of the world."] if found.tries.draws else []),
    ]  # fmt: skip
    return shift_by_agency(table, Legend.of_world(found.asked.world), "Shift by agency and decision", notes)


def what_holds(found: Premortem) -> Section:
    """One sentence an agency that moves or is held, one for all others, and the table of all mechanisms."""
    titles = _titles(found)
    parts = {titles[str(agency)]: rows for agency, rows in found.holds.groupby("agency", sort=True)}
    still = [name for name, rows in parts.items() if _stays(rows, found) and not (rows["does"] != "").any()]
    says = [_sentence(name, rows, found) for name, rows in parts.items() if name not in still]
    if still:
        says.append(f"{listed(still)} {'stay' if len(still) > 1 else 'stays'} put, and nothing that is switched off "
                    "alone clearly changes that.")  # fmt: skip
    few, runs = min(ABLATED, len(found.tries.seeds)), len(found.tries.seeds)
    says.append(
        f"These figures are of the world's own parameters, under {few} seeds; those of section 1 are means over {runs} "
        f"runs{' that differ in what is unknown' if found.tries.draws else ''}."
    )
    off = mechanisms()
    head = ["agency", "switched off", "so that", "shift left", "change (90% interval)", "it"]
    rows = [
        [titles[row["agency"]], row["mechanism"], off[row["mechanism"]], signed_points(row["left"]),
         in_points(row["change"], row["low"], row["high"]), row["does"] or str(row["verdict"])]
        for row in found.holds.to_dict("records")
    ]  # fmt: skip
    grid = Grid("One mechanism switched off at a time, at the world's own parameters; in points", head, rows, right=3)
    return Section("What carries it, and what holds it back", says, more=[grid])


def _stays(rows: pd.DataFrame, found: Premortem) -> bool:
    return abs(float(rows["shift"].iloc[0])) <= found.smallest


def _sentence(agency: str, rows: pd.DataFrame, found: Premortem) -> str:
    """What the table has in its last column, in a sentence."""
    shift = float(rows["shift"].iloc[0])
    words = {
        does: listed(f"{row['mechanism']} (without it {signed_points(row['left'])})"
                     for row in rows[rows["does"] == does].head(2).to_dict("records"))
        for does in (CARRIES, HOLDS_BACK)
    }  # fmt: skip
    if _stays(rows, found):
        return f"{agency} stays put ({signed_points(shift)} points), held by {words[HOLDS_BACK]}."
    here = found.agencies["agency"] == rows["agency"].iloc[0]
    section_1 = float(found.agencies.loc[here, "shift"].sum())
    carried = f"carried by {words[CARRIES]}" if words[CARRIES] else "carried by no mechanism alone"
    held = f"; held back by {words[HOLDS_BACK]}" if words[HOLDS_BACK] else ""
    return (
        f"{agency} shifts by {signed_points(shift)} points ({signed_points(section_1)} in section 1), {carried}{held}."
    )


def _titles(found: Premortem) -> dict[str, str]:
    return {name: agency.title for name, agency in found.asked.world.agencies.items()}
