"""Case mixes and named cases: people whom the vocabulary and the calendar allow."""

from itertools import pairwise

from model.errors import InputError
from model.schema import Mix, Person, World
from model.schema.vocabulary import CHARGES, DERIVED_EQUITIES, EQUITIES, LEVELS, YOUNG
from model.world.checks.common import Where, all_named, named

DRAWN = [equity for equity in EQUITIES if equity not in DERIVED_EQUITIES]


def check_mixes(world: World, where: Where) -> None:
    """Raise InputError at the first mix that does not fit."""
    for name, mix in world.mixes.items():
        here = ["mixes", name]
        named("stage", mix.stage, world.stages, where, [*here, "stage"])
        if mix.holds is not None:
            stock = [name for name, resource in world.resources.items() if resource.kind == "stock"]
            named("resource that is a stock", mix.holds, stock, where, [*here, "holds"])
        for level, share in mix.levels.shares.items():
            named("conviction level", level, LEVELS, where, [*here, "levels", "shares", level])
            if mix.charges and share > 0 and level not in mix.charges:
                raise InputError(
                    "a conviction level without charges",
                    where=where([*here, "charges"]),
                    found=level,
                    allowed=f"a table charges.{level}",
                )
        for level, charges in mix.charges.items():
            for charge in charges.shares:
                named("charge", charge, CHARGES, where, [*here, "charges", level, "shares", charge])
        for equity in mix.equities:
            named("equity that is drawn", equity, DRAWN, where, [*here, "equities", equity])
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
    for name, case in world.cases.items():
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
        all_named(
            "equity of this person",
            case.person.documented,
            case.person.equities,
            where,
            [*here, "documented"],
        )
        for at, equity in enumerate(case.person.equities):
            if (needs := _needs(equity, case.person)) is not None:
                raise InputError(
                    "an equity that this person's ages do not bear out",
                    where=where([*here, "equities", at]),
                    found=equity,
                    allowed=needs,
                )


def _needs(equity: str, person: Person) -> str | None:
    """What a derived equity asks for, if the person does not have it; as `model.cases.columns` derives it."""
    years = person.age - person.entry_age
    needs = {
        "childhood-arrival": (
            person.entry_age < 16 and years >= 5,
            "entry_age below 16 and five years since",
        ),
        "age": (person.age < 18 or person.age >= 65, "age below 18, or 65 and over"),
        "long-residence": (years >= 10, "ten years between entry_age and age"),
        "young-child": (
            person.youngest_child is not None and person.youngest_child < YOUNG,
            f"a youngest_child below {YOUNG}",
        ),
    }
    true, words = needs.get(equity, (True, ""))
    return None if true else words
