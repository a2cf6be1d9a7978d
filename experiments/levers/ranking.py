"""Levers against the record: what each would have shifted, and at what cost to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from experiments.levers.against_record import costs_over, one_replication, shifts_over
from experiments.levers.choice import ALL, Pulled, Target, chosen, record_of, targets
from experiments.nested import Draw, nested, with_draws, worlds_of
from experiments.ordering import ordered
from experiments.parallel import Progress, Tick, as_they_come
from experiments.smallest import MATTERS, SMALLEST
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD
from model.world.settings import Settings

COST, POINT = "cost", "cost a point"
SHOWN = {
    COST: (ALL, ALL, "cost"),
    "custody": (ALL, ALL, "custody"),
    "removed": (ALL, ALL, "removed"),
    "removed, high equities": (ALL, "high equities", "removed"),
    "separated": (ALL, ALL, "separated"),
    "apart": (ALL, ALL, "apart"),
    "beyond the limit": (ALL, ALL, "beyond the limit"),
    "spared, serious": (ALL, "serious", "spared"),
    "work": (ALL, ALL, "work"),
    "backlog": (ALL, ALL, "backlog"),
}
"""The costs and harms that stand beside the shift: agency, group and measure, by their heading."""


@dataclass(frozen=True)
class Ranking:
    """What levers would have done, against the record.

    Attributes:
        scenario: the record.
        world: where the levers are.
        levers: those that were pulled, one at a time, by name.
        targets: what they are ranked by, in turn.
        seeds, scale: of the replications.
        shift: one row a lever, agency and stage (``all``: of the agency as a whole): ``replications``, ``decisions``
            (mean of a replication), ``rate_with``, ``rate_without`` (expected: means of the rule's probabilities),
            ``shift``, ``low``, ``high`` (`experiments.twin.intervals.paired`), ``verdict``. It is of decisions that
            both worlds made from the lever's first day on, at the agency that makes them in the record.
        costs: one row a lever and figure (``agency``, ``group``, ``measure``, ``unit``): ``record`` (mean, of the whole
            watch), and the difference to it, in figures of the real system: ``difference``, ``low``, ``high``,
            ``verdict``.
        smallest: effect of interest, a difference of shares (`experiments.smallest`).
        draws: how many there are of the parameters; with them both tables have `experiments.smallest.POSTERIOR`.
    """

    scenario: Scenario
    world: World = field(repr=False)
    levers: Mapping[str, Pulled] = field(repr=False)
    targets: list[Target]
    seeds: list[int]
    scale: float
    shift: pd.DataFrame = field(repr=False)
    costs: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST
    draws: int = 0

    def ranked(self, target: Target | None = None) -> pd.DataFrame:
        """One row a lever, the largest shift first: the shift of a target, and `SHOWN` with their ends and verdicts.

        Levers that move those who decide come first; after them, ranked apart, those that put others in their place
        (``replaces``): what another desk would do with the same cases is no answer to what moves this one.

        Each shift is from the lever's ``first_day`` on. Beside the cost stands what a `POINT` of the shift cost.
        Of `SHOWN`, those of which there is any in the record or under a lever. Levers with the same shift stand by
        name. Without a target, it is the first.
        """
        agency, stage = target or self.targets[0]
        rows = self.shift[(self.shift["agency"] == agency) & (self.shift["stage"] == stage)].set_index("lever")
        table = rows.reindex(list(self.levers)).drop(columns=["agency", "stage"]).reset_index()
        table.insert(1, "title", [self.levers[name].title for name in table["lever"]])
        table.insert(2, "first_day", [self.levers[name].first_day for name in table["lever"]])
        for heading, (of, group, measure) in SHOWN.items():
            here = (self.costs["agency"] == of) & (self.costs["group"] == group) & (self.costs["measure"] == measure)
            found = self.costs[here].set_index("lever").reindex(table["lever"]).reset_index(drop=True)
            if not found[["record", "difference"]].fillna(0.0).to_numpy().any():
                continue
            table[heading] = found["difference"]
            for name in ("low", "high", "verdict"):
                table[f"{heading}_{name}"] = found[name]
            if heading == COST and (points := per_point(table))[POINT].notna().any():
                table = table.join(points)
        table["replaces"] = [self.levers[name].replaces for name in table["lever"]]
        return ordered(table, "shift", "lever").sort_values("replaces", kind="stable", ignore_index=True)

    def _repr_html_(self) -> str:
        ranked = self.ranked()
        beside = [name for name in (*SHOWN, POINT) if name in ranked]
        shown = ranked[["lever", "title"]].copy()
        for name in ("shift", "low", "high"):
            shown[name] = ranked[name].map("{:+.2%}".format)
        for name in beside:
            shown[name] = ranked[name].map("{:+,.0f}".format, na_action="ignore")
        return (
            f"<p><b>{escape(self.scenario.title)}: levers against what was issued</b></p>{shown.to_html(index=False)}"
        )


def rank(  # noqa: D417 - the rest is told once, for all studies
    scenario: str,
    levers: Sequence[str] | None = None,
    agency: str | None = None,
    stage: str | None = None,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    draws: Sequence[Draw] = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.05,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Ranking:
    """Run a scenario as it was, and once more for every lever, under every seed.

    Args:
        scenario: name of a scenario of the world.
        levers: those to pull; all that fit the scenario for None.
        agency: rank by all its decisions; if no stage is named, and neither is the agency, by what the scenario is
            about (`experiments.levers.choice.targets`).
        stage: rank by the decisions at this stage.
        draws: further parameters (path to value), such as draws of a posterior; each has replications of its own.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a name, a number or a pair of them that cannot be used.

    >>> found = rank("daca-2012", ["daca-staffed"], replications=2, scale=0.002)
    >>> found.targets, found.ranked()["lever"].tolist()
    ([Target(agency='uscis', stage='daca')], ['daca-staffed'])
    """
    draw_of, worlds = nested(seed, replications, draws), worlds_of(world, settings, draws)
    typed = next(iter(worlds.values()))
    record, pulled = record_of(typed, scenario), chosen(typed, scenario, levers)
    wanted = targets(typed, scenario, agency, stage)
    work = partial(_one, scenario, list(pulled), scale)
    tasks = [(own, worlds[draw]) for own, draw in draw_of.items()]
    found = as_they_come(work, tasks, [1 + len(pulled)] * len(tasks), workers, progress)
    shifts, accounts = (
        with_draws(pd.concat(tables, ignore_index=True), draw_of) for tables in zip(*found, strict=True)
    )
    tables = shifts_over(shifts, smallest), costs_over(accounts, smallest)
    return Ranking(record, typed, pulled, wanted, list(draw_of), scale, *tables, smallest, len(draws))


def _one(
    scenario: str, levers: list[str], scale: float, task: tuple[int, World], tick: Tick
) -> tuple[pd.DataFrame, pd.DataFrame]:
    seed, world = task
    return one_replication(record_of(world, scenario), world, chosen(world, scenario, levers), scale, seed, tick)


def per_point(table: pd.DataFrame) -> pd.DataFrame:
    """Dollars for each percentage point that decisions were shifted, whichever way.

    ``cost / |shift in points|``, with the interval of the cost and its verdict; none where the shift is none that
    matters or undecided, or nothing is paid for it: of what saves money, the less it shifts the more it would save a
    point. Three levers shift 1.5 points, 0.1 that is undecided, and 1.5; the last saves 3 million dollars, the others
    cost as much:

    >>> table = pd.DataFrame({"shift": [0.015, 0.001, 0.015], "verdict": ["matters", "undecided", "matters"],
    ...                       "cost": [3e6, 3e6, -3e6], "cost_low": [2.4e6, 2.4e6, -3.6e6], "cost_high": 3.6e6,
    ...                       "cost_verdict": "matters"})
    >>> found = per_point(table).drop(columns="cost a point_verdict")
    >>> found.iloc[0].round().astype(int).tolist(), found[POINT].isna().tolist()
    ([2000000, 1600000, 2400000], [False, True, True])
    """
    told = table["verdict"].eq(MATTERS) & (table[COST] > 0.0)
    points = 100.0 * table["shift"].abs().where(told)
    ends = {f"{POINT}{end}": table[f"{COST}{end}"] / points for end in ("", "_low", "_high")}
    return pd.DataFrame({**ends, f"{POINT}_verdict": table[f"{COST}_verdict"]})
