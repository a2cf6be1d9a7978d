"""The facts of people: drawn from their mix, each draw belonging to its case."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.arithmetic import logs
from model.cases.arrivals import Arrivals
from model.cases.columns import NO_CHILD, Cases, Codes, columns, summed
from model.cases.conditions import Mask, Register, any_holds, bits_of
from model.cases.draws import Floats, Keys, choices, flags, normals, purpose, uniforms
from model.schema import Mix, Person, Quantity, Shares, Words, World
from model.schema.quantity import YEAR, years_before
from model.storage import storage

Drawn = Callable[[Mapping[str, Quantity | None]], npt.NDArray[np.uint32]]


def people(world: World, name: str, seed: np.uint64, some: Arrivals, start: date) -> Cases:
    """The people of one mix, as far as their own draws go; `finished` adds what follows from their facts."""
    mix, key = world.mixes[name], some.key
    words, size = world.words, len(key)
    area = some.area if size and some.area[0] >= 0 else _area(world, mix, seed, key)
    alike = np.zeros(size, dtype=np.int8)

    def drawn(shares: Mapping[str, Quantity | None]) -> npt.NDArray[np.uint32]:
        """What is true of each, as bits: each by its own draw."""
        purposes = np.array([purpose(one) for one in shares], dtype=np.uint64)
        chances = np.array([[share.value if share else 0.0 for share in shares.values()]])
        return flags(seed, key, purposes, chances, alike)

    level = choices(seed, key, purpose("level"), [mix.levels.shares.get(name, 0.0) for name in words.levels])
    charge = np.zeros(size, dtype=np.int8)
    for word, charges in mix.charges.items():
        at = level == list(words.levels).index(word)
        known = [charges.shares.get(name, 0.0) for name in words.charges]
        charge[at] = choices(seed, key[at], purpose("charge"), known)
    kept = np.array([mix.mandatory[word].value if word in mix.mandatory else 0.0 for word in words.levels])
    mandatory = np.asarray(uniforms(seed, key, purpose("mandatory")) < kept[level])
    in_custody = drawn({"detained": mix.detained}) != 0
    free = mix.lawyer_released.value if mix.lawyer_released else 0.0
    held = mix.lawyer_detained.value if mix.lawyer_detained else free
    lawyer = np.asarray(uniforms(seed, key, purpose("lawyer")) < np.where(in_custody | mandatory, held, free))
    age, entry_age, here = _ages(mix, seed, key)
    asked = {name: None if equity.follows else mix.equities.get(name) for name, equity in words.equities.items()}
    equities = drawn(asked).astype(np.uint16)
    for name_of in words.own_age_equities:
        equities |= np.where(derived(world, name_of, age, entry_age), bits_of([name_of], words.equities), np.uint16(0))
    papers = np.array([purpose(f"{name_of} on paper") for name_of in words.equities], dtype=np.uint64)
    on_paper = np.repeat([[share] for share in reversed(mix.on_paper)], len(papers), axis=1)
    documented = equities & flags(seed, key, papers, on_paper, lawyer.astype(np.int8)).astype(np.uint16)
    return Cases(
        key=key, number=some.number, mix=np.full(size, list(world.mixes).index(name), dtype=np.int8),
        area=area, arrival=some.day, level=level, charge=charge, numbers=_numbers(words, mix, drawn),
        circumstances=drawn({what: mix.circumstances.get(what) for what in words.circumstances}).astype(np.uint16),
        age=age, entry_age=entry_age, entered=(start.toordinal() + some.day - here).astype(np.int32),
        children=_children(words, seed, key, equities),
        youngest_child=np.full(size, NO_CHILD, dtype=np.int8), lawyer=lawyer, mandatory=mandatory,
        in_custody=in_custody, equities=equities, documented=documented, merit=np.zeros(0),
        complexity=np.zeros(0, np.float32), bits=np.zeros((0, 1), np.uint64),
    )  # fmt: skip


def _area(world: World, mix: Mix, seed: np.uint64, key: Keys) -> Codes:
    places = world.places()
    weights = np.array(list(places[mix.region].values()))
    first = world.all_areas().index(next(iter(places[mix.region])))
    return np.asarray(first + choices(seed, key, purpose("area"), weights / weights.sum()), dtype=np.int8)


class _Ages(NamedTuple):
    """Years of age, now and on entry, and days since entry."""

    age: Codes
    entry_age: Codes
    here: npt.NDArray[np.int64]


def _ages(mix: Mix, seed: np.uint64, key: Keys) -> _Ages:
    ages = mix.ages
    if ages is None:
        nothing = np.zeros(len(key), dtype=np.int8)
        return _Ages(nothing, nothing, np.zeros(len(key), dtype=np.int64))
    if ages.bands is not None:
        age = _in_bands(ages.bands, seed, key)
    elif ages.mean and ages.spread and ages.youngest and ages.oldest:
        age = ages.mean.value + ages.spread.value * normals(seed, key, purpose("age"))
        age = np.clip(np.floor(age), ages.youngest.value, ages.oldest.value)
    stayed = -logs(1.0 - uniforms(seed, key, purpose("years"))) * ages.residence.value
    stayed = np.maximum(stayed, ages.least_residence.value)
    years = np.minimum(np.floor(stayed), age)
    if ages.latest_entry is not None:
        years = np.maximum(years, age - ages.latest_entry.value)
    here = days_in(years + stayed - np.floor(stayed))
    return _Ages(age.astype(np.int8), (age - years).astype(np.int8), here)


def days_in(years: Floats) -> npt.NDArray[np.int64]:
    """Whole days in some years."""
    return np.floor(YEAR * years).astype(np.int64)


def _in_bands(bands: Shares, seed: np.uint64, key: Keys) -> Floats:
    """Years of age, even within each band."""
    limits = np.array([[int(end) for end in band.split("-")] for band in bands.shares])
    band = choices(seed, key, purpose("age"), list(bands.shares.values()))
    low, high = limits[band, 0], limits[band, 1]
    return np.asarray(low + np.floor(uniforms(seed, key, purpose("age in band")) * (high - low + 1)), dtype=np.float64)


def with_companions(
    world: World, name: str, seed: np.uint64, cases: Cases, leader: npt.NDArray[np.int32], ages: Codes
) -> Cases:
    """A mix's cases with what follows from the ages of those who came along, the ``leader`` row of each given."""
    words, mix = world.words, world.mixes[name]
    youngest = np.full(len(cases.key), 127, dtype=np.int8)
    np.minimum.at(youngest, leader, ages)
    count = np.bincount(leader, minlength=len(cases.key)).astype(np.int8)
    lawyer = np.where(cases.lawyer, *mix.on_paper)
    cases = cases._replace(children=count, youngest_child=np.where(count > 0, youngest, NO_CHILD).astype(np.int8))
    equities, documented = cases.equities, cases.documented
    for name in words.companions_equities:
        true = any_holds(world, words.equities[name].follows, cases)
        seen = true & (uniforms(seed, cases.key, purpose(f"{name} on paper")) < lawyer)
        equities = equities | np.where(true, bits_of([name], words.equities), np.uint16(0))
        documented = documented | np.where(seen, bits_of([name], words.equities), np.uint16(0))
    return cases._replace(equities=equities, documented=documented)


def _numbers(words: Words, mix: Mix, drawn: Drawn) -> Codes:
    """How often each number of the world's words has happened: cases x numbers."""
    found: list[Codes] = []
    for name, number in words.numbers.items():
        shares = mix.numbers.get(name, {})
        happened = drawn({draw: shares.get(key) for key, draw in number.drawn.items()})
        times, so_far = np.zeros(len(happened), dtype=np.int8), np.ones(len(happened), dtype=np.bool_)
        for at in range(len(number.drawn)):
            so_far = so_far & ((happened >> np.uint32(at) & np.uint32(1)) != 0)
            times += so_far
        least = found[list(words.numbers).index(number.least)] if number.least is not None else times
        found.append(np.maximum(times, least))
    return np.stack(found, axis=1) if found else np.zeros((len(drawn({})), 0), dtype=np.int8)


def _children(words: Words, seed: np.uint64, key: Keys, equities: npt.NDArray[np.uint16]) -> Codes:
    """Children of those with an equity that says that they have some."""
    children = np.zeros(len(key), dtype=np.int8)
    for name, equity in words.equities.items():
        if equity.children:
            some = 1 + np.floor(uniforms(seed, key, purpose("children")) * equity.children)
            true = (equities & bits_of([name], words.equities)) != 0
            children = np.where(true, np.maximum(children, some), children).astype(np.int8)
    return children


def derived(world: World, equity: str, age: Codes, entry_age: Codes) -> Mask:
    """Whether an equity that follows from a person's own ages is true of each case."""
    nothing = np.broadcast_to(np.int8(0), len(age))
    facts = Cases._make(nothing for _ in Cases._fields)._replace(age=age, entry_age=entry_age)
    return any_holds(world, world.words.equities[equity].follows, facts)


def finished(world: World, register: Register, cases: Cases) -> Cases:
    """The case with what follows from its facts: merit, complexity, conditions."""
    words = world.words.equities
    weights = np.array([world.rule.equities[name].value for name in words])
    searching = np.array([0.5 if equity.searching else 0.25 for equity in words.values()])
    complexity = np.minimum(summed(cases.equities, searching), 1.0).astype(np.float32)
    merit = summed(cases.equities & cases.documented, weights)
    return cases._replace(merit=merit, complexity=complexity, bits=register.bits(cases))


def came(person: Person, on: date) -> date:
    """The day on which a person came to the country: if it is not said, half a year before as many whole years.

    >>> came(Person.model_construct(age=30, entry_age=15), date(2012, 9, 1))
    datetime.date(1997, 3, 3)
    """
    return person.entered or years_before(on, person.age - person.entry_age + 0.5)


def of_people(world: World, register: Register, people: Sequence[Person], area: str, mix: str, on: date) -> Cases:
    """Named people as cases of a day, in the order given; their draws are keyed by their place in the list."""
    size, words = len(people), world.words
    drawn = columns(storage(size, register.words, len(words.numbers)))
    drawn.key[:] = np.arange(size, dtype=np.uint64)
    drawn.number[:] = np.arange(size)
    drawn.mix[:] = list(world.mixes).index(mix)
    drawn.area[:] = world.all_areas().index(area)
    for row, one in enumerate(people):
        drawn.level[row], drawn.charge[row] = list(words.levels).index(one.level), list(words.charges).index(one.charge)
        for at, (name, number) in enumerate(words.numbers.items()):
            least = one.numbers.get(number.least, 0) if number.least else 0
            drawn.numbers[row, at] = max(one.numbers.get(name, 0), least)
        drawn.children[row] = one.children
        drawn.youngest_child[row] = NO_CHILD if one.youngest_child is None else one.youngest_child
        drawn.circumstances[row] = bits_of(one.circumstances, words.circumstances)
        drawn.age[row], drawn.entry_age[row], drawn.entered[row] = one.age, one.entry_age, came(one, on).toordinal()
        drawn.lawyer[row], drawn.mandatory[row], drawn.in_custody[row] = one.lawyer, one.mandatory, one.detained
        drawn.equities[row] = bits_of(one.equities, words.equities)
        drawn.documented[row] = bits_of(one.documented, words.equities)
    whole = finished(world, register, drawn)
    for column in ("merit", "complexity", "bits"):
        getattr(drawn, column)[:] = getattr(whole, column)
    return drawn
