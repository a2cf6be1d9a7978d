"""A new world: a form that runs at once, to be filled in with one's own; and the JSON schema of a world's files."""

import json
import shutil
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from model.errors import InputError
from model.schema import World
from model.world.checks import sources
from model.world.checks.days import notes
from model.world.documents import ENTRIES
from model.world.loader import WORLDS, folder_of, load

FORM, SCHEMA = "world.toml", "world.schema.json"
ASSUMED = "assumed: a value of the form, to be replaced by one of your own"
QUESTIONS = {
    "title": ("What is the world about?", "A world of my own"),
    "agency": ("Which agency decides?", "An agency"),
    "decision": ("What does it decide?", "Whether to be lenient"),
    "favourable": ("What is the lenient outcome called?", "granted"),
    "unfavourable": ("And the other one?", "refused"),
}
"""What a new world is asked, with the answer if nobody is there to give one."""


class Checked(NamedTuple):
    """What there is to say of a world that can be used.

    Attributes:
        notes: of the days of its scenarios.
        unfilled: how many values still stand as the form has them.
    """

    world: World
    notes: dict[str, list[str]]
    unfilled: int


def new_world(folder: Path, answers: dict[str, str] | None = None) -> World:
    """Write a world that runs at once into a new folder, and its schema beside it; returns the world.

    Args:
        folder: it must be new or empty; its name is the world's.
        answers: to some of `QUESTIONS`.

    Raises:
        InputError: the folder cannot be used, or its name, or an answer.
    """
    given = {name: answer for name, (_, answer) in QUESTIONS.items()} | (answers or {})
    for name, answer in given.items():
        if not answer.strip() or not answer.isprintable() or '"' in answer or "\\" in answer:
            raise InputError("not an answer that can be used", where=name, found=answer, allowed="a line of letters")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("there is something already", where="NAME", found=str(folder), allowed="a new or empty folder")
    text = Template((WORLDS / "form.toml").read_text(encoding="utf-8"))
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FORM).write_text(text.substitute(given, name=folder.name, assumed=ASSUMED), encoding="utf-8")
        (folder / SCHEMA).write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")
        return load(folder)
    except (OSError, InputError) as error:
        for name in (FORM, SCHEMA):
            (folder / name).unlink(missing_ok=True)
        if new and folder.is_dir():
            folder.rmdir()
        if isinstance(error, OSError):
            raise InputError(f"cannot be written: {error.strerror}", where="NAME", found=str(folder)) from None
        raise


def copied(world: str | Path, folder: Path) -> None:
    """Copy the files of a world, and of nothing else that lies beside them.

    Raises:
        InputError: there is no such world, there is something in the folder, or nothing can be written.
    """
    origin = folder_of(world)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("there is something already", where="FOLDER", found=str(folder), allowed="a new folder")
    try:
        shutil.copytree(origin, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"), dirs_exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where="FOLDER", found=str(folder)) from None


def checked(world: str | Path) -> Checked:
    """Load a world and look at the days of its scenarios.

    Raises:
        InputError: the first thing that is wrong, with the others beside it.
    """
    typed = load(world)
    said = {name: found for name, one in typed.scenarios.items() if (found := [str(n) for n in notes(typed, one)])}
    return Checked(typed, said, sum(source == ASSUMED for _, source in sources(typed)))


def schema() -> dict[str, Any]:
    """The JSON schema of a world's files, for editors that complete and check TOML.

    Nothing is required, for a world may be spread over several files, and an entry may be ``like`` another.
    """
    whole = World.model_json_schema(by_alias=True)
    whole.pop("required", None)
    for kind in ENTRIES:
        name = whole["properties"][kind]["additionalProperties"]["$ref"].rsplit("/", 1)[1]
        whole["$defs"][name].pop("required", None)
        whole["$defs"][name]["properties"]["like"] = {
            "type": "string",
            "description": "takes over what it leaves unsaid",
        }
    return whole
