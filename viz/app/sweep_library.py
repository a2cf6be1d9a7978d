"""Where the app looks for sweeps: one folder of the server's machine, and nothing outside it."""

from dataclasses import dataclass
from pathlib import Path

from experiments.sweep.store import MARKER, RESULTS
from model.errors import InputError

DEEPEST = 3
"""Folders below the one that is looked in."""
MOST = 200
"""Sweeps that are listed."""


@dataclass(frozen=True)
class Shelf:
    """The folder in which sweeps are looked for; it need not be there."""

    root: Path

    def sweeps(self) -> list[str]:
        """The names of the sweeps, from the shelf's own folder on."""
        found: list[str] = []
        for depth in range(1, DEEPEST + 1):
            for marker in sorted(self.root.glob("*/" * depth + MARKER)):
                found.append(marker.parent.relative_to(self.root).as_posix())
        return found[:MOST]

    def place(self, name: str) -> Path:
        """The folder of a name.

        Raises:
            InputError: it leads out of the shelf, or is no name of a folder.
        """
        try:
            root = self.root.resolve()
            place = (root / name).resolve()
            place.exists()
        except (OSError, ValueError, RuntimeError):
            raise InputError("not the name of a folder", where="sweep", found=name[:80]) from None
        if not place.is_relative_to(root) or place == root:
            raise InputError(
                "outside of the folder in which sweeps are looked for", where="sweep", found=name[:80],
                allowed=f"a folder in {self.root}; discretion app --sweeps DIR looks in another",
            )  # fmt: skip
        return place

    def written(self, name: str) -> float:
        """When a sweep was last written, in seconds; 0 where there is none."""
        try:
            return max(path.stat().st_mtime for path in (self.place(name) / MARKER, self.place(name) / RESULTS))
        except (OSError, InputError):
            return 0.0


shelf = Shelf(Path("results"))
"""That of this server; ``discretion app --sweeps`` names its folder."""
