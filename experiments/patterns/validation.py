"""The model beside its patterns, over many seeds: what was fitted, what was only checked, and what must be true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from experiments.parallel import Progress, Tick, over_seeds, seeds_from, silent
from experiments.patterns.pattern import NotModelled, Pattern
from experiments.patterns.registry import measured, modelled, patterns, steps_of
from experiments.patterns.rules import over
from model.errors import InputError
from model.world.loader import load
from model.world.settings import Settings, pairs

HOLDS, FAILS, NOT_MODELLED = "holds", "fails", "not modelled"
COLUMNS = ["id", "fact", "use", "stream", "what", "unit", "observed", "said", "median", "mean", "low", "high",
           "difference", "rule", "reason", "verdict"]  # fmt: skip


@dataclass(frozen=True)
class Validation:
    """The pattern table.

    Attributes:
        seeds: of the replications.
        scale: share of the real system.
        table: one row a pattern: ``id``, ``fact``, ``use`` (``fit``, ``check`` or ``structure``), ``stream``, ``what``,
            ``unit``, ``observed`` (a number, or missing), ``said`` (the record in words, where it is no number),
            ``median`` and ``mean`` over replications, ``low``, ``high`` (of nine replications in ten; of a
            ``difference`` between two worlds with the same luck, of its mean), ``rule``, its ``reason`` (or why the
            pattern is not modelled), and the ``verdict``: `HOLDS`, `FAILS` or `NOT_MODELLED`.
        found: one row a seed and pattern: ``seed``, ``id``, ``value``.
    """

    seeds: list[int]
    scale: float
    table: pd.DataFrame = field(repr=False)
    found: pd.DataFrame = field(repr=False)

    def of(self, use: str) -> pd.DataFrame:
        """The rows of one use."""
        return self.table[self.table["use"] == use]

    @property
    def summary(self) -> str:
        """How many patterns hold, by use, in a line."""
        return "; ".join(f"{TITLES[str(use)]}: {_tally(rows)}" for use, rows in self.table.groupby("use", sort=False))


TITLES = {"fit": "fitted", "check": "checked", "structure": "structure"}


def _tally(rows: pd.DataFrame) -> str:
    """How many of some patterns hold.

    >>> _tally(pd.DataFrame({"verdict": [HOLDS, HOLDS, FAILS, NOT_MODELLED]}))
    '2 of 3 hold, 1 not modelled'
    """
    known = rows[rows["verdict"] != NOT_MODELLED]
    missing = len(rows) - len(known)
    text = f"{(known['verdict'] == HOLDS).sum()} of {len(known)} hold"
    return f"{text}, {missing} not modelled" if missing else text


def validate(
    only: Sequence[str] = (),
    *,
    world: str = "immigration",
    settings: Sequence[str] = (),
    draws: Sequence[Mapping[str, object]] = (),
    replications: int = 20,
    seed: int = 1,
    scale: float = 0.1,
    workers: int = 1,
    progress: Progress | None = None,
) -> Validation:
    """Measure patterns under ``seed``, ``seed + 1``, ..., and say of each whether it holds.

    Args:
        only: those to measure, as in `experiments.patterns.patterns`.
        world: name of a shipped world, or the folder of another.
        settings: parameters to move, as ``path=value``.
        draws: further parameters (path to value), one draw a replication, such as those of a posterior.
        replications: how many times, each with its own luck; at least two.
        seed: of the first.
        scale: share of the real system's cases and officers.
        workers: processes, as in `experiments.parallel.over_seeds`.
        progress: told the runs done and the runs in all.

    Raises:
        InputError: a pattern that is not there, a world without what the patterns ask for, a number that cannot be
            used.
    """
    if replications < 2:
        raise InputError("an interval takes more", where="replications", found=replications, allowed="2 or more")
    known = patterns(world, only)
    here = modelled(known)
    seeds = seeds_from(seed, replications)
    moved = [{**dict(pairs(settings)), **draw} for draw in draws or [{}] * replications]
    if len(moved) != replications:
        raise InputError("one draw a replication", where="draws", found=len(moved), allowed=str(replications))
    load(world, moved[0])
    work = partial(_one, [one.id for one in here], world, dict(zip(seeds, moved, strict=True)), scale)
    values = over_seeds(work, seeds, steps_of(here), workers, progress)
    found = pd.DataFrame(
        [(one, name, value) for one, row in zip(seeds, values, strict=True) for name, value in row.items()],
        columns=["seed", "id", "value"],
    )
    table = pd.DataFrame([_row(one, [row[one.id] for row in values if one.id in row]) for one in known],
                         columns=COLUMNS)  # fmt: skip
    return Validation(seeds, scale, table, found)


def _one(
    names: Sequence[str], world: str, moved: Mapping[int, Settings], scale: float, seed: int, tick: Tick = silent
) -> dict[str, float]:
    """Every pattern under one seed; patterns are made anew, since they do not travel between processes."""
    here = modelled(patterns(world, names)) if names else []
    return measured(here, load(world, moved[seed]), seed, scale, tick)


def _row(one: Pattern | NotModelled, values: Sequence[float]) -> tuple[object, ...]:
    """A pattern beside what was found."""
    observed, said = (float("nan"), one.record) if isinstance(one.record, str) else (one.record, "")
    head = (one.id, one.fact, one.use, one.stream, one.what, one.unit, observed, said)
    if isinstance(one, NotModelled):
        return *head, *[float("nan")] * 4, False, "", one.reason, NOT_MODELLED
    found = over(values, one.difference)
    verdict = HOLDS if one.rule.met(found) else FAILS
    return (
        *head,
        found.median,
        found.mean,
        found.low,
        found.high,
        one.difference,
        one.rule.words,
        one.rule.reason,
        verdict,
    )
