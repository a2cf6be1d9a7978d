"""A pre-mortem told: its page, its files, and what is shown on the terminal."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from experiments.drafting.remark import several
from experiments.premortem import Premortem
from experiments.records import records
from experiments.smallest import INTERVALS
from model import __version__
from model.world.checks.days import notes
from model.world.loader import content_hash
from viz.reports.console import bold, out, remark, table
from viz.reports.premortem.brief import in_short
from viz.reports.premortem.changes import what_holds, who_changes
from viz.reports.premortem.downstream import what_breaks
from viz.reports.premortem.failing import how_it_fails
from viz.reports.premortem.lenses import lenses
from viz.reports.premortem.mending import cheapest_mends
from viz.reports.premortem.page import Grid, Page
from viz.reports.premortem.surety import how_sure
from viz.reports.premortem.talking import whom_to_talk_to
from viz.reports.premortem.words import calendar
from viz.reports.premortem.written import as_html, as_markdown
from viz.reports.report import Files, Report

TABLES = ("shift", "effects", "breaks", "holds", "failures", "mends", "eased", "talks", "remarks", "depends",
          "leans")  # fmt: skip
MARKDOWN, HTML = "premortem.md", "premortem.html"
FILES = Files("premortem.json", tuple(f"{name}.csv" for name in (*TABLES, "pairs")), texts=(MARKDOWN, HTML))


LATER = 3
"""Texts of the record that come later, as many as are named."""


def page(found: Premortem) -> Page:
    """The whole report."""
    asked, scenario = found.asked, found.asked.scenario
    texts = " and ".join(f"“{directive.title}”" for directive in asked.directives)
    before = [asked.world.directives[name].title for name in scenario.directives if name not in asked.drafts]
    later = [asked.world.directives[name].title for name in asked.world.scenarios[asked.into].directives
             if name not in scenario.directives]  # fmt: skip
    lead = [
        f"What {texts} would do from {calendar(asked.start)} to {calendar(scenario.end)}: the same cases, officers and "
        f"luck with the draft and without it, in {len(found.tries.seeds)} runs. One simulated person stands for "
        f"{1 / found.scale:g}; no figure of persons is finer.",
        f"In force when it comes: {'; '.join(before) or 'no directive'}."
        + (f" Not in these runs, nor what followed from it, is what the record issued on its day or later: "
           f"{several(later, LATER)}." if later else ""),
    ]  # fmt: skip
    sections = [
        who_changes, what_holds, what_breaks, whom_to_talk_to, how_it_fails, cheapest_mends, lenses, how_sure,
    ]  # fmt: skip
    return Page(f"Pre-mortem: {scenario.title}", lead, in_short(found), [section(found) for section in sections],
                _about(found))  # fmt: skip


def _about(found: Premortem) -> list[str]:
    asked, tries = found.asked, found.tries
    drawn = (
        f"{tries.draws} draws of what the facts leave open of the parameters, with "
        f"{len(tries.seeds) // tries.draws} pairs each"
        if tries.draws else "the world brings no posterior, so what is unknown of it is not drawn"
    )  # fmt: skip
    return [
        f"World {asked.world.name}, scenario {asked.into}, content {_content(found)}; discretion {__version__}.",
        f"{len(tries.seeds)} pairs of worlds under the seeds {tries.seeds[0]} to {tries.seeds[-1]}, at scale "
        f"{found.scale:g}; {drawn}.",
        *notes(asked.world, asked.scenario),
        *(f"{said}: {what}." for said, what in INTERVALS.items()),
    ]


def _content(found: Premortem) -> str:
    return content_hash(found.asked.world, found.asked.scenario)


def report(found: Premortem, asked: Mapping[str, Any]) -> Report:
    """What was found; ``asked`` is what was asked for, as it is told in the JSON."""
    made, scenario = page(found), found.asked.scenario
    told = {
        "discretion": __version__, **asked, "drafts": list(found.asked.drafts), "into": found.asked.into,
        "start": found.asked.start.isoformat(), "end": scenario.end.isoformat(),
        "in_force": [name for name in scenario.directives if name not in found.asked.drafts],
        "content": _content(found), "seeds": found.tries.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "posterior_draws": found.tries.draws, "intervals": INTERVALS,
        "in_short": list(made.short), "says": {section.title: list(section.says) for section in made.sections},
        **{name: records(getattr(found, name)) for name in TABLES},
        "notes": notes(found.asked.world, scenario),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, made, told["notes"]),
        tables={f"{name}.csv": getattr(found, name) for name in (*TABLES, "pairs")},
        texts={MARKDOWN: partial(as_markdown, made), HTML: partial(as_html, made)}, kept=told,
    )  # fmt: skip


def _show(made: Page, remarks: list[str], folder: Path) -> None:
    out.print(bold(made.title), "", sep="\n")
    remark(remarks)
    for line in made.lead:
        out.print(line, markup=False)
    out.print("\n[bold]In short[/]")
    for line in made.short:
        out.print(line, markup=False)
    for number, section in enumerate(made.sections, 1):
        out.print(f"\n[bold]{number}. {section.title}[/]")
        for said in section.says:
            out.print(said, markup=False)
        for grid in section.grids:
            if grid.rows:
                out.print(_grid(grid), "", sep="\n")
    out.print(f"Stored in {bold(folder)}: {HTML} (to read and to print), {MARKDOWN}, {FILES.marker} and the tables.")


def _grid(grid: Grid) -> Any:
    shown = table(grid.title, *grid.head, right=grid.right)
    for row in grid.rows:
        shown.add_row(*row)
    return shown
