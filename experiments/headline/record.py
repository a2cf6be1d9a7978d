"""Each directive of the record where it was issued: what the desks that it addresses would have done without it.

One directive at a time is taken away from its scenario, and all others stay. Only those that ask something of a case
are tried; what brings beds, posts or a count alone has no outcome that it favours.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.headline.words import words
from experiments.paired import observed
from experiments.parallel import Progress, Tick, over_seeds, seeds_from
from experiments.smallest import SMALLEST, judged
from experiments.traced_runs import Trace, Traced, same_cases
from experiments.twin.intervals import paired_by
from experiments.twin.join import WITH, WITHOUT
from experiments.twin.twins import matched
from model.agencies.officers import office_names
from model.schema import Directive, World
from model.schema.directive import addresses
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

GROUPS = ["scenario", "directive", "agency", "stage"]
REPLICATIONS, SCALE = 6, 0.02


def asks_of_cases(directive: Directive) -> bool:
    """Whether a directive favours an outcome of any case, in its words or in what they leave unsaid."""
    return bool(directive.scope.include) or directive.scope.otherwise != "out"


def where_issued(
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = REPLICATIONS,
    seed: int = 1,
    scale: float = SCALE,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """What each directive of the record shifted at the desks and offices that it addresses, at each stage.

    Returns:
        `GROUPS`; ``first_day``; ``replications``, ``decisions`` (mean of a replication), ``without``, ``with``, their
        difference ``shift`` with ``low`` and ``high``, and ``verdict``. Where a directive opened what its desks
        decide, nothing is decided without it, and there is no shift: no number but in ``with``.
    """
    typed = world_of(world, settings)
    tables = []
    for name in words().record:
        tried = [one for one in typed.scenarios[name].directives if asks_of_cases(typed.directives[one])]
        work = partial(_one, typed, name, tried, scale)
        tables += over_seeds(work, seeds_from(seed, replications), len(tried) + 1, workers, progress)
    every = pd.concat(tables, ignore_index=True)
    every["shift"] = every["with"] - every["without"].astype(float)
    found = paired_by(every, GROUPS, "shift", ["decisions", "without"], (-1.0, 1.0))
    about = every.groupby(GROUPS, sort=False).agg({"first_day": "first", "with": "mean"}).reset_index()
    columns = [*GROUPS, "first_day", "replications", "decisions", "without", "with", "shift", "low", "high"]
    return judged(about.merge(found, on=GROUPS, sort=False)[columns], smallest)


def _one(world: World, name: str, tried: list[str], scale: float, seed: int, done: Tick) -> pd.DataFrame:
    """The shifts of some directives of a scenario under one seed."""
    scenario = world.scenarios[name]
    twins = [matched(world, scenario, [directive]) for directive in tried]
    conditions = [(scenario, world), *((one.without, world) for one in twins)]
    runs = observed(conditions, seed, scale, Trace, tables=False, done=done)
    record = Traced(trace := next(runs)[1], trace.table())
    rows = []
    for directive, one, (_, trace) in zip(tried, twins, runs, strict=True):
        for row in _shifts(world, directive, record, Traced(trace, trace.table()), one.first_day):
            rows.append((name, directive, *row[:2], one.first_day.isoformat(), *row[2:], seed))
    return pd.DataFrame(rows, columns=[*GROUPS, "first_day", "decisions", "without", "with", "seed"])


def _shifts(
    world: World, name: str, record: Traced, other: Traced, since: date
) -> Iterator[tuple[str, str, int, float, float]]:
    """By stage: agency, stage, decisions, and their rates without the directive and with it."""
    text = world.directives[name]
    both = same_cases(record, other, since=since)
    if text.offices is not None:
        offices = enumerate(office_names(other.model.world))
        both = both[both["office"].isin([at for at, (_, office) in offices if office in text.offices])]
    for stage in other.model.stage_names:
        unit = world.stages[stage].decider
        if not addresses(text.to, unit) or (text.stages is not None and stage not in text.stages):
            continue
        rows = both[both["stage"] == stage]
        if len(rows):
            yield unit.split(".")[0], stage, len(rows), rows["p" + WITHOUT].mean(), rows["p" + WITH].mean()
        elif text.opens:
            own = record.decisions[np.array(record.model.stage_names)[record.decisions["stage"]] == stage]
            yield unit.split(".")[0], stage, len(own), np.nan, own["p"].mean()


def foremost(found: pd.DataFrame) -> pd.DataFrame:
    """Of each directive the stage that it moves furthest (`where_issued` has all), and those that opened one.

    >>> found = pd.DataFrame({"scenario": "s", "directive": ["a", "a", "b"], "agency": "x", "stage": ["p", "q", "r"],
    ...                       "shift": [0.1, -0.2, float("nan")]})
    >>> foremost(found)["stage"].tolist()
    ['q', 'r']
    """
    size = found["shift"].abs().fillna(-1.0)
    return found.loc[size.groupby([found["scenario"], found["directive"]], sort=False).idxmax()]
