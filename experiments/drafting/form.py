"""A draft to be filled in: a commented form, with what somebody has answered already."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from experiments.drafting.remark import toml
from model.errors import InputError
from model.schema import World
from model.world.case_days import watched
from model.world.loader import with_file


class Answers(NamedTuple):
    """What a new draft is asked; all else stands in the form.

    Attributes:
        title, issuer: as they are to be read.
        to: whom it addresses: units (``agency.unit``) or agencies.
        start: its first day.
        direction: ``leniency`` or ``enforcement``.
    """

    title: str
    issuer: str
    to: list[str]
    start: date
    direction: str


DIRECTIONS = {"leniency": 1, "enforcement": -1}
SHARES = {
    "clarity": (0.8, "share of the meaning that survives being passed on once"),
    "latitude": (0.2, 'share of its force left to the reader ("where practicable")'),
    "meaning": (0.5, "how far the policy seems worth having to those who carry it out"),
    "mandate": (0.0, "how far it obliges to look at each case"),
    "monitoring": (0.5, "attention kept alive by follow-up: who reads the decisions, how often?"),
    "training": (0.0, "share of officers whom a training reaches, where the union lets it through"),
    "evaluation": (0.5, "how far managers are judged by what is done about it"),
}


def usual(world: World) -> Answers:
    """What stands in the form where nobody has answered: the first decision of the world's first scenario."""
    first = next(iter(world.scenarios.values()))
    stage = next(stage for stage in world.stages.values() if stage.stream in watched(world, first))
    return Answers("A directive of my own", "Head of the agency", [stage.decider], first.start, "leniency")


def new_draft(path: Path, world: World, answers: Answers) -> None:
    """Write a form that the world can read.

    Args:
        path: a file that is not there yet, ``NAME.toml``; the directive is named as it is.
        world: that it is written for.
        answers: what is known already.

    Raises:
        InputError: there is something already, an answer does not fit, or the file cannot be written.
    """
    if path.suffix != ".toml":
        raise InputError("not a file of TOML", where="FILE", found=str(path), allowed="a name that ends in .toml")
    if path.exists() or path.stem in world.directives:
        raise InputError("there is something already", where="FILE", found=str(path), allowed="a new name")
    if answers.direction not in DIRECTIONS:
        raise InputError("no such direction", where="--direction", found=answers.direction, known=DIRECTIONS)
    text = written(world, answers)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where="FILE", found=str(path)) from None
    try:
        with_file(world, "directives", path)
    except InputError:
        path.unlink()
        raise


def written(world: World, answers: Answers) -> str:
    """The form as text."""
    levels = list(world.words.levels)
    of_them = [name for name, stage in world.stages.items() if {stage.decider, stage.decider.split(".")[0]}
               & set(answers.to)]  # fmt: skip
    shares = [
        f'{name} = {{ value = {value:g}, unit = "share", source = "assumed: a value of the form" }} # {about}'
        for name, (value, about) in SHARES.items()
    ]
    return "\n".join([
        f"# A draft for the world {world.name}. Look it over with: discretion directive lint FILE", "",
        f"title = {toml(answers.title)}", f"issuer = {toml(answers.issuer)}",
        'source = "assumed: a draft of our own" # a publication, a fact of evidence.csv, or assumed: and why',
        f"start = {answers.start} # its first day; end = ... where it ends by itself",
        f"direction = {DIRECTIONS[answers.direction]} # 1 towards leniency, -1 towards enforcement", "",
        f"to = {toml(answers.to)} # units or agencies that it addresses",
        f"# stages = {toml(of_them)} # the decisions it speaks of; without it, every one of theirs",
        "# offices = [...] # only these offices of those addressed", "",
        'authority = "regulatory" # regulatory: a rule; economic: means; soft: information', *shares, "",
        "# Whom it speaks of: out is tried first, then in; of all others it says otherwise (in, out or silent).",
        f"# Levels here: {', '.join(levels)}", "[scope]",
        f"in = [{{ level = {toml(levels[:1])} }}]", 'otherwise = "silent"', "",
    ])  # fmt: skip
