"""Facts of a person that could be otherwise: for each, the values it could have, the nearest first."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from model.cases.people import derived
from model.explain.parts import Change
from model.schema import Between, Condition, Person, World
from model.schema.phrases import CIRCUMSTANCE, EQUITY, LEVEL
from model.schema.vocabulary import DERIVED_EQUITIES, EQUITIES, LEVELS, OWN_AGE_EQUITIES, YOUNG

DERIVED_LIMITS = {
    "age": (17, 18, 64, 65), "entry_age": (15, 16), "years": (4, 5, 9, 10), "youngest_child": (YOUNG - 1, YOUNG),
}  # fmt: skip
"""The values on both sides of which `OWN_AGE_EQUITIES` change."""
AT_THE_BORDER = ("language", "sole-parent")
"""Equities that only matter where families are apprehended."""


def changes_of_fact(person: Person, world: World, mix: str) -> Iterator[list[Change]]:
    """One list a fact, in a fixed order; the changes of a list are never combined with each other."""
    yield _levels(person, world, mix)
    for name in EQUITIES:
        if name in person.equities or _may_be_true(name, world, mix):
            yield [_equity(name, person)]
    limits = _limits(world)
    removals = _near(person.prior_removals, limits["prior_removals"], 9)
    children = _near(person.children, limits["children"], 15)
    yield [*_ages(person, limits["age"]), *_entries(person, limits["entry_age"], limits["years"])]
    yield [_to("prior_removals", n, _removals(n)) for n in removals]
    yield [_to("children", n, f"there were {n or 'no'} children") for n in children]
    yield [_to("gang", not person.gang, f"there were {'no' if person.gang else 'a'} known gang membership")]
    yield [_to("lawyer", not person.lawyer, f"the person had {'no' if person.lawyer else 'a'} lawyer")]
    held = "no statute required detention" if person.mandatory else "a statute required detention"
    yield [_to("mandatory", not person.mandatory, held)]
    entries = [n for n in _near(person.prior_entries, limits["prior_entries"], 9) if n >= person.prior_removals]
    yield [_to("prior_entries", n, f"there were {n or 'no'} earlier entr{'y' if n == 1 else 'ies'}") for n in entries]
    if person.youngest_child is not None:
        years = _near(person.youngest_child, limits["youngest_child"], 17)
        yield [_with_child(n) for n in years]
    for name in world.mixes[mix].circumstances:
        yield [_circumstance(name, person)]
    public = [(0.0, "nobody outside knew of the case"), (1.0, "the case were in every newspaper")]
    yield [_to("visibility", value, clause) for value, clause in public if value != person.visibility]


def _may_be_true(equity: str, world: World, mix: str) -> bool:
    """Whether an equity could also be drawn; at the border only those that its mixes know."""
    if equity in DERIVED_EQUITIES:
        return False
    return equity in world.mixes[mix].equities or (world.mixes[mix].region == "areas" and equity not in AT_THE_BORDER)


def _to(fact: str, value: object, clause: str) -> Change:
    return Change(fact, str(value), clause, person=lambda person: person.model_copy(update={fact: value}))


def _levels(person: Person, world: World, mix: str) -> list[Change]:
    """Other levels, a step at a time; the charge and the statute that detains follow, as the mix has them."""
    here = LEVELS.index(person.level)

    def change(level: str) -> Change:
        def make(other: Person) -> Person:
            charges = world.mixes[mix].charges[level].shares
            usual = max(charges, key=lambda name: charges[name])
            charge = other.charge if charges.get(other.charge) else usual
            held = other.mandatory and level in world.mixes[mix].mandatory
            return other.model_copy(update={"level": level, "charge": charge, "mandatory": held})

        rather = "" if "none" in (level, person.level) else f" rather than {LEVEL[person.level]}"
        clause = f"there were {LEVEL[level]}{rather}"
        return Change("level", level, clause, person=make)

    others = sorted((name for name in LEVELS if name != person.level), key=lambda name: abs(LEVELS.index(name) - here))
    return [change(level) for level in others if level in world.mixes[mix].charges]


def _equity(name: str, person: Person) -> Change:
    """True and on paper, or no longer on paper."""
    true, seen = name in person.equities, name in person.documented
    if seen:
        clause = f"{EQUITY[name]} were not on paper"
    elif true:
        clause = f"{EQUITY[name]} were on paper"
    else:
        clause = f"there were also {EQUITY[name]}, on paper"

    def make(other: Person) -> Person:
        paper = [e for e in other.documented if e != name] + ([] if seen else [name])
        equities = other.equities if true else [*other.equities, name]
        return other.model_copy(update={"equities": equities, "documented": paper})

    return Change(name, "not on paper" if seen else "on paper", clause, person=make)


def _ages(person: Person, limits: Iterable[int]) -> list[Change]:
    return [
        Change("age", f"age {age}", f"the person were {age}", person=aged(age, person.entry_age))
        for age in _near(person.age, limits, 110)
        if age >= person.entry_age
    ]


def _entries(person: Person, entries: Iterable[int], years: Iterable[int]) -> list[Change]:
    entry_ages = {*entries, *(person.age - n for n in years)}
    return [
        Change(
            "age", f"came at {entry}", f"the person had come at {entry}, {person.age - entry} years before",
            person=aged(person.age, entry),
        )
        for entry in _near(person.entry_age, entry_ages, person.age)
    ]  # fmt: skip


def aged(age: int, entry: int) -> Callable[[Person], Person]:
    """A person of other ages: equities that follow from them come, on paper, or go."""

    def make(other: Person) -> Person:
        ages = np.array([age], dtype=np.int8), np.array([entry], dtype=np.int8)
        now = {name: bool(derived(name, *ages)[0]) for name in OWN_AGE_EQUITIES}
        new = [name for name, true in now.items() if true and name not in other.equities]
        update = {
            "age": age, "entry_age": entry,
            "equities": [e for e in other.equities if now.get(e, True)] + new,
            "documented": [e for e in other.documented if now.get(e, True)] + new,
        }  # fmt: skip
        return other.model_copy(update=update)

    return make


def _with_child(years: int) -> Change:
    """A youngest child of another age: the equity of a young child comes, on paper, or goes."""

    def make(other: Person) -> Person:
        young = ["young-child"] if years < YOUNG else []
        update = {
            "youngest_child": years,
            "equities": [e for e in other.equities if e != "young-child"] + young,
            "documented": [e for e in other.documented if e != "young-child"] + young,
        }
        return other.model_copy(update=update)

    return Change("youngest_child", f"age {years}", f"the youngest child were {years}", person=make)


def _circumstance(name: str, person: Person) -> Change:
    """True, or no longer so."""
    true = name in person.circumstances
    left = [one for one in person.circumstances if one != name] + ([] if true else [name])
    return Change(name, str(not true), CIRCUMSTANCE[name][true],
                  person=lambda other: other.model_copy(update={"circumstances": left}))  # fmt: skip


def _removals(count: int) -> str:
    return "there were no earlier removal" if count == 0 else f"the number of earlier removals were {count}"


def _near(value: int, limits: Iterable[int], most: int) -> list[int]:
    """The limits other than the value itself, nearest first."""
    return sorted({n for n in limits if 0 <= n <= most and n != value}, key=lambda n: (abs(n - value), n))


def _limits(world: World) -> dict[str, set[int]]:
    """The values on both sides of every limit that a condition of the world sets to a number of a case."""
    fields = ("age", "entry_age", "years", "prior_removals", "prior_entries", "children", "youngest_child")
    found: dict[str, set[int]] = {name: set(DERIVED_LIMITS.get(name, ())) for name in fields}
    for condition in _conditions(world):
        for name in fields:
            between: Between | None = getattr(condition, name)
            if between is not None and between.min is not None:
                found[name] |= {int(between.min), int(between.min) - 1}
            if between is not None and between.max is not None:
                found[name] |= {int(between.max), int(between.max) + 1}
    return found


def _conditions(world: World) -> Iterator[Condition]:
    for group in world.groups.values():
        yield from group
    for directive in world.directives.values():
        yield from (*directive.scope.include, *directive.scope.exclude)
    for law in world.laws.values():
        yield from law.when
    for metric in world.metrics.values():
        yield from metric.when
