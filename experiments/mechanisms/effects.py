"""What directives changed in one pair of worlds, from no more than which decisions were made and with what chance.

Rates are means of the probabilities of the rule, in place of the outcomes drawn with them: the same mean, less noise.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from mesa import DataCollector

from experiments.twin.join import WITH, WITHOUT
from experiments.twin.twins import Twins
from experiments.twin.watch import KEYS
from model import BureaucracyModel
from model.agencies.decision_log import LAPSED, Log
from model.cases.columns import Cases
from model.day.pools import Pools
from model.record.paths import Paths
from model.record.tables import Recorder
from model.schema import World

SAME, OPENED = "same", "opened"
GROUP = ["agency", "stage", "cases"]
ALL = "all"


class Unkept(Paths):
    """Paths that nobody will ask for."""

    def keep(self, day: date, rows: int, log: Log, cases: Cases) -> None:
        """Nothing is kept."""


class Outcomes(Recorder):
    """Takes the recorder's place in a model: which decisions were made, by whom, and with what chance; no tables."""

    def __init__(self, model: BureaucracyModel) -> None:
        """Record a model in which nothing has happened yet."""
        super().__init__(model.world, trace=False)
        self.paths = Unkept(model.world)
        self._model = model
        self._days: list[list[np.ndarray]] = []
        model.recorder = self
        model.datacollector = DataCollector()

    def decisions(self, day: date, rows: int, log: Log, cases: Cases, mixes: list[str]) -> None:
        """Keep the decisions of a day; who was not reached in time was not decided by anybody."""
        made = np.flatnonzero(log.track[:rows] != LAPSED)
        case = log.case[made]
        self._days.append([
            cases.mix[case], cases.number[case], cases.arrival[case], log.stage[made], log.round[made],
            np.full(len(made), self._model.day, dtype=np.int32), self._model.desks.unit[log.officer[made]], log.p[made],
        ])  # fmt: skip

    def close_week(self, week: date) -> None:
        """Nothing is counted by week."""

    def resources(self, day: date, pools: Pools, waiting: dict[str, int]) -> None:
        """Nor are resources counted."""

    def table(self) -> pd.DataFrame:
        """One row a decision: which it is (`KEYS`), ``day`` of the watch, ``unit``, ``p``; names are codes."""
        columns = [np.concatenate(parts) for parts in zip(*self._days, strict=True)]
        return pd.DataFrame(dict(zip([*KEYS, "day", "unit", "p"], columns, strict=True)))


def effects(with_it: pd.DataFrame, without: pd.DataFrame, twins: Twins, world: World) -> pd.DataFrame:
    """What the directives changed, by agency, and within it by stage.

    Of the ``same`` cases, decided in both worlds on the first day or later: the shift, favourable rate with minus
    without (`experiments.twin.shift`). Of cases that the directives themselves ``opened``, such as the requests of a
    new programme: the favourable rate, since without them nobody could have been favoured.

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
    both = with_it[with_it["day"] >= first].merge(without, on=KEYS, suffixes=(WITH, WITHOUT))
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
