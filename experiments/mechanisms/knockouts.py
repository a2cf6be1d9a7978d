"""Knock-outs: the shift of a directive with mechanisms switched off, singly and in pairs, and each one's share of it.

A *share* is Shapley's: by how much the shift changes when the mechanism is switched on, on average over the orders in
which all of them may be. What is left with all of them off, plus the shares, is the whole shift.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pandas as pd

from experiments.asked import in_world
from experiments.mechanisms.knockout_tables import complete, knocked, shares, totals
from experiments.mechanisms.pair_effects import GROUP
from experiments.mechanisms.shapley import Order, coalitions, drawn_orders, every_order
from experiments.mechanisms.switches import MECHANISMS, named, off_in_words, switched_off
from experiments.mechanisms.trials import Trial, run_trials
from experiments.nested import Draw, nested, with_draws
from experiments.parallel import Progress
from experiments.smallest import SMALLEST
from experiments.twin.twins import Twins, matched
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings, pairs

PAIRS_OF_ORDERS = 2
"""Orders drawn for each replication, each together with its reverse. Replications draw their own."""


@dataclass(frozen=True)
class Knockouts:
    """What each mechanism does to the shift of some directives. Effects and shares are differences of shares of cases.

    All tables have ``agency``, ``stage`` (``all`` for the agency as a whole) and ``cases``: ``same`` if both worlds
    decided them, ``opened`` if they exist only because of the directives
    (`experiments.mechanisms.pair_effects.effects`).

    Attributes:
        twins: the scenarios, and how they differ.
        world: with its settings.
        mechanisms: those that were switched off.
        seeds, scale: of the replications.
        exact: whether shares are over all orders, and not over some drawn by chance.
        worths: one row a seed and set of mechanisms that are off (``off``, in words): ``decisions``, ``effect``.
        knocked: one row a mechanism (``one`` and ``other`` alike) or pair of them that is off: ``effect`` then, with
            ``low`` and ``high``; ``change`` against all on, with ``change_low`` and ``change_high``, and its
            ``verdict``.
        shares: one row a ``mechanism``: ``share``, ``low``, ``high``, ``verdict``.
        totals: one row a ``total``, ``whole`` with all on and ``bare`` with all off: ``effect``, ``low``, ``high``,
            ``verdict``.
        smallest: effect of interest, a difference of shares (`experiments.smallest`).
        draws: how many there are of the parameters; with them the three tables have `experiments.smallest.POSTERIOR`.
    """

    twins: Twins
    world: World = field(repr=False)
    mechanisms: list[str]
    seeds: list[int]
    scale: float
    exact: bool
    worths: pd.DataFrame = field(repr=False)
    knocked: pd.DataFrame = field(repr=False)
    shares: pd.DataFrame = field(repr=False)
    totals: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST
    draws: int = 0

    def _repr_html_(self) -> str:
        ends = self.totals.pivot(index=GROUP, columns="total", values="effect")
        parts = self.shares.pivot(index=GROUP, columns="mechanism", values="share")[self.mechanisms]
        table = 100.0 * pd.concat([ends["bare"], parts, ends["whole"]], axis=1)
        return (
            f"<p><b>{', '.join(self.twins.differ)}</b>: shares of the shift, in percentage points, "
            f"{len(self.seeds)} replications</p>{table.style.format('{:+.2f}').to_html()}"
        )


def knockouts(  # noqa: D417 - the rest is told once, for all studies
    scenario: str | Scenario,
    without: Sequence[str] | None = None,
    mechanisms: Sequence[str] | None = None,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    draws: Sequence[Draw] = (),
    replications: int = 8,
    exact: bool = False,
    seed: int = 1,
    scale: float = 0.02,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Knockouts:
    """Switch mechanisms off, singly, in pairs and in order, and see what becomes of the shift of some directives.

    Every replication has a seed of its own, the same for each set of mechanisms; so differences between sets are
    paired, as are those between the worlds with and without.

    Args:
        scenario: name of a scenario of the world, or a `Scenario`.
        without: the directives in question; all of the scenario's for None.
        mechanisms: those to switch off, by name; all of `experiments.mechanisms.switches.MECHANISMS` for None.
        draws: further parameters (path to value), such as draws of a posterior; each has replications of its own.
        exact: shares over all orders, from every set of mechanisms; else over `PAIRS_OF_ORDERS` drawn a replication.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: an unknown directive or mechanism, or a number that cannot be used.
    """
    draw_of = nested(seed, replications, draws)
    names = named(mechanisms)
    moved = dict(pairs(settings))
    typed = world_of(world, settings)
    in_world(world, moved | switched_off(typed, names))
    twins = matched(typed, scenario, without)
    orders = {one: every_order(names) if exact else drawn_orders(names, PAIRS_OF_ORDERS, one) for one in draw_of}

    taken = None if without is None else tuple(without)
    switches = {name: switched_off(typed, [name]) for name in names}

    def moving(off: Collection[str], draw: int | None) -> dict[str, object]:
        drawn = {} if draw is None else dict(draws[draw])
        return moved | drawn | {path: value for name in off for path, value in switches[name].items()}

    def trial(one: int, base: frozenset[str], sets: Iterable[frozenset[str]]) -> Trial:
        against = {off_in_words(off): moving(off, draw_of[one]) for off in sets}
        return Trial(scenario, taken, world, one, scale, moving(base, draw_of[one]), against)

    wanted = [
        (base, one, sets) for one in draw_of for base, sets in _together(_sets(names, orders[one]), twins).items()
    ]
    wanted.sort(key=lambda part: off_in_words(part[0]))  # one after the other, so that a world is read once
    runs = complete(run_trials([trial(one, base, sets) for base, one, sets in wanted], workers, progress))
    runs = runs.rename(columns={"label": "off"}).sort_values("seed", kind="stable", ignore_index=True)
    worths = with_draws(runs[["seed", "off", *GROUP, "decisions", "effect"]], draw_of)
    return Knockouts(
        twins, typed, names, list(draw_of), scale, exact, worths, knocked(worths, names, smallest),
        shares(worths, names, orders, smallest), totals(worths, names, smallest), smallest, len(draws),
    )  # fmt: skip


def _sets(names: Sequence[str], orders: Iterable[Order]) -> list[frozenset[str]]:
    """The sets of mechanisms to switch off: singly, in pairs, and what is still off at each step of the orders."""
    few = {frozenset(some) for size in (0, 1, 2) for some in combinations(names, min(size, len(names)))}
    left = {frozenset(names) - there for there in coalitions(orders)}
    return sorted(few | left, key=lambda which: (len(which), off_in_words(which)))


def _mattering(off: frozenset[str], twins: Twins) -> frozenset[str]:
    """Those that make a difference in the world without: some do nothing where no directive is issued."""
    if twins.without.directives:
        return off
    return frozenset(name for name in off if not MECHANISMS[name].of_directives)


def _together(sets: Iterable[frozenset[str]], twins: Twins) -> dict[frozenset[str], list[frozenset[str]]]:
    """Sets that have the world without in common, by what is off there."""
    found: dict[frozenset[str], list[frozenset[str]]] = {}
    for off in sets:
        found.setdefault(_mattering(off, twins), []).append(off)
    return found
