"""Sections 5 and 6: how it fails, and its early warnings; the cheapest mends."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.drafting.remark import GRADES
from experiments.premortem import Premortem
from experiments.premortem.mends import KEPT
from viz.charts.shifts import in_points, signed_points
from viz.reports.figures import amount
from viz.reports.premortem.changes import listed
from viz.reports.premortem.page import Grid, Section

HOLDS_ELSEWHERE = 0.1
"""By how much a corner found on some worlds must be denser than chance among others before it is told."""
MODES = 4
"""Modes in the part that is read that occur in some worlds and not in others."""


def how_it_fails(found: Premortem) -> Section:
    """Modes of failure, each with its corner and its early warning."""
    rows = found.failures.to_dict("records")
    always = [row["title"] for row in rows if row["failing"] == row["worlds"]]
    some = [row for row in rows if row["failing"] < row["worlds"]]
    says = [f"In every world that was tried: {'; '.join(always)}."] if always else []
    says += [_mode(row) for row in some[:MODES]]
    if not rows:
        says = ["In none of the worlds that were tried does it fail in a way that is looked for here."]
    head = [
        "mode",
        "in how many worlds",
        "corner",
        "of it fails",
        "on other worlds",
        "early warning",
        "hits",
        "false alarms",
    ]
    grid = Grid("How it fails, in worlds that differ in what is unknown and in how the draft is read", head,
                [_cells(row) for row in rows], right=2)  # fmt: skip
    says += _written(found)
    return Section("How it fails, and what would tell in time", says, more=[grid, _remarks(found)])


def _written(found: Premortem) -> list[str]:
    """What is wrong with the text itself: what breaks in full, what is weak by its rule."""
    breaks, weak = (found.remarks[found.remarks["grade"] == grade] for grade in GRADES[:2])
    says = [f"The text itself breaks: {said}" for said in dict.fromkeys(breaks["what"])]
    if len(weak):
        says.append(f"The text itself is weak (told in the appendix): {listed(dict.fromkeys(weak['rule']))}.")
    return says


def _remarks(found: Premortem) -> Grid:
    titles = {name: text.title for name, text in zip(found.asked.drafts, found.asked.directives, strict=True)}
    rows = [[row["grade"], titles[row["draft"]], row["what"], row["why"], row["instead"]]
            for row in found.remarks.to_dict("records")]  # fmt: skip
    return Grid("The text looked over", ["grade", "draft", "what", "why it matters", "what to write instead"], rows)


def _mode(row: Mapping[Any, Any]) -> str:
    said = f"{row['title']}: in {row['failing']} of {row['worlds']} worlds."
    if _holds(row):
        said += f" Most where {row['corner']} ({row['unseen']:.0%} of such worlds not used to find it)."
    if pd.isna(row["figure"]):
        return f"{said} No early warning was found."
    warned, hits, alarms = _warning(row), row["hits"] / row["of_failing"], row["alarms"] / row["of_others"]
    if hits <= alarms:
        return f"{said} What looked like an early warning was none on other worlds."
    return (
        f"{said} Early warning: {warned}; on worlds not used to find it, it came in {row['hits']:.0f} of "
        f"{row['of_failing']:.0f} that failed and in {row['alarms']:.0f} of {row['of_others']:.0f} that did not."
    )


def _holds(row: Mapping[Any, Any]) -> bool:
    """Whether a corner is denser than chance also among worlds that were not used to find it."""
    return bool(row["corner"]) and not pd.isna(row["unseen"]) and row["unseen"] > row["chance"] + HOLDS_ELSEWHERE


def _warning(row: Mapping[Any, Any]) -> str:
    place = f" ({row['area']})" if row["area"] else ""
    side = "more" if row["above"] else "less"
    return f"{row['figure']}{place} {side} than {amount(row['threshold'])} on day {row['day']:.0f}"


def _cells(row: Mapping[Any, Any]) -> list[str]:
    low, high = (f"{100 * row[end]:.0f}" for end in ("chance_low", "chance_high"))
    told = not pd.isna(row["figure"])
    dense, unseen = ("-" if pd.isna(row[name]) else f"{row[name]:.0%}" for name in ("density", "unseen"))
    return [row["title"], f"{row['failing']} of {row['worlds']} ({low} to {high}%)", row["corner"] or "none", dense,
            unseen, _warning(row) if told else "none", f"{row['hits']:.0f} of {row['of_failing']:.0f}" if told else "-",
            f"{row['alarms']:.0f} of {row['of_others']:.0f}" if told else "-"]  # fmt: skip


def cheapest_mends(found: Premortem) -> Section:
    """The three that are worth most, and all others."""
    titles = {name: agency.title for name, agency in found.asked.world.agencies.items()}
    best = found.mends[found.mends["best"]].to_dict("records")
    says = [_mend(row, found, titles) for row in best] or [
        f"No single mend eases more than it worsens and keeps {KEPT:.0%} of the shift."
    ]
    head = ["mend", "shift against the draft (90% interval)", "of the draft's shift", "dollars", "harms eased",
            "made worse", "elsewhere", "on the front"]  # fmt: skip
    rows = [
        [row["mend"], in_points(row["shift"], row["shift_low"], row["shift_high"]), f"{row['kept']:.0%}",
         amount(row["dollars"], "+"), str(row["eased"]), str(row["worse"]), _elsewhere(row, titles),
         "yes" if row["front"] else "no"]
        for row in found.mends.to_dict("records")
    ]  # fmt: skip
    front = (
        "Front: no other keeps as much of the shift, costs no more and eases as much. At the world's own parameters; "
        "harms are differences to the draft as it is that matter"
    )
    moved = [[row["mend"], *_harm(row, found)] for row in found.eased.to_dict("records")]
    columns = ["mend", "harm", "of", "draft", "difference (90% interval)"]
    harms = Grid("What each mend moves, against the draft as it is", columns, moved, right=2)
    return Section("The cheapest mends", says, more=[Grid(front, head, rows, right=7), harms])


def _mend(row: Mapping[Any, Any], found: Premortem, titles: Mapping[str, str]) -> str:
    moved = found.eased[(found.eased["mend"] == row["mend"]) & (found.eased["difference"] < 0.0)]
    size = (moved["difference"] / moved["record"]).sort_values()
    names = [_harm(moved.loc[at].to_dict(), found) for at in size.index[:2]]
    buys = listed(f"{harm}{f' ({of})' if of else ''} {100 * share:+.0f}%"
                  for (harm, of, *_), share in zip(names, size.iloc[:2], strict=True))  # fmt: skip
    return (
        f"{row['mend']}: keeps {row['kept']:.0%} of the shift, {amount(row['dollars'], '+')} dollars; eases "
        f"{row['eased']} harms, among them {buys}; makes {row['worse']} worse; elsewhere {_elsewhere(row, titles)}."
    )


def _elsewhere(row: Mapping[Any, Any], titles: Mapping[str, str]) -> str:
    at = row["elsewhere_at"]
    return f"{titles[at]} {signed_points(row['elsewhere'])}" if at else "nothing that matters"


def _harm(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    world = found.asked.world
    titles = {name: one.title for part in (world.clocks, world.resources, world.agencies) for name, one in part.items()}
    of = ", ".join(titles.get(name, name) for name in (row["agency"], row["group"]) if name != "all")
    ends = "" if pd.isna(row["low"]) else f" ({amount(row['low'], '+')} to {amount(row['high'], '+')})"
    return [f"{row['measure']}, {row['unit']}", of, amount(row["record"]), amount(row["difference"], "+") + ends]
