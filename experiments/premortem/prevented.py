"""What each mend keeps from breaking: the limits that the draft passes, held against each mended world."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from experiments.levers.against_record import beside_record
from experiments.levers.choice import Pulled
from experiments.paired import observed
from experiments.parallel import Tick, silent
from experiments.premortem.breaks import broken
from experiments.premortem.question import Question
from experiments.premortem.weeks import beside
from experiments.traced_runs import Trace, Traced
from experiments.twin.world_outcomes import Side
from model import BureaucracyModel
from model.record.separations import breaches, separated

WITHOUT = ""
"""The name of the world without the draft, among the mends."""


def one_replication(
    asked: Question, pulled: Mapping[str, Pulled], scale: float, seed: int, tick: Tick = silent
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The draft, the world without it (`WITHOUT`) and every mend, under one seed.

    Returns:
        Rates and accounts, as `experiments.levers.against_record.one_replication` has them, and one row a mend and
        limit: ``mend``, ``kind``, ``what``, ``seed``, whether it ``broke`` against the world without, and whether it
        does with the draft as it ``was``.
    """
    conditions = [(asked.scenario, asked.world), *((one.scenario, one.world) for one in pulled.values())]
    sides: list[Side] = []

    def runs() -> Iterator[Traced]:
        for model, trace in observed(conditions, seed, scale, Trace, done=tick):
            sides.append(_side(model))
            yield Traced(trace, trace.table())

    rates, accounts = beside_record(runs(), pulled, seed)
    draft, others = sides[0], dict(zip(pulled, sides[1:], strict=True))
    without = others.pop(WITHOUT)
    was = _broke(draft, without, asked, scale)
    mended = {name: _broke(side, without, asked, scale) for name, side in others.items()}
    parts = [pd.DataFrame({"was": was, "broke": broke.reindex(was.index, fill_value=False), "mend": name, "seed": seed})
             for name, broke in mended.items()]  # fmt: skip
    return rates, accounts, pd.concat(parts).reset_index()


def _side(model: BureaucracyModel) -> Side:
    """What is kept of a run that nobody watched case by case."""
    by_unit = np.bincount(model.offices.unit, model.offices.hours * model.offices.size)
    return Side(
        model.world_scenario, model.world, pd.DataFrame(), model.recorder.outcomes(), model.recorder.resource_table(),
        separated(model), breaches(model), pd.Series(by_unit, index=pd.Index(model.world.units(), name="unit")),
    )  # fmt: skip


def _broke(side: Side, without: Side, asked: Question, scale: float) -> "pd.Series[bool]":
    """By kind and what: whether a limit breaks in any area."""
    weeks = beside(side, without, scale, asked.start).assign(seed=0)
    return broken(weeks, pd.Timestamp(asked.start)).groupby(["kind", "what"])["broke"].any()


def prevented(limits: pd.DataFrame) -> pd.DataFrame:
    """The limits that the draft breaks under some seed, and whether a mend keeps all of them, under every seed.

    >>> one = {"mend": "m", "kind": "resource", "seed": 1, "was": True}
    >>> prevented(pd.DataFrame([{**one, "what": "beds", "broke": False}, {**one, "what": "slots", "broke": True}]))[
    ...     ["what", "prevents"]].to_numpy().tolist()
    [['beds', True], ['slots', False]]
    """
    found = limits.groupby(["mend", "kind", "what"], as_index=False)[["was", "broke"]].any()
    return found[found["was"]].assign(prevents=lambda rows: ~rows["broke"]).drop(columns=["was", "broke"])
