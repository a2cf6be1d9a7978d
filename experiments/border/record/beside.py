"""The model beside the record, over many seeds: what was fitted, and what was only checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from experiments.border.account import Account, account
from experiments.border.names import ask_for_border
from experiments.border.record.facts import facts_of, use_of
from experiments.border.record.patterns import (
    MEMO,
    MEMO_UNTIL,
    REFERRAL_CHANGE,
    REFERRAL_UNTIL,
    SCENARIO,
    Found,
    Pattern,
    Worlds,
    patterns,
)  # fmt: skip
from experiments.replications import interval
from experiments.runs import run
from experiments.seeds import Progress, Tick, over_seeds, silent
from experiments.twin.intervals import paired
from experiments.twin.twins import matched
from model.loader import load
from model.schema import Scenario

RUNS = 3
"""That a seed takes."""


@dataclass(frozen=True)
class Beside:
    """The model beside the record.

    Attributes:
        seeds: of the replications.
        scale: share of the real system.
        table: one row a pattern: ``fact``, ``use`` (``fit`` or ``check``), ``what``, ``unit``, ``record`` (a number, or
            missing), ``said`` (the record in words, where it is no number), ``model`` (the middle), ``low``, ``high``,
            ``criterion`` and ``met``.
        found: one row a seed and pattern: ``seed``, ``fact``, ``what``, ``value``.
    """

    seeds: list[int]
    scale: float
    table: pd.DataFrame = field(repr=False)
    found: pd.DataFrame = field(repr=False)

    def of(self, use: str) -> pd.DataFrame:
        """What was fitted (``fit``), or what was only checked (``check``)."""
        return self.table[self.table["use"] == use]


def beside(
    *,
    world: str = "immigration",
    settings: Sequence[str] = (),
    replications: int = 20,
    seed: int = 1,
    scale: float = 0.1,
    workers: int = 1,
    progress: Progress | None = None,
) -> Beside:
    """Run the record under ``seed``, ``seed + 1``, ..., and twice without a directive, and hold it against the facts.

    Args:
        world: name of a shipped world, or the folder of another.
        settings: parameters to move, as ``path=value``.
        replications: how many times, each with its own luck.
        seed: of the first.
        scale: share of the real system's cases and officers.
        workers: processes, as in `experiments.seeds.over_seeds`.
        progress: told the runs done and the runs in all.

    Raises:
        InputError: a world without these facts, scenario or directives; a number that cannot be used.
    """
    typed, facts = load(world, settings), facts_of(world)
    ask_for_border(typed, SCENARIO)
    known = list(patterns(facts))
    uses = [use_of(facts, pattern.fact) for pattern in known]
    scenarios = [
        typed.scenarios[SCENARIO],
        matched(typed, SCENARIO, without=[MEMO]).without.model_copy(update={"end": MEMO_UNTIL}),
        matched(typed, SCENARIO, without=[REFERRAL_CHANGE]).without.model_copy(update={"end": REFERRAL_UNTIL}),
    ]
    seeds = list(range(seed, seed + replications))
    work = partial(_one, scenarios, world, tuple(settings), scale)
    values = over_seeds(work, seeds, RUNS, workers, progress)
    rows = [
        (pattern.fact, use, pattern.what, pattern.unit, *_recorded(pattern), *_over(pattern, list(numbers)))
        for pattern, use, numbers in zip(known, uses, zip(*values, strict=True), strict=True)
    ]
    columns = ["fact", "use", "what", "unit", "record", "said", "model", "low", "high", "criterion", "met"]
    found = [
        (one, pattern.fact, pattern.what, value)
        for one, numbers in zip(seeds, values, strict=True)
        for pattern, value in zip(known, numbers, strict=True)
    ]
    table = pd.DataFrame(rows, columns=columns)
    return Beside(seeds, scale, table, pd.DataFrame(found, columns=["seed", "fact", "what", "value"]))


def _one(
    scenarios: list[Scenario], world: str, settings: tuple[str, ...], scale: float, seed: int, tick: Tick = silent
) -> list[float]:
    """Every pattern under one seed."""
    accounts: list[Account] = []
    for scenario in scenarios:
        accounts.append(account(run(scenario, scale, seed, world=world, settings=settings), world))
        tick()
    worlds = Worlds(*accounts)
    return [pattern.measure(worlds) for pattern in patterns(facts_of(world))]


def _recorded(pattern: Pattern) -> tuple[float, str]:
    return (float("nan"), pattern.record) if isinstance(pattern.record, str) else (pattern.record, "")


def _over(pattern: Pattern, values: list[float]) -> tuple[float, float, float, str, bool]:
    """The middle and the interval over replications, and whether the pattern is met."""
    found = Found(*(paired(values) if pattern.difference else interval(values)))
    return *found, pattern.criterion, bool(pattern.met(found))
