"""The facts of people: drawn from their mix, each draw belonging to its case."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model.arithmetic import exps, logs
from model.cases.arrivals import Arrivals
from model.cases.columns import NO_CHILD, Cases, Codes, columns, summed
from model.cases.conditions import Mask, Register, equity_bits
from model.cases.draws import Floats, Keys, choices, flags, normals, purpose, uniforms
from model.schema import Mix, Person, Quantity, Shares, World
from model.schema.vocabulary import (
    CHARGES,
    CIRCUMSTANCES,
    DERIVED_EQUITIES,
    EQUITIES,
    LEVELS,
    OWN_AGE_EQUITIES,
    YOUNG,
)
from model.storage import storage

SEARCHING = ("domestic-violence-victim", "trafficking-victim", "crime-victim", "health", "community-ties")
"""Equities that take an inquiry into a life, not a look at a document (Rabin 2014, Part V.A)."""


FACTS = ("removed before", "removed twice", "entered before", "detained", "gang", *CIRCUMSTANCES, *EQUITIES)
"""What is drawn of a person with a chance that is the same for all of their mix."""
_FACT_KEYS = np.array([purpose(fact) for fact in FACTS])
_PAPER_KEYS = np.array([purpose(f"{equity} on paper") for equity in EQUITIES])


def people(world: World, name: str, seed: np.uint64, some: Arrivals) -> Cases:
    """The people of one mix, as far as their own draws go; `finished` adds what follows from their facts."""
    mix, key = world.mixes[name], some.key
    size = len(key)
    facts = _facts(mix, seed, key)

    def happened(what: str) -> Mask:
        return np.asarray((facts & np.uint32(1 << FACTS.index(what))) != 0)

    level = choices(seed, key, purpose("level"), [mix.levels.shares.get(name, 0.0) for name in LEVELS])
    charge = np.zeros(size, dtype=np.int8)
    for word, charges in mix.charges.items():
        at = level == LEVELS.index(word)
        charge[at] = choices(seed, key[at], purpose("charge"), [charges.shares.get(name, 0.0) for name in CHARGES])
    kept = np.array([mix.mandatory[word].value if word in mix.mandatory else 0.0 for word in LEVELS])
    mandatory = np.asarray(uniforms(seed, key, purpose("mandatory")) < kept[level])
    again = happened("removed before")
    prior = again.astype(np.int8) + (again & happened("removed twice"))
    in_custody = happened("detained")
    held = mix.lawyer_released if mix.lawyer_detained is None else mix.lawyer_detained
    of_lawyer = np.where(in_custody | mandatory, held.value, mix.lawyer_released.value)
    lawyer = np.asarray(uniforms(seed, key, purpose("lawyer")) < of_lawyer)
    age, entry_age = _ages(mix, seed, key)
    equities = (facts >> np.uint32(FACTS.index(EQUITIES[0]))).astype(np.uint16)
    for equity in OWN_AGE_EQUITIES:
        equities |= derived(equity, age, entry_age).astype(np.uint16) << np.uint16(EQUITIES.index(equity))
    on_paper = np.repeat([[mix.documented_alone.value], [mix.documented_lawyer.value]], len(EQUITIES), axis=1)
    documented = equities & flags(seed, key, _PAPER_KEYS, on_paper, lawyer).astype(np.uint16)
    family = (equities & equity_bits(["caregiver"])) != 0
    children = np.where(family, 1 + np.floor(uniforms(seed, key, purpose("children")) * 3), 0).astype(np.int8)
    u = np.maximum(uniforms(seed, key, purpose("visibility")), np.finfo(np.float64).tiny)
    visibility = exps(logs(u) * (1.0 / max(mix.visibility.value, 1e-9) - 1.0))
    circumstances = (facts >> np.uint32(FACTS.index(CIRCUMSTANCES[0]))).astype(np.uint8)
    return Cases(
        key=key, number=some.number, mix=np.full(size, list(world.mixes).index(name), dtype=np.int8),
        area=some.area if size and some.area[0] >= 0 else _area(world, mix, seed, key),
        arrival=some.day, level=level, charge=charge, prior_removals=prior,
        prior_entries=np.maximum(happened("entered before").astype(np.int8), prior), gang=happened("gang"),
        circumstances=circumstances & np.uint8((1 << len(CIRCUMSTANCES)) - 1), age=age, entry_age=entry_age,
        children=children, youngest_child=np.full(size, NO_CHILD, dtype=np.int8), lawyer=lawyer, mandatory=mandatory,
        in_custody=in_custody, equities=equities, documented=documented, merit=np.zeros(0),
        complexity=np.zeros(0, np.float32), visibility=visibility.astype(np.float32), bits=np.zeros((0, 1), np.uint64),
    )  # fmt: skip


def _facts(mix: Mix, seed: np.uint64, key: Keys) -> npt.NDArray[np.uint32]:
    """Which of `FACTS` are true of each, as bits; an equity that follows from ages is not drawn."""
    drawn = {name: share for name, share in mix.equities.items() if name not in DERIVED_EQUITIES}
    shares: dict[str, Quantity | None] = {
        "removed before": mix.prior_removals, "removed twice": mix.removed_again, "entered before": mix.prior_entries,
        "detained": mix.detained, "gang": mix.gang, **mix.circumstances, **drawn,
    }  # fmt: skip
    chances = np.array([share.value if (share := shares.get(fact)) else 0.0 for fact in FACTS])
    return flags(seed, key, _FACT_KEYS, np.stack([chances, chances]), np.zeros(len(key), dtype=np.bool_))


def _area(world: World, mix: Mix, seed: np.uint64, key: Keys) -> Codes:
    places = world.places()
    weights = np.array(list(places[mix.region].values()))
    first = world.all_areas().index(next(iter(places[mix.region])))
    return np.asarray(first + choices(seed, key, purpose("area"), weights / weights.sum()), dtype=np.int8)


def _ages(mix: Mix, seed: np.uint64, key: Keys) -> tuple[Codes, Codes]:
    ages = mix.ages
    if ages.bands is not None:
        age = _in_bands(ages.bands, seed, key)
    elif ages.mean and ages.spread and ages.youngest and ages.oldest:
        age = ages.mean.value + ages.spread.value * normals(seed, key, purpose("age"))
        age = np.clip(np.floor(age), ages.youngest.value, ages.oldest.value)
    years = -logs(1.0 - uniforms(seed, key, purpose("years"))) * ages.residence.value
    years = np.minimum(np.floor(np.maximum(years, ages.least_residence.value)), age)
    if ages.latest_entry is not None:
        years = np.maximum(years, age - ages.latest_entry.value)
    return age.astype(np.int8), (age - years).astype(np.int8)


def _in_bands(bands: Shares, seed: np.uint64, key: Keys) -> Floats:
    """Years of age, even within each band."""
    limits = np.array([[int(end) for end in band.split("-")] for band in bands.shares])
    band = choices(seed, key, purpose("age"), list(bands.shares.values()))
    low, high = limits[band, 0], limits[band, 1]
    return np.asarray(low + np.floor(uniforms(seed, key, purpose("age in band")) * (high - low + 1)), dtype=np.float64)


def with_companions(seed: np.uint64, mix: Mix, cases: Cases, leader: npt.NDArray[np.int32], ages: Codes) -> Cases:
    """The leading cases with what follows from the ages of those who came along, the ``leader`` row of each given."""
    youngest = np.full(len(cases.key), 127, dtype=np.int8)
    np.minimum.at(youngest, leader, ages)
    count = np.bincount(leader, minlength=len(cases.key)).astype(np.int8)
    lawyer = np.where(cases.lawyer, mix.documented_lawyer.value, mix.documented_alone.value)
    young = (youngest < YOUNG).astype(np.uint16) << np.uint16(EQUITIES.index("young-child"))
    seen = uniforms(seed, cases.key, purpose("young-child on paper")) < lawyer
    return cases._replace(
        children=count, youngest_child=np.where(count > 0, youngest, NO_CHILD).astype(np.int8),
        equities=cases.equities | young, documented=cases.documented | np.where(seen, young, np.uint16(0)),
    )  # fmt: skip


def derived(equity: str, age: Codes, entry_age: Codes) -> Mask:
    """Whether an equity that follows from a person's own ages is true of each case."""
    years = age.astype(np.int16) - entry_age
    found = {
        "childhood-arrival": (entry_age < 16) & (years >= 5),
        "age": (age < 18) | (age >= 65),
        "long-residence": years >= 10,
    }
    return np.asarray(found[equity], dtype=np.bool_)


def finished(world: World, register: Register, cases: Cases) -> Cases:
    """The case with what follows from its facts: merit, complexity, conditions."""
    weights = np.array([world.rule.equities[equity].value for equity in EQUITIES])
    searching = np.array([0.5 if equity in SEARCHING else 0.25 for equity in EQUITIES])
    complexity = np.minimum(summed(cases.equities, searching), 1.0).astype(np.float32)
    merit = summed(cases.equities & cases.documented, weights)
    return cases._replace(merit=merit, complexity=complexity, bits=register.bits(cases))


def of_people(world: World, register: Register, people: Sequence[Person], area: str, mix: str) -> Cases:
    """Named people as cases, in the order given; their draws are keyed by their place in the list."""
    size = len(people)
    drawn = columns(storage(size, register.words))
    drawn.key[:] = np.arange(size, dtype=np.uint64)
    drawn.number[:] = np.arange(size)
    drawn.mix[:] = list(world.mixes).index(mix)
    drawn.area[:] = world.all_areas().index(area)
    for row, one in enumerate(people):
        drawn.level[row], drawn.charge[row] = LEVELS.index(one.level), CHARGES.index(one.charge)
        drawn.prior_removals[row], drawn.gang[row], drawn.children[row] = one.prior_removals, one.gang, one.children
        drawn.prior_entries[row] = max(one.prior_entries, one.prior_removals)
        drawn.youngest_child[row] = NO_CHILD if one.youngest_child is None else one.youngest_child
        drawn.circumstances[row] = sum(1 << CIRCUMSTANCES.index(name) for name in set(one.circumstances))
        drawn.age[row], drawn.entry_age[row], drawn.visibility[row] = one.age, one.entry_age, one.visibility
        drawn.lawyer[row], drawn.mandatory[row], drawn.in_custody[row] = one.lawyer, one.mandatory, one.detained
        drawn.equities[row], drawn.documented[row] = equity_bits(one.equities), equity_bits(one.documented)
    whole = finished(world, register, drawn)
    for column in ("merit", "complexity", "bits"):
        getattr(drawn, column)[:] = getattr(whole, column)
    return drawn
