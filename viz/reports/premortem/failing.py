"""Section 5: how it fails, and what would tell in time."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.drafting.remark import GRADES
from experiments.premortem import Premortem
from experiments.premortem.weeks import APART, CLOCK, DESK, POOL, QUEUE
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import grain_of, listed, on_day, parameter, place, written

HOLDS_ELSEWHERE = 0.1
"""By how much a corner found on some worlds must be denser than chance among others before it is told."""
MODES = 4
"""Modes in the part that is read that occur in some worlds and not in others."""
COUNTED = {
    POOL: "in use of", QUEUE: "cases waiting at", DESK: "hours worked a week by", CLOCK: "person-days a week beyond",
    APART: "a week:",
}  # fmt: skip
"""How a figure to watch is said, by its kind (`experiments.premortem.weeks.KINDS`)."""


def how_it_fails(found: Premortem) -> Section:
    """Modes of failure, each with its corner and its early warning where there is one."""
    rows = found.failures.to_dict("records")
    always = [row["title"] for row in rows if row["failing"] == row["worlds"]]
    some = [row for row in rows if row["failing"] < row["worlds"]]
    says = [f"In every one of them: {'; '.join(always)}."] if always else []
    says += [_mode(row, found) for row in some[:MODES]]
    says += _unwarned(some[:MODES])
    if rows:
        says.insert(0, f"These are {rows[0]['worlds']} further runs, each with another reading of the draft and "
                       "another draw of what is unknown, so their count is not that of section 3.")  # fmt: skip
    else:
        says = ["In none of the further runs, each with another reading of the draft, does it fail in a way that is "
                "looked for here."]  # fmt: skip
    head = ["mode", "in how many runs", "corner", "of it fails", "on other runs", "early warning", "hits",
            "false alarms", "better than chance"]  # fmt: skip
    grid = Grid("How it fails, in runs that differ in what is unknown and in how the draft is read", head,
                [_cells(row, found) for row in rows], right=2)  # fmt: skip
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


def _mode(row: Mapping[Any, Any], found: Premortem) -> str:
    said = f"{row['title']}, in {row['failing']} of {row['worlds']}."
    if _holds(row):
        said += f" Most where {_corner(row, found)} ({row['unseen']:.0%} of such runs not used to find it fail)."
    if not row["tells"]:
        return said
    return (
        f"{said} Early warning: {_warning(row, found)}; on runs not used to find it, it came in {row['hits']:.0f} of "
        f"{row['of_failing']:.0f} that failed and in {row['alarms']:.0f} of {row['of_others']:.0f} that did not."
    )


def _unwarned(rows: list[dict[Any, Any]]) -> list[str]:
    """The modes for which no figure does better than chance, in one sentence."""
    none = [row["title"] for row in rows if not row["tells"]]
    return [f"No early warning that does better than chance was found of: {'; '.join(none)}."] if none else []


def _holds(row: Mapping[Any, Any]) -> bool:
    """Whether a corner is denser than chance also among worlds that were not used to find it."""
    return bool(row["corner"]) and not pd.isna(row["unseen"]) and row["unseen"] > row["chance"] + HOLDS_ELSEWHERE


def _corner(row: Mapping[Any, Any], found: Premortem) -> str:
    """A corner, with parameters by their titles."""
    sides = [[*side.rsplit(f" {word} ", 1), word] for side in str(row["corner"]).split(" and ")
             for word in ("above", "below", "from") if f" {word} " in side]  # fmt: skip
    return listed(f"{parameter(found.asked.world, path)} {word} {ends}" for path, ends, word in sides)


def _warning(row: Mapping[Any, Any], found: Premortem) -> str:
    where = f", {place(row['area'])}" if row["area"] else ""
    limit = written(row["threshold"], grain_of(found, "hours" if row["kind"] == DESK else ""))
    return (
        f"{'more' if row['above'] else 'fewer'} than {limit} {COUNTED[row['kind']]} “{row['figure']}”{where} on "
        f"{on_day(found, row['day'])}"
    )


def _cells(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    low, high = (f"{100 * row[end]:.0f}" for end in ("chance_low", "chance_high"))
    told = not pd.isna(row["figure"])
    dense, unseen = ("-" if pd.isna(row[name]) else f"{row[name]:.0%}" for name in ("density", "unseen"))
    warned = ["none", "-", "-", "-"]
    if told:
        warned = [
            _warning(row, found), f"{row['hits']:.0f} of {row['of_failing']:.0f}",
            f"{row['alarms']:.0f} of {row['of_others']:.0f}", "yes" if row["tells"] else "no",
        ]  # fmt: skip
    corner = _corner(row, found) or "none"
    return [row["title"], f"{row['failing']} of {row['worlds']} ({low} to {high}%)", corner, dense, unseen, *warned]
