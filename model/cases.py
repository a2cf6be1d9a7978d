"""Cases: the people whose files are decided, as columns, drawn from the mixes of the world.

Each column is an array with one row a case. Each draw belongs to its case (`model.draws`), so a case is the same
person in every world with the same seed and scale.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.conditions import Bits, Mask, Register, equity_bits
from model.draws import Floats, Keys, choices, normals, purpose, uniforms
from model.schema import Mix, Person, Quantity, World
from model.storage import Storage, storage
from model.vocabulary import CHARGES, DERIVED_EQUITIES, EQUITIES, LEVELS

Codes = npt.NDArray[np.int8]
STOCK_SERIES = 1 << 40
SEARCHING = ("domestic-violence-victim", "trafficking-victim", "crime-victim", "health", "community-ties")
"""Equities that take an inquiry into a life, not a look at a document (Rabin 2014, Part V.A)."""


class Cases(NamedTuple):
    """The columns. All have one row a case, sorted by day of arrival.

    Attributes:
        key: the case's own key for draws.
        number: its place among those of its mix and day.
        mix, area, level, charge: codes, in the order of the world and of `model.vocabulary`.
        arrival: day of the watch on which it comes; negative for what was pending before.
        prior_removals, age, entry_age, children: counts and years.
        gang, lawyer, mandatory: facts; ``mandatory`` means that a statute keeps the person in custody.
        in_custody: detained on entry.
        equities, documented: bits in the order of `EQUITIES`; what is seen is what is both.
        merit: summed weight of the equities that are seen, in log-odds.
        complexity: how searching the inquiry is, 0 to 1: searching equities count double, four are enough.
        visibility: how public the case is, 0 to 1.
        bits: conditions that hold (`model.conditions`).
    """

    key: Keys
    number: npt.NDArray[np.int32]
    mix: Codes
    area: Codes
    arrival: npt.NDArray[np.int32]
    level: Codes
    charge: Codes
    prior_removals: Codes
    gang: Mask
    age: Codes
    entry_age: Codes
    children: Codes
    lawyer: Mask
    mandatory: Mask
    in_custody: Mask
    equities: npt.NDArray[np.uint16]
    documented: npt.NDArray[np.uint16]
    merit: Floats
    complexity: npt.NDArray[np.float32]
    visibility: npt.NDArray[np.float32]
    bits: Bits


def columns(records: Storage) -> Cases:
    """The columns of stored cases."""
    return Cases(*(records.column(name) for name in Cases._fields))


def draw(
    world: World, register: Register, mixes: Sequence[str], seed: int, scale: float, start: date, end: date
) -> Storage:
    """All cases of the named mixes from ``start`` to ``end`` (both included), at ``scale``."""
    series = [_series(world.mixes[name], name, seed, scale, start, end) for name in mixes]
    order = np.argsort(np.concatenate([part.day for part in series]), kind="stable")
    row = np.empty_like(order)
    row[order] = np.arange(len(order))
    records = storage(len(order), register.words)
    done = 0
    for name, part in zip(mixes, series, strict=True):
        rows = row[done : done + len(part.day)]
        done += len(part.day)
        people = _people(world, register, name, np.uint64(seed), part)
        for column in Cases._fields:
            records.column(column)[rows] = getattr(people, column)
    return records


class Series(NamedTuple):
    """Cases of one mix before they are people: their keys, numbers and days of arrival."""

    key: Keys
    number: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]


def arrivals(mix: Mix, scale: float, start: date, end: date) -> npt.NDArray[np.int64]:
    """Cases that come on each day from ``start`` to ``end``: whole numbers whose running sum follows the rate."""
    days = (end - start).days + 1
    rate = np.zeros(days)
    for period in mix.periods:
        length = (period.last - period.first).days + 1
        daily = period.cases.value / (365.25 if period.cases.unit == "cases a year" else length)
        first, last = (period.first - start).days, (period.last - start).days
        rate[max(first, 0) : max(last + 1, 0)] += daily
    return np.diff(np.floor(np.cumsum(rate) * scale + 0.5), prepend=0.0).astype(np.int64)


def stock(mix: Mix, scale: float, on: date) -> int:
    """How many cases of a mix are pending on a day: the recorded stock, interpolated between its dates."""
    if not mix.stock:
        return 0
    known = sorted(mix.stock.items())
    count = np.interp(on.toordinal(), [day.toordinal() for day, _ in known], [value for _, value in known])
    return int(np.floor(count * scale + 0.5))


def _series(mix: Mix, name: str, seed: int, scale: float, start: date, end: date) -> Series:
    waiting = stock(mix, scale, start)
    counts = arrivals(mix, scale, start, end)
    day = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    number = (np.arange(len(day)) - first).astype(np.int32)
    series = ((start.toordinal() + day.astype(np.int64)) << 24) | number
    if waiting:
        number = np.arange(waiting, dtype=np.int32)
        series = STOCK_SERIES | number.astype(np.int64)
    key = purpose("case", name) ^ (series.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    if waiting and mix.stock_age is not None:
        u = uniforms(np.uint64(seed), key, purpose("pending since"))
        day = -1 - np.floor(-np.log1p(-u) * mix.stock_age.value).astype(np.int32)
    return Series(key, number, day)


def _people(world: World, register: Register, name: str, seed: np.uint64, series: Series) -> Cases:
    mix, key = world.mixes[name], series.key
    size = len(key)

    def happens(what: str, share: float | Floats | Quantity | None) -> Mask:
        if share is None:
            return np.zeros(size, dtype=np.bool_)
        chance = share.value if isinstance(share, Quantity) else share
        return np.asarray(uniforms(seed, key, purpose(what)) < chance, dtype=np.bool_)

    weights = np.array(list(world.areas.values()))
    area = choices(seed, key, purpose("area"), weights / weights.sum())
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
        if equity in DERIVED_EQUITIES:
            true = _derived(equity, age, entry_age)
        else:
            true = happens(equity, mix.equities[equity].value if equity in mix.equities else 0.0)
        equities |= true.astype(np.uint16) << np.uint16(bit)
        documented |= (true & happens(f"{equity} on paper", on_paper)).astype(np.uint16) << np.uint16(bit)
    family = (equities & equity_bits(["caregiver"])) != 0
    children = np.where(family, 1 + np.floor(uniforms(seed, key, purpose("children")) * 3), 0).astype(np.int8)
    mean = mix.visibility.value
    visibility = uniforms(seed, key, purpose("visibility")) ** (1.0 / max(mean, 1e-9) - 1.0)
    return _finished(
        world, register,
        Cases(
            key=key, number=series.number, mix=np.full(size, list(world.mixes).index(name), dtype=np.int8), area=area,
            arrival=series.day, level=level, charge=charge, prior_removals=prior,
            gang=happens("gang", mix.gang), age=age, entry_age=entry_age, children=children, lawyer=lawyer,
            mandatory=mandatory, in_custody=in_custody, equities=equities, documented=documented,
            merit=np.zeros(0), complexity=np.zeros(0, np.float32), visibility=visibility.astype(np.float32),
            bits=np.zeros((0, 1), np.uint64),
        ),
    )  # fmt: skip


def _ages(mix: Mix, seed: np.uint64, key: Keys) -> tuple[Codes, Codes]:
    ages = mix.ages
    age = ages.mean.value + ages.spread.value * normals(seed, key, purpose("age"))
    age = np.clip(np.floor(age), ages.youngest.value, ages.oldest.value)
    years = -np.log1p(-uniforms(seed, key, purpose("years"))) * ages.residence.value
    years = np.minimum(np.floor(np.maximum(years, ages.least_residence.value)), age)
    if ages.latest_entry is not None:
        years = np.maximum(years, age - ages.latest_entry.value)
    return age.astype(np.int8), (age - years).astype(np.int8)


def _derived(equity: str, age: Codes, entry_age: Codes) -> Mask:
    years = age.astype(np.int16) - entry_age
    found = {
        "childhood-arrival": (entry_age < 16) & (years >= 5),
        "age": (age < 18) | (age >= 65),
        "long-residence": years >= 10,
    }
    return np.asarray(found[equity], dtype=np.bool_)


def _finished(world: World, register: Register, cases: Cases) -> Cases:
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
    drawn.area[:] = list(world.areas).index(area)
    for row, one in enumerate(people):
        drawn.level[row], drawn.charge[row] = LEVELS.index(one.level), CHARGES.index(one.charge)
        drawn.prior_removals[row], drawn.gang[row], drawn.children[row] = one.prior_removals, one.gang, one.children
        drawn.age[row], drawn.entry_age[row], drawn.visibility[row] = one.age, one.entry_age, one.visibility
        drawn.lawyer[row], drawn.mandatory[row], drawn.in_custody[row] = one.lawyer, one.mandatory, one.detained
        drawn.equities[row], drawn.documented[row] = equity_bits(one.equities), equity_bits(one.documented)
    finished = _finished(world, register, drawn)
    for column in ("merit", "complexity", "bits"):
        getattr(drawn, column)[:] = getattr(finished, column)
    return drawn


def person(cases: Cases, row: int) -> Person:
    """One case as the facts of a person."""
    return Person(
        level=LEVELS[cases.level[row]], charge=CHARGES[cases.charge[row]],
        prior_removals=int(cases.prior_removals[row]), gang=bool(cases.gang[row]), age=int(cases.age[row]),
        entry_age=int(cases.entry_age[row]), children=int(cases.children[row]), lawyer=bool(cases.lawyer[row]),
        detained=bool(cases.in_custody[row]), mandatory=bool(cases.mandatory[row]),
        equities=[name for bit, name in enumerate(EQUITIES) if cases.equities[row] >> bit & 1],
        documented=[name for bit, name in enumerate(EQUITIES) if cases.documented[row] >> bit & 1],
        visibility=float(cases.visibility[row]),
    )  # fmt: skip
