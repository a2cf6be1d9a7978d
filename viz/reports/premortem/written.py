"""A page as Markdown, and as one HTML file that needs nothing else and prints with its appendix after two pages."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from experiments.markdown import table as markdown_table
from viz.charts.save import svg
from viz.reports.premortem.page import Grid, Page, Section

SCALED = re.compile(r"(?<=\d) (?=(?:k|m|bn)\b)")
"""The space between a figure and its thousands, millions or billions, at which no line breaks."""
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 "DejaVu Sans", Verdana, sans-serif; color: #222; max-width: 62rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.55rem; margin: 0 0 .4rem; } h2 { font-size: 1.15rem; margin: 1.3rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
.short { border: 1px solid #999; padding: .2rem .8rem .5rem; margin: .8rem 0; }
.short h2 { margin: .3rem 0; } p { margin: .25rem 0; }
.lead { color: #444; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .4rem 0 .6rem; font-size: .87rem; width: 100%; }
th { text-align: left; font-weight: normal; color: #555; border-bottom: 1px solid #999; vertical-align: bottom; }
th, td { padding: .15rem .7rem .15rem 0; } td { border-bottom: 1px solid #e4e4e4; vertical-align: top; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; }
footer { color: #555; font-size: .85rem; }
@page { size: A4; margin: 12mm 13mm; }
@media print {
  body { font-size: 10pt; line-height: 1.25; max-width: none; margin: 0; padding: 0; orphans: 2; widows: 2; }
  h1 { font-size: 15pt; } h2 { font-size: 11.5pt; margin: .45rem 0 .1rem; } h3 { font-size: 10.5pt; }
  h1, h2, h3 { break-after: avoid; page-break-after: avoid; } thead { display: table-header-group; }
  p { margin: .08rem 0; } table { font-size: 8.5pt; margin: .15rem 0 .25rem; } th, td { padding: 0 .5rem 0 0; }
  tr, figure, svg { break-inside: avoid; } .appendix { break-before: page; } .scroll { overflow: visible; }
}
"""


def as_markdown(page: Page) -> str:
    """The page as Markdown: what is read first, and the appendix."""
    parts = [f"# {_plain(page.title)}", *map(_plain, page.lead)]
    parts += ["## In short", *(f"- {_plain(line)}" for line in page.short)]
    for number, section in enumerate(page.sections, 1):
        parts += [f"## {number}. {section.title}", *(f"- {_plain(said)}" for said in section.says)]
        parts += [_grid(grid) for grid in section.grids if grid.rows]
    parts.append("# Appendix")
    for number, section in enumerate(page.sections, 1):
        if any(grid.rows for grid in section.more):
            parts += [f"## To {number}. {section.title}", *(_grid(grid) for grid in section.more if grid.rows)]
    parts += ["## How the figures were made", *(f"- {_plain(line)}" for line in page.about)]
    return "\n\n".join(parts).replace("\n\n- ", "\n- ") + "\n"


def _grid(grid: Grid) -> str:
    made = markdown_table(grid.head, grid.rows)
    return f"**{_plain(grid.title)}**\n\n{made}" if grid.title else made


def _plain(text: str) -> str:
    """A text in which no tag and no mark of Markdown is taken for one."""
    return " ".join(text.replace("\\", "\\\\").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").split())


def as_html(page: Page) -> str:
    """The page as one file: no script, nothing from elsewhere; charts are drawings within it."""
    first = [_section(number, section) for number, section in enumerate(page.sections, 1)]
    more = [
        f"<h2>To {number}. {escape(section.title)}</h2>{_drawn(section)}{''.join(map(_table, section.more))}"
        for number, section in enumerate(page.sections, 1)
        if section.chart or any(grid.rows for grid in section.more)
    ]
    about = "".join(f"<p>{escape(line)}</p>" for line in page.about)
    lead = "".join(f'<p class="lead">{escape(line)}</p>' for line in page.lead)
    short = "".join(f"<p>{escape(line)}</p>" for line in page.short)
    lines = [
        '<!doctype html>', '<html lang="en">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(page.title)}</title>", f"<style>{STYLE}</style>", "</head>", "<body>",
        f"<header><h1>{escape(page.title)}</h1>{lead}</header>", "<main>",
        f'<section class="short"><h2>In short</h2>{short}</section>', *first,
        '<section class="appendix"><h1>Appendix</h1>', *more, "</section>", "</main>",
        f"<footer><h2>How the figures were made</h2>{about}</footer>", "</body>", "</html>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _section(number: int, section: Section) -> str:
    says = "".join(f"<p>{escape(said)}</p>" for said in section.says)
    return f"<section><h2>{number}. {escape(section.title)}</h2>{says}{''.join(map(_table, section.grids))}</section>"


def _table(grid: Grid) -> str:
    if not grid.rows:
        return ""
    title = f"<h3>{escape(grid.title)}</h3>" if grid.title else ""
    head, rows = _row("th", grid, grid.head), "".join(_row("td", grid, row) for row in grid.rows)
    return f'{title}<div class="scroll"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _row(tag: str, grid: Grid, cells: Sequence[str]) -> str:
    figures = len(grid.head) - grid.right
    looks = [' class="right"' if at >= figures else "" for at in range(len(cells))]
    said = [SCALED.sub("\u00a0", escape(cell)) for cell in cells]
    return f"<tr>{''.join(f'<{tag}{look}>{cell}</{tag}>' for look, cell in zip(looks, said, strict=True))}</tr>"


def _drawn(section: Section) -> str:
    return "" if section.chart is None else drawing(section.chart())


def drawing(chart: Any) -> str:
    """A chart as an SVG that can stand in a page."""
    return f"<figure>{svg(chart)}</figure>"
