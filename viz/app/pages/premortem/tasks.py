"""The work behind the page: a draft looked over, and tried."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.drafting.lint import lint
from experiments.drafting.reading import draft_of
from experiments.drafting.remark import Remark
from experiments.premortem import premortem
from model.errors import InputError
from viz.app.jobs import Progress
from viz.app.shown_world import shown, the_world
from viz.reports.premortem import HTML, MARKDOWN, report

NAME = "draft.toml"
SIZES: dict[str, dict[str, int]] = {"look": {"draws": 0, "replications": 2, "failing": 12, "days": 90}, "usual": {}}
"""How long a draft is tried: a first look, or as the command does unless told."""


def looked_over(text: str) -> list[Remark] | InputError:
    """What there is to say of a draft, or why it cannot be read."""
    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_text(text, encoding="utf-8")
        try:
            return lint(draft_of(path, the_world()))
        except InputError as problem:
            return problem


def tried(text: str, size: str, progress: Progress) -> dict[str, Any]:
    """The report on a draft: in ``short``; what each section ``says``, by its title; its files by their names."""
    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_text(text, encoding="utf-8")
        found = premortem([str(path)], world=shown(), progress=progress, **SIZES[size])  # type: ignore[arg-type]
    told = report(found, {})
    texts = {name: told.texts[name]() for name in (HTML, MARKDOWN)}
    return {"short": list(told.summary["in_short"]), "says": dict(told.summary["says"]), **texts}
