"""Replications of the record and of every lever, and what they say together."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from experiments.levers.choice import ALL, Pulled
from experiments.levers.costs import COLUMNS, account
from experiments.paired import observed
from experiments.parallel import Tick, silent
from experiments.smallest import SMALLEST, judged
from experiments.traced_runs import Trace, Traced, same_cases
from experiments.twin.intervals import paired_by
from experiments.twin.join import WITH, WITHOUT
from model.schema import Scenario, World


def one_replication(
    record: Scenario, world: World, levers: Mapping[str, Pulled], scale: float, seed: int, tick: Tick = silent
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rates and the accounts of the record and of every lever, under one seed.

    Rates are those from the lever's own first day on; an account is of the whole watch, since what it cost before is
    the same in both worlds. So no figure of a lever depends on which others are pulled.

    Returns:
        One row a lever, agency and stage (``all``: of the agency as a whole): ``decisions`` of both worlds,
        ``rate_with``, ``rate_without``; and one row a lever and figure (`COLUMNS`): ``record`` and ``value``.
    """
    conditions = [(record, world), *((one.scenario, one.world) for one in levers.values())]
    runs = observed(conditions, seed, scale, Trace, done=tick)
    return beside_record((Traced(trace, trace.table()) for _, trace in runs), levers, seed)


def beside_record(runs: Iterator[Traced], levers: Mapping[str, Pulled], seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same from runs: of the record, then of each lever in turn."""
    without = next(runs)
    before = account(without).rename(columns={"value": "record"})
    rates, accounts = [], []
    for (name, one), pulled in zip(levers.items(), runs, strict=True):
        rates.append(_rates(pulled, without, one.first_day).assign(lever=name, seed=seed))
        after = account(pulled)
        accounts.append(before.merge(after, on=COLUMNS, how="outer").fillna(0.0).assign(lever=name, seed=seed))
    return pd.concat(rates, ignore_index=True), pd.concat(accounts, ignore_index=True)


def _rates(pulled: Traced, without: Traced, since: date) -> pd.DataFrame:
    both = same_cases(pulled, without, since=since)
    whole, parts = (
        both.groupby(of, as_index=False).agg(
            decisions=("p" + WITH, "size"), rate_with=("p" + WITH, "mean"), rate_without=("p" + WITHOUT, "mean")
        )
        for of in ("agency", ["agency", "stage"])
    )
    return pd.concat([whole.assign(stage=ALL)[parts.columns], parts], ignore_index=True)


def shifts_over(rates: pd.DataFrame, smallest: float = SMALLEST) -> pd.DataFrame:
    """The shift of every lever over replications, with its paired interval; see `experiments.levers.Ranking`.

    Three replications, with shifts of 0.01, 0.02 and 0.03:

    >>> rates = pd.DataFrame({"lever": "a", "agency": "ice", "stage": "review", "decisions": 100,
    ...                       "rate_with": [0.02, 0.03, 0.04], "rate_without": 0.01})
    >>> found = shifts_over(rates).iloc[0]
    >>> [round(float(found[name]), 4) for name in ("shift", "low", "high")], found["verdict"]
    ([0.02, 0.0031, 0.0369], 'matters')
    """
    table = rates.assign(shift=rates["rate_with"] - rates["rate_without"])
    means = ["decisions", "rate_with", "rate_without"]
    return judged(paired_by(table, ["lever", "agency", "stage"], "shift", means, (-1.0, 1.0)), smallest)


def costs_over(accounts: pd.DataFrame, smallest: float = SMALLEST) -> pd.DataFrame:
    """The differences of every figure to the record over replications; see `experiments.levers.Ranking`."""
    table = accounts.assign(difference=accounts["value"] - accounts["record"])
    found = paired_by(table, ["lever", *COLUMNS], "difference", ["record"]).drop(columns="replications")
    return judged(found, smallest, of="record")
