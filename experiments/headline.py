"""The headline: the same leniency, asked of two agencies.

From June 2011 ICE was invited, and from November 2011 ordered, to spare those with humanitarian claims; from August
2012 USCIS was to grant young people the same. The record of 2010 to 2013 is run with these directives and without
them, on the same cases, with the same officers and random numbers.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.parallel import Progress, Tick, over_seeds, seeds_from, ticks
from experiments.smallest import SMALLEST, judged
from experiments.twin.intervals import paired
from experiments.twin.join import WITH, WITHOUT
from experiments.twin.pairs import Pair, days_of, pair
from experiments.twin.twins import matched
from model.schema import Scenario, World
from model.world.loader import world_of
from model.world.settings import Settings

SCENARIO = "record-2013"
DIRECTIVES = ("discretion-2011", "review-2011", "training-2012", "daca-2012")
LAST_DAY = date(2013, 6, 30)
"""The published counts for DACA, and for closures, end here."""

MEMOS, REVIEW, REVIEWED = "covered, only invited", "covered, ordered to look", "everybody, ordered to look"
DACA, DECIDED, OTHERS = "covered by DACA", "everybody who asked", "other petitions"
GROUPS = ["agency", "who"]


def headline(one: Pair) -> pd.DataFrame:
    """The headline of one pair of worlds.

    Of decisions made with the directives: the mean probability of leniency ``with`` them, and ``without`` them for the
    same cases; nobody is spared by a decision that is not made there. ``people`` is how many more decisions come out
    favourably, in figures of the real system (those of the run, over its scale).

    Returns:
        ``agency``, ``who``, ``with``, ``without``, ``people``.
    """
    rows = [_row(agency, who, decisions, one.scale) for agency, who, decisions in _groups(one)]
    return pd.DataFrame(rows, columns=[*GROUPS, "with", "without", "people"])


def _groups(one: Pair) -> Iterator[tuple[str, str, pd.DataFrame]]:
    table = one.decisions[one.decisions["p" + WITH].notna()]
    order = pd.Timestamp(one.world.directives["review-2011"].start)
    memos = pd.Timestamp(one.world.directives["discretion-2011"].start)
    review = table[table["stage"] == "review"]
    ordered = review["day" + WITH] >= order
    invited = (review["day" + WITH] >= memos) & ~ordered
    yield "ice", MEMOS, review[invited & review["covered"]]
    yield "ice", REVIEW, review[ordered & review["covered"]]
    yield "ice", REVIEWED, review[ordered]
    daca = table[table["stage"] == "daca"]
    yield "uscis", DACA, daca[daca["covered"]]
    yield "uscis", DECIDED, daca
    yield "uscis", OTHERS, table[(table["agency"] == "uscis") & (table["stage"] != "daca") & table["after"]]


def _row(agency: str, who: str, decisions: pd.DataFrame, scale: float) -> tuple[Any, ...]:
    with_it, without = decisions["p" + WITH], decisions["p" + WITHOUT].fillna(0.0)
    return agency, who, with_it.mean(), without.mean(), (with_it - without).sum() / scale


def over_pairs(
    *,
    world: str | Path | World = "immigration",
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.01,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Run pairs and put their headlines together; it takes what every study takes (`experiments`), and tells days.

    Returns:
        The figures of all pairs: ``agency``, ``who``, ``with``, ``without`` (means), ``shift`` with ``low`` and
        ``high`` (90 percent), ``people``, ``people_low``, ``people_high``, ``verdict``; and those of each, with its
        ``seed``.
    """
    typed = world_of(world, settings)
    scenario = typed.scenarios[SCENARIO].model_copy(update={"end": LAST_DAY})
    days = days_of(matched(typed, scenario, DIRECTIVES))
    work = partial(_one, typed, scenario, scale)
    tables = over_seeds(work, seeds_from(seed, replications), days, workers, progress)
    every = pd.concat(tables, ignore_index=True)
    return over_replications(every, smallest=smallest), every


def _one(world: World, scenario: Scenario, scale: float, seed: int, tick: Tick) -> pd.DataFrame:
    one = pair(scenario, DIRECTIVES, seed=seed, scale=scale, world=world, progress=ticks(tick))
    return headline(one).assign(seed=seed)


def over_replications(tables: pd.DataFrame, smallest: float = SMALLEST) -> pd.DataFrame:
    """The headline over pairs; see `over_pairs`."""
    rows = []
    for group, values in tables.groupby(GROUPS, sort=False):
        shift = paired(values["with"] - values["without"]).within(-1.0, 1.0)
        people = paired(values["people"])
        rows.append((*group, values["with"].mean(), values["without"].mean(), *shift, *people))
    measures = ["with", "without", "shift", "low", "high", "people", "people_low", "people_high"]
    return judged(pd.DataFrame(rows, columns=[*GROUPS, *measures]), smallest)


def in_words(figures: pd.DataFrame) -> str:
    """The headline in two sentences."""
    rows = figures.set_index("who")
    invited, ordered, daca = (100.0 * float(rows["shift"][who]) for who in (MEMOS, REVIEW, DACA))
    return (
        f"Of a hundred people whom the memos covered, ICE spared {invited:.2f} more than without them while it was "
        f"invited to, and {ordered:.1f} more once ordered to look at every case; of a hundred whom DACA covered, USCIS "
        f"spared {daca:.1f} more. Every officer of both decides by one rule: the agencies differ in their culture, in "
        "what is counted, and in how far a memo reaches them."
    )
