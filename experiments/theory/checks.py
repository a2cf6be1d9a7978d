"""The checks of theory: experiments that can fail, each a function, all under one set of parameters.

An experiment measures, in one replication, one or more figures, each of which the claim predicts to be above zero, by
more than the smallest effect of interest (`experiments.smallest`). The claim holds if the 90 percent interval of every
figure over replications lies above that. It fails if that of any lies below, and stays on the page as failing. If some
interval lies across, it is not shown: more replications may tell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from experiments.parallel import Progress, Tick, over_seeds, seeds_from, silent
from experiments.smallest import SMALLEST, TOO_FEW, least
from experiments.theory.compliance import compliance
from experiments.theory.cultures import agreement, formation, same_facts
from experiments.theory.instruments import exhortation, meaning
from experiments.theory.lab import Lab, has
from experiments.theory.quotas import counted, easy
from experiments.twin.intervals import paired
from model.errors import InputError
from model.schema import World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

HOLDS, FAILS, NOT_SHOWN, UNKNOWN = "holds", "fails", "not shown", TOO_FEW
POINTS, LOG_ODDS, RATIO = "points", "log-odds", "ratio"


class Experiment(NamedTuple):
    """One check of theory.

    Attributes:
        claim: what is claimed.
        measure: takes a `Lab`; gives the figures of one replication, by name.
        figures: their names, each with its unit: percentage points (of a share), log-odds, a ratio.
    """

    claim: str
    measure: Callable[[Lab], dict[str, float]]
    figures: Mapping[str, str]


EXPERIMENTS = {
    "T01": Experiment("Exhortation alone moves little and unevenly; tied to evaluation or scrutiny, fast and widely",
                      exhortation,
                      {"half of what evaluation does, less exhortation": POINTS,
                       "lead of evaluation within eight weeks": POINTS,
                       "turned by evaluation, in scope, less a tenth": POINTS,
                       "turned by scrutiny, in scope, less a tenth": POINTS,
                       "unevenness over offices, exhortation less evaluation": RATIO}),
    "T02": Experiment("A directive that agrees with the culture is taken up faster than one that cuts against it",
                      agreement,
                      {"lead of agreement at ICE": LOG_ODDS, "lead of agreement at USCIS": LOG_ODDS}),
    "T03": Experiment("Two agencies with the same facts decide differently", same_facts,
                      {"review, at USCIS less at ICE": POINTS, "U visas, at USCIS less at ICE": POINTS}),
    "T04": Experiment("With several goals, agencies overperform on what is counted and underperform on what is not",
                      counted,
                      {"enforcement, counted less not": POINTS, "offers of discretion, lost to the count": POINTS,
                       "offers of discretion, counted less not": POINTS}),
    "T05": Experiment("Under quota pressure effort moves to the easy countable case", easy,
                      {"minor cases among removals": POINTS, "minor cases among removals of the convicted": POINTS}),
    "T06": Experiment("Recruitment matters more to compliance than supervisors' coercion", compliance,
                      {"set apart by leaning, less by supervisors": POINTS}),
    "T07": Experiment("The earlier the formation and the stronger the mission, the smaller the spread and the slower "
                      "the change", formation,
                      {"spread of officers": POINTS, "moved by the memos": LOG_ODDS, "change of leanings": LOG_ODDS}),
    "T08": Experiment("Policy that front-line staff find meaningful is implemented more willingly", meaning,
                      {"gain with meaning at ICE": POINTS, "gain with meaning at USCIS": POINTS}),
}  # fmt: skip
"""The checks, by the fact of ``evidence.csv`` that states the claim."""


@dataclass(frozen=True)
class Verdict:
    """What came of one check.

    Attributes:
        fact, claim: which it is.
        figures: one row a figure predicted to be above 0: ``figure``, ``unit``, ``mean``, ``low``, ``high``,
            ``least`` (the smallest effect of interest in its unit), ``holds``.
        verdict: `HOLDS`, `FAILS`, `NOT_SHOWN` or `UNKNOWN`.
    """

    fact: str
    claim: str
    figures: pd.DataFrame = field(repr=False)

    @property
    def verdict(self) -> str:
        """Whether every figure's interval lies above the smallest effect of interest, or some interval below it."""
        if self.figures["low"].isna().any():
            return UNKNOWN
        if (self.figures["high"] <= self.figures["least"]).any():
            return FAILS
        return HOLDS if self.figures["holds"].all() else NOT_SHOWN


def check_theory(  # noqa: D417 - the rest is told once, for all studies
    facts: Sequence[str] | None = None,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.05,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Verdict]:
    """Run the checks, all under one set of parameters.

    Args:
        facts: those to run, such as ``["T01"]``; all for None.
        progress: told the experiments done and the experiments in all.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a check that is not there, a number that cannot be used, a world without the directives that the
            checks are made with.

    >>> [one] = check_theory(["T03"], replications=2, scale=0.005)
    >>> one.fact, one.verdict, len(one.figures)
    ('T03', 'holds', 2)
    """
    names, typed = named(facts), world_of(world, settings)
    has(typed)
    work = partial(_one, typed, scale, tuple(names))
    found = over_seeds(work, seeds_from(seed, replications), len(names), workers, progress)
    return [_verdict(name, [figures[name] for figures in found], smallest) for name in names]


def named(facts: Sequence[str] | None) -> list[str]:
    """The checks asked for, in their usual order, all for None; InputError if one is not there, or none is named."""
    if facts is not None and not facts:
        raise InputError("no check to make", where="check", known=EXPERIMENTS)
    for fact in facts or []:
        if fact.upper() not in EXPERIMENTS:
            raise InputError("no such check of theory", where="check", found=fact, known=EXPERIMENTS)
    wanted = {fact.upper() for fact in facts} if facts else set(EXPERIMENTS)
    return [name for name in EXPERIMENTS if name in wanted]


def _one(
    world: World, scale: float, names: Sequence[str], seed: int, tick: Tick = silent
) -> dict[str, dict[str, float]]:
    """The figures of one replication."""
    lab, found = Lab(world, seed, scale), {}
    for name in names:
        found[name] = EXPERIMENTS[name].measure(lab)
        tick()
    return found


def _verdict(name: str, replications: Sequence[dict[str, float]], smallest: float) -> Verdict:
    rows = []
    for figure, unit in EXPERIMENTS[name].figures.items():
        found = paired([one[figure] for one in replications])
        limit = least(unit, smallest)
        rows.append((figure, unit, *found, limit, bool(found.low > limit)))
    table = pd.DataFrame(rows, columns=["figure", "unit", "mean", "low", "high", "least", "holds"])
    return Verdict(name, EXPERIMENTS[name].claim, table)


def tidy(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """One row a figure of a check: ``fact``, ``claim``, ``verdict``, and the columns of `Verdict.figures`."""
    parts = []
    for one in verdicts:
        table = one.figures.copy()
        table.insert(0, "fact", one.fact)
        table.insert(1, "claim", one.claim)
        table.insert(2, "verdict", one.verdict)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)
