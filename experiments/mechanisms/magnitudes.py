"""How large the terms of the rule are where decisions are made: which of them carry anything, where, and when.

A term can be large and yet move nobody: one that is the same for every officer, case and day is a threshold by another
name. So of each term there is the mean, and how far it differs: between decisions, offices and months.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from experiments.parallel import Progress, Tick, as_they_come, seeds_from, silent
from experiments.smallest import SMALLEST, least
from experiments.theory.lab import FEWEST
from experiments.traced_runs import Traced, traced
from experiments.twin.intervals import paired
from model.arguments import unknown_scenario
from model.errors import InputError
from model.rule.terms import TERM_NAMES
from model.schema import World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

WHERE = ["scenario", "agency", "stage"]
FIGURES = ["mean", "sd", "between", "within", "months"]
INERT, CONSTANT, VARIES = "inert", "a constant", "varies"


@dataclass(frozen=True)
class Magnitudes:
    """The size of every term.

    Attributes:
        world: with its settings.
        scenarios: those that were run.
        seeds, scale: of the replications.
        terms: one row a ``scenario``, ``agency``, ``stage`` and ``term``: ``decisions`` (a replication, at this scale)
            and, in log-odds, ``mean`` (``low``, ``high``: its 90 percent interval), ``sd`` over decisions, ``between``
            and ``within`` offices, ``months`` (`sizes`; means over replications), and the ``verdict``: `INERT`,
            `CONSTANT` or `VARIES`.
        smallest: effect of interest, a difference of shares; in log-odds by `experiments.smallest.least`.
    """

    world: World = field(repr=False)
    scenarios: list[str]
    seeds: list[int]
    scale: float
    terms: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST


def magnitudes(  # noqa: D417 - the rest is told once, for all studies
    scenarios: Sequence[str] | None = None,
    *,
    world: str | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.02,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Magnitudes:
    """Trace runs, and measure every term at every stage at which the law leaves a choice.

    Args:
        scenarios: by name; those that the world's patterns are about for None (`watched`).
        replications: how many seeds, from ``seed`` on.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: an unknown scenario, or a number that cannot be used.
    """
    typed, seeds = world_of(world, settings), seeds_from(seed, replications)
    names = watched(typed, scenarios)
    tasks = [(name, one) for name in names for one in seeds]
    parts = as_they_come(partial(_of_run, typed, scale), tasks, [1] * len(tasks), workers, progress)
    found = pd.concat(list(parts), ignore_index=True)
    rows = []
    for key, values in found.groupby([*WHERE, "term"], sort=False):
        middle = values[["decisions", *FIGURES]].mean()
        _, low, high = paired(values["mean"])
        rows.append((*key, middle["decisions"], middle["mean"], low, high, *middle[FIGURES[1:]],
                     size_in_words(middle["mean"], middle["sd"], least("log-odds", smallest))))  # fmt: skip
    columns = [*WHERE, "term", "decisions", "mean", "low", "high", *FIGURES[1:], "verdict"]
    return Magnitudes(typed, names, seeds, scale, pd.DataFrame(rows, columns=columns), smallest)


def watched(world: World, scenarios: Sequence[str] | None) -> list[str]:
    """The scenarios asked for; for None those of the world's patterns, or its first where it has none.

    Raises:
        InputError: one that the world does not have.
    """
    for name in scenarios or []:
        if name not in world.scenarios:
            raise unknown_scenario(world, name, "scenario")
    of_patterns = [study.scenario for study in world.patterns.values() if study.scenario]
    return list(dict.fromkeys(scenarios or of_patterns or list(world.scenarios)[:1]))


def _of_run(world: World, scale: float, task: tuple[str, int], tick: Tick = silent) -> pd.DataFrame:
    """One traced run: `sizes` by agency and stage."""
    name, seed = task
    run = traced(world.scenarios[name], world, seed, scale, terms=True)
    tick()
    parts = [
        sizes(rows).assign(scenario=name, agency=str(agency), stage=str(stage))
        for (agency, stage), rows in free_of_law(run).groupby(["agency", "stage"], sort=False)
        if len(rows) >= FEWEST
    ]
    if not parts:
        raise InputError("no stage with enough decisions to measure", where="scale", found=scale,
                         allowed=f"a scale with {FEWEST} decisions at some stage of {name}")  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def free_of_law(run: Traced) -> pd.DataFrame:
    """The decisions in which the law left a choice, with the names of ``agency`` and ``stage``, and the ``month``."""
    made, model = run.decisions[run.decisions["bound"] == 0], run.model
    agencies = np.array([unit.split(".")[0] for unit in model.world.units()])
    days = pd.Timestamp(model.start) + pd.to_timedelta(made["day"], unit="D")
    return made.assign(agency=agencies[made["unit"]], stage=np.array(model.stage_names)[made["stage"]],
                       month=days.dt.to_period("M"))  # fmt: skip


def sizes(made: pd.DataFrame) -> pd.DataFrame:
    """Of every term, in log-odds, over some decisions: ``mean``, ``sd``, ``between``, ``within``, ``months``.

    ``sd ** 2 = between ** 2 + within ** 2``, where ``between`` is the spread of offices' means, each as often as it
    decides, and ``within`` that of decisions around the mean of their office; ``months`` is the spread of the means of
    months, likewise.

    Args:
        made: ``office``, ``month`` and a column a term (`experiments.traced_runs.Trace`).

    >>> made = pd.DataFrame({**dict.fromkeys(TERM_NAMES, 0.0), "office": [0, 0, 1, 1], "month": [0, 1, 0, 1]})
    >>> sizes(made.assign(culture=[1.0, 3.0, 5.0, 7.0])).iloc[0, 1:].astype(float).round(3).to_list()
    [4.0, 4.0, 2.236, 2.0, 1.0, 1.0]
    """
    rows = []
    for term in TERM_NAMES:
        values = made[term]
        of_office, of_month = (values.groupby(made[by]).transform("mean") for by in ("office", "month"))
        rows.append((term, len(made), values.mean(), values.std(ddof=0), of_office.std(ddof=0),
                     float(np.sqrt(((values - of_office) ** 2).mean())), of_month.std(ddof=0)))  # fmt: skip
    return pd.DataFrame(rows, columns=["term", "decisions", *FIGURES])


def size_in_words(mean: float, sd: float, limit: float) -> str:
    """Whether a term is too small to matter, a threshold by another name, or tells one decision from another.

    >>> size_in_words(0.001, 0.002, 0.02), size_in_words(-0.19, 0.004, 0.02), size_in_words(0.0, 0.5, 0.02)
    ('inert', 'a constant', 'varies')
    """
    if sd >= limit:
        return VARIES
    return CONSTANT if abs(mean) >= limit else INERT
