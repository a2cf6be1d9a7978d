"""The tables, the files and the chart of ``discretion validate``."""

from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.markdown import table as markdown
from experiments.patterns import FAILS, HOLDS, NOT_MODELLED, Validation
from experiments.patterns.pattern import KINDS, STRUCTURE
from experiments.records import records
from experiments.smallest import INTERVALS
from model import __version__
from viz.charts import patterns_beside_record
from viz.reports.console import bold, out, remark, table
from viz.reports.figures import beside_the_record, over_posterior
from viz.reports.posterior_predictive import show_surprises
from viz.reports.report import Files, Report

FILES = Files("validation.json", ("patterns.csv", "replications.csv"), ("validation",), (".png",),
              ("validation.html", "validation.md"))  # fmt: skip
COLUMNS = ("", "what", "record", "model", "90% interval", "holds if", "")
OVER_DRAWS = "5-95% over draws"
HOW_TO_READ = (
    "Intervals hold nine replications in ten; those of differences between worlds with common random numbers, and "
    "of theory, are of the mean."
)
OF_DRAWS = f" Both are of random variation, within draws of the posterior. {OVER_DRAWS}: of the mean, without it."
WHY = "What is known to fail, and why"
DIRECTIONS = ("above 0", "up", "down")
WIDE = 105
"""A line of this width has room for the rules; on a narrower one they are left to the files."""
COLOURS = {HOLDS: "green", FAILS: "red", NOT_MODELLED: "yellow"}


def report(found: Validation, world: str, settings: list[str], notes: list[str]) -> Report:
    """What was found, with the notes on the days of its scenarios; a number that is missing is null."""
    rows = [
        {name: value for name, value in {**row, "observed": row["said"] or row["observed"]}.items() if name != "said"}
        for row in records(found.table)
    ]
    told = {"discretion": __version__, "world": world, "settings": settings, "notes": notes, "seeds": found.seeds,
            "scale": found.scale, "posterior_draws": found.draws, "intervals": {**INTERVALS, "low, high": HOW_TO_READ},
            "summary": found.summary, "tally": found.tally, "patterns": rows,
            "explained": found.explained}  # fmt: skip
    chart = cache(partial(charted, found))
    return Report(
        FILES, told, partial(_show, found, notes),
        tables={"patterns.csv": found.table, "replications.csv": found.found},
        charts={"validation": chart},
        texts={"validation.md": lambda: as_markdown(found), "validation.html": lambda: as_page(found, chart())},
    )  # fmt: skip


def cells(row: dict[str, Any], draws: int = 0) -> list[str]:
    """A row of the pattern table in words: id, what, record, model, interval, rule (or why it is not modelled).

    Of several draws of the posterior, with their interval after that of random variation.
    """
    return [row["id"], row["what"], *beside_the_record(row), *([over_posterior(row)] if draws else []),
            row["rule"] or row["reason"]]  # fmt: skip


def _heads(draws: int) -> list[str]:
    return [*COLUMNS[:5], *([OVER_DRAWS] if draws else []), *COLUMNS[5:]]


def _how(found: Validation) -> str:
    drawn = f" of {found.draws} posterior draws" if found.draws else ""
    seeds = f"seeds {found.seeds[0]} to {found.seeds[-1]}"
    return f"{len(found.seeds)} replications{drawn} ({seeds}) at scale {found.scale:g}"


def _kinds(found: Validation) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of each kind that there is, under its title."""
    return [(f"{kind.capitalize()}: {KINDS[kind]}", records(found.of(kind))) for kind in found.tally]


def as_markdown(found: Validation) -> str:
    """The whole table as a page in Markdown."""
    parts = ["# The pattern table", f"{_how(found)}. {found.summary}.", "![Patterns beside the record](validation.png)"]
    for title, rows in _kinds(found):
        lines = [
            [*cells(row, found.draws), row["verdict"] if row["verdict"] == HOLDS else f"**{row['verdict']}**"]
            for row in rows
        ]
        parts += [f"## {title}", markdown(_heads(found.draws), lines)]
    if found.explained:
        parts += [f"## {WHY}", "\n".join(f"- **{facts}** {text}" for facts, text in found.explained.items())]
    return "\n\n".join(parts) + "\n"


def as_page(found: Validation, chart: Any) -> str:
    """The whole table as a page that opens without internet: the chart, then every kind."""
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(chart.to_json(), allowed_base_urls=[])
    parts = [f"<h1>The pattern table</h1><p>{escape(_how(found))}. <b>{escape(found.summary)}.</b></p>", drawn]
    for title, rows in _kinds(found):
        lines = pd.DataFrame([[*cells(row, found.draws), row["verdict"], row["reason"]] for row in rows],
                             columns=[*_heads(found.draws)[:-1], "verdict", "why this rule"])  # fmt: skip
        made = lines.to_html(index=False, border=0).replace("<td>fails<", '<td class="fails">fails<')
        parts.append(f"<h2>{escape(title)}</h2>{made}")
    if found.explained:
        reasons = "".join(f"<p><b>{escape(facts)}</b> {escape(text)}</p>" for facts, text in found.explained.items())
        parts.append(f"<h2>{WHY}</h2>{reasons}")
    return f"{_HEAD}{''.join(parts)}</body></html>\n"


_HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The pattern table</title><style>
body { font: 15px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #222; max-width: 78rem; margin: 2rem auto; }
table { border-collapse: collapse; } td, th { padding: .3rem .7rem; text-align: left; vertical-align: top; }
tr + tr td { border-top: 1px solid #ddd; } svg { max-width: 100%; height: auto; }
.fails { color: #b5442b; font-weight: bold; }
</style></head><body>"""


def charted(found: Validation) -> Any:
    """The chart: fitted and checked patterns, beside the record."""
    ratios, sides = [], []
    for row in records(found.table):
        if row["kind"] == STRUCTURE or row["verdict"] == NOT_MODELLED or row["median"] is None:
            continue
        record, middle, interval = beside_the_record(row)
        middle_value = row["mean"] if row["difference"] else row["median"]
        ends = {"middle": middle_value, "low": row["low"], "high": row["high"]}
        one = {"group": row["kind"].capitalize(), "label": f"{row['id']}  {row['what']}",
               "holds": row["verdict"] == HOLDS, "figures": f"{middle} ({interval}); record {record}"}  # fmt: skip
        if row["observed"]:
            ratios.append({**one, **{name: value / row["observed"] for name, value in ends.items()}})
        elif row["said"] in DIRECTIONS:
            sides.append({**one, **ends})
    notes = [
        f"{_how(found)}. {found.summary}.",
        "Bar: 90 percent interval; dashed line: the record, or none. Green and filled: holds; red and hollow: fails.",
        "Not drawn: patterns whose record is none or in words that are no direction, and structure.",
    ]
    columns = ["group", "label", "middle", "low", "high", "holds", "figures"]
    counts, directions = (pd.DataFrame(rows, columns=columns) for rows in (ratios, sides))
    return patterns_beside_record(counts, directions, "The model beside the record", notes)


def _show(found: Validation, notes: list[str], folder: Path) -> None:
    """Print the tables, the summary, and last how surprising the record is, if there are draws of a posterior."""
    remark(notes)
    for title, rows in _kinds(found):
        out.print(_table(f"{title}; {_how(found)}", rows, found.draws), "")
    out.print(f"{HOW_TO_READ}{OF_DRAWS if found.draws else ''}")
    out.print(f"{bold(found.summary)}")
    out.print(f"Stored in {bold(folder)}: validation.html, validation.md, validation.png, patterns.csv, "
              f"replications.csv and {FILES.marker}.")  # fmt: skip
    if found.draws:
        show_surprises(found)


def _table(title: str, rows: list[dict[str, Any]], draws: int) -> Table:
    wide, heads = out.width >= WIDE, _heads(draws)
    shown = table(title, *(heads if wide else (*heads[:-2], "")))
    for at in range(2, len(heads) - 2):
        shown.columns[at].justify, shown.columns[at].no_wrap = "right", True
    shown.columns[-1].no_wrap = True
    for row in rows:
        verdict = Text(row["verdict"], COLOURS[row["verdict"]])
        *figures, rule = cells(row, draws)
        shown.add_row(*figures, *([rule] if wide else []), verdict)
    return shown
