"""Twin experiments on disk: what was asked, and the flip table, read again to replay a flip."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from experiments.parallel import Progress
from experiments.twin.replay import Replay, replay
from experiments.twin.twins import Twins, matched
from model.errors import InputError
from model.schema import World
from model.world.loader import content_hash, load
from model.world.settings import pairs

MARKER = "twin.json"
FLIPS = "flips.parquet"


class Stored(NamedTuple):
    """A stored twin experiment: what ``twin.json`` holds, the world and the scenarios, the flip table."""

    about: dict[str, Any]
    world: World
    twins: Twins
    flips: pd.DataFrame


def content(world: World, twins: Twins) -> str:
    """What a pair of worlds rests on, as a hash."""
    return content_hash(world, twins.with_it, twins.without)


def stored(folder: Path) -> Stored:
    """Read what ``discretion twin`` wrote.

    Raises:
        InputError: nothing of the kind is in the folder, or the world is not what it was.
    """
    path = folder / MARKER
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        asked = about["asked"]
        flips = pd.read_parquet(folder / FLIPS, engine="pyarrow")
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            "no twin experiment is stored here", where=str(path), allowed="a folder that discretion twin wrote"
        ) from None
    world = load(asked["world"], about["settings"])
    twins = matched(world, about["scenario"], asked["without"], asked["against"])
    if content(world, twins) != about["content"]:
        raise InputError(
            "the world is not what it was when the twins were run", where=str(path), found=content(world, twins),
            allowed=f"{about['content']}; run discretion twin again",
        )  # fmt: skip
    return Stored(about, world, twins, flips)


def flip_of(experiment: Stored, number: str) -> pd.DataFrame:
    """The row of the flip table with a number.

    Raises:
        InputError: there is none.
    """
    rows = experiment.flips
    found = rows[rows["flip"].astype(str) == number]
    if len(found) != 1:
        allowed = f"1 to {len(rows)}, as in {FLIPS}" if len(rows) else "nothing: no decision came out differently"
        raise InputError("no such flip", where="CASE", found=number, allowed=allowed)
    return found


def replayed(experiment: Stored, row: pd.DataFrame, progress: Progress | None = None) -> Replay:
    """One flip of a stored experiment, both worlds run again, with the parameters that its pair had."""
    seed, scale, about = int(row["seed"].iloc[0]), float(experiment.about["scale"]), experiment.about
    drawn = about.get("draws", {}).get(str(seed), {})
    world = load(about["asked"]["world"], {**dict(pairs(about["settings"])), **drawn}) if drawn else experiment.world
    (found,) = replay(experiment.twins, world, seed, scale, row, progress)
    return found
