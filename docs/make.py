"""Keep the documentation true: its tables and the outputs that it shows are made anew.

Run ``make docs``, or ``python -m docs.make``. In every page of this folder, what stands between
``<!-- made: NAME -->`` and ``<!-- end -->`` is made by the function of that name in `docs.tables`; the rest is written
by hand and left alone. In the README and the guide to sweeps the commands are run, and what they print is
put below them (`docs.console`).
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.console import ROOT, refilled
from docs.tables import RUNS, TABLES, border, credibility
from docs.tables.shipped import WORLD
from model.schema import World
from model.world.loader import load
from viz.charts.save import save

DOCS = Path(__file__).parent
README = ROOT / "README.md"
RUN = (README, DOCS / "sweeps.md")
"""Pages whose commands are run."""
BLOCK = re.compile(r"(<!-- made: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def made(text: str, world: World) -> str:
    """A text with all its tables made anew; those that take runs only if they are of another world."""

    def anew(block: re.Match[str]) -> str:
        name, old = block[2], block[3]
        if name in RUNS:
            make, stamp = RUNS[name]
            return block[0] if stamp(world) in old else f"{block[1]}{make(world)}\n{block[4]}"
        return f"{block[1]}{TABLES[name](world)}\n{block[4]}"

    return BLOCK.sub(anew, text)


def pages() -> list[Path]:
    """The pages of the documentation."""
    return sorted(DOCS.glob("*.md"))


def main() -> None:
    """Write every page that has changed, and say which; and the pictures of what had to be run anew."""
    world = load(WORLD)
    for page in pages():
        _write(page, made(page.read_text(encoding="utf-8"), world))
    for name, chart in {**border.pictures(), **credibility.pictures()}.items():
        save(chart, DOCS / "images" / name)
    for page in RUN:
        with TemporaryDirectory() as folder:
            _write(page, refilled(page.read_text(encoding="utf-8"), Path(folder)))


def _write(page: Path, now: str) -> None:
    if now != page.read_text(encoding="utf-8"):
        page.write_text(now, encoding="utf-8")
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
