"""The same words for every desk: what is asked of it, in three forms, and where that is tried (`words.toml`)."""

import tomllib
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from model.schema import Directive, Scenario, World

FILE = Path(__file__).with_name("words.toml")
SILENT = "silent"
"""The form in which the words have not been said."""


class Desk(NamedTuple):
    """A unit that is given the words; the scenario and the stream in which it decides, without any directive."""

    unit: str
    scenario: str
    stream: str

    @property
    def agency(self) -> str:
        """Its agency."""
        return self.unit.split(".")[0]

    @property
    def directive(self) -> str:
        """The name under which the words are issued to it."""
        return f"same-words-{self.unit.replace('.', '-')}"


class Words(NamedTuple):
    """What stands in `FILE`.

    Attributes:
        question, words: what is asked of the experiment, and of the desks.
        before, days: days of each watch without the words, and in all.
        forms: in which the words come, and the `SILENT` one: each with the keys of a directive that are its own.
        shared: keys of the directive in every form.
        desks: to which they are given, one after the other.
        record: scenarios whose own directives are taken away one by one (`experiments.headline.record`).
    """

    question: str
    words: str
    before: int
    days: int
    forms: dict[str, dict[str, Any]]
    shared: dict[str, Any]
    desks: list[Desk]
    record: list[str]

    @property
    def said(self) -> list[str]:
        """The forms in which something is said, each asking for more than the one before."""
        return [form for form in self.forms if form != SILENT]


@lru_cache(maxsize=1)
def words() -> Words:
    """The experiment.

    >>> words().said, [desk.unit for desk in words().desks][:2]
    (['appeal', 'order', 'evaluated'], ['ice.officers', 'ice.attorneys'])
    """
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    forms = {form: read.pop(form) for form in (SILENT, *read.pop("forms"))}
    desks = [Desk(**desk) for desk in read.pop("desks")]
    return Words(forms=forms, desks=desks, **read)


def watched(world: World, desks: Sequence[Desk]) -> Scenario:
    """The watch of desks that share one: their scenario and stream, as long as the experiment asks.

    Of directives it has the words to each of them alone.
    """
    scenario = world.scenarios[desks[0].scenario]
    end = scenario.start + timedelta(days=words().days - 1)
    issued = [desk.directive for desk in desks]
    return scenario.model_copy(update={"end": end, "directives": issued, "streams": [desks[0].stream]})


def worded(world: World, desks: Sequence[Desk], to: Desk | None = None, form: str = SILENT) -> World:
    """The world in which one of some desks is given the words in a form, and nothing is said to the others.

    >>> from model import load
    >>> desks = words().desks[:2]
    >>> world = worded(load(), desks, desks[1], "order")
    >>> [(name, world.directives[name].mandate.value) for name in watched(world, desks).directives]
    [('same-words-ice-officers', 0.0), ('same-words-ice-attorneys', 1.0)]
    """
    issued = {desk.directive: _text(world, desk, form if desk == to else SILENT) for desk in desks}
    return world.model_copy(update={"directives": {**world.directives, **issued}})


def _text(world: World, desk: Desk, form: str) -> Directive:
    start = world.scenarios[desk.scenario].start + timedelta(days=words().before)
    own = {"title": words().words, "start": start, "to": [desk.unit]}
    return Directive.model_validate({**words().shared, **words().forms[form], **own})


def title(world: World, unit: str, in_full: bool = False) -> str:
    """What a desk is called: its agency (with its whole name), and the unit.

    >>> from model import load
    >>> title(load(), "ice.attorneys"), title(load(), "ice.attorneys", in_full=True)
    ('ICE: Trial attorneys', 'ICE (Immigration and Customs Enforcement): Trial attorneys')
    """
    agency, name = unit.split(".")
    of = world.agencies[agency]
    return f"{of.title}{f' ({of.full_name})' if in_full else ''}: {of.units[name].title}"
