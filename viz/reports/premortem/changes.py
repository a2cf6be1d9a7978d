"""Sections 1 and 2: who changes and who does not; what carries each agency, and what holds it back."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from experiments.premortem import Premortem
from experiments.premortem.holds import CARRIES, HOLDS_BACK, mechanisms
from experiments.smallest import MATTERS, NONE_THAT_MATTERS
from viz.charts import shift_by_agency
from viz.charts.shifts import in_points, signed_points
from viz.charts.theme import Legend
from viz.reports.figures import percent
from viz.reports.premortem.page import Grid, Section
from viz.reports.twin import over_draws_in_points

INTERVALS = ("shift in points (90% interval, luck)", "5-95%, what is unknown")
NOT_DRAWN = "not drawn"
BY = {"stage": "Decisions", "office": "Offices", "level": "Groups of cases"}


def who_changes(found: Premortem) -> Section:
    """By agency, office and group, with both kinds of interval."""
    rows = found.agencies.to_dict("records")
    titles = _titles(found)
    said = {verdict: [titles[row["agency"]] for row in rows if row["verdict"] == verdict]
            for verdict in (MATTERS, NONE_THAT_MATTERS)}  # fmt: skip
    unsure = [titles[row["agency"]] for row in rows if row["verdict"] not in said]
    limit = f"{100 * found.smallest:g} points"
    says = [
        *([f"{listed(said[MATTERS])} will decide otherwise than without the draft."] if said[MATTERS] else []),
        *([f"{listed(said[NONE_THAT_MATTERS])} will not: less than {limit}."] if said[NONE_THAT_MATTERS] else []),
        *([f"Of {listed(unsure)} it cannot be told whether it is more than {limit}."] if unsure else []),
    ]
    head = ["agency", "discretion rate with", "without", *INTERVALS, "verdict"]
    grid = Grid("", head, [[titles[row["agency"]], *_figures(row, found)] for row in rows], right=5)
    return Section("Who changes, who does not", says, [grid], partial(_chart, found), list(_parts(found)))


def _figures(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    unknown = over_draws_in_points(row) if found.tries.draws else NOT_DRAWN
    rates = [percent(row["rate_with"]), percent(row["rate_without"])]
    return [*rates, in_points(row["shift"], row["low"], row["high"]), unknown, str(row["verdict"])]


def _parts(found: Premortem) -> Iterable[Grid]:
    """By decision, office and group, of the agencies that change."""
    titles, world = _titles(found), found.asked.world
    changing = found.agencies.loc[found.agencies["verdict"] != NONE_THAT_MATTERS, "agency"]
    for by, title in BY.items():
        rows = found.shift[(found.shift["by"] == by) & found.shift["agency"].isin(changing)]
        names = {"stage": {name: stage.title for name, stage in world.stages.items()},
                 "level": world.words.levels}.get(by, {})  # fmt: skip
        cells = [[titles[row["agency"]], names.get(row["group"], row["group"]), *_figures(row, found)]
                 for row in rows.to_dict("records")]  # fmt: skip
        head = ["agency", by, "rate with", "without", *INTERVALS, "verdict"]
        yield Grid(f"{title} of the agencies that change", head, cells, right=5)


def _chart(found: Premortem) -> Any:
    rows = found.shift[found.shift["by"].isin(["agency", "stage"])]
    labels = rows["group"].where(rows["by"] == "stage", "all its decisions")
    table = rows.assign(label=labels).sort_values(["agency", "by"], kind="stable")
    notes = [
        f"Expected discretion rate on the same cases from {found.asked.start:%d %B %Y} on: with the draft less "
        "without.",
        f"Bar: 90 percent interval of the mean (luck); filled: it {MATTERS}, beyond {100 * found.smallest:g} points.",
        *(["Thin line: 5 to 95 percent over what is unknown of the world."] if found.tries.draws else []),
    ]  # fmt: skip
    return shift_by_agency(table, Legend.of_world(found.asked.world), "Shift by agency and decision", notes)


def what_holds(found: Premortem) -> Section:
    """One sentence an agency, and the table of all mechanisms."""
    titles = _titles(found)
    says = [_sentence(titles[str(agency)], rows, found) for agency, rows in found.holds.groupby("agency", sort=True)]
    off = mechanisms()
    head = ["agency", "switched off", "so that", "shift left", "change (90% interval)", "it"]
    rows = [
        [titles[row["agency"]], row["mechanism"], off[row["mechanism"]], signed_points(row["left"]),
         in_points(row["change"], row["low"], row["high"]), row["does"] or str(row["verdict"])]
        for row in found.holds.to_dict("records")
    ]  # fmt: skip
    grid = Grid("One mechanism switched off at a time, at the world's own parameters; in points", head, rows, right=3)
    return Section("What carries it, and what holds it back", says, more=[grid])


def _sentence(agency: str, rows: pd.DataFrame, found: Premortem) -> str:
    shift = float(rows["shift"].iloc[0])
    parts = {does: rows[rows["does"] == does].head(2) for does in (CARRIES, HOLDS_BACK)}
    words = {
        does: listed(f"{row['mechanism']} (off: {signed_points(row['left'])})" for row in part.to_dict("records"))
        for does, part in parts.items()
    }
    if abs(shift) <= found.smallest and not words[HOLDS_BACK]:
        return (
            f"{agency} stays where it is ({signed_points(shift)} points), and nothing switched off alone makes it move."
        )
    carried = f"carried by {words[CARRIES]}" if words[CARRIES] else "carried by no mechanism alone"
    held = f"; held back by {words[HOLDS_BACK]}" if words[HOLDS_BACK] else ""
    return f"{agency} shifts by {signed_points(shift)} points, {carried}{held}."


def _titles(found: Premortem) -> dict[str, str]:
    return {name: agency.title for name, agency in found.asked.world.agencies.items()}


def listed(names: Iterable[str]) -> str:
    """Names in a sentence.

    >>> listed(["ICE"]), listed(["ICE", "USCIS", "EOIR"]), listed([])
    ('ICE', 'ICE, USCIS and EOIR', '')
    """
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last
