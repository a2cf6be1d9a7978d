"""A pre-mortem from beginning to end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

import pandas as pd

from experiments.drafting.lint import lint
from experiments.drafting.remark import GRADES, Remark
from experiments.forecasts.studies import pairs_of
from experiments.parallel import Progress, seeds_from, several
from experiments.premortem.breaks import breaks
from experiments.premortem.failures import failures
from experiments.premortem.holds import holds
from experiments.premortem.mends import mends
from experiments.premortem.question import DAYS, Question, question
from experiments.premortem.surety import depends, leans_on
from experiments.premortem.talks import talks
from experiments.premortem.tries import Tries, tries, unknown
from experiments.premortem.unsure import worded
from experiments.smallest import SMALLEST
from model.errors import InputError
from model.schema import World
from model.sizes import check
from model.sizes import smallest as smallest_size
from model.world.loader import DEFAULT_WORLD, load
from model.world.settings import Settings

DRAWS, OF_EACH, UNDRAWN = 13, 2, 8
"""Draws of what is unknown, replications of each, and replications where the world brings no posterior."""
SCALES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Of these, the smallest at which the watch can be read."""
ABLATED = 3
"""Seeds under which mechanisms are switched off, and mends tried."""
WORLDS = 40
"""Worlds in which failures are looked for, each with a draw and a reading of the draft of its own."""


@dataclass(frozen=True)
class Premortem:
    """What a draft would do, and how it would fail.

    Attributes:
        asked: what was tried.
        scale, smallest: as every study has them (`experiments`).
        tries: the pairs of worlds.
        breaks: what breaks downstream (`experiments.premortem.breaks.breaks`).
        holds: what carries each agency and holds it back (`experiments.premortem.holds.holds`).
        failures: how it fails (`experiments.premortem.failures.failures`).
        talks: whom the draft loads and does not address (`experiments.premortem.talks.talks`).
        remarks: what there is to say of the texts as they are written: ``draft``, and what
            `experiments.drafting.remark.Remark` has.
        depends, leans: what it depends on, and which patterns it leans on (`experiments.premortem.surety`).
        mends, eased: the mends, and the harms that each moves (`experiments.premortem.mends.mends`).
    """

    asked: Question
    scale: float
    smallest: float
    tries: Tries = field(repr=False)
    breaks: pd.DataFrame = field(repr=False)
    holds: pd.DataFrame = field(repr=False)
    failures: pd.DataFrame = field(repr=False)
    mends: pd.DataFrame = field(repr=False)
    eased: pd.DataFrame = field(repr=False)
    talks: pd.DataFrame = field(repr=False)
    remarks: pd.DataFrame = field(repr=False)
    depends: pd.DataFrame = field(repr=False)
    leans: pd.DataFrame = field(repr=False)

    @property
    def shift(self) -> pd.DataFrame:
        """Who changes (`experiments.twin.findings.Findings`)."""
        return self.tries.shift

    @property
    def effects(self) -> pd.DataFrame:
        """What both worlds have, and the difference (`experiments.twin.findings.Findings`)."""
        return self.tries.effects

    @property
    def pairs(self) -> pd.DataFrame:
        """The figures of each pair of worlds, by which a forecast is scored (`experiments.forecasts`)."""
        parts = [pairs_of(one.tables.rates["agency"], one.tables.effects) for one in self.tries.each]
        return pd.DataFrame(chain.from_iterable(parts), columns=["figure", "seed", "with", "without"])

    @property
    def agencies(self) -> pd.DataFrame:
        """The shift of each agency as a whole."""
        return self.shift[self.shift["by"] == "agency"].drop(columns=["by", "group"]).reset_index(drop=True)


def premortem(  # noqa: D417 - the rest is told once, for all studies
    drafts: Sequence[str],
    *,
    world: str | Path = DEFAULT_WORLD,
    settings: Settings = (),
    into: str | None = None,
    start: date | None = None,
    days: int = DAYS,
    draws: int = DRAWS,
    failing: int = WORLDS,
    replications: int | None = None,
    seed: int = 1,
    scale: float | None = None,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Premortem:
    """Try drafts together in a world that knows nothing of what was issued on their day or later.

    Args:
        drafts, into, start, days: as `experiments.premortem.question.question` has them.
        draws: of what the facts leave open of the parameters, where the world brings posteriors.
        failing: worlds in which failures are looked for.
        replications: of each draw, two or more; without a posterior, in all. Default: `OF_EACH`, or `UNDRAWN`.
        scale: without it, the smallest at which the watch can be read.
        progress: told thousandths done, and a thousand.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a draft, scenario, day or number that cannot be used.
    """
    asked = question(drafts, load(world, settings), into, start, days)
    share = usual_scale(asked.world, asked) if scale is None else scale
    check(asked.world, asked.scenario, share)
    moved = unknown(world, draws, seed) if draws else []
    each = (OF_EACH if moved else UNDRAWN) if replications is None else replications
    several(each)
    seeds = seeds_from(seed, each * max(len(moved), 1))
    part = _Parts(progress)
    found = tries(asked, moved, seeds, share, smallest, workers, part(0.35))
    broke = breaks(asked, found)
    held = holds(asked, seeds[:ABLATED], share, smallest, workers, part(0.1))
    others = seeds_from(seeds[-1] + 1, failing)
    read = worded(asked, unknown(world, failing, others[0]) if moved else [], others)
    unsure = tries(asked, read, others, share, smallest, workers, part(0.4))
    mended, eased = mends(asked, broke, seeds[:ABLATED], share, smallest, workers, part(0.15))
    return Premortem(
        asked, share, smallest, found, broke, held, failures(asked, unsure, smallest), mended, eased,
        talks(asked, found), remarks(asked), depends(asked, unsure), leans_on(asked, world),
    )  # fmt: skip


def remarks(asked: Question) -> pd.DataFrame:
    """What is to be said of each draft before it is tried, the gravest first.

    >>> remarks(question(["memo"], load("two-desks")))[["draft", "grade", "rule"]].to_numpy().tolist()
    [['memo', 'weak', 'nobody answers']]
    """
    found = [(text.name, *remark.as_table().values()) for text in asked.texts for remark in lint(text)]
    table = pd.DataFrame(found, columns=["draft", *Remark.__dataclass_fields__])
    return table.sort_values("grade", key=lambda grades: grades.map(GRADES.index), kind="stable", ignore_index=True)


def usual_scale(world: World, asked: Question) -> float:
    """The smallest of `SCALES` at which the watch can be read.

    >>> usual_scale(load("two-desks"), question(["memo"], load("two-desks")))
    0.005
    """
    least = smallest_size(world, asked.scenario).scale
    fit = [scale for scale in SCALES if scale >= least]
    if not fit:
        raise InputError("the scenario cannot be read at any scale", where="scale", found=least, allowed="at most 1")
    return fit[0]


class _Parts:
    """Tells of several parts of a work as of one: each has a share of a thousand."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._before = progress, 0.0

    def __call__(self, share: float) -> Progress:
        """What the next part tells."""
        before = self._before
        self._before += share

        def tell(done: int, total: int) -> None:
            if self._progress is not None:
                self._progress(round(1000.0 * (before + share * done / total)), 1000)

        return tell
