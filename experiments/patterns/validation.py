"""The model beside its patterns, over many seeds: what was fitted, what was only checked, and what must be true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

import pandas as pd

from experiments.parallel import Progress, Tick, over_seeds, seeds_from, silent
from experiments.patterns.pattern import KINDS, NotModelled, Pattern
from experiments.patterns.registry import explained, measured, modelled, patterns, steps_of, under
from experiments.patterns.rules import over
from experiments.smallest import POSTERIOR
from model.errors import InputError
from model.world.loader import DEFAULT_WORLD, load
from model.world.settings import Settings, pairs

HOLDS, FAILS, NOT_MODELLED = "holds", "fails", "not modelled"
COLUMNS = ["id", "fact", "use", "kind", "stream", "what", "unit", "observed", "said", "median", "mean", "low", "high",
           "difference", *POSTERIOR, "rule", "reason", "verdict"]  # fmt: skip


@dataclass(frozen=True)
class Validation:
    """The pattern table.

    Attributes:
        seeds: of the replications.
        scale: share of the real system.
        table: one row a pattern: ``id``, ``fact``, ``use`` (``fit``, ``check`` or ``structure``), ``kind``
            (`experiments.patterns.pattern.KINDS`), ``stream``, ``what``, ``unit``, ``observed`` (a number, or missing),
            ``said`` (the record in words, where it is no number),
            ``median`` and ``mean`` over replications, ``low``, ``high`` (of nine replications in ten; of a
            ``difference`` between two worlds with common random numbers, of its mean), ``posterior_low``,
            ``posterior_high`` (`experiments.patterns.rules.Found`; missing where no parameters were drawn), ``rule``,
            its ``reason`` (or why the pattern is not modelled), and the ``verdict``: `HOLDS`, `FAILS` or
            `NOT_MODELLED`.
        found: one row a seed and pattern: ``seed``, ``draw``, ``id``, ``value``.
        draws: how many there are of the parameters; 0 where none were drawn.
        explained: why facts of which a pattern does not hold are known to fail, by the facts.
    """

    seeds: list[int]
    scale: float
    table: pd.DataFrame = field(repr=False)
    found: pd.DataFrame = field(repr=False)
    draws: int = 0
    explained: Mapping[str, str] = field(default_factory=dict, repr=False)

    def of(self, name: str) -> pd.DataFrame:
        """The rows of one kind, or of one use."""
        return self.table[(self.table["kind"] == name) | (self.table["use"] == name)]

    @property
    def tally(self) -> dict[str, dict[str, int]]:
        """How many patterns of each kind hold, of how many, and how many are not modelled; kinds are never added up."""
        return {kind: _tally(self.of(kind)) for kind in KINDS if len(self.of(kind))}

    @property
    def summary(self) -> str:
        """The same, in a line."""
        parts = []
        for kind, told in self.tally.items():
            missing = f", {told['not modelled']} not modelled" if told["not modelled"] else ""
            parts.append(f"{kind}: {told['hold']} of {told['of']} hold{missing}")
        return "; ".join(parts)


def _tally(rows: pd.DataFrame) -> dict[str, int]:
    """How many of some patterns hold.

    >>> _tally(pd.DataFrame({"verdict": [HOLDS, HOLDS, FAILS, NOT_MODELLED]}))
    {'hold': 2, 'of': 3, 'not modelled': 1}
    """
    counts = {verdict: int((rows["verdict"] == verdict).sum()) for verdict in (HOLDS, FAILS, NOT_MODELLED)}
    return {"hold": counts[HOLDS], "of": counts[HOLDS] + counts[FAILS], "not modelled": counts[NOT_MODELLED]}


def validate(
    only: Sequence[str] = (),
    *,
    world: str = DEFAULT_WORLD,
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
        draws: further parameters (path to value), such as draws of a posterior; each has replications of its own.
        replications: how many times (of each draw), each with its own random seed; at least two in all. With one of
            each draw predictions can be had, but no interval.
        seed: of the first.
        scale: share of the real system's cases and officers.
        workers: processes, as in `experiments.parallel.over_seeds`.
        progress: told the runs done and the runs in all.

    Raises:
        InputError: a pattern that is not there, a world without what the patterns ask for, a number that cannot be
            used.
    """
    runs = replications * max(len(draws), 1)
    if runs < 2:
        raise InputError("an interval takes more", where="replications", found=replications, allowed="2 or more")
    seeds = seeds_from(seed, runs)
    moved = [{**dict(pairs(settings)), **draw} for draw in draws or [{}]]
    known = under(load(world, moved[0]).rule.name, patterns(world, only))
    here = modelled(known)
    work = partial(_one, [one.id for one in here], world, dict(zip(seeds, cycle(moved), strict=False)), scale)
    values = over_seeds(work, seeds, steps_of(here), workers, progress)
    of = [at % len(moved) for at in range(runs)]
    found = pd.DataFrame(
        [(*run, name, value) for *run, row in zip(seeds, of, values, strict=True) for name, value in row.items()],
        columns=["seed", "draw", "id", "value"],
    )
    rows = [_row(one, [row.get(one.id, float("nan")) for row in values], of if draws else None) for one in known]
    table = pd.DataFrame(rows, columns=COLUMNS)
    failing = set(table.loc[table["verdict"] != HOLDS, "fact"])
    return Validation(seeds, scale, table, found, len(draws), explained(world, failing))


def _one(
    names: Sequence[str], world: str, moved: Mapping[int, Settings], scale: float, seed: int, tick: Tick = silent
) -> dict[str, float]:
    """Every pattern under one seed; patterns are made again, since they do not travel between processes."""
    here = modelled(patterns(world, names)) if names else []
    return measured(here, load(world, moved[seed]), seed, scale, tick)


def _row(one: Pattern | NotModelled, values: Sequence[float], draws: Sequence[int] | None) -> tuple[object, ...]:
    """A pattern beside what was found."""
    observed, said = (float("nan"), one.record) if isinstance(one.record, str) else (one.record, "")
    head = (one.id, one.fact, one.use, one.kind, one.stream, one.what, one.unit, observed, said)
    if isinstance(one, NotModelled):
        return *head, *[float("nan")] * 4, False, float("nan"), float("nan"), "", one.reason, NOT_MODELLED
    found = over(values, one.difference, draws)
    verdict = HOLDS if one.rule.met(found) else FAILS
    return *head, *found, one.rule.words, one.rule.reason, verdict
