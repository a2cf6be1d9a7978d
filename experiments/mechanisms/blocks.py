"""Blocks of facts: the patterns of one episode and one kind, and how far a run misses them.

An *episode* is what a world's files make of it: a study (a file of ``patterns/``), or each stream of a study that tells
of several. Nothing here knows which facts there are.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.patterns.pattern import Pattern
from experiments.patterns.rules import Rule, over
from model.schema import World

BLOCK = ["episode", "kind"]


def episodes(world: World, known: Sequence[Pattern]) -> dict[str, str]:
    """The episode of each pattern, by its id; of one that stands in no file, its stream.

    >>> from experiments.patterns import modelled, patterns
    >>> from model import load
    >>> found = episodes(load(), modelled(patterns(only=["I03", "B03", "P01", "P32"])))
    >>> found["I03"], found["P01"], found["P32"]
    ('interior', 'border', 'may-2018')
    """
    study = {entry: name for name, one in world.patterns.items() for entry in one.pattern}
    of = {one.id: study.get(one.id) or study.get(one.id.rpartition(".")[0]) for one in known}
    streams: dict[str, set[str]] = {}
    for one in known:
        streams.setdefault(of[one.id] or "", set()).add(one.stream)
    return {one.id: name if (name := of[one.id]) and len(streams[name]) == 1 else one.stream for one in known}


def miss(rule: Rule, value: float) -> float:
    """How far one replication lies from what a pattern asks for, in tolerances.

    ``abs(reach.off(value))`` where there is a record to be off from (at most `experiments.patterns.rules.FARTHEST`); of
    a direction or a property 0 if the replication has it, and 1 if not.

    >>> from experiments.patterns.rules import all_on_side, within_share
    >>> round(miss(within_share(100.0, 0.25), 125.0), 3), miss(all_on_side("up"), 0.1), miss(all_on_side("up"), -0.1)
    (1.0, 0.0, 1.0)
    """
    if rule.reach is not None:
        return abs(rule.reach.off(value))
    return float(not rule.met(over([value], difference=False)))


def missed(values: Mapping[str, float], known: Sequence[Pattern], episode: Mapping[str, str]) -> pd.DataFrame:
    """One replication: ``id``, `BLOCK`, ``value`` and ``miss`` of every pattern."""
    rows = [(one.id, episode[one.id], one.kind, values[one.id], miss(one.rule, values[one.id])) for one in known]
    return pd.DataFrame(rows, columns=["id", *BLOCK, "value", "miss"])
