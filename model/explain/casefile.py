"""Named cases: those that come with a world, and files of one's own."""

from datetime import date
from pathlib import Path

from model.arithmetic import exp
from model.errors import InputError
from model.schema import CaseFile, Person, World
from model.world.loader import with_file
from model.world.streams import within


def load_case(case: str | Path, world: World) -> CaseFile:
    """A case of the world by its name, or a case file by its path, checked as a world's own are.

    A file may be ``like`` one of the world's: it then says only what is different.

    Raises:
        InputError: no such case, or a file that cannot be used.
    """
    if str(case) in world.cases:
        return world.cases[str(case)]
    path = Path(case)
    if path.suffix != ".toml" and not path.exists():
        raise InputError(
            "no such case; give a name, or the path of a file that ends in .toml",
            where="case", found=str(case), known=world.cases,
        )  # fmt: skip
    return with_file(world, "cases", path).cases[path.stem]


def case_of(person: Person, world: World, scenario: str, on: date, stages: list[str] | None = None) -> CaseFile:
    """A person without a file, in the scenario's first area, before all its stages unless ``stages`` names some."""
    small = within(world, world.scenarios[scenario])
    region = next(iter(small.mixes.values())).region
    return CaseFile(
        title="The person", story="", source="drawn from the mixes of the world", scenario=scenario, on=on,
        area=next(iter(world.places()[region])), stages=stages or list(small.stages), person=person,
    )  # fmt: skip


def source_of(person: Person, stage: str, world: World) -> str:
    """The mix of the stage's stream that is most likely to bring such a person.

    By conviction level, charge and years of residence: whoever has long been here has not just come.
    """
    stream = world.stages[stage].stream

    def likelihood(name: str) -> float:
        mix = world.mixes[name]
        residence = max(mix.ages.residence.value, 0.1) if mix.ages else 0.1
        charges = mix.charges.get(person.level)
        charged = charges.shares.get(person.charge, 0.0) if charges else 0.0
        years = exp(-(person.age - person.entry_age) / residence) / residence
        if (mix.companions is None) != (person.youngest_child is None):
            return 0.0
        return mix.levels.shares.get(person.level, 0.0) * charged * years

    inside = [name for name, mix in world.mixes.items() if world.stages[mix.stage].stream == stream]
    return max(inside or list(world.mixes), key=likelihood)
