"""Facts of a person that could be otherwise: for each, the values it could have, the nearest first."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import floor

import numpy as np

from model.cases.people import derived
from model.explain.parts import Change
from model.schema import Between, Circumstance, Condition, Equity, Person, World
from model.schema.quantity import YEAR


def changes_of_fact(person: Person, world: World, mix: str, on: date) -> Iterator[list[Change]]:
    """One list a fact, in a fixed order; the changes of a list are never combined with each other."""
    yield _levels(person, world, mix)
    for name, equity in world.words.equities.items():
        if name in person.equities or _may_be_true(name, world, mix):
            yield [_equity(name, equity.said, person)]
    limits = _limits(world)
    limits["years"] |= _around(_entries_asked(world), on)
    children = _near(person.children, limits["children"], 15)
    yield [*_ages(person, limits["age"], world), *_entries(person, limits["entry_age"], limits["years"], world)]
    for name, number in world.words.numbers.items():
        least = person.numbers.get(number.least, 0) if number.least else 0
        before = _near(person.numbers.get(name, 0), limits[name], 9)
        yield [_number(name, n, number.as_said(n)) for n in before if n >= least]
    yield [_to("children", n, f"there were {n or 'no'} children") for n in children]
    yield [_to("lawyer", not person.lawyer, f"the person had {'no' if person.lawyer else 'a'} lawyer")]
    held = "no statute required detention" if person.mandatory else "a statute required detention"
    yield [_to("mandatory", not person.mandatory, held)]
    if person.youngest_child is not None:
        years = _near(person.youngest_child, limits["youngest_child"], 17)
        yield [_with_child(n, world) for n in years]
    for name, word in world.words.circumstances.items():
        if name in world.mixes[mix].circumstances or name in person.circumstances:
            yield [_circumstance(name, word, person)]


def _may_be_true(equity: str, world: World, mix: str) -> bool:
    """Whether an equity could also be drawn: in the mix, or in any where cases arise in the world's own areas."""
    mixes = [one for one in world.mixes.values() if one.region == "areas"]
    known = mixes if world.mixes[mix].region == "areas" else [world.mixes[mix]]
    return any(equity in one.equities for one in known)


def _to(fact: str, value: object, clause: str) -> Change:
    return Change(fact, str(value), clause, person=lambda person: person.model_copy(update={fact: value}))


def _number(name: str, n: int, clause: str) -> Change:
    """Something that happened to the person another number of times."""
    return Change(name, str(n), clause,
                  person=lambda person: person.model_copy(update={"numbers": {**person.numbers, name: n}}))  # fmt: skip


def _levels(person: Person, world: World, mix: str) -> list[Change]:
    """Other levels, a step at a time; the charge and the statute that detains follow, as the mix has them."""
    said = world.words.levels
    levels = list(said)
    here = levels.index(person.level)

    def change(level: str) -> Change:
        def make(other: Person) -> Person:
            charges = world.mixes[mix].charges[level].shares
            usual = max(charges, key=lambda name: charges[name])
            charge = other.charge if charges.get(other.charge) else usual
            held = other.mandatory and level in world.mixes[mix].mandatory
            return other.model_copy(update={"level": level, "charge": charge, "mandatory": held})

        rather = "" if levels[0] in (level, person.level) else f" rather than {said[person.level]}"
        clause = f"there were {said[level]}{rather}"
        return Change("level", level, clause, person=make)

    others = sorted((name for name in levels if name != person.level), key=lambda name: abs(levels.index(name) - here))
    return [change(level) for level in others if level in world.mixes[mix].charges]


def _equity(name: str, said: str, person: Person) -> Change:
    """True and on paper, or no longer on paper."""
    true, seen = name in person.equities, name in person.documented
    if seen:
        clause = f"{said} were not on paper"
    elif true:
        clause = f"{said} were on paper"
    else:
        clause = f"there were also {said}, on paper"

    def make(other: Person) -> Person:
        paper = [e for e in other.documented if e != name] + ([] if seen else [name])
        equities = other.equities if true else [*other.equities, name]
        return other.model_copy(update={"equities": equities, "documented": paper})

    return Change(name, "not on paper" if seen else "on paper", clause, person=make)


def _ages(person: Person, limits: Iterable[int], world: World) -> list[Change]:
    return [
        Change("age", f"age {age}", f"the person were {age}", person=aged(age, person.entry_age, world))
        for age in _near(person.age, limits, 110)
        if age >= person.entry_age
    ]


def _entries(person: Person, entries: Iterable[int], years: Iterable[int], world: World) -> list[Change]:
    entry_ages = {*entries, *(person.age - n for n in years)}
    return [
        Change(
            "age", f"came at {entry}", f"the person had come at {entry}, {person.age - entry} years before",
            person=aged(person.age, entry, world),
        )
        for entry in _near(person.entry_age, entry_ages, person.age)
    ]  # fmt: skip


def aged(age: int, entry: int, world: World) -> Callable[[Person], Person]:
    """A person of other ages: equities that follow from them come, on paper, or go."""

    def make(other: Person) -> Person:
        ages = np.array([age], dtype=np.int8), np.array([entry], dtype=np.int8)
        now = {name: bool(derived(world, name, *ages)[0]) for name in world.words.own_age_equities}
        new = [name for name, true in now.items() if true and name not in other.equities]
        update = {
            "age": age, "entry_age": entry, "entered": None,
            "equities": [e for e in other.equities if now.get(e, True)] + new,
            "documented": [e for e in other.documented if now.get(e, True)] + new,
        }  # fmt: skip
        return other.model_copy(update=update)

    return make


def _with_child(years: int, world: World) -> Change:
    """A youngest child of another age: the equities that follow from it come, on paper, or go."""
    follow = world.words.companions_equities

    def make(other: Person) -> Person:
        young = [name for name in follow if _of_child(world.words.equities[name], years)]
        update = {
            "youngest_child": years,
            "equities": [e for e in other.equities if e not in follow] + young,
            "documented": [e for e in other.documented if e not in follow] + young,
        }
        return other.model_copy(update=update)

    return Change("youngest_child", f"age {years}", f"the youngest child were {years}", person=make)


def _of_child(equity: Equity, years: int) -> bool:
    """Whether an equity follows from a youngest child of an age."""
    limits = [condition.youngest_child for condition in equity.follows if condition.youngest_child is not None]
    return any(years >= (one.min or 0) and (one.max is None or years <= one.max) for one in limits)


def _circumstance(name: str, word: Circumstance, person: Person) -> Change:
    """True, or no longer so."""
    true = name in person.circumstances
    left = [one for one in person.circumstances if one != name] + ([] if true else [name])
    return Change(name, str(not true), word.fails if true else word.holds,
                  person=lambda other: other.model_copy(update={"circumstances": left}))  # fmt: skip


def _near(value: int, limits: Iterable[int], most: int) -> list[int]:
    """The limits other than the value itself, nearest first."""
    return sorted({n for n in limits if 0 <= n <= most and n != value}, key=lambda n: (abs(n - value), n))


def _limits(world: World) -> dict[str, set[int]]:
    """The values on both sides of every limit that a condition of the world sets to a number of a case."""
    fields = ("age", "entry_age", "years", "children", "youngest_child")
    found: dict[str, set[int]] = {name: set() for name in (*fields, *world.words.numbers)}
    for condition in _conditions(world):
        limits: dict[str, Between | None] = {name: getattr(condition, name) for name in fields}
        for name, between in {**limits, **(condition.numbers or {})}.items():
            if between is not None and between.min is not None:
                found[name] |= {int(between.min), int(between.min) - 1}
            if between is not None and between.max is not None:
                found[name] |= {int(between.max), int(between.max) + 1}
    return found


def _entries_asked(world: World) -> Iterator[date]:
    """The days of entry at which a condition begins or ceases to hold."""
    for condition in _conditions(world):
        if condition.entered is not None:
            yield from {*condition.entered.ends} - {date.min, date.max}


def _around(days: Iterable[date], on: date) -> set[int]:
    """The whole years here with which a person came before and after each day (`model.cases.people.came`).

    >>> sorted(_around([date(2014, 1, 1)], date(2015, 3, 1)))
    [0, 1]
    """
    last = [floor((on - day).days / YEAR - 0.5) for day in days]
    return {years + more for years in last for more in (0, 1)}


def _conditions(world: World) -> Iterator[Condition]:
    for equity in world.words.equities.values():
        yield from equity.follows
    for group in world.groups.values():
        yield from group
    for directive in world.directives.values():
        yield from (*directive.scope.include, *directive.scope.exclude)
    for law in world.laws.values():
        yield from law.when
    for metric in world.metrics.values():
        yield from metric.when
