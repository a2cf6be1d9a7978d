"""The facts of people: drawn from their mix, each draw belonging to its case."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model.arithmetic import exps, logs
from model.cases.arrivals import Arrivals
from model.cases.columns import NO_CHILD, Cases, Codes, columns
from model.cases.conditions import Mask, Register, equity_bits
from model.cases.draws import Floats, Keys, choices, normals, purpose, uniforms
from model.schema import Mix, Person, Quantity, Shares, World
from model.schema.vocabulary import CHARGES, CIRCUMSTANCES, EQUITIES, LEVELS, OWN_AGE_EQUITIES, YOUNG
from model.storage import storage

SEARCHING = ("domestic-violence-victim", "trafficking-victim", "crime-victim", "health", "community-ties")
"""Equities that take an inquiry into a life, not a look at a document (Rabin 2014, Part V.A)."""


def people(world: World, name: str, seed: np.uint64, some: Arrivals) -> Cases:
    """The people of one mix, as far as their own draws go; `finished` adds what follows from their facts."""
    mix, key = world.mixes[name], some.key
    size = len(key)

    def happens(what: str, share: float | Floats | Quantity | None) -> Mask:
        if share is None:
            return np.zeros(size, dtype=np.bool_)
        chance = share.value if isinstance(share, Quantity) else share
        return np.asarray(uniforms(seed, key, purpose(what)) < chance, dtype=np.bool_)

    area = some.area if size and some.area[0] >= 0 else _area(world, mix, seed, key)
    level = choices(seed, key, purpose("level"), [mix.levels.shares.get(name, 0.0) for name in LEVELS])
    charge = np.zeros(size, dtype=np.int8)
    mandatory = np.zeros(size, dtype=np.bool_)
    for code, word in enumerate(LEVELS):
        at = level == code
        if word in mix.charges:
            shares = [mix.charges[word].shares.get(name, 0.0) for name in CHARGES]
            charge[at] = choices(seed, key[at], purpose("charge"), shares)
        if word in mix.mandatory:
            mandatory[at] = uniforms(seed, key[at], purpose("mandatory")) < mix.mandatory[word].value
    again = happens("removed before", mix.prior_removals)
    prior = (again.astype(np.int8) + (again & happens("removed twice", mix.removed_again))).astype(np.int8)
    in_custody = happens("detained", mix.detained)
    detained = mix.lawyer_released if mix.lawyer_detained is None else mix.lawyer_detained
    lawyer = happens("lawyer", np.where(in_custody | mandatory, detained.value, mix.lawyer_released.value))
    age, entry_age = _ages(mix, seed, key)
    equities = np.zeros(size, dtype=np.uint16)
    documented = np.zeros(size, dtype=np.uint16)
    on_paper = np.where(lawyer, mix.documented_lawyer.value, mix.documented_alone.value)
    for bit, equity in enumerate(EQUITIES):
        if equity == "young-child":
            continue  # follows from those who come along: `with_companions`
        if equity in OWN_AGE_EQUITIES:
            true = derived(equity, age, entry_age)
        else:
            true = happens(equity, mix.equities[equity].value if equity in mix.equities else 0.0)
        equities |= true.astype(np.uint16) << np.uint16(bit)
        documented |= (true & happens(f"{equity} on paper", on_paper)).astype(np.uint16) << np.uint16(bit)
    family = (equities & equity_bits(["caregiver"])) != 0
    children = np.where(family, 1 + np.floor(uniforms(seed, key, purpose("children")) * 3), 0).astype(np.int8)
    mean = mix.visibility.value
    u = np.maximum(uniforms(seed, key, purpose("visibility")), np.finfo(np.float64).tiny)
    visibility = exps(logs(u) * (1.0 / max(mean, 1e-9) - 1.0))
    circumstances = np.zeros(size, dtype=np.uint8)
    for bit, what in enumerate(CIRCUMSTANCES):
        circumstances |= happens(what, mix.circumstances.get(what)).astype(np.uint8) << np.uint8(bit)
    return Cases(
        key=key, number=some.number, mix=np.full(size, list(world.mixes).index(name), dtype=np.int8), area=area,
        arrival=some.day, level=level, charge=charge, prior_removals=prior,
        prior_entries=np.maximum(happens("entered before", mix.prior_entries).astype(np.int8), prior),
        gang=happens("gang", mix.gang), circumstances=circumstances, age=age, entry_age=entry_age, children=children,
        youngest_child=np.full(size, NO_CHILD, dtype=np.int8), lawyer=lawyer, mandatory=mandatory,
        in_custody=in_custody, equities=equities, documented=documented, merit=np.zeros(0),
        complexity=np.zeros(0, np.float32), visibility=visibility.astype(np.float32), bits=np.zeros((0, 1), np.uint64),
    )  # fmt: skip


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
    seen = cases.equities & cases.documented
    merit = np.zeros(len(cases.key))
    weight = np.zeros(len(cases.key), dtype=np.float32)
    for bit, equity in enumerate(EQUITIES):
        merit += np.where(seen >> np.uint16(bit) & np.uint16(1), world.rule.equities[equity].value, 0.0)
        searching = 0.5 if equity in SEARCHING else 0.25
        weight += np.where(cases.equities >> np.uint16(bit) & np.uint16(1), np.float32(searching), np.float32(0))
    return cases._replace(merit=merit, complexity=np.minimum(weight, np.float32(1)), bits=register.bits(cases))


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
