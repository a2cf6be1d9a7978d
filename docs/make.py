"""Keep the documentation true: its tables and the outputs that it shows are regenerated.

Run ``make docs``, or ``python -m docs.make``. In every page of this folder, what stands between
``<!-- made: NAME -->`` and ``<!-- end -->`` is made by the function of that name in `docs.tables`; the rest is written
by hand and left alone. In every page that shows commands, files or programs, and in the README, they are run, and what
the commands print is put below them (`docs.console`).
"""

import re
import sys
from pathlib import Path

from docs.console import BLOCK as RUN
from docs.console import ROOT, Session
from docs.tables import RUNS, TABLES, border, credibility
from docs.tables.shipped import WORLD
from model.schema import World
from model.world.loader import load
from viz.charts.save import save

DOCS = Path(__file__).parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- made: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
GUIDES = tuple(
    DOCS / "extending" / f"{name}.md"
    for name in ("rule", "term", "agency", "world", "measure", "pattern", "command", "page")
)
"""How to extend the project, each guide on top of those before it."""
TOGETHER = (Session((README, DOCS / "first-session.md")), Session(GUIDES, edits=True))
"""Pages that go on from one another."""


def made(text: str, world: World) -> str:
    """A text with all its tables regenerated; those that take runs only if they are of another world or model."""

    def renewed(block: re.Match[str]) -> str:
        name, old = block[2], block[3]
        if name in RUNS:
            make, stamp = RUNS[name]
            return block[0] if stamp(world) in old else f"{block[1]}{make(world)}\n{block[4]}"
        return f"{block[1]}{TABLES[name](world)}\n{block[4]}"

    return BLOCK.sub(renewed, text)


def pages() -> list[Path]:
    """The pages of the documentation."""
    return sorted(DOCS.rglob("*.md"))


def sessions() -> list[Session]:
    """All pages whose commands and programs are run; each on its own, unless they go on from one another."""
    grouped = {page for session in TOGETHER for page in session.pages}
    alone = [page for page in pages() if page not in grouped and RUN.search(page.read_text(encoding="utf-8"))]
    return [*TOGETHER, *(Session((page,)) for page in alone)]


def main() -> None:
    """Write every page that has changed, and say which; and the pictures of what had to be run again."""
    world = load(WORLD)
    for page in pages():
        _write(page, made(page.read_text(encoding="utf-8"), world))
    for name, chart in {**border.pictures(), **credibility.pictures()}.items():
        save(chart, DOCS / "images" / name)
    for session in sessions():
        for page, text in session.refilled().items():
            _write(page, text)


def _write(page: Path, now: str) -> None:
    if now != page.read_text(encoding="utf-8"):
        page.write_text(now, encoding="utf-8")
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
