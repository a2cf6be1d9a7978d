"""The tables, the files and the charts of ``discretion levers``."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.levers.choice import ALL, Target
from experiments.levers.in_words import in_words, priced
from experiments.levers.ranking import POINT, Ranking
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS, smallest_in_words
from viz.charts import lever_ranking
from viz.charts.levers import in_short
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.console import bold, out, remark, table
from viz.reports.report import Files, Report, header
from viz.reports.unknown import show_unknown

MARKER = "levers.json"
HEADINGS = {
    "cost": "dollars,\nmillions", POINT: "dollars\na point",
    "custody": "nights in\ncustody", "removed": "removals", "removed, high equities": "removals,\nhigh equities",
    "separated": "children\nseparated", "apart": "child-days\napart", "beyond the limit": "days beyond\nlegal limits",
    "spared, serious": "spared,\nserious", "work": "officers'\nhours", "backlog": "waiting\nat the end",
}  # fmt: skip
"""What costs and harms (`experiments.levers.ranking.SHOWN`) are called on a page."""
ON_CHARTS = {**HEADINGS, "cost": "dollars"}

WIDE = 150
"""Columns of a terminal from which on the levers' titles fit, and all costs and harms."""
ONE_TABLE = 105
"""From here on the shift and all that stands beside it fit into one table; `COLUMN` more for each that is not always
there: the first day, where levers have several, and dollars a point."""
COLUMN = 12
FEW = 4
ONLY_WIDE = ("work", "backlog")
MILLION = 1e6
LONGEST_LINE = 120
"""Letters in a line under the title of the chart."""


def files(targets: Iterable[Target]) -> Files:
    """The files of a result."""
    return Files(MARKER, ("shift.csv", "costs.csv"), tuple(_chart(target) for target in targets))


def _chart(target: Target) -> str:
    return f"ranking-{target.agency if target.stage == ALL else target.stage}"


def report(found: Ranking, scenario: str, settings: list[str]) -> Report:
    """What was found, with the notes on days of the scenario; a number that is missing is null."""
    told = {
        **header(found.world, scenario, settings), "seeds": found.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "priced": priced(found.world, found.scenario),
        "targets": [target._asdict() for target in found.targets],
        "levers": [
            {"lever": name, "title": one.title, "question": one.question, "otherwise": otherwise(found, name),
             "first_day": one.first_day.isoformat(), "replaces": one.replaces}
            for name, one in found.levers.items()
        ],
        "shift": records(found.shift), "costs": records(found.costs),
    }  # fmt: skip
    return Report(
        files(found.targets), told, partial(_show, found, told["notes"]),
        tables={"shift.csv": found.shift, "costs.csv": found.costs},
        charts={_chart(target): partial(charted, found, target) for target in found.targets},
    )  # fmt: skip


def otherwise(found: Ranking, name: str) -> str:
    """What is done otherwise under a lever, or which directives another scenario has instead."""
    if name in found.world.levers:
        lever = found.world.levers[name]
        return f"in {', '.join(lever.amends)}: {in_words(lever.changes)}"
    here, there = found.scenario.directives, found.levers[name].scenario.directives
    less, more = ([text for text in one if text not in other] for one, other in ((here, there), (there, here)))
    return "; ".join(f"{word} {', '.join(texts)}" for word, texts in (("without", less), ("with", more)) if texts)


def charted(found: Ranking, target: Target, costs: Collection[str] = tuple(HEADINGS)) -> Any:
    """The chart of one ranking; beside the shift, those of some costs and harms of which there is any."""
    legend = Legend.of_world(found.world)
    notes = [
        f"{found.scenario.title}, and the same with one thing done otherwise: {_whose(found, target)}, "
        f"same cases, {from_when(found)}.",
        "Beside it the difference to what was issued, in figures of the real system. Each panel has its own scale.",
        f"Bar: 90 percent interval over {len(found.seeds)} replications at scale {found.scale:g}; "
        f"filled: it {MATTERS}, beyond {100 * found.smallest:g} points, or as large a share of what was issued.",
    ]
    ranked, colour = found.ranked(target), legend.colours[target.agency]
    if ranked["replaces"].any():
        notes.append("Below, ranked apart: others decide in the place of those who did.")
    lines = [line for note in notes for line in wrap(note, LONGEST_LINE)]
    beside = {name: heading for name, heading in ON_CHARTS.items() if name in ranked and name in costs}
    return lever_ranking(ranked, beside, colour, "Estimated shift and costs by lever", lines)


def strongest(ranked: pd.DataFrame) -> str:
    """The lever that shifts most of those who decide, in a sentence.

    >>> row = {"title": "Drop the quotas", "shift": 0.0056, "low": 0.0053, "high": 0.0059, "replaces": False}
    >>> strongest(pd.DataFrame([row | {"verdict": MATTERS}]))
    'Drop the quotas: +0.56 (+0.53 to +0.59), in percentage points, the largest shift of those who decide.'
    >>> strongest(pd.DataFrame([row | {"verdict": "undecided"}]))
    'No lever is sure to shift anything.'
    """
    sure = ranked[(ranked["verdict"] == MATTERS) & ~ranked["replaces"]]
    if not len(sure):
        return "No lever is sure to shift anything."
    first = sure.iloc[sure["shift"].abs().to_numpy().argmax()]
    shift = in_points(first["shift"], first["low"], first["high"])
    return f"{first['title']}: {shift}, in percentage points, the largest shift of those who decide."


def from_when(found: Ranking) -> str:
    """From which day on the shifts are taken."""
    days = {one.first_day for one in found.levers.values()}
    if len(days) > 1:
        return "each from the day on which it first makes a difference"
    return f"from {days.pop():%d %B %Y} on"


def _whose(found: Ranking, target: Target) -> str:
    """The decisions that a ranking is about."""
    agency = found.world.agencies[target.agency].title
    if target.stage == ALL:
        return f"favourable, of all decisions of {agency}"
    stage = found.world.stages[target.stage]
    return f"{stage.labels['favourable']}, of the decisions of {agency} at the stage “{stage.title}”"


def _show(found: Ranking, remarks: list[str], folder: Path) -> None:
    remark(remarks)
    out.print(f"{bold(found.scenario.title)}: as issued, and one thing done otherwise\n")
    for target in found.targets:
        for part in _ranking(found, target):
            out.print(part, "")
        show_unknown(found.ranked(target), ["lever"], "shift", found.draws)
    out.print(
        f"Same cases, {from_when(found)}; 90 percent intervals over {len(found.seeds)} replications at scale "
        f"{found.scale:g}. {smallest_in_words(found.smallest)} Beside the shift: differences to what was issued, in "
        "figures of the real system; in brackets unless they matter, beyond the same share of it. A lever has a cost a "
        "point if it costs more and its shift matters."
    )
    out.print(priced(found.world, found.scenario), markup=False)
    out.print(f"Stored in {bold(folder)}: shift.csv, costs.csv (with their intervals), {MARKER}, and the charts.")


def _ranking(found: Ranking, target: Target) -> list[Table]:
    """The levers that move those who decide, and apart from them those that put others in their place."""
    ranked = found.ranked(target)
    titles = {False: f"Levers by shift: {_whose(found, target)}", True: f"Others decide: {_whose(found, target)}"}
    return [part for replaces, rows in ranked.groupby("replaces") for part in _parts(rows, titles[bool(replaces)])]


def _parts(ranked: pd.DataFrame, title: str) -> list[Table]:
    """The shift and what stands beside it: one table, or several below each other on a narrow terminal."""
    wide = out.width >= WIDE
    kept = [name for name in HEADINGS if name in ranked and (wide or name not in ONLY_WIDE)]
    more = (ranked["first_day"].nunique() > 1) + (POINT in ranked)
    if out.width >= ONE_TABLE + COLUMN * more:
        return [_part(ranked, title, kept, wide)]
    rest = [kept[at : at + FEW] for at in range(2, len(kept), FEW)]
    others = [_part(ranked, "The same levers, and what else would have differed", part, False, False) for part in rest]
    return [_part(ranked, title, kept[:2], False), *others]


def _part(ranked: pd.DataFrame, title: str, kept: list[str], wide: bool, shifts: bool = True) -> Table:
    shift = {"from": "from", "shift": "shift, in points\n(90% interval)", "verdict": ""} if shifts else {}
    if ranked["first_day"].nunique() == 1:
        shift.pop("from", None)
    figures = [*shift.values(), *(HEADINGS[name] for name in kept)]
    shown = table(title, "lever", *figures, right=len(figures))
    for row in ranked.to_dict("records"):
        known = not pd.isna(row["shift"])
        points = in_points(row["shift"], row["low"], row["high"]) if known else "-"
        said = {"from": f"{row['first_day']:%Y-%m-%d}", "shift": points, "verdict": row["verdict"] if known else "-"}
        beside = (beside_the_shift(row, name, MILLION if name == "cost" else 1.0) for name in kept)
        shown.add_row(row["title"] if wide else row["lever"], *(said[name] for name in shift), *beside)
    return shown


def beside_the_shift(row: Mapping[Hashable, Any], name: str, by: float = 1.0) -> str:
    """A cost or harm of a lever as a cell of a table shows it, divided ``by`` something; dollars a point in short."""
    return in_figures(row[name] / by, row[f"{name}_verdict"], in_short if name == POINT else _whole)


def _whole(value: float) -> str:
    return f"{value:+,.0f}" if round(value) else "0"


def in_figures(value: float, verdict: str, said: Callable[[float], str] = _whole) -> str:
    """A difference, in brackets unless it matters or is none at all; a dash where there is none to tell.

    >>> in_figures(-7077212.5, "matters"), in_figures(12.5, "undecided"), in_figures(0.0, "none that matters")
    ('-7,077,212', '(+12)', '0')
    """
    if pd.isna(value):
        return "-"
    return said(value) if verdict == MATTERS or value == 0.0 else f"({said(value)})"
