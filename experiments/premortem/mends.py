"""The cheapest mends: one thing done otherwise in the draft, or beside it, and what each buys and does elsewhere."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from experiments.levers.against_record import costs_over, shifts_over
from experiments.levers.choice import ALL, Pulled
from experiments.parallel import Progress, over_seeds
from experiments.premortem.prevented import WITHOUT, one_replication, prevented
from experiments.premortem.question import Question
from experiments.premortem.ways import ways
from experiments.smallest import MATTERS, SMALLEST
from model.schema import Scenario

HARMS = ("separated", "apart", "not reunited", "beyond the limit", "over capacity", "overtime", "backlog")
"""What a mend may ease, as `experiments.twin.measures.harm` names it."""
PEOPLE = ("separated", "apart", "not reunited", "beyond the limit")
"""Harms to people themselves."""
COLUMNS = ["mend", "shift", "shift_low", "shift_high", "kept", "dollars", "prevents", "of_broken", "eased", "worse",
           "spares", "elsewhere", "elsewhere_at", "front", "best"]  # fmt: skip
BEST, KEPT = 3, 0.5
"""How many mends are worth most; and the share of the draft's shift below which one is no mend, but another draft."""


def mends(
    asked: Question, breaks: pd.DataFrame, seeds: Sequence[int], scale: float,
    smallest: float = SMALLEST, workers: int = 1, progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Try each mend against the draft as it is, on the same cases.

    Returns:
        One row a mend: ``mend`` in words; ``shift`` of the agency that the draft addresses and moves most, against the
        draft as it is, with its 90 percent interval; ``kept``, the share of the draft's own shift that is left;
        ``dollars`` more than the draft costs; how many of the limits that the draft breaks it ``prevents`` under every
        seed, ``of_broken``; how many harms it ``eased`` and made ``worse`` (differences that matter), and how many of
        those to people it ``spares`` (eased less worsened, of `PEOPLE`); the largest shift ``elsewhere`` that matters,
        and ``elsewhere_at`` which agency; whether it is on the ``front`` (no other keeps as much, costs no more,
        prevents and eases as much), and among the `BEST`: of those that keep `KEPT` or more of the shift, worsen no
        more harms than they ease, and prevent what breaks or spare people harm, those that prevent most, then that
        spare most, ease most, keep most and cost least. And one row a mend and harm that matters: ``mend``, ``agency``,
        ``group``, ``measure``, ``unit``, ``record`` (the draft as it is), ``difference``, ``low``, ``high``.
    """
    pulled = {one.title: one for one in ways(asked, breaks)}
    without = {WITHOUT: Pulled("", "", asked.world, _without(asked), asked.start)}
    work = partial(one_replication, asked, {**without, **pulled}, scale)
    found = over_seeds(work, seeds, 2 + len(pulled), workers, progress)
    rates, accounts, limits = (pd.concat(tables, ignore_index=True) for tables in zip(*found, strict=True))
    shifts, costs = shifts_over(rates, smallest), costs_over(accounts, smallest)
    shifts, costs = shifts[shifts["stage"] == ALL], costs.rename(columns={"lever": "mend"})
    own = shifts[(shifts["lever"] == "") & shifts["agency"].isin(asked.addressed)].set_index("agency")["shift"]
    target = str(own.abs().idxmax())
    eased = costs[costs["measure"].isin(HARMS) & (costs["verdict"] == MATTERS) & (costs["mend"] != "")]
    parts = costs[(costs["agency"] == ALL) | costs["measure"].isin(["overtime", "backlog"])]
    eased = eased.loc[eased.index.intersection(parts[~_sums(parts)].index)]
    kept = prevented(limits).groupby("mend")["prevents"].agg(["sum", "size"])
    rows = [_row(name, target, -float(own[target]), shifts, costs, eased, kept) for name in pulled]
    table = _ranked(pd.DataFrame(rows, columns=COLUMNS[:-2]))
    return table, eased.drop(columns="verdict").reset_index(drop=True)


def _sums(costs: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows are sums over groups or agencies of which the parts are told as well."""
    whole = (costs["agency"] == ALL) & (costs["group"] == ALL)
    return whole & costs["measure"].isin(["beyond the limit", "over capacity", "overtime", "backlog", "cost"])


def _row(
    name: str,
    target: str,
    draft: float,
    shifts: pd.DataFrame,
    costs: pd.DataFrame,
    eased: pd.DataFrame,
    kept: pd.DataFrame,
) -> tuple[object, ...]:
    here = shifts[shifts["lever"] == name].set_index("agency")
    change, low, high = (float(value) for value in here.loc[target, ["shift", "low", "high"]].to_numpy())
    others = here[(here["verdict"] == MATTERS) & (here.index != target)]["shift"].to_dict()
    at = max(others, key=lambda agency: abs(others[agency]), default="")
    spent = costs[(costs["mend"] == name) & (costs["measure"] == "cost")]
    total = spent.loc[(spent["agency"] == ALL) & (spent["group"] == ALL), "difference"]
    own = eased[eased["mend"] == name]
    harms, people = own["difference"], own.loc[own["measure"].isin(PEOPLE), "difference"]
    prevents, broken = (int(kept[part].get(name, 0)) for part in ("sum", "size"))
    return (
        name, change, low, high, (draft + change) / draft if draft else np.nan, float(total.sum()), prevents, broken,
        int((harms < 0).sum()), int((harms > 0).sum()), int((people < 0).sum() - (people > 0).sum()),
        others.get(at, 0.0), at,
    )  # fmt: skip


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """With the front, and the best.

    >>> rows = pd.DataFrame({"mend": ["a", "b"], "kept": [1.0, 0.9], "dollars": [0.0, 5.0], "eased": [2, 1],
    ...                      "worse": [0, 0], "prevents": [1, 0], "spares": [0, 1]})
    >>> _ranked(rows)[["mend", "front", "best"]].to_numpy().tolist()
    [['a', True, True], ['b', False, True]]
    """
    parts = [table["kept"], -table["dollars"], table["prevents"], table["eased"] - table["worse"]]
    figures = np.column_stack(parts).astype(float)
    beaten = [bool(((figures >= row).all(axis=1) & (figures > row).any(axis=1)).any()) for row in figures]
    net = table["eased"] - table["worse"]
    by = {"stops": -table["prevents"], "people": -table["spares"], "net": -net, "less": -table["kept"].round(3)}
    order = table.assign(**by).sort_values([*by, "dollars", "mend"], kind="stable")
    worth = (table["prevents"] > 0) | (table["spares"] > 0)
    best = order.index[worth[order.index] & (net[order.index] >= 0) & (table["kept"][order.index] >= KEPT)][:BEST]
    marked = table.assign(front=[not one for one in beaten], best=table.index.isin(best))
    return marked.loc[order.index].reset_index(drop=True)


def _without(asked: Question) -> Scenario:
    kept = [name for name in asked.scenario.directives if name not in asked.drafts]
    return asked.scenario.model_copy(update={"directives": kept})
