"""The smallest change that would turn a decision: of the facts first, else of the agency's side.

Few changes before many, and of as many the one that goes furthest. Of one fact the nearest value that does it
is taken: a step down in the level of a conviction before no conviction at all. The officer stays the same.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from typing import Literal

from model.bureaucracy import BureaucracyModel
from model.explain.alternatives import levers
from model.explain.facts import changes_of_fact
from model.explain.parts import Change, Flip
from model.explain.view import as_cases, considered
from model.rule.situation import Situation
from model.schema import Person
from model.schema.phrases import chance, listed, whose

EVEN = 0.5
MOST_FACTS, MOST_LEVERS = 2, 3
Changes = tuple[Change, ...]
Side = Literal["facts", "agency", "none"]
Towards = Literal["favourable", "unfavourable"]


@dataclass(frozen=True)
class Tried:
    """Some changes and the probability that they lead to."""

    changes: Changes
    probability: float


def smallest_flip(view: Situation, model: BureaucracyModel, person: Person, area: str, mix: str) -> Flip:
    """The smallest change that carries the decision of ``view`` across 50 percent."""
    way = 1 if considered(view).p < EVEN else -1
    facts = list(changes_of_fact(person, model.world, mix, model.today))
    found, nearest = _search(facts, MOST_FACTS, way, lambda sets: _with_facts(sets, view, model, person, area, mix))
    side: Side = "facts"
    if found is None:
        sides = [[lever] for lever in levers(view, model, way)]
        found, reached = _search(sides, MOST_LEVERS, way, lambda sets: [_with_levers(s, view) for s in sets])
        side = "agency" if found else "none"
        found = found or reached
    towards: Towards = "favourable" if way > 0 else "unfavourable"
    sentence = _sentence(side, found, nearest.probability, view, model)
    return Flip(towards, side, found.changes, found.probability, nearest.probability, sentence)


def _sentence(side: Side, found: Tried, nearest: float, view: Situation, model: BureaucracyModel) -> str:
    made = considered(view)
    outcome = model.world.stages[model.stage_names[view.stage]].labels["favourable"]
    clauses = listed([change.clause for change in found.changes]) if found.changes else ""
    instead = f"{chance(found.probability)} instead of {chance(made.p)}"
    then = f"If {clauses}, the chance of “{outcome}” would be {instead}."
    if side == "facts":
        return then
    why = f"the nearest leaves it at {chance(nearest)}"
    if made.bound and nearest == made.p:
        why = "the law leaves no choice whatever the facts"
    elif not made.bound and made.notice < EVEN:
        officers = whose(model.world.units()[view.unit], model.world)
        why = f"{officers} look at {chance(made.notice)} of such files"
    start = "No single or double change of facts would do it"
    return f"{start}: {why}. {then if side == 'agency' else _short_of_it(found, clauses)}"


def _short_of_it(found: Tried, clauses: str) -> str:
    if not found.changes:
        return "Nor would any change on the agency's side."
    there = chance(found.probability)
    return f"Nor would three changes on the agency's side: if {clauses}, it would be {there}."


def _search(
    options: Sequence[Sequence[Change]], most: int, way: int, outcomes: Callable[[list[Changes]], list[float]]
) -> tuple[Tried | None, Tried]:
    """The best of the smallest sets of changes that suffice, if one does; and the furthest that any reaches.

    Where there is nothing to change, that is as it is.
    """
    reached: list[Tried] = []
    for size in range(1, most + 1):
        groups = [list(product(*group)) for group in combinations(options, size)]
        probabilities = iter(outcomes([changes for group in groups for changes in group]))
        tried = [[Tried(changes, next(probabilities)) for changes in group] for group in groups]
        reached += [one for group in tried for one in group]
        sufficient = [next((one for one in group if _turned(one.probability, way)), None) for group in tried]
        if found := [one for one in sufficient if one is not None]:
            return _furthest(found, way), _furthest(reached, way)
    return None, _furthest(reached or [Tried((), outcomes([()])[0])], way)


def _furthest(tried: Iterable[Tried], way: int) -> Tried:
    return max(tried, key=lambda one: way * one.probability)


def _turned(p: float, way: int) -> bool:
    return p >= EVEN if way > 0 else p < EVEN


def _with_facts(
    sets: list[Changes], view: Situation, model: BureaucracyModel, person: Person, area: str, mix: str
) -> list[float]:
    people = [reduce(lambda who, change: change.person(who) if change.person else who, s, person) for s in sets]
    cases = as_cases(model, people, area, mix)
    return [float(considered(view.having(cases=cases)._replace(case=row)).p) for row in range(len(people))]


def _with_levers(changes: Changes, view: Situation) -> float:
    changed = reduce(lambda seen, change: change.view(seen) if change.view else seen, changes, view)
    return float(considered(changed).p)
