"""The facts, their use, and what rests on them."""

import re
from collections.abc import Iterable, Mapping

from docs.tables.markdown import code, table
from docs.tables.shipped import WORLD, facts, taken_over
from experiments.patterns import Pattern
from experiments.patterns import patterns as patterns_of
from model.schema import World
from model.world.checks import quantities, sources


def cited(source: str, ids: Iterable[str]) -> list[str]:
    """The facts that a source cites.

    >>> cited("fitted to I02 and I03", ["I01", "I02", "I03"])
    ['I02', 'I03']
    """
    return [fact for fact in ids if re.search(rf"\b{fact}\b", source)]


def basis(source: str, verified: Mapping[str, bool]) -> str:
    """What a source rests on, given which facts are verified.

    >>> basis("fitted to I02", {"I02": True}), basis("I12; assumed: a split", {"I12": True})
    ('fitted to a fact', 'a fact and an assumption')
    >>> basis("by definition: children", {}), basis("8 U.S.C. 1226(c)", {})
    ('a definition', 'a statute or publication')
    """
    found = cited(source, verified)
    if source.startswith("fitted"):
        return "fitted to a fact"
    if "assumed" in source:
        return "a fact and an assumption" if found else "an assumption"
    if "unverified" in source or not all(verified[fact] for fact in found):
        return "general knowledge, unverified"
    if found:
        return "a fact"
    if source.startswith("as for"):
        return "what a like parameter rests on"
    return "a definition" if source.startswith("by ") else "a statute or publication"


def foundations(world: World) -> str:
    """How many parameters rest on what; those taken over from another mix or directive count once."""
    verified = {fact["id"]: "unverified" not in fact["locator"] for fact in facts()}
    known = dict(quantities(world))
    found: dict[str, int] = {}
    for path, entry in known.items():
        if known.get(taken_over(path)) != entry:
            rests_on = basis(entry.source, verified)
            found[rests_on] = found.get(rests_on, 0) + 1
    total = sum(found.values())
    rows = [[kind, str(count), f"{count / total:.0%}"] for kind, count in sorted(found.items())]
    return table(["rests on", "parameters", "share"], [*rows, ["all", str(total), "100%"]])


def citations(world: World) -> dict[str, list[str]]:
    """For each fact the parts of the world that cite it, without what they pass on to others."""
    found: dict[str, list[str]] = {fact["id"]: [] for fact in facts()}
    for keys, source in sources(world):
        own = keys[:-1] if keys[-1] == "source" else keys
        for fact in cited(source, found):
            found[fact].append(".".join(map(str, own)))
    return {fact: [path for path in paths if taken_over(path) not in paths] for fact, paths in found.items()}


def evidence(world: World) -> str:
    """The facts by stream, each with its use, with what cites it, and with the patterns that hold the model to it."""
    rows, citing = facts(), citations(world)
    checking: dict[str, list[str]] = {}
    for one in patterns_of(WORLD):
        checking.setdefault(one.fact, []).append(one.id if isinstance(one, Pattern) else "not modelled")
    head = ["fact", "what", "value", "unit", "period", "source", "use", "cited by", "patterns"]
    parts = []
    for stream in dict.fromkeys(fact["stream"] for fact in rows):
        inside = sorted((fact for fact in rows if fact["stream"] == stream), key=lambda fact: fact["id"])
        lines = [
            [fact["id"], _with_note(fact), fact["value"], fact["unit"], fact["period"],
             f"{fact['source']}, {fact['locator']}", fact["use"], code(*citing[fact["id"]]),
             ", ".join(checking.get(fact["id"], []))]
            for fact in inside
        ]  # fmt: skip
        parts.append(f"### {stream.capitalize()}\n\n{table(head, lines)}")
    return "\n\n".join(parts)


def patterns(world: World) -> str:
    """What the model is compared with, in the streams that it has."""
    streams = {stage.stream for stage in world.stages.values()} | {"theory"}
    rows = [
        [fact["id"], _with_note(fact), f"{fact['value']} {fact['unit']}".strip(), fact["use"]]
        for fact in sorted(facts(), key=lambda fact: fact["id"])
        if fact["stream"] in streams and fact["use"] in ("fit", "check")
    ]
    return table(["fact", "pattern", "value", "use"], rows)


def spent(world: World) -> str:
    """Facts marked ``check`` that a parameter cites all the same."""
    citing = citations(world)
    rows = [
        [fact["id"], fact["statistic"], code(*citing[fact["id"]])]
        for fact in facts()
        if fact["use"] == "check" and citing[fact["id"]]
    ]
    return table(["fact", "what", "cited by"], rows) if rows else "None."


def _with_note(fact: Mapping[str, str]) -> str:
    return fact["statistic"] + (f" ({fact['note']})" if fact["note"] else "")
