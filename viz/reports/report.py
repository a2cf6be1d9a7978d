"""What a command reports: plain data, tables, charts and texts, saved as one folder or shown on the terminal."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from os.path import exists, isdir
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.result_folder import completed, staged, usable
from experiments.spreadsheet import as_csv
from model import __version__
from model.schema import World
from model.world.checks.days import notes
from viz.charts.save import save


@dataclass(frozen=True)
class Files:
    """The files of one kind of result, known before there is one.

    Attributes:
        marker: JSON with the summary, by which an earlier result is known.
        tables: file names, ending in ``.csv`` or ``.parquet``.
        charts: names without an ending; each is written in every one of ``formats``.
        formats: endings of the charts (`viz.charts.save.FORMATS`).
        texts: names of further files.
        rounds: what the run itself keeps in the folder, so that it can be resumed; the rest is written beside it.
    """

    marker: str
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    formats: tuple[str, ...] = (".html", ".png")
    texts: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All names that may stand in the folder."""
        charts = (f"{chart}{ending}" for chart in self.charts for ending in self.formats)
        return frozenset({self.marker, *self.tables, *charts, *self.texts, *self.rounds})

    def check(self, folder: Path) -> None:
        """Raise InputError if a result cannot be put into ``folder``; ask before a long run, not after it."""
        resumed = self.rounds and isdir(folder) and not exists(folder / self.marker)
        if not resumed or {path.name for path in folder.iterdir()} - self.names:
            usable(folder, self.names, self.marker)

    def written(self, folder: Path) -> AbstractContextManager[Path]:
        """A new folder to write into; at the end it replaces ``folder``, or completes it if that holds the rounds."""
        return completed(folder, self.marker) if self.rounds else staged(folder, self.names, self.marker)


def header(world: World, scenario: str, settings: list[str]) -> dict[str, Any]:
    """What the summary of every study of a scenario begins with; ``notes`` are on days of the scenario."""
    said = {"discretion": __version__, "world": world.name, "scenario": scenario, "settings": settings}
    return {**said, "notes": notes(world, world.scenarios[scenario])}


@dataclass(frozen=True)
class Report:
    """A result, told.

    Attributes:
        files: what the folder consists of.
        summary: plain data: what ``--json`` prints, with the ``path`` before it.
        show: prints the result on the terminal, given the folder in which it is stored.
        tables: by file name.
        charts: by name; each is made when it is needed.
        texts: by file name; each is made when it is needed.
        kept: what the marker holds, if not what ``--json`` prints.
    """

    files: Files
    summary: Mapping[str, Any]
    show: Callable[[Path], None]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    charts: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    texts: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    kept: Mapping[str, Any] | None = None

    def as_json(self, folder: Path) -> str:
        """The summary of a result that is stored in ``folder``."""
        return _as_json({"path": str(folder), **self.summary})

    def save(self, folder: Path) -> None:
        """Store everything in ``folder``, whole or not at all.

        Raises:
            InputError: ``folder`` holds something else, or cannot be written.
        """
        with self.files.written(folder) as part:
            for name, table in self.tables.items():
                if name.endswith(".parquet"):
                    table.to_parquet(part / name, index=False, engine="pyarrow", compression="zstd")
                else:
                    (part / name).write_text(as_csv(table), encoding="utf-8", newline="\n")
            for name, drawn in self.charts.items():
                save(drawn(), *(part / f"{name}{ending}" for ending in self.files.formats))
            for name, text in self.texts.items():
                (part / name).write_text(text(), encoding="utf-8")
            marker = self.as_json(folder) if self.kept is None else _as_json(self.kept)
            (part / self.files.marker).write_text(marker + "\n", encoding="utf-8")


def _as_json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)
