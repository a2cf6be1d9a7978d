"""How sure: what the answer depends on most, which patterns it leans on, and what it rests on."""

from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from experiments.patterns import patterns
from experiments.patterns.registry import explained
from experiments.premortem.chain import feeding, read_in
from experiments.premortem.question import Question
from experiments.premortem.tries import Tries
from model.schema import Quantity
from model.world.case_days import watched
from model.world.checks import quantities
from model.world.streams import read

FEW = 3
"""Parameters that are told."""


def depends(asked: Question, unsure: Tries) -> pd.DataFrame:
    """The parameters with which the shift of each addressed agency goes up and down most, over worlds that differ.

    Returns:
        ``agency``, ``parameter``, ``rank`` correlation (Spearman) of the parameter and the shift, and its ``p``; the
        `FEW` strongest of each agency, of parameters that are read at its decisions or on the way to them.
    """
    known = {path for path, _ in quantities(read(asked.world, asked.scenario))}
    points = pd.DataFrame([one.settings for one in unsure.each], index=unsure.seeds)
    points = points.loc[:, (points.nunique() > 1) & points.columns.isin(known)]
    rates = pd.concat([one.tables.rates["agency"] for one in unsure.each])
    rows = []
    for agency in sorted(asked.addressed):
        own = rates[rates["agency"] == agency].set_index("seed")
        shift = (own["rate_with"] - own["rate_without"]).reindex(points.index)
        stages = feeding(asked.watched, "", agency)
        told = [(agency, name, *scipy.stats.spearmanr(points[name], shift, nan_policy="omit")) for name in points
                if shift.nunique() > 1 and read_in(asked.watched, str(name), stages)]  # fmt: skip
        rows += sorted(told, key=lambda row: (-round(abs(row[2]), 6), row[1]))[:FEW]
    return pd.DataFrame(rows, columns=["agency", "parameter", "rank", "p"])


def leans_on(asked: Question, world: str | Path) -> pd.DataFrame:
    """The patterns of record of the streams that are watched, and which of them are known to fail.

    Returns:
        ``fact``, ``kind`` (`experiments.patterns.pattern.KINDS`), ``what``, ``fails``: why, as the world's files have
        it; empty where nothing is known to fail.
    """
    if not asked.world.patterns:
        return pd.DataFrame(columns=["fact", "kind", "what", "fails"])
    streams = watched(asked.world, asked.scenario)
    here = [one for one in patterns(world) if one.stream in streams]
    why = {fact: text for facts, text in explained(world, [one.fact for one in here]).items()
           for fact in facts.replace(" and ", ", ").split(", ")}  # fmt: skip
    rows = [(one.fact, one.kind, one.what, why.get(one.fact, "")) for one in here]
    return pd.DataFrame(rows, columns=["fact", "kind", "what", "fails"])


def assumed(asked: Question) -> tuple[int, int]:
    """How many of the parameters that the watch reads are assumed, of how many.

    >>> from model import load
    >>> from experiments.premortem.question import question
    >>> few, many = assumed(question(["zero-tolerance-2018"], load()))
    >>> 0 < few < many
    True
    """
    sources = [entry.source for _, entry in quantities(read(asked.world, asked.scenario))
               if isinstance(entry, Quantity)]  # fmt: skip
    return int(np.sum([source.startswith("assumed") for source in sources])), len(sources)
