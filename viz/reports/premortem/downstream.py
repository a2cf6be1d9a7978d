"""Section 3: what breaks downstream, where, when, how likely; people and money."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from experiments.premortem import Premortem
from experiments.premortem.breaks import EVERYWHERE, MORE, PERSISTENT
from experiments.smallest import MATTERS
from viz.charts import limits_over_time
from viz.reports.figures import amount
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import HARMS, grain_of, more_or_less, on_day, place, titles, unit_of, written

SHOWN = 6
"""Places in the part that is read; all are in the appendix."""
HEAD = ("what", "where", "first passed", "day, 5-95%", "in how many runs", "asked at the worst", "without", "limit",
        "dollars")  # fmt: skip
PEOPLE = ("separated", "apart", "not reunited", "beyond the limit", "custody", "over capacity", "backlog")
"""Harms to people and queues, as `experiments.twin.measures.harm` names them."""


def what_breaks(found: Premortem) -> Section:
    """The limits that are passed because of the draft, the surest first; one line a place."""
    rows = by_place(found)
    says = [sentence(row, found) for row in rows.head(SHOWN).to_dict("records")] or [
        "No limit of capacity or of law is passed because of the draft."
    ]
    if len(rows) > SHOWN:
        says.append(f"In fewer of the runs, {len(rows) - SHOWN} more; in the appendix.")
    rule = (f"A limit is passed in a week in which it is reached and {MORE:.0%} more is asked of it than without the "
            f"draft; it breaks where that is so in {PERSISTENT} weeks or more.")  # fmt: skip
    every = Grid(rule, HEAD, [_cells(row, found) for row in rows.to_dict("records")], right=7)
    return Section("What breaks downstream", says, [_people(found)], partial(chart, found), [every, _crowded(found)])


def by_place(found: Premortem) -> pd.DataFrame:
    """Limits that break, one row a place; a sum over places stands only where there is one pool for all."""
    table = found.breaks
    keys = list(zip(table["kind"], table["what"], table["area"] != EVERYWHERE, strict=True))
    told = [part or (kind, what, True) not in keys for kind, what, part in keys]
    rows = table[pd.Series(told, index=table.index, dtype=bool)]
    return rows.sort_values(["chance", "day"], ascending=[False, True], kind="stable", ignore_index=True)


def _at(row: Mapping[Any, Any]) -> str:
    return "" if row["area"] in (EVERYWHERE, "") else place(row["area"])


def first(row: Mapping[Any, Any], found: Premortem) -> str:
    """What breaks, where, from when on, in how many runs."""
    where = f", {_at(row)}" if _at(row) else ""
    runs = f"{row['broke']} of {row['worlds']} runs"
    return f"{row['title']}{where}: over the limit by {on_day(found, row['day'])} in {runs}"


def sentence(row: Mapping[Any, Any], found: Premortem) -> str:
    """A place in a sentence, with the load at the worst against the limit."""
    unit = unit_of(found.asked.world, row["kind"], row["what"])
    asked, without = (written(row[name], grain_of(found, unit)) for name in ("peak", "peak_without"))
    limit = f" against a limit of {written(row['limit'])}" if row["limit"] else ""
    return f"{first(row, found)}; at the worst {asked} {unit}{limit}, instead of {without} without the draft."


def _cells(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    unit = unit_of(found.asked.world, row["kind"], row["what"])
    low, high = (f"{100 * row[end]:.0f}" for end in ("chance_low", "chance_high"))
    peaks = [written(row[name], grain_of(found, unit)) for name in ("peak", "peak_without")]
    spent = "-" if pd.isna(row["dollars"]) else amount(row["dollars"], "+")
    return [f"{row['title']}, {unit}", _at(row) or "one pool for all", on_day(found, row["day"]),
            f"{row['day_low']:.0f} to {row['day_high']:.0f}", f"{row['broke']} of {row['worlds']} ({low} to {high}%)",
            *peaks, written(row["limit"]) if row["limit"] else "none", spent]  # fmt: skip


def _people(found: Premortem) -> Grid:
    """What is done to people, and dollars, where it matters."""
    rows = found.effects[(found.effects["family"] == "harm") & (found.effects["verdict"] == MATTERS)]
    cells = [_harm(row, found) for name in (*PEOPLE, "cost")
             for row in rows[rows["measure"] == name].to_dict("records")]  # fmt: skip
    head = ["people and money", "of", "with", "without", "with the draft (90% interval, luck)",
            "5-95%, what is unknown"]  # fmt: skip
    return Grid("", head, cells, right=4)


def _harm(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    names = [titles(found.asked.world).get(name, name) for name in (row["agency"], row["group"]) if name != "all"]
    grain = grain_of(found, row["unit"])
    said, *ends = (
        "-" if pd.isna(row[name]) else more_or_less(row[name], grain)
        for name in ("difference", "low", "high", "posterior_low", "posterior_high")
    )
    luck = said if ends[0] == ends[1] == said else f"{said} ({ends[0]} to {ends[1]})"
    nothing = "not separable from noise" if found.tries.draws else "not drawn"
    return [HARMS.get(row["measure"], row["measure"]), ": ".join(names), written(row["with"], grain),
            written(row["without"], grain), luck, nothing if ends[2] == "-" else f"{ends[2]} to {ends[3]}"]  # fmt: skip


def _crowded(found: Premortem) -> Grid:
    """Decisions on cases outside the draft that are no longer made."""
    rows = found.effects[
        (found.effects["measure"] == "other cases decided") & (found.effects["verdict"] == MATTERS)
        & (found.effects["difference"] < 0.0) & (found.effects["stage"] != "all")
    ]  # fmt: skip
    world, grain = found.asked.world, 1.0 / found.scale
    cells = [
        [world.agencies[row["agency"]].title, world.stages[row["stage"]].title, written(row["with"], grain),
         written(row["without"], grain), more_or_less(row["difference"], grain)]
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return Grid("Crowded out: decisions on cases of which the draft says nothing", ["agency", "decision", "with",
                "without", "with the draft"], cells, right=3)  # fmt: skip


def chart(found: Premortem) -> Any:
    """Each place and the day on which its limit is first passed."""
    notes = [f"Dot: the day by which a limit is first passed, median of the runs in which it breaks "
             f"({len(found.tries.seeds)} were tried); bar: their 5 to 95 percent."]  # fmt: skip
    days = (found.asked.scenario.end - found.asked.start).days
    rows = by_place(found)
    labels = [f"{row['title']}{f', {_at(row)}' if _at(row) else ''}" for row in rows.to_dict("records")]
    return limits_over_time(rows.assign(label=labels), days, "What breaks, and when", notes)
