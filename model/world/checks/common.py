"""What all checks share: where a part stands, names that must be known, conditions, circles."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import networkx as nx

from model.errors import InputError, Words, together
from model.schema import AnyOf, World

Where = Callable[[Iterable[object]], str]
Path = Sequence[object]


def named(kind: str, name: str, names: Iterable[str], where: Where, path: Path) -> None:
    """Raise InputError if ``name`` is not among ``names``."""
    if name not in (known := list(names)):
        raise InputError(f"no such {kind}", where=where(path), found=name, known=known)


def all_named(kind: str, used: Sequence[str], names: Iterable[str], where: Where, path: Path) -> None:
    """Raise InputError with those of ``used`` that are not among ``names``, or stand there twice."""
    if not used:
        return
    known = list(names)
    together(partial(_once, kind, used, at, known, where, [*path, at]) for at in range(len(used)))


def _once(kind: str, used: Sequence[str], at: int, known: list[str], where: Where, path: Path) -> None:
    named(kind, used[at], known, where, path)
    if used[at] in used[:at]:
        raise InputError(f"a {kind} named twice", where=where(path), found=used[at])


def conditions(world: World, any_of: AnyOf, where: Where, path: Path) -> None:
    """Raise InputError if a condition asks for a word, a mix, a group or an area that is not there."""
    words = world.words
    for at, condition in enumerate(any_of):
        for key, kind, names in (
            ("level", "conviction level", words.levels), ("charge", "charge", words.charges),
            ("equities", "equity", words.equities), ("seen", "equity", words.equities),
            ("circumstances", "circumstance", words.circumstances), ("without", "circumstance", words.circumstances),
        ):  # fmt: skip
            all_named(kind, getattr(condition, key) or [], names, where, [*path, at, key])
        for name in condition.numbers or {}:
            named("number of the words", name, words.numbers, where, [*path, at, "numbers", name])
        all_named("mix", condition.mix or [], world.mixes, where, [*path, at, "mix"])
        all_named("group", condition.groups or [], world.groups, where, [*path, at, "groups"])
        all_named("group", condition.not_groups or [], world.groups, where, [*path, at, "not_groups"])
        all_named("area", condition.area or [], world.all_areas(), where, [*path, at, "area"])


def circle(graph: nx.DiGraph) -> Words:
    """One circle of a graph as ``a -> b -> a``; empty if there is none.

    >>> circle(nx.DiGraph([("a", "b"), ("b", "a")])), circle(nx.DiGraph([("a", "b")]))
    ('a -> b -> a', '')
    """
    if nx.is_directed_acyclic_graph(graph):
        return Words()
    names = [str(pair[0]) for pair in nx.find_cycle(graph)]
    return Words(" -> ".join([*names, names[0]]))


def deciders(world: World) -> dict[str, set[str]]:
    """The units that decide each stage, or would under a directive that moves the decision."""
    found = {name: {stage.decider} for name, stage in world.stages.items()}
    for directive in world.directives.values():
        for stage, unit in directive.moves.items():
            found.setdefault(stage, set()).add(unit)
    return found
