"""Section 7.3 of docs/odd.md: the facts of a case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor, log
from typing import Optional

from model.schema import Between, Condition, Mix, Quantity, World
from tests.odd.draws import CONSTANTS, Draws


@dataclass(eq=False)
class Case:
    key: int
    mix: str
    arrival: int
    area: str = ""
    leader: Optional["Case"] = None
    family: list["Case"] = field(default_factory=list)
    level: str = "none"
    charge: str = "none"
    mandatory: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    circumstances: set[str] = field(default_factory=set)
    in_custody: bool = False
    lawyer: bool = False
    age: int = 0
    entry_age: int = 0
    entered: date = date.min
    children: int = 0
    youngest_child: int | None = None
    equities: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    merit: float = 0.0
    complexity: float = 0.0
    place: str = "not yet"
    custody: bool = False
    held: tuple[str, str] | None = None
    ordered: int = 0
    laid: bool = False
    laid_on: int = -1
    apart: bool = False
    separated: int = -1
    handed: int = -1
    left: int = -1
    since: int = -1

    @property
    def years(self) -> int:
        return self.age - self.entry_age


def draw(world: World, case: Case, draws: Draws, start: date) -> None:
    """What follows from the case alone."""
    mix, c = world.mixes[case.mix], case.key
    if case.leader is None and not case.area:
        weights = world.areas if mix.region == "areas" else world.regions[mix.region].areas
        shares = [weight / sum(weights.values()) for weight in weights.values()]
        case.area = list(weights)[draws.choice(c, "area", shares)]
    levels, known = list(world.words.levels), list(world.words.charges)
    case.level = levels[draws.choice(c, "level", [mix.levels.shares.get(level, 0.0) for level in levels])]
    if case.level in mix.charges:
        charges = mix.charges[case.level].shares
        case.charge = known[draws.choice(c, "charge", [charges.get(charge, 0.0) for charge in known])]
    if case.level in mix.mandatory:
        case.mandatory = draws.u(c, "mandatory") < mix.mandatory[case.level].value
    for name, number in world.words.numbers.items():
        times, so_far = 0, True
        for key, draw in number.drawn.items():
            so_far = so_far and draws.u(c, draw) < share(mix.numbers.get(name, {}).get(key))
            times += so_far
        case.numbers[name] = max(times, case.numbers[number.least]) if number.least else times
    case.circumstances = {e for e in world.words.circumstances if draws.u(c, e) < share(mix.circumstances.get(e))}
    case.in_custody = draws.u(c, "detained") < share(mix.detained)
    held = mix.lawyer_detained if case.in_custody or case.mandatory else None
    case.lawyer = draws.u(c, "lawyer") < share(held or mix.lawyer_released)
    _ages(mix, case, draws, start)


def _ages(mix: Mix, case: Case, draws: Draws, start: date) -> None:
    ages, c = mix.ages, case.key
    if ages.bands:
        band = list(ages.bands.shares)[draws.choice(c, "age", list(ages.bands.shares.values()))]
        low, high = map(int, band.split("-"))
        case.age = low + floor(draws.u(c, "age in band") * (high - low + 1))
    else:
        assert ages.mean and ages.spread and ages.youngest and ages.oldest
        age = floor(ages.mean.value + ages.spread.value * draws.n(c, "age"))
        case.age = int(min(max(age, ages.youngest.value), ages.oldest.value))
    stayed = -log(1 - draws.u(c, "years")) * ages.residence.value
    years: float = min(floor(max(stayed, ages.least_residence.value)), case.age)
    if ages.latest_entry is not None:
        years = max(years, case.age - ages.latest_entry.value)
    case.entry_age = int(case.age - years)
    stayed = max(stayed, ages.least_residence.value)
    case.entered = start + timedelta(days=case.arrival - floor(365.25 * (years + stayed - floor(stayed))))


def of_family(world: World, case: Case, draws: Draws) -> None:
    """What follows from the case and those who came along."""
    mix, c = world.mixes[case.mix], case.key
    if case.leader is not None:
        case.area = case.leader.area
    if case.family:
        case.youngest_child = min(child.age for child in case.family)
    on_paper = (mix.documented_lawyer if case.lawyer else mix.documented_alone).value
    complexity = 0.0
    for equity, weight in world.rule.equities.items():
        word = world.words.equities[equity]
        common = share(mix.equities.get(equity))
        if _derived(case, word.follows) if word.follows else draws.u(c, equity) < common:
            case.equities.add(equity)
            complexity += CONSTANTS["SEARCHING" if word.searching else "PLAIN"]
            if draws.u(c, f"{equity} on paper") < on_paper:
                case.seen.add(equity)
                case.merit += weight.value
    case.complexity = min(1.0, complexity)
    if any(other.leader == case.mix for other in world.mixes.values()):
        case.children = len(case.family)
    elif most := max(
        (word.children for name, word in world.words.equities.items() if name in case.equities), default=0
    ):
        case.children = 1 + floor(most * draws.u(c, "children"))


def share(given: Quantity | None) -> float:
    return given.value if given else 0.0


def _derived(case: Case, follows: list[Condition]) -> bool:
    ages = {
        "age": case.age, "entry_age": case.entry_age, "years": case.years, "youngest_child": case.youngest_child,
    }  # fmt: skip
    return any(all(_within(getattr(one, name), age) for name, age in ages.items()) for one in follows)


def _within(between: Between | None, number: int | None) -> bool:
    return between is None or (
        number is not None
        and (between.min is None or number >= between.min)
        and (between.max is None or number <= between.max)
    )


def holds(world: World, any_of: list[Condition], case: Case) -> bool:
    return not any_of or any(_all(world, one, case) for one in any_of)


def _all(world: World, one: Condition, case: Case) -> bool:
    facts = [(one.level, case.level), (one.charge, case.charge), (one.mix, case.mix), (one.area, case.area)]
    flags = [(one.lawyer, case.lawyer), (one.mandatory, case.mandatory)]
    ranges = [
        (one.age, case.age), (one.entry_age, case.entry_age), (one.years, case.years), (one.children, case.children),
        (one.youngest_child, case.youngest_child),
        *((between, case.numbers[name]) for name, between in (one.numbers or {}).items()),
    ]  # fmt: skip
    return (
        all(names is None or fact in names for names, fact in facts)
        and all(wanted is None or wanted == fact for wanted, fact in flags)
        and all(_within(between, number) for between, number in ranges)
        and (one.entered is None or (one.entered.first or date.min) <= case.entered <= (one.entered.last or date.max))
        and _any(one.equities, case.equities)
        and _any(one.seen, case.seen)
        and _any(one.circumstances, case.circumstances)
        and (one.without is None or not case.circumstances & set(one.without))
        and all(holds(world, world.groups[group], case) for group in one.groups or [])
        and not any(holds(world, world.groups[group], case) for group in one.not_groups or [])
    )


def _any(asked: Iterable[str] | None, true: set[str]) -> bool:
    return asked is None or bool(true & set(asked))
