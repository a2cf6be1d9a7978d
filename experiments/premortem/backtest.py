"""The pre-mortem tried on the record: would it have warned, the day before, of what came to pass?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Any

import numpy as np
import pandas as pd

from experiments.calibration.priors import settings_at
from experiments.calibration.stored import WORD, brings_posteriors, drawn, posteriors
from experiments.parallel import Progress, seeds_from
from experiments.premortem.breaks import EVERYWHERE, breaks
from experiments.premortem.episode_files import Episode, Outcome
from experiments.premortem.question import DAYS, Question, question
from experiments.premortem.study import usual_scale
from experiments.premortem.tries import Settings, Tries, tries
from experiments.premortem.weeks import APART
from experiments.smallest import FEWEST_DRAWS, MATTERS
from model.schema import World
from model.world.checks import quantities
from model.world.loader import load
from model.world.streams import read

LIKELY = 0.5
"""A limit is warned of where it breaks in half of the worlds or more."""
UNEVEN = 0.1
"""Offices shift unevenly where the largest shift is this much more than the smallest."""
HIT, MISS, FALSE_ALARM, SILENT, UNTOLD = "hit", "miss", "false alarm", "rightly silent", "record silent"
COLUMNS = ["episode", "outcome", "warned", "figure", "day", "happened", "record", "facts", "on", "lead", "verdict",
           "knew"]  # fmt: skip
_FACT = re.compile(r"\b[A-Z]\d{2,3}\b")


@dataclass(frozen=True)
class BackTest:
    """One episode.

    Attributes:
        asked: what was tried.
        scale: of the pairs.
        tries: the pairs.
        table: one row an outcome, and one a limit that is warned of and of which the record says nothing: `COLUMNS`.
            ``figure`` is what the warning rests on, in words; ``day`` after the start on which the limit is passed;
            ``on`` the day of the record, ``lead`` the days from the eve of the start to it, where it was warned of;
            ``knew``: parameters behind the figure that rest on later facts and could not be set back.
        knew: all such parameters: ``path``, ``facts``, ``source``.
    """

    asked: Question
    scale: float
    tries: Tries = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    knew: pd.DataFrame = field(repr=False)


def back_test(  # noqa: D417 - the rest is told once, for all studies
    name: str, one: Episode, *, draws: int = FEWEST_DRAWS, replications: int = 2, days: int = DAYS,
    scale: float | None = None, seed: int = 1, workers: int = 1, progress: Progress | None = None,
) -> BackTest:  # fmt: skip
    """Try an episode in a world that knows what was known on its eve, and hold the warnings against the record.

    Of calibrations that rest on later facts the priors are drawn. Other parameters that cite later facts stay as they
    are, and are named beside the warnings.

    Args:
        name: of the episode.
        one: what it says.
        draws, replications: of what is unknown, and of each.

        The rest is what every study takes (`experiments`).
    """
    world = load(one.world)
    asked = question(one.drafts, world, days=days)
    share = usual_scale(asked.world, asked) if scale is None else scale
    moved = known_then(one, world, draws, seed)
    found = tries(asked, moved, seeds_from(seed, replications * max(len(moved), 1)), share, workers=workers,
                  progress=progress)  # fmt: skip
    knew = knew_too_much(one, asked)
    return BackTest(asked, share, found, compared(name, one, asked, found, knew), knew)


def known_then(one: Episode, world: World, count: int, seed: int) -> list[Settings]:
    """Draws of what is unknown on the eve: posteriors, but priors of calibrations that rest on later facts."""
    shipped = posteriors([WORD], one.world) if brings_posteriors(one.world) else []
    if not shipped and not one.priors:
        return []
    kept = [posterior for posterior in shipped if posterior.posterior.name not in one.priors]
    rng = np.random.default_rng(seed)
    found: list[Settings] = []
    for settings in drawn(kept, count, seed) if kept else [{}] * count:
        drawn_priors: Settings = {}
        for name in one.priors:
            priors = world.calibrations[name].priors
            drawn_priors = {**drawn_priors, **settings_at(priors, {prior: rng.random() for prior in priors})}
        found.append({**settings, **drawn_priors})
    return found


def knew_too_much(one: Episode, asked: Question) -> pd.DataFrame:
    """Parameters that the watch reads, that cite a later fact, and that no prior replaces."""
    freed = {path for name in one.priors for prior in asked.world.calibrations[name].priors.values()
             for path in prior.moves}  # fmt: skip
    rows = []
    for path, entry in quantities(read(asked.world, asked.scenario)):
        cited = [fact for fact in _FACT.findall(entry.source or "") if fact in one.later]
        if cited and path not in freed:
            rows.append((path, " ".join(cited), entry.source))
    return pd.DataFrame(rows, columns=["path", "facts", "source"])


def compared(name: str, one: Episode, asked: Question, found: Tries, knew: pd.DataFrame) -> pd.DataFrame:
    """Each outcome with its warning, and each warning without an outcome."""
    broke = breaks(asked, found)
    broke = broke[broke["area"].isin([EVERYWHERE, ""])]
    rows: list[tuple[object, ...]] = []
    for outcome in one.outcomes:
        told, figure, day = warned(outcome, found, broke)
        behind = [path for path in knew["path"] if path.startswith(outcome.rests_on)] if outcome.rests_on else []
        verdict = {(True, True): HIT, (True, False): FALSE_ALARM, (False, True): MISS}.get(
            (told, outcome.happened), SILENT
        )
        lead = (outcome.day - asked.start).days + 1 if told and outcome.happened and outcome.day else nan
        rows.append((name, outcome.name, told, figure, day, outcome.happened, outcome.record, " ".join(outcome.facts),
                     f"{outcome.day or ''}", lead, verdict, " ".join(behind)))  # fmt: skip
    rows += untold(name, one, broke)
    return pd.DataFrame(rows, columns=COLUMNS)


def untold(name: str, one: Episode, broke: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Limits that are warned of, and of which the record says nothing."""
    asked = {outcome.measure for outcome in one.outcomes if outcome.measure}
    told = broke["what"].isin(asked) | ((broke["kind"] == APART) & ("separated" in asked))
    for row in broke[(broke["chance"] >= LIKELY) & ~told].to_dict("records"):
        yield (name, row["title"], True, _chance(row), row["day"], None, "", "", "", nan, UNTOLD, "")


def _chance(row: Mapping[Any, Any]) -> str:
    return f"breaks in {row['broke']} of {row['worlds']} worlds"


def warned(outcome: Outcome, found: Tries, broke: pd.DataFrame) -> tuple[bool, str, float]:
    """Whether the pre-mortem warns of an outcome, by which figure, and on which day after the start."""
    if outcome.kind == "none":
        return False, "no such figure in the report", nan
    if outcome.kind == "limit":
        rows = broke[broke["what"] == outcome.measure].to_dict("records")
        if not rows:
            return False, "breaks in no world", nan
        return bool(rows[0]["chance"] >= LIKELY), _chance(rows[0]), float(rows[0]["day"])
    if outcome.kind == "effect":
        return _moved(found.effects, outcome, ["measure", "agency", "group"], "difference")
    if outcome.kind == "shift":
        return _moved(found.shift[found.shift["by"] == "agency"], outcome, ["agency"], "shift")
    by = found.shift[(found.shift["by"] == ("office" if outcome.kind == "uneven" else "stage"))
                     & (found.shift["agency"] == outcome.agency)]  # fmt: skip
    if outcome.kind == "rate":
        rates = by.loc[by["group"] == outcome.measure, "rate_with"]
        rate = float(rates.iloc[0]) if len(rates) else nan
        said = "not in the report" if isnan(rate) else f"{rate:.1%} with the draft"
        return bool(rate >= outcome.least), said, nan
    low, high = by["shift"].min(), by["shift"].max()
    return bool(high - low >= UNEVEN), f"offices shift by {100 * low:+.1f} to {100 * high:+.1f} points", nan


def _moved(table: pd.DataFrame, outcome: Outcome, keys: Sequence[str], column: str) -> tuple[bool, str, float]:
    here = table
    for key in keys:
        here = here[here[key] == getattr(outcome, key)]
    if "stage" in here:
        here = here[here["stage"] == "all"]
    if here.empty:
        return False, "not in the report", nan
    row = here.iloc[0]
    said = (
        f"{100 * row[column]:+.2f} points"
        if row.get("unit", "share") == "share"
        else f"{row[column]:+,.0f} {row['unit']}"
    )
    return bool(row["verdict"] == MATTERS and row[column] * outcome.way > 0.0), said, nan
