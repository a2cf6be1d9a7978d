"""What a world cost, and whom: the harms of twin worlds, hours of work, and where people ended.

Of two worlds the difference between their accounts is what a lever cost, and whom.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.traced_runs import Traced
from experiments.twin.case_traits import serious
from experiments.twin.measures.harm import ALL, Account, Found, harms
from experiments.twin.world_outcomes import side_of
from model.cases.columns import Cases
from model.schema import Outcome, World

OUTCOMES: tuple[Outcome, ...] = ("favourable", "unfavourable")
WHAT = ["measure", "unit"]
COLUMNS = ["agency", "group", *WHAT]
HIGH = 2.0
"""High equities: what is true of a person, on paper or not, weighs as much as turns an even chance into 88 percent."""

Mask = npt.NDArray[np.bool_]


def account(run: Traced) -> pd.DataFrame:
    """What a run cost, and whom, in figures of the real system: `COLUMNS` and ``value``.

    `experiments.twin.measures.harm.harms`, `work` and `ends`; and of what is found by agency or group alone, the sum.
    """
    scale = run.model.scale
    found = [*harms(Account(side_of(run.trace), run.model.start, scale)), *work(run), *ends(run, scale)]
    table = pd.DataFrame(found, columns=list(Found._fields))
    whole = table.loc[(table["agency"] == ALL) & (table["group"] == ALL), "measure"]
    sums = table[~table["measure"].isin(whole)].groupby(WHAT, as_index=False, sort=False)["value"].sum()
    return pd.concat([table, sums.assign(agency=ALL, group=ALL)], ignore_index=True)


def work(run: Traced) -> Iterator[Found]:
    """Officers' hours spent on decisions, by agency: ``sum of hours / scale``."""
    units, scale = run.model.world.units(), run.model.scale
    hours = np.bincount(run.decisions["unit"], weights=run.decisions["hours"], minlength=len(units))
    for agency in run.model.world.agencies:
        own = [unit.split(".")[0] == agency for unit in units]
        yield Found(agency, ALL, "work", "hours", float(hours[own].sum()) / scale)


def ends(run: Traced, scale: float) -> Iterator[Found]:
    """People at each exit when the watch ends; ``spared`` are those at an exit that only leniency leads to.

    Of all, of those with `high_equities`, and of those who are `experiments.twin.case_traits.serious`.
    """
    model, world = run.model, run.model.world
    groups = {ALL: np.ones(len(model.cases.key), dtype=np.bool_), "high equities": high_equities(world, model.cases),
              "serious": serious(world, model.cases)}  # fmt: skip
    favoured = lenient_exits(world)
    for group, mask in groups.items():
        places = model.case_state.place[mask] - len(world.stages)
        counts = dict(zip(world.exits, np.bincount(places[places >= 0], minlength=len(world.exits)), strict=True))
        for name, count in counts.items():
            yield Found(ALL, group, name, "persons", float(count) / scale)
        yield Found(ALL, group, "spared", "persons", float(sum(counts[name] for name in favoured)) / scale)


def lenient_exits(world: World) -> list[str]:
    """Exits to which favourable outcomes lead, and no others.

    >>> from model import load
    >>> found = lenient_exits(load())
    >>> [name in found for name in ("closed", "relief", "removed", "at-large")]
    [True, True, False, False]
    """
    stages = world.stages.values()
    to = {outcome: {edge.to for stage in stages for edge in stage.edges(outcome)} for outcome in OUTCOMES}
    return [name for name in world.exits if name in to["favourable"] - to["unfavourable"]]


def high_equities(world: World, cases: Cases) -> Mask:
    """Whose equities, on paper or not, add up to at least `HIGH` log-odds (``rule.equities``)."""
    weights = np.array([world.rule.equities[name].value for name in world.words.equities])
    true = cases.equities[:, None] >> np.arange(len(weights), dtype=np.uint16) & np.uint16(1)
    return np.asarray(true @ weights >= HIGH, dtype=np.bool_)
