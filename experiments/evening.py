"""A run to an evening, kept, and several futures from there: directives still to come, worded otherwise.

What is saved of an evening is text, and no code is executed to read it: which run it was, and a hash of its past.
Whoever opens it runs to that evening again, which gives the same people in the same places; the hash says that it did.
All futures of one evening then share that past (`model.branching`).

>>> from experiments.evening import evening
>>> eve = evening("memo", "2020-02-28", scale=1.0, world="two-desks")
>>> futures = [eve.future(settings).since for settings in ((), ["directives.memo.clarity=0.1"])]
>>> list(futures[0])
['agency', 'stage', 'decided', 'favourable', 'rate']
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pydantic import Field, ValidationError

from experiments.parallel import Progress
from experiments.runs import Run, tables
from experiments.sweep.outputs import Totals
from experiments.sweep.planned import version
from model import BureaucracyModel
from model.arguments import scenario_of
from model.branching import branched
from model.errors import InputError
from model.schema.validators import Strict
from model.world.files import text_of
from model.world.loader import DEFAULT_WORLD, content_hash, load, worlds

NAME = "evening.json"
AS_IT_IS = "as it is"


class Saved(Strict):
    """What is kept of an evening.

    Attributes:
        discretion: the version of the model that made it, with a hash of its sources.
        world, content, scenario, scale, seed, settings, until: the run; ``content`` is the hash of its world.
        on: the evening.
        past: a hash of where everybody is then, and of what was decided on each day so far.
    """

    discretion: str
    world: str
    content: str
    scenario: str
    scale: float
    seed: int = Field(ge=0, lt=2**63)
    settings: list[str]
    until: str
    on: str
    past: str


class Future(NamedTuple):
    """One future of an evening: the whole run, and of its days from that evening on the rates by agency and stage."""

    run: Run
    since: pd.DataFrame


@dataclass(frozen=True)
class Evening:
    """A run as it stands on an evening."""

    saved: Saved
    model: BureaucracyModel = field(repr=False)

    def future(self, settings: Sequence[str] = (), progress: Progress | None = None) -> Future:
        """Go on to the last day; the evening itself stays as it is, for other futures.

        Args:
            settings: directives worded otherwise, as ``path=value``; what of one may be is in
                `model.branching.WORDING`.
            progress: told the days done and the days in all.

        Raises:
            InputError: with these settings the run would have had another past.
        """
        moved = [*self.saved.settings, *settings]
        model, totals = branched(self.model, load(self.saved.world, moved)), Totals()
        model.observers = [totals]
        totals.begin(model)
        model.run(progress)
        rows = pd.DataFrame(list(totals.rates()), columns=["output", "agency", "stage", "measure", "value"])
        since = rows.pivot(index=["agency", "stage"], columns="measure", values="value").rename_axis(columns=None)
        return Future(tables(model, {"settings": moved}), since[["decided", "favourable", "rate"]].reset_index())

    def text(self) -> str:
        """The evening as JSON, to be read again by `read_evening`."""
        return self.saved.model_dump_json(indent=2) + "\n"

    def save(self, path: str | Path) -> None:
        """Keep the evening in a file."""
        Path(path).write_text(self.text(), encoding="utf-8")


def evening(
    scenario: str,
    on: date | str,
    scale: float = 0.02,
    seed: int = 1,
    *,
    world: str | Path = DEFAULT_WORLD,
    settings: Sequence[str] = (),
    until: date | str | None = None,
    progress: Progress | None = None,
) -> Evening:
    """Run a scenario to an evening.

    Args:
        scenario: by name.
        on: the evening, before the last day.
        scale: share of the real system's cases and officers.
        seed: random seed.
        world: name of a shipped world, or the folder of another.
        settings: parameters to move from the beginning on, as ``path=value``.
        until: last day of every future, if not the scenario's.
        progress: told the days done and the days in all.

    Raises:
        InputError: anything that cannot be used.
    """
    where = str(world) if str(world) in worlds() else str(Path(world).resolve())
    typed = load(world, settings)
    model = BureaucracyModel(scenario, scale, seed, world=typed, until=until)
    watched = scenario_of(typed, scenario)
    try:
        last = date.fromisoformat(str(on))
    except ValueError:
        raise InputError("not a day", where="on", found=str(on), allowed="such as 2011-11-16") from None
    if not watched.start <= last < model.end:
        raise InputError(
            "the evening is outside the run", where="on", found=str(last),
            allowed=f"{watched.start} to the day before {model.end}",
        )  # fmt: skip
    model.run(progress, (last - watched.start).days + 1)
    told: dict[str, Any] = {
        "discretion": version(), "world": where, "content": content_hash(typed), "scenario": scenario, "scale": scale,
        "seed": seed, "settings": list(settings), "until": model.end.isoformat(),
        "on": last.isoformat(), "past": _past(model),
    }  # fmt: skip
    return Evening(Saved(**told), model)


def read_evening(path: str | Path, progress: Progress | None = None) -> Evening:
    """The evening that a file tells of, run to again.

    Raises:
        InputError: it is no such file, of another version or world, or the run has another past.
    """
    where = Path(path).name
    try:
        saved = Saved.model_validate_json(text_of(Path(path), where))
    except ValidationError as error:
        first = error.errors()[0]
        told = " ".join(map(str, (*first["loc"], first["msg"])))
        raise InputError(
            "not a saved evening", where=where, found=told, allowed=f"the {NAME} of discretion branch"
        ) from None
    _same("written by another version of the model", where, saved.discretion, version())
    _same("made from another world", where, saved.content, content_hash(load(saved.world, saved.settings)))
    again = evening(
        saved.scenario, saved.on, saved.scale, saved.seed, world=saved.world, settings=saved.settings,
        until=saved.until, progress=progress,
    )  # fmt: skip
    _same("of another past than the run has here", where, saved.past, again.saved.past)
    return again


def _same(what: str, where: str, found: str, now: str) -> None:
    if found != now:
        raise InputError(
            f"the evening was {what}",
            where=where,
            found=found,
            allowed=f"{now}, or the evening made again by its scenario",
        )


def _past(model: BureaucracyModel) -> str:
    """A hash of where everybody is, and of what has been decided on each day so far."""
    counts, days = model.recorder.counts, model.day + 1
    parts = (model.stored.hot, counts.decided[:days], counts.favourable[:days], model.desks.exposure)
    return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()[:16]
