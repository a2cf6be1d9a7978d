"""Case mixes and named cases: people whom the words and the calendar allow."""

from functools import partial
from itertools import pairwise

from model.errors import InputError, together
from model.schema import AnyOf, Between, CaseFile, Condition, Mix, Person, World
from model.schema.quantity import YEAR, years_before
from model.world.checks.common import Path, Where, all_named, conditions, named

OF_AGES = ("age", "entry_age", "years", "youngest_child")
"""What an equity may follow from."""


def check_words(world: World, where: Where) -> None:
    """Raise InputError at the first word that does not fit, or that the rule does not weigh."""
    words = world.words
    for name, equity in words.equities.items():
        for at, condition in enumerate(equity.follows):
            for key in condition.model_fields_set - {*OF_AGES}:
                raise InputError("an equity that follows from more than ages", found=key, known=OF_AGES,
                                 where=where(["words", "equities", name, "follows", at, key]))  # fmt: skip
    for name, number in words.numbers.items():
        if number.least is not None:
            before = list(words.numbers)[: list(words.numbers).index(name)]
            named("number before this one", number.least, before, where, ["words", "numbers", name, "least"])
    conditions(world, words.serious, where, ["words", "serious"])
    for key, kind, weighed, known in (
        ("equities", "equity", world.rule.equities, words.equities),
        ("grades", "conviction level", world.rule.grades, words.levels),
    ):
        for word in weighed:
            named(kind, word, known, where, ["rule", key, word])
        for word in known:
            if word not in weighed:
                raise InputError(f"no weight for {'an' if kind[0] == 'e' else 'a'} {kind}", where=where(["rule", key]),
                                 found=word, allowed=f"all of {', '.join(known)}")  # fmt: skip


def check_mixes(world: World, where: Where) -> None:
    """Raise InputError at the first mix that does not fit."""
    together(partial(_mix, world, name, mix, where) for name, mix in world.mixes.items())


def _mix(world: World, name: str, mix: Mix, where: Where) -> None:
    words = world.words
    here = ["mixes", name]
    named("stage", mix.stage, world.stages, where, [*here, "stage"])
    if mix.holds is not None:
        stock = [name for name, resource in world.resources.items() if resource.kind == "stock"]
        named("resource that is a stock", mix.holds, stock, where, [*here, "holds"])
    for level, share in mix.levels.shares.items():
        named("conviction level", level, words.levels, where, [*here, "levels", "shares", level])
        if mix.charges and share > 0 and level not in mix.charges:
            raise InputError(
                "a conviction level without charges",
                where=where([*here, "charges"]),
                found=level,
                allowed=f"a table charges.{level}",
            )
    for key in ("charges", "mandatory"):
        for level in getattr(mix, key):
            named("conviction level", level, words.levels, where, [*here, key, level])
    for level, charges in mix.charges.items():
        for charge in charges.shares:
            named("charge", charge, words.charges, where, [*here, "charges", level, "shares", charge])
    for equity in mix.equities:
        named("equity that is drawn", equity, words.drawn_equities, where, [*here, "equities", equity])
    for circumstance in mix.circumstances:
        named("circumstance", circumstance, words.circumstances, where, [*here, "circumstances", circumstance])
    for number, shares in mix.numbers.items():
        named("number of the words", number, words.numbers, where, [*here, "numbers", number])
        for key in shares:
            named("share of this number", key, words.numbers[number].drawn, where, [*here, "numbers", number, key])
    _periods(name, mix, where)


def _periods(name: str, mix: Mix, where: Where) -> None:
    order = sorted(range(len(mix.periods)), key=lambda at: mix.periods[at].first)
    for before, after in pairwise(order):
        if mix.periods[after].first <= mix.periods[before].last:
            raise InputError(
                "two periods that overlap",
                where=where(["mixes", name, "periods", after, "first"]),
                found=mix.periods[after].first,
                allowed=f"after {mix.periods[before].last}",
            )


def check_cases(world: World, where: Where) -> None:
    """Raise InputError at the first named case that does not fit."""
    together(partial(_case, world, name, case, where) for name, case in world.cases.items())


def _case(world: World, name: str, case: CaseFile, where: Where) -> None:
    here = ["cases", name]
    named("scenario", case.scenario, world.scenarios, where, [*here, "scenario"])
    named("area", case.area, world.all_areas(), where, [*here, "area"])
    all_named("stage", case.stages, world.stages, where, [*here, "stages"])
    scenario = world.scenarios[case.scenario]
    if not scenario.start <= case.on <= scenario.end:
        raise InputError(
            "a day outside its scenario",
            where=where([*here, "on"]),
            found=case.on,
            allowed=f"{scenario.start} to {scenario.end} ({case.scenario})",
        )
    here = [*here, "person"]
    _entered(case, where, here)
    _words(world, case.person, where, here)
    all_named(
        "equity of this person",
        case.person.documented,
        case.person.equities,
        where,
        [*here, "documented"],
    )
    for at, equity in enumerate(case.person.equities):
        if (needs := _needs(world.words.equities[equity].follows, case.person)) is not None:
            raise InputError(
                "an equity that this person's ages do not bear out",
                where=where([*here, "equities", at]),
                found=equity,
                allowed=needs,
            )


def _entered(case: CaseFile, where: Where, here: Path) -> None:
    """Raise InputError for a day of entry that the person's ages do not bear out."""
    person, years = case.person, case.person.age - case.person.entry_age
    if person.entered is not None and not years - 1 <= (case.on - person.entered).days / YEAR < years + 2:
        last, first = (years_before(case.on, late) for late in (max(years - 1, 0), years + 2))
        raise InputError("a day of entry that this person's ages do not bear out", where=where([*here, "entered"]),
                         found=person.entered, allowed=f"{first} to {last}, of one here for {years} years")  # fmt: skip


def _words(world: World, person: Person, where: Where, here: Path) -> None:
    """Raise InputError at the first word of a person that is not one of the world's."""
    words = world.words
    named("conviction level", person.level, words.levels, where, [*here, "level"])
    named("charge", person.charge, words.charges, where, [*here, "charge"])
    all_named("equity", person.equities, words.equities, where, [*here, "equities"])
    all_named("circumstance", person.circumstances, words.circumstances, where, [*here, "circumstances"])
    for number in person.numbers:
        named("number of the words", number, words.numbers, where, [*here, "numbers", number])


def _needs(follows: AnyOf, person: Person) -> str | None:
    """What an equity asks for that follows from ages, if the person does not have it."""
    if not follows or any(_of_ages(condition, person) for condition in follows):
        return None
    return "; or ".join(" and ".join(_limits(condition)) for condition in follows)


def _of_ages(condition: Condition, person: Person) -> bool:
    ages = {
        "age": person.age, "entry_age": person.entry_age, "years": person.age - person.entry_age,
        "youngest_child": person.youngest_child,
    }  # fmt: skip
    return all(
        age is not None and (between.min is None or age >= between.min) and (between.max is None or age <= between.max)
        for name, age in ages.items()
        if (between := getattr(condition, name)) is not None
    )


def _limits(condition: Condition) -> list[str]:
    """The limits of ages in words."""
    found: list[str] = []
    for name in OF_AGES:
        between: Between | None = getattr(condition, name)
        if between is not None and between.min is not None:
            found.append(f"{name} of {between.min:g} or more")
        if between is not None and between.max is not None:
            found.append(f"{name} of {between.max:g} or less")
    return found
