"""The world that a guide builds, made from the guide itself."""

from pathlib import Path

from docs.console import BLOCK, refilled
from docs.make import ROOT
from experiments.world_form import new_world

GUIDE = ROOT / "docs" / "extending" / "world.md"


def parole_board(folder: Path) -> Path:
    """The parole board of the guide to worlds: its form with the guide's edits and files, of which nothing is run."""
    made = folder / "parole-board"
    new_world(made)
    blocks = [block for block in BLOCK.finditer(GUIDE.read_text(encoding="utf-8")) if block["path"]]
    refilled("\n\n".join(block[0] for block in blocks if block["path"].startswith(f"{made.name}/")), folder)
    return made
