"""Sections 7.2 and 7.3 of docs/odd.md: arrivals, and the facts of a case."""

from dataclasses import dataclass, field
from datetime import date
from math import floor, log

import numpy as np

from model.schema import Condition, Mix, Quantity, World
from tests.odd.draws import CONSTANTS, MOST, Draws, G, P

LEVELS = ["none", "immigration", "level-3", "level-2", "level-1", "national-security"]
CHARGES = ["none", "entry", "other-immigration", "criminal", "national-security", "miscellaneous"]
SEARCHING = ["domestic-violence-victim", "trafficking-victim", "crime-victim", "health", "community-ties"]


@dataclass
class Case:
    key: int
    mix: str
    arrival: int
    area: int = 0
    level: str = "none"
    charge: str = "none"
    mandatory: bool = False
    prior_removals: int = 0
    gang: bool = False
    in_custody: bool = False
    lawyer: bool = False
    age: int = 0
    entry_age: int = 0
    children: int = 0
    equities: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    visibility: float = 0.0
    merit: float = 0.0
    complexity: float = 0.0
    place: str = "not yet"
    custody: bool = False
    held: str | None = None
    ordered: int = 0
    laid: bool = False

    @property
    def years(self) -> int:
        return self.age - self.entry_age


def rate(mix: Mix, day: date) -> float:
    for period in mix.periods:
        if period.first <= day <= period.last:
            days = (period.last - period.first).days + 1
            return period.cases.value / (CONSTANTS["DAYS_A_YEAR"] if period.cases.unit == "cases a year" else days)
    return 0.0


def cases(world: World, mixes: list[str], draws: Draws, scale: float, start: date, end: date) -> list[Case]:
    found = []
    for name in mixes:
        mix = world.mixes[name]
        if mix.stock:
            days = sorted(mix.stock)
            known = [mix.stock[day] for day in days]
            stock = np.interp(start.toordinal(), [day.toordinal() for day in days], known)
            for n in range(floor(stock * scale + 0.5)):
                key = P("case", name) ^ (((1 << 40) + n) * G & MOST)
                assert mix.stock_age is not None
                ago = 1 + floor(-log(1 - draws.u(key, "pending since")) * mix.stock_age.value)
                found.append(Case(key, name, -ago))
        came, before = 0.0, 0
        for ordinal in range(start.toordinal(), end.toordinal() + 1):
            came += rate(mix, date.fromordinal(ordinal))
            until = floor(came * scale + 0.5)
            for n in range(until - before):
                key = P("case", name) ^ ((ordinal * 2**24 + n) * G & MOST)
                found.append(Case(key, name, ordinal - start.toordinal()))
            before = until
    found.sort(key=lambda case: case.arrival)
    for case in found:
        draw(world, case, draws)
    return found


def draw(world: World, case: Case, draws: Draws) -> None:
    mix, c = world.mixes[case.mix], case.key
    weights = list(world.areas.values())
    case.area = draws.choice(c, "area", [weight / sum(weights) for weight in weights])
    case.level = LEVELS[draws.choice(c, "level", [mix.levels.shares.get(level, 0.0) for level in LEVELS])]
    if case.level in mix.charges:
        charges = mix.charges[case.level].shares
        case.charge = CHARGES[draws.choice(c, "charge", [charges.get(charge, 0.0) for charge in CHARGES])]
    if case.level in mix.mandatory:
        case.mandatory = draws.u(c, "mandatory") < mix.mandatory[case.level].value
    again = draws.u(c, "removed before") < share(mix.prior_removals)
    case.prior_removals = again + again * (draws.u(c, "removed twice") < share(mix.removed_again))
    case.gang = draws.u(c, "gang") < share(mix.gang)
    case.in_custody = draws.u(c, "detained") < share(mix.detained)
    held = mix.lawyer_detained if case.in_custody or case.mandatory else None
    case.lawyer = draws.u(c, "lawyer") < share(held or mix.lawyer_released)
    ages = mix.ages
    age = floor(ages.mean.value + ages.spread.value * draws.n(c, "age"))
    case.age = int(min(max(age, ages.youngest.value), ages.oldest.value))
    stayed = -log(1 - draws.u(c, "years")) * ages.residence.value
    years: float = min(floor(max(stayed, ages.least_residence.value)), case.age)
    if ages.latest_entry is not None:
        years = max(years, case.age - ages.latest_entry.value)
    case.entry_age = int(case.age - years)
    on_paper = (mix.documented_lawyer if case.lawyer else mix.documented_alone).value
    complexity = 0.0
    for equity, weight in world.rule.equities.items():
        if derived(case, equity) if equity in DERIVED else draws.u(c, equity) < share(mix.equities.get(equity)):
            case.equities.add(equity)
            complexity += CONSTANTS["SEARCHING" if equity in SEARCHING else "PLAIN"]
            if draws.u(c, f"{equity} on paper") < on_paper:
                case.seen.add(equity)
                case.merit += weight.value
    case.complexity = min(1.0, complexity)
    if "caregiver" in case.equities:
        case.children = 1 + floor(CONSTANTS["MOST_CHILDREN"] * draws.u(c, "children"))
    case.visibility = float(np.float32(draws.u(c, "visibility") ** (1 / mix.visibility.value - 1)))


def share(given: Quantity | None) -> float:
    return given.value if given else 0.0


DERIVED = ("childhood-arrival", "age", "long-residence")


def derived(case: Case, equity: str) -> bool:
    if equity == "childhood-arrival":
        return case.entry_age < 16 and case.years >= 5
    return case.age < 18 or case.age >= 65 if equity == "age" else case.years >= 10


def holds(world: World, any_of: list[Condition], case: Case) -> bool:
    return not any_of or any(_all(world, one, case) for one in any_of)


def _all(world: World, one: Condition, case: Case) -> bool:
    facts = [
        (one.level, case.level), (one.charge, case.charge), (one.mix, case.mix),
    ]  # fmt: skip
    flags = [(one.lawyer, case.lawyer), (one.mandatory, case.mandatory), (one.gang, case.gang)]
    ranges = [
        (one.age, case.age), (one.entry_age, case.entry_age), (one.years, case.years),
        (one.prior_removals, case.prior_removals), (one.children, case.children),
    ]  # fmt: skip
    return (
        all(names is None or fact in names for names, fact in facts)
        and all(wanted is None or wanted == fact for wanted, fact in flags)
        and all(
            between is None
            or ((between.min is None or number >= between.min) and (between.max is None or number <= between.max))
            for between, number in ranges
        )
        and (one.equities is None or bool(case.equities & set(one.equities)))
        and (one.seen is None or bool(case.seen & set(one.seen)))
        and all(holds(world, world.groups[group], case) for group in one.groups or [])
        and not any(holds(world, world.groups[group], case) for group in one.not_groups or [])
    )
