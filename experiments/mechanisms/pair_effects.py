"""What directives changed in one pair of worlds, from no more than which decisions were made and with what chance.

Rates are means of the probabilities of the rule, in place of the outcomes drawn with them: the same mean, less noise.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from experiments.paired import in_both
from experiments.twin.join import WITH, WITHOUT
from experiments.twin.twins import Twins
from experiments.twin.watch import KEYS
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.observers import Observer
from model.schema import World

SAME, OPENED = "same", "opened"
GROUP = ["agency", "stage", "cases"]
ALL = "all"


class Outcomes(Observer):
    """Keeps which decisions were made, by whom, and with what chance."""

    daily = False

    def __init__(self) -> None:
        """Nothing has been decided."""
        self._days: list[list[np.ndarray]] = []

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Keep decisions."""
        cases, case = model.cases, log.case
        self._days.append([
            cases.mix[case], cases.number[case], cases.arrival[case], log.stage, log.round,
            log.day, model.desks.unit[log.officer], log.p,
        ])  # fmt: skip

    def table(self) -> pd.DataFrame:
        """One row a decision: which it is (`KEYS`), ``day`` of the watch, ``unit``, ``p``; names are codes."""
        columns = [np.concatenate(parts) for parts in zip(*self._days, strict=True)]
        return pd.DataFrame(dict(zip([*KEYS, "day", "unit", "p"], columns, strict=True)))


def effects(with_it: pd.DataFrame, without: pd.DataFrame, twins: Twins, world: World) -> pd.DataFrame:
    """What the directives changed, by agency, and within it by stage.

    Of the ``same`` cases, decided in both worlds on the first day or later: the shift, discretion rate with minus
    without (`experiments.twin.shift`). Of cases that the directives themselves ``opened``, such as the requests of a
    new programme: the discretion rate, since without them nobody could have been favoured.

    Args:
        with_it: the decisions of the world with the directives (`Outcomes.table`).
        without: those of the world without.
        twins: how the scenarios differ.
        world: of the model with the directives, for its names.

    Returns:
        ``agency``, ``stage`` (``all`` for the whole agency), ``cases``, ``decisions``, ``effect`` (of shares).
    """
    first = (twins.first_day - twins.with_it.start).days
    new = _opened(world, twins.differ) - _opened(world, twins.without.directives)
    codes = [code for code, name in enumerate(world.mixes) if name in new]
    own = with_it[with_it["mix"].isin(codes) & (with_it["day"] >= first)]
    both = in_both(with_it[with_it["day"] >= first], without, KEYS, (WITH, WITHOUT))
    change = both["p" + WITH] - both["p" + WITHOUT]
    tables = {
        SAME: pd.DataFrame({"unit": both["unit" + WITH], "stage": both["stage"], "effect": change}),
        OPENED: own[["unit", "stage"]].assign(effect=own["p"]),
    }
    return pd.concat([_grouped(table, world).assign(cases=kind) for kind, table in tables.items()], ignore_index=True)


def _opened(world: World, names: Iterable[str]) -> set[str]:
    return {mix for name in names for mix in world.directives[name].opens}


def _grouped(table: pd.DataFrame, world: World) -> pd.DataFrame:
    agencies = np.array([unit.split(".")[0] for unit in world.units()])
    stages = np.array(list(world.stages))
    table = table.assign(agency=agencies[table["unit"]], stage=stages[table["stage"]])
    parts = [
        part.groupby(["agency", "stage"])["effect"].agg(decisions="size", effect="mean").reset_index()
        for part in (table.assign(stage=ALL), table)
    ]
    return pd.concat(parts, ignore_index=True)
