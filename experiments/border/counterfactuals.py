"""What could have been instead: scenarios set against the record, downstream, with common random numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from experiments.border.account import account
from experiments.border.downstream import SIX, downstream
from experiments.border.names import ask_for_border
from experiments.nested import Draw, nested, with_draws, worlds_of
from experiments.paired import observed
from experiments.parallel import Progress, Tick, as_they_come, silent
from experiments.runs import tables as run_tables
from experiments.smallest import SMALLEST, judged
from experiments.twin.intervals import paired_by
from experiments.twin.twins import Twins, matched
from model.errors import InputError
from model.observers import Observer
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD
from model.world.settings import Settings

RECORD = "record"
KEYS = ["part", "measure", "unit"]


@dataclass(frozen=True)
class Downstream:
    """What counterfactuals would have changed downstream.

    Attributes:
        world: with its settings.
        scenario: the record.
        against: names of the counterfactuals, in the order of the world.
        since: the month in which the first of them parts from the record; before it no world differs from another.
        seeds: of the replications.
        scale: share of the real system.
        runs: one row a seed, scenario (``record`` for the record), month and measure: ``seed``, ``scenario``,
            ``since`` (figures are those of this month and later: of a counterfactual, the month in which it parts),
            ``part``, ``measure``, ``unit``, ``value`` in figures of the real system.
        compared: one row a counterfactual and measure: ``scenario``, ``since``, ``part``, ``measure``, ``unit``,
            ``replications`` in which both have a value, ``record``, ``value`` (means), ``difference`` to the record,
            ``low``, ``high`` (`experiments.twin.intervals.paired`: 90 percent, over seeds) and ``verdict``.
        smallest: effect of interest, as a share of what the record has (`experiments.smallest`).
        draws: how many there are of the parameters; with them ``compared`` has `experiments.smallest.POSTERIOR`.
    """

    world: World = field(repr=False)
    scenario: str
    against: list[str]
    since: date
    seeds: list[int]
    scale: float
    runs: pd.DataFrame = field(repr=False)
    compared: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST
    draws: int = 0

    def six(self) -> pd.DataFrame:
        """The rows of the six measures of the one table (`experiments.border.downstream.SIX`), against one record.

        They are sums, and before a counterfactual parts it is the record: so all stand from ``since`` on.
        """
        six = self.compared[self.compared["measure"].isin(SIX)]
        whole = six[six["since"] == f"{self.since}"].drop_duplicates("measure").set_index("measure")["record"]
        record = six["measure"].map(whole)
        return six.assign(record=record, value=record + six["difference"], since=f"{self.since}")

    def _repr_html_(self) -> str:
        table = self.six().pivot(index="scenario", columns="measure", values="difference")[list(SIX)]
        shown = table.reindex(self.against).style.format("{:+,.0f}")
        title = escape(self.world.scenarios[self.scenario].title)
        return f"<p><b>{title}: differences to what was issued</b></p>{shown.to_html()}"


def counterfactuals(world: World, scenario: str) -> list[str]:
    """The scenarios that say of themselves that they are counterfactuals of a scenario.

    Raises:
        InputError: none does.
    """
    found = [name for name, row in world.scenarios.items() if row.counterfactual_of == scenario]
    if not found:
        records = dict.fromkeys(row.counterfactual_of for row in world.scenarios.values() if row.counterfactual_of)
        raise InputError(
            "no scenario is a counterfactual of this one", where="scenario", found=scenario,
            allowed=f"{', '.join(map(str, records)) or 'none of this world has any'}; or --against another scenario",
        )  # fmt: skip
    return found


def compare(  # noqa: D417 - the rest is told once, for all studies
    scenario: str,
    against: Sequence[str] = (),
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    draws: Sequence[Draw] = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.1,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Downstream:
    """Run a scenario and what could have been instead: the same people and random numbers.

    Args:
        scenario: the record.
        against: other scenarios; without any, all that say that they are counterfactuals of it.
        draws: further parameters (path to value), such as draws of a posterior; each has replications of its own.
        smallest: effect of interest, as a share of what the record has.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a scenario without a border, or without a counterfactual; a name or number that cannot be used.

    >>> found = compare("el-paso-2017", ["april-2017"], replications=2, scale=0.002)
    >>> found.since, sorted(found.six()["measure"]) == sorted(SIX)
    (datetime.date(2017, 3, 1), True)
    """
    draw_of, worlds = nested(seed, replications, draws), worlds_of(world, settings, draws)
    typed = next(iter(worlds.values()))
    ask_for_border(typed, scenario)
    names = list(dict.fromkeys(against)) or counterfactuals(typed, scenario)
    for name in names:
        ask_for_border(typed, name)
    pairs = {name: matched(typed, scenario, against=name) for name in names}
    since = {name: pair.first_day.replace(day=1) for name, pair in pairs.items()}
    scenarios = {RECORD: _record(pairs), **{name: pair.without for name, pair in pairs.items()}}
    tasks = [(own, worlds[draw]) for own, draw in draw_of.items()]
    found = as_they_come(
        partial(_one, scenarios, since, scale), tasks, [len(scenarios)] * len(tasks), workers, progress
    )
    runs = with_draws(complete(pd.concat(list(found), ignore_index=True)), draw_of)
    first, compared = min(since.values()), over_runs(runs, smallest)
    return Downstream(typed, scenario, names, first, list(draw_of), scale, runs, compared, smallest, len(draws))


def _record(pairs: dict[str, Twins]) -> Scenario:
    """The record, over the days that it shares with every counterfactual.

    Raises:
        InputError: with one it shares fewer days than with another.
    """
    records = {name: pair.with_it for name, pair in pairs.items()}
    first, *others = records
    for name in others:
        if records[name] != records[first]:
            raise InputError(
                "the scenarios do not last equally long, and could not stand in one table", where="against", found=name,
                allowed=f"scenarios from {records[first].start} to {records[first].end}, as {first}",
            )  # fmt: skip
    return records[first]


def _one(
    scenarios: dict[str, Scenario], since: dict[str, date], scale: float, task: tuple[int, World], tick: Tick = silent
) -> pd.DataFrame:
    """Every scenario under one seed, measured from the month in which it parts; the record, from each such month."""
    tables, (seed, world) = [], task
    conditions = [(scenario, world) for scenario in scenarios.values()]
    for name, (model, _) in zip(scenarios, observed(conditions, seed, scale, Observer, done=tick), strict=True):
        one = account(run_tables(model), world)
        for month in sorted(set(since.values())) if name == RECORD else [since[name]]:
            tables.append(downstream(one, month).assign(seed=seed, scenario=name, since=f"{month}"))
    return pd.concat(tables, ignore_index=True)[["seed", "scenario", "since", *KEYS, "value"]]


def complete(runs: pd.DataFrame) -> pd.DataFrame:
    """The same with a row for every measure of every run: what one run did not have to tell of is none there.

    >>> rows = [(1, RECORD, "", "a", "", 5.0), (1, RECORD, "", "b", "", 1.0), (1, "other", "", "a", "", 4.0)]
    >>> runs = pd.DataFrame(rows, columns=["seed", "scenario", *KEYS, "value"]).assign(since="2018-05-01")
    >>> complete(runs)["value"].tolist()
    [5.0, 1.0, 4.0, 0.0]
    """
    one = ["seed", "scenario", "since"]
    keys = runs[one].drop_duplicates().merge(runs[KEYS].drop_duplicates(), how="cross")
    every = pd.MultiIndex.from_frame(keys)
    return runs.set_index([*one, *KEYS])["value"].reindex(every, fill_value=0.0).reset_index()


def over_runs(runs: pd.DataFrame, smallest: float = SMALLEST) -> pd.DataFrame:
    """Each counterfactual against the record under the same seed and from the same month on, measure by measure.

    With 30 and 32 in the record and 10 and 14 without: -20 and -18, so -19 with t(1) * 1.414 / 1.414 = 6.314.

    >>> rows = [(1, RECORD, 30.0), (2, RECORD, 32.0), (1, "other", 10.0), (2, "other", 14.0)]
    >>> runs = pd.DataFrame(rows, columns=["seed", "scenario", "value"])
    >>> runs = runs.assign(since="2018-05-01", part="", measure="m", unit="")
    >>> over_runs(runs)[["record", "value", "difference", "low", "high"]].round(3).iloc[0].tolist()
    [31.0, 12.0, -19.0, -25.314, -12.686]
    """
    record = runs[runs["scenario"] == RECORD].drop(columns="scenario").rename(columns={"value": "record"})
    own = [key for key in ("seed", "draw") if key in runs]
    both = runs[runs["scenario"] != RECORD].merge(record, on=[*own, "since", *KEYS])
    both["difference"] = both["value"] - both["record"]
    found = paired_by(both, ["scenario", "since", *KEYS], "difference", ["record", "value"])
    return judged(found, smallest, of="record", unit="unit")
