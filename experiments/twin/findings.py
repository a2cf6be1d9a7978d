"""What many pairs say together: the shift with its interval, the measures, the flips."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path

import pandas as pd

from experiments.parallel import Progress, Tick, as_they_come, seeds_from, several, ticks
from experiments.smallest import MATTERS, SMALLEST
from experiments.twin.aggregate import (
    Gathered,
    PairTables,
    averaged,
    compared,
    exclusive,
    months,
    shifts,
    split,
    tables_of,
)
from experiments.twin.measures import public_value
from experiments.twin.pairs import days_of, pair
from experiments.twin.persons import over_pairs as persons_moved
from experiments.twin.replay import Replay, replay
from experiments.twin.twins import Twins, matched
from model.errors import InputError
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings


@dataclass(frozen=True, repr=False)
class Findings:
    """The findings of a twin experiment.

    Attributes:
        twins: the scenarios, and how they differ.
        world: in which they were run.
        seeds: of the replications that were run.
        scale: of all of them.
        shift: as `experiments.twin.shift.over_pairs`, with ``by`` (``agency``, and within it ``unit``, ``stage``,
            ``office``, ``level``) and ``group``.
        measures: ``agency``, ``stage``, ``measure`` (uptake, slippage, gain, spillover, latency, persistence, ...),
            ``replications`` in which it has a value, ``mean``, ``low`` and ``high``, ``posterior_low`` and
            ``posterior_high`` (here and below: over draws of the parameters, missing where none were drawn).
        effects: ``family`` (lottery, targeting, distortion, harm), ``agency``, ``stage``, ``group``, ``measure``,
            ``unit``; ``replications``; ``with`` and ``without`` (means); their ``difference`` with its intervals;
            ``verdict``.
        flips: as `experiments.twin.flips.flips`, with a number each (``flip``) and the ``seed``.
        new: decisions that exist only with the directives: ``agency``, ``stage``, ``decisions`` (mean of a
            replication), ``rate`` with its intervals.
        persons: who left the system otherwise, each counted once (`experiments.twin.persons.over_pairs`).
        variance: of one pair's shift, by where it comes from (`experiments.twin.aggregate.split`).
        months: the rates of both worlds, month by month (`experiments.twin.aggregate.months`).
        kinds: decisions of each kind, over all replications.
        precise: whether every agency's interval is as narrow as was asked; None if nothing was asked.
        smallest: effect of interest, a difference of shares (`experiments.smallest`).
        worlds: instead of ``world``, those of single replications, by seed.
        draws: how many there are of the parameters; 0 where none were drawn.
    """

    twins: Twins
    world: World
    seeds: list[int]
    scale: float
    shift: pd.DataFrame
    measures: pd.DataFrame
    effects: pd.DataFrame
    flips: pd.DataFrame
    new: pd.DataFrame
    persons: pd.DataFrame
    variance: pd.DataFrame
    months: pd.DataFrame
    kinds: dict[str, int]
    precise: bool | None
    smallest: float = SMALLEST
    worlds: Mapping[int, World] = field(default_factory=dict)
    draws: int = 0

    @property
    def value(self) -> pd.DataFrame:
        """Public value: the effects in the corners of Moore's triangle (`experiments.twin.measures.public_value`)."""
        return public_value(self.effects)

    @property
    def by_agency(self) -> pd.DataFrame:
        """The shift of each agency as a whole: decisions, rates, shift, interval, and whether it matters."""
        rows = self.shift[self.shift["by"] == "agency"].set_index("agency")
        return rows[["decisions", "rate_with", "rate_without", "shift", "low", "high", "verdict"]]

    def replay(self, flip: int, progress: Progress | None = None) -> Replay:
        """Run both worlds again to the day of a flip, and look at the decision as it was made in each.

        Args:
            flip: its number in ``flips``.
            progress: told the days done and the days in all.

        Raises:
            InputError: there is no flip of that number.
        """
        rows = self.flips[self.flips["flip"] == flip]
        if rows.empty:
            raise InputError("no such flip", where="flip", found=flip, allowed=f"1 to {len(self.flips)}")
        seed = int(rows["seed"].iloc[0])
        (found,) = replay(self.twins, self.worlds.get(seed, self.world), seed, self.scale, rows, progress)
        return found

    def __repr__(self) -> str:
        """What was set against what, and by how much each agency shifted."""
        titles = {name: agency.title for name, agency in self.world.agencies.items()}
        shifts = [
            f"  {titles[str(agency)]}: {100 * row['shift']:+.2f} points ({100 * row['low']:+.2f} to "
            f"{100 * row['high']:+.2f})" + ("" if row["verdict"] == MATTERS else f", {row['verdict']}")
            for agency, row in self.by_agency.iterrows()
        ]
        return "\n".join([f"<Findings: {self._what()}", *shifts, ">"])

    def _repr_html_(self) -> str:
        rates = dict.fromkeys(("rate_with", "rate_without"), "{:.2%}")
        points = dict.fromkeys(("shift", "low", "high"), lambda share: f"{100 * share:+.2f}")
        shown = self.by_agency.style.format({"decisions": "{:,.0f}", **rates, **points})
        return f"<p><b>{self._what()}</b>; shift in percentage points</p>{shown.to_html()}"

    def _what(self) -> str:
        return f"with and without {', '.join(self.twins.differ)}, {len(self.seeds)} pairs at scale {self.scale:g}"


def find(  # noqa: D417 - the rest is told once, for all studies
    scenario: str | Scenario,
    without: Sequence[str] | None = None,
    against: str | Scenario | None = None,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    worlds: Sequence[World] = (),
    precision: float | None = None,
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.02,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
    so_far: Callable[[Findings], None] | None = None,
) -> Findings:
    """Run pairs and put them together; of each only its tables are kept.

    Args:
        scenario: name of a scenario of the world, or a `Scenario`.
        without: directives to take away.
        against: another scenario instead.
        worlds: several instead of ``world``, which differ in parameters, such as draws of a posterior; each has
            replications of its own, so that random variation can be separated from parameter uncertainty.
        precision: stop once the half-width of every agency's interval is no more than this (a difference of shares).
            A rule that looks at the data stops a little too early: such intervals hold somewhat less than they say.
            It is asked after each pair in the order of the seeds, so the pairs are the same for any number of workers.
        replications: how many pairs (of each of ``worlds``); with ``precision``, how many at the most.
        progress: told the days done and the days in all. What it raises stops the work, and nothing is left behind.
        so_far: given the findings of the pairs so far, after every pair but the last.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a number that cannot be used, or anything that `experiments.twin.pairs.pair` refuses.
    """
    runs = replications * max(len(worlds), 1)
    seeds = seeds_from(seed, runs)
    if precision is not None and not 0.0 < precision < 1.0:
        raise InputError(
            "a precision is a difference of shares", where="precision", found=precision, allowed="between 0 and 1"
        )
    if worlds:
        several(replications)
    typed = world_of(world, settings)
    drawn = dict(zip(seeds, cycle(worlds), strict=False))
    gathered = Gathered({own: at % len(worlds) for at, own in enumerate(seeds)} if worlds else None)
    tasks = [(own, drawn.get(own, typed)) for own in seeds]
    twins = matched(tasks[0][1], scenario, without, against)
    work = partial(_tables, scenario, without, against, scale)
    with closing(as_they_come(work, tasks, [days_of(twins)] * runs, workers, progress)) as pairs:
        for at, one in enumerate(pairs):
            gathered.add(one)
            narrow = None if precision is None else gathered.narrow(precision)
            if narrow:
                break
            if so_far is not None and at + 1 < runs:
                so_far(_findings(gathered, one, narrow, typed, smallest, drawn, len(worlds)))
    return _findings(gathered, one, narrow, typed, smallest, drawn, len(worlds))


def _tables(
    scenario: str | Scenario, without: Sequence[str] | None, against: str | Scenario | None, scale: float,
    task: tuple[int, World], tick: Tick,
) -> PairTables:  # fmt: skip
    """What is kept of the pair of a seed, in its world."""
    seed, world = task
    one = pair(scenario, without, against, seed=seed, scale=scale, world=world, progress=ticks(tick))
    return tables_of(one)


def _findings(
    gathered: Gathered, last: PairTables, precise: bool | None, world: World, smallest: float,
    worlds: Mapping[int, World], draws: int,
) -> Findings:  # fmt: skip
    changed = pd.concat(gathered.flips, ignore_index=True)
    changed.insert(0, "flip", range(1, len(changed) + 1))
    days = (last.twins.with_it.end - last.twins.first_day).days + 1
    return Findings(
        last.twins, world, gathered.seeds, last.scale, shifts(gathered.rates, smallest),
        averaged(gathered.measured, days), compared(gathered.effects, smallest=smallest), changed,
        exclusive(gathered.new), persons_moved(pd.concat(gathered.persons), last.scale, smallest),
        split(gathered.rates), months(gathered.months), dict(gathered.kinds), precise, smallest, worlds, draws,
    )  # fmt: skip
