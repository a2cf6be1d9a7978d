"""What of the headline takes longer than anybody who has just come would wait, found beforehand: what is unknown of it,
over draws of the shipped posteriors, and every directive of the record where it was issued.

It is made again by ``python -m docs.precompute``.
"""

import json
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments.calibration.stored import WORD, drawn, posteriors
from experiments.headline.record import where_issued
from experiments.headline.study import GROUPS, REPLICATIONS, SCALE, same_words
from experiments.headline.words import FILE as WORDS
from experiments.headline.words import words
from experiments.parallel import Progress
from experiments.precomputed.made import stamp as stamp_of
from experiments.records import records
from experiments.smallest import POSTERIOR, SMALLEST, judged
from model.schema import World
from model.world.loader import content_hash, load

FILE = Path(__file__).with_name("found.json")
DRAWS, OF_EACH = 20, 2
DIGITS = 5
"""Decimal places that are kept of a share."""


class Stored(NamedTuple):
    """What was found: of how many ``draws`` and ``pairs`` at which ``scale``.

    ``figures``: `same_words` in the shipped world; ``unknown``: `GROUPS` and `POSTERIOR`; ``record``: `where_issued`.
    """

    draws: int
    pairs: int
    scale: float
    figures: pd.DataFrame
    unknown: pd.DataFrame
    record: pd.DataFrame


def stamp(world: World) -> dict[str, Any]:
    """What the findings are of: the world, the model, the words and the posteriors. Another stamp: other figures."""
    of_record = {name: stamp_of(name, world) for name in words().record}
    drawn_from = [one.posterior.points.to_csv(index=False) for one in posteriors([WORD])]
    return {**of_record, "words": content_hash(WORDS.read_text(encoding="utf-8")), "drawn": content_hash(drawn_from)}


def make(world: World, workers: int = 1, progress: Progress | None = None) -> None:
    """Find it again, and store it."""
    settings = drawn(posteriors([WORD]), DRAWS)
    worlds = [load(settings=one) for one in settings]
    unknown, _ = same_words(worlds=worlds, replications=OF_EACH, workers=workers, progress=progress)
    unknown.loc[~unknown["unit"].map(partial(is_fitted, world, list(settings[0]))), list(POSTERIOR)] = float("nan")
    told = {
        "of": stamp(world), "draws": DRAWS, "pairs": REPLICATIONS, "scale": SCALE,
        "figures": _lines(same_words(world=world, workers=workers, progress=progress)[0]),
        "unknown": _lines(unknown[[*GROUPS, *POSTERIOR]]),
        "record": _lines(where_issued(world=world, workers=workers, progress=progress)),
    }  # fmt: skip
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def is_fitted(world: World, paths: Sequence[str], unit: str) -> bool:
    """Whether some of these parameters are those of a desk: of its unit, its agency's culture, or its stages.

    What is unknown of a desk of which nothing is fitted no posterior tells.

    >>> moved = ["agencies.ice.units.attorneys.habit", "stages.review.threshold"]
    >>> is_fitted(load(), moved, "ice.attorneys"), is_fitted(load(), moved, "ice.officers")
    (True, False)
    """
    agency, name = unit.split(".")
    stages = [f"stages.{stage}." for stage, one in world.stages.items() if one.decider == unit]
    own = (f"agencies.{agency}.culture.", f"agencies.{agency}.units.{name}.", *stages)
    return any(path.startswith(own) for path in paths)


def _lines(table: pd.DataFrame) -> list[dict[str, Any]]:
    return records(table.round(DIGITS))


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.is_file() else {}


def stamped() -> dict[str, Any]:
    """What the stored findings are of (`stamp`); empty where there are none."""
    return dict(_read().get("of", {}))


def stored() -> Stored:
    """The findings that come with the project."""
    found = _read()
    figures, unknown, record = (pd.DataFrame(found[name]) for name in ("figures", "unknown", "record"))
    unknown = unknown.astype(dict.fromkeys(POSTERIOR, float))
    record = record.astype(dict.fromkeys(("without", "shift", "low", "high"), float))
    figures = figures.astype(dict.fromkeys(POSTERIOR, float))
    return Stored(found["draws"], found["pairs"], found["scale"], figures, unknown, record)


def with_unknown(figures: pd.DataFrame, smallest: float = SMALLEST) -> pd.DataFrame:
    """The figures of pairs in the shipped world, with what is stored of what is unknown."""
    known = figures.drop(columns=[*POSTERIOR, "verdict"])
    joined = known.merge(stored().unknown, on=GROUPS, how="left", sort=False)
    return judged(joined, smallest)
