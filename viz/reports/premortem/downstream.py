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

SHOWN = 8
"""Limits in the part that is read; all are in the appendix."""
HEAD = ("what", "where", "first passed, days after the start (5-95%)", "in how many worlds", "asked at the worst",
        "without", "limit", "short of", "dollars")  # fmt: skip
PEOPLE = ("separated", "apart", "not reunited", "beyond the limit", "custody", "over capacity", "backlog")
"""Harms to people and queues, as `experiments.twin.measures.harm` names them."""


def what_breaks(found: Premortem) -> Section:
    """The limits that are passed because of the draft, the surest first."""
    whole = found.breaks[found.breaks["area"].isin([EVERYWHERE, ""])]
    rows = whole.to_dict("records")
    says = [_sentence(row, found) for row in rows[:3]] or [
        "No limit of capacity or of law is passed because of the draft."
    ]
    if len(rows) > 3:
        says.append(f"{len(rows) - 3} more limits are passed in some of the worlds tried.")
    crowded = _crowded(found)
    grids = [Grid("", HEAD, [_cells(row, found) for row in rows[:SHOWN]], right=7), _people(found)]
    rule = (f"A limit is passed in a week in which it is reached and {MORE:.0%} more is asked of it than without the "
            f"draft; it breaks where that is so in {PERSISTENT} weeks or more.")  # fmt: skip
    every = Grid(rule, HEAD, [_cells(row, found) for row in found.breaks.to_dict("records")], right=7)
    return Section("What breaks downstream", says, grids, partial(_chart, whole, found), [every, crowded])


def _sentence(row: Mapping[Any, Any], found: Premortem) -> str:
    where = "" if len(_areas(row, found)) != 1 else f" at {_areas(row, found)[0]}"
    return (
        f"{row['title']}{where}: passed by day {row['day']:.0f} in {row['broke']} of {row['worlds']} worlds, with "
        f"{amount(row['peak'])} {row['unit']} asked at the worst, {amount(row['peak_without'])} without the draft"
        + (f", for {amount(row['limit'])}." if row["limit"] else ".")
    )


def _areas(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    """Where a limit breaks, the surest first."""
    same = (found.breaks["kind"] == row["kind"]) & (found.breaks["what"] == row["what"])
    return [area for area in found.breaks.loc[same, "area"] if area not in (EVERYWHERE, "")]


def _cells(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    areas = _areas(row, found)
    where = row["area"] if row["area"] not in (EVERYWHERE, "") else ", ".join(areas[:2]) or "one pool for all"
    more = f" and {len(areas) - 2} more" if row["area"] == EVERYWHERE and len(areas) > 2 else ""
    low, high = (f"{100 * row[end]:.0f}" for end in ("chance_low", "chance_high"))
    short = f"{amount(row['short'])} {row['unit']}" if row["short"] else "full"
    spent = "no price" if pd.isna(row["dollars"]) else amount(row["dollars"], "+")
    return [row["title"], where + more, f"{row['day']:.0f} ({row['day_low']:.0f} to {row['day_high']:.0f})",
            f"{row['broke']} of {row['worlds']} ({low} to {high}%)", amount(row["peak"]), amount(row["peak_without"]),
            amount(row["limit"]) if row["limit"] else "none", short, spent]  # fmt: skip


def _people(found: Premortem) -> Grid:
    """What is done to people, and dollars, where it matters."""
    rows = found.effects[(found.effects["family"] == "harm") & (found.effects["verdict"] == MATTERS)]
    cells = [_harm(row, found) for name in (*PEOPLE, "cost")
             for row in rows[rows["measure"] == name].to_dict("records")]  # fmt: skip
    head = ["people and money", "of", "with", "without", "difference (90% interval, luck)", "5-95%, what is unknown"]
    return Grid("", head, cells, right=4)


def _harm(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    world = found.asked.world
    titles = {
        name: entry.title for part in (world.clocks, world.resources, world.agencies) for name, entry in part.items()
    }
    names = [titles.get(name, name) for name in (row["agency"], row["group"]) if name != "all"]
    ends = [f"{amount(row[low], '+')} to {amount(row[high], '+')}" if not pd.isna(row[low]) else "-"
            for low, high in (("low", "high"), ("posterior_low", "posterior_high"))]  # fmt: skip
    return [f"{row['measure']}, {row['unit']}", ": ".join(names), amount(row["with"]), amount(row["without"]),
            f"{amount(row['difference'], '+')} ({ends[0]})", ends[1]]  # fmt: skip


def _crowded(found: Premortem) -> Grid:
    """Decisions on cases outside the draft that are no longer made."""
    rows = found.effects[
        (found.effects["measure"] == "other cases decided") & (found.effects["verdict"] == MATTERS)
        & (found.effects["difference"] < 0.0) & (found.effects["stage"] != "all")
    ]  # fmt: skip
    world = found.asked.world
    cells = [
        [world.agencies[row["agency"]].title, world.stages[row["stage"]].title, amount(row["with"]),
         amount(row["without"]), amount(row["difference"], "+")]
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return Grid("Crowded out: decisions on cases of which the draft says nothing", ["agency", "decision", "with",
                "without", "difference"], cells, right=3)  # fmt: skip


def _chart(whole: pd.DataFrame, found: Premortem) -> Any:
    notes = [f"Dot: the day by which a limit is first passed, median of the worlds in which it breaks "
             f"({len(found.tries.seeds)} were tried); bar: their 5 to 95 percent."]  # fmt: skip
    days = (found.asked.scenario.end - found.asked.start).days
    return limits_over_time(whole.assign(label=whole["title"]), days, "What breaks, and when", notes)
