"""Every pattern that a world is held against."""

from collections.abc import Collection, Sequence
from pathlib import Path

from experiments.parallel import Tick, silent
from experiments.patterns.during_run import BeforeDesks
from experiments.patterns.entries import of_world, studies
from experiments.patterns.facts import facts_of
from experiments.patterns.pattern import USES, NotModelled, Pattern
from experiments.patterns.run_cache import Seen, Wanted, steps
from experiments.theory.lab import watch
from model.errors import InputError
from model.schema import Scenario, World
from model.schema.world import RULES
from model.world.loader import DEFAULT_WORLD, load

FOLLOWED = "it follows one person before the desks, which takes a shipped rule"
"""Why a pattern says nothing of a rule of one's own."""


def patterns(world: str | Path = DEFAULT_WORLD, only: Sequence[str] = ()) -> list[Pattern | NotModelled]:
    """The patterns of a world's files, with the record as its facts have it: what was fitted first.

    Args:
        world: name of a shipped world, or the folder of another, with ``patterns/`` and an ``evidence.csv``.
        only: ids of facts or patterns, uses or streams; all patterns, if nothing is named.

    Raises:
        InputError: a name that is none of these, or a world without the facts.

    >>> [one.id for one in patterns(only=["I10", "B03"])]
    ['I10.convicted', 'I10.share', 'B03']
    >>> sorted({one.fact for one in patterns(only=["fit"])})[:4]
    ['B01', 'I02', 'I03', 'I10']
    """
    every = sorted(of_world(load(world), facts_of(world)), key=lambda one: USES.index(one.use))
    known = [*USES, *(one.stream for one in every), *(one.fact for one in every), *(one.id for one in every)]
    by_name = {name.casefold(): name for name in known}
    for name in only:
        if name.casefold() not in by_name:
            raise InputError("no such pattern", where="only", found=name, known=list(dict.fromkeys(known)))
    wanted = {by_name[name.casefold()] for name in only}
    return [one for one in every if not wanted or wanted & {one.use, one.stream, one.fact, one.id}]


def explained(world: str | Path, facts: Collection[str]) -> dict[str, str]:
    """Why facts are known to fail, as the world's files have it: by the facts, such as ``T07 and T08``.

    >>> list(explained("immigration", ["T07", "I05"]))
    ['I05', 'T07 and T08']
    """
    return {
        " and ".join(names.replace(" ", ", ").rsplit(", ", 1)): " ".join(text.split())
        for study in studies(load(world)) for names, text in study.fails.items()
        if set(names.split()) & set(facts)
    }  # fmt: skip


def under(rule: str, known: Sequence[Pattern | NotModelled]) -> list[Pattern | NotModelled]:
    """Patterns as a rule by its name can be held against them: one of one's own can follow no single person.

    >>> known = patterns(only=["I36", "B03"])
    >>> [type(one).__name__ for rule in ("coping", "mine.py:Mine") for one in under(rule, known)]
    ['Pattern', 'Pattern', 'NotModelled', 'Pattern']
    """
    return [
        NotModelled(one.id, one.use, one.stream, one.what, one.unit, one.record, FOLLOWED)
        if rule not in RULES and isinstance(one, Pattern) and _follows(one) else one
        for one in known
    ]  # fmt: skip


def _follows(one: Pattern) -> bool:
    """Whether a pattern is measured by putting one named person before the desks."""
    return any(isinstance(run, Wanted) and isinstance(run.watch, BeforeDesks) for run in one.wanted)


def modelled(known: Sequence[Pattern | NotModelled]) -> list[Pattern]:
    """Those of which the model has something to say."""
    return [one for one in known if isinstance(one, Pattern)]


def measured(
    known: Sequence[Pattern], world: World, seed: int = 1, scale: float = 0.02, tick: Tick = silent
) -> dict[str, float]:
    """What the model makes of patterns in one replication: figures of the real system, by the ids of the patterns.

    Each run that they need is made once, and no longer than they look.

    Args:
        known: of `patterns`.
        world: the parameters.
        seed: random seed.
        scale: share of the real system's cases and officers.
        tick: called after each run and each experiment of theory (`steps_of` says how many).

    Raises:
        InputError: a world without their scenarios or directives, a seed or scale that cannot be used.

    >>> from model import load
    >>> found = measured(modelled(patterns(only=["P14", "P20.tucson"])), load(), scale=0.002)
    >>> found["P14"] < 0.1, found["P20.tucson"] > 1000
    (True, True)
    """
    seen = Seen(world, seed, scale, [one for each in known for one in each.wanted], tick)
    return {one.id: one.measure(seen) for one in known}


def scenarios_of(known: Sequence[Pattern]) -> list[str | Scenario]:
    """What is run for some patterns: scenarios by name, and that of the experiments of theory."""
    wanted = [one for each in known for one in each.wanted]
    named = sorted({one.scenario for one in wanted if isinstance(one, Wanted)})
    return [*named, *([] if all(isinstance(one, Wanted) for one in wanted) else [watch()])]


def steps_of(known: Sequence[Pattern]) -> int:
    """How many runs and experiments one replication takes."""
    return steps(one for each in known for one in each.wanted)
