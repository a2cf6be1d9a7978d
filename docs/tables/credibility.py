"""How the model does on its patterns, by running it: the tables of ``discretion validate``."""

from collections.abc import Callable, Mapping
from functools import cache
from textwrap import fill
from typing import Any

from docs.tables.markdown import code, table
from docs.tables.shipped import BORDER, INTERIOR, WORLD, facts
from docs.tables.stamps import fingerprint, stamped
from experiments.patterns import (
    FAILS,
    HOLDS,
    NotModelled,
    Validation,
    explained,
    measured,
    modelled,
    patterns,
    validate,
)
from experiments.patterns.pattern import DIRECTION, FIGURE, FITTED, INSIDE, KINDS, STRUCTURE
from experiments.records import records
from model.schema import World
from model.world.loader import load
from model.world.streams import within
from viz.reports.validation import cells, charted

SCALE, SEED, SEEDS, WORKERS = 0.1, 1, 20, 2
PROBE_SCALE = 0.001


@cache
def validation() -> Validation:
    """Every pattern, over as many replications as a page says."""
    return validate(replications=SEEDS, seed=SEED, scale=SCALE, workers=WORKERS)


@cache
def probe() -> str:
    """Every pattern of a single small replication."""
    return fingerprint(measured(modelled(patterns(WORLD)), load(WORLD), SEED, PROBE_SCALE))


def stamp(world: World) -> str:
    """What the table was made with: both streams of the world, the facts that they are held against, and the code."""
    streams = [within(world, world.scenarios[name]) for name in (INTERIOR, BORDER)]
    rules = [(one.id, one.kind, "" if isinstance(one, NotModelled) else one.rule.words) for one in patterns(WORLD)]
    of = stamped("content", [*streams, facts(), rules], probe())
    return f"World `{WORLD}`, {of}; seeds {SEED} to {SEED + SEEDS - 1}, scale {SCALE:g}."


def _rows(kind: str) -> str:
    lines = [
        [*cells(row), row["verdict"] if row["verdict"] == HOLDS else f"**{row['verdict']}**"]
        for row in records(validation().of(kind))
    ]
    head = ["pattern", "what", "record", "model", "90% interval", "holds if, or why not modelled", ""]
    return table(head, lines)


def fitted(world: World) -> str:
    """Facts that were fitted, beside the model."""
    return f"{_rows(FITTED)}\n\n{stamp(world)}"


def checked(world: World) -> str:
    """Facts and claims that were only checked, beside the model: each kind in a table of its own."""
    parts = [f"**{kind.capitalize()}**: {KINDS[kind]}.\n\n{_rows(kind)}" for kind in (FIGURE, DIRECTION, INSIDE)]
    return "\n\n".join([*parts, stamp(world)])


def structural(world: World) -> str:
    """What must be so in any world."""
    return f"{_rows(STRUCTURE)}\n\n{stamp(world)}"


def summary(world: World) -> str:
    """How many patterns hold, each kind counted by itself, and which facts fail."""
    lines = []
    for kind, told in validation().tally.items():
        rows = validation().of(kind)
        failing = _short(list(rows.loc[rows["verdict"] == FAILS, "id"]))
        lines.append([kind, f"{told['hold']} of {told['of']}", f"{told['not modelled'] or ''}", ", ".join(failing)])
    return f"{table(['', 'hold', 'not modelled', 'fail'], lines)}\n\n{stamp(world)}"


RUNS: Mapping[str, tuple[Callable[[World], str], Callable[[World], str]]] = {
    "validated": (summary, stamp), "validated-fit": (fitted, stamp), "validated-check": (checked, stamp),
    "validated-structure": (structural, stamp),
}  # fmt: skip


def pictures() -> dict[str, Any]:
    """The chart of what was run just now; none if nothing was."""
    return {"patterns.svg": charted(validation())} if validation.cache_info().currsize else {}


def failures(world: World) -> str:
    """What is known to fail, and the best explanation of each."""
    every = explained(WORLD, [one.fact for one in patterns(WORLD)])
    return "\n".join(
        fill(f"- **{names}** {text}", 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for names, text in every.items()
    )


def rules(world: World) -> str:
    """The rules by which patterns hold, with the reason of each, and the patterns that go by it."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in patterns(WORLD):
        if not isinstance(one, NotModelled):
            found.setdefault((one.rule.words, one.rule.reason), []).append(one.id)
    return table(["holds if", "because", "patterns"], [[*rule, code(*_short(names))] for rule, names in found.items()])


def _short(names: list[str]) -> list[str]:
    """The patterns, or their facts where there are many.

    >>> _short(["P20.tucson", "P20.yuma", "P01"])
    ['P20', 'P01']
    """
    return list(dict.fromkeys(name.split(".")[0] for name in names))
