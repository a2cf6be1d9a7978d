"""The facts of a person, each with a control of its own."""

from collections.abc import Callable

import solara

from model.schema import CaseFile, Equity, World
from viz.app.address import Kept
from viz.app.controls import Button, Choice, Slider, Switch
from viz.app.layout import element
from viz.app.pages.case.person import ABSENT, FOR, IS, SEEN, STANDINGS, TIMES, plain, put, standing
from viz.app.pages.case.url_state import Shown

Put = Callable[[str, str], None]
"""Puts a fact to a value."""
FLAGS = {"lawyer": "Has a lawyer", "detained": "Is detained", "mandatory": "A statute requires detention"}
NUMBERS = {"age": ("Age", 0, 90), "entry_age": ("Age at arrival", 0, 90), "children": ("Children", 0, 10)}


@solara.component
def Facts(kept: Kept[Shown], shown: Shown, base: CaseFile, file: CaseFile, world: World) -> None:
    """What is known of the person; every fact can be otherwise."""
    person, words = file.person, world.words

    def to(name: str, value: str) -> None:
        kept.change(fact=put(kept.now.fact, base.person, name, value))

    with element("section", classes="d-panel", aria_label="Facts of the case"):
        with element("div", classes="d-row"):
            element("h2", "The facts")
            Button("As they were", lambda: kept.change(fact=()), disabled=not shown.fact)
        Choice("Conviction", person.level, lambda value: to("level", value), {**words.levels})
        Choice("Charged with", person.charge, lambda value: to("charge", value), {**words.charges})
        for name, title in FLAGS.items():
            _flag(name, title, bool(getattr(person, name)), to)
        for name, circumstance in words.circumstances.items():
            if name in _here(world, file):
                _flag(f"{IS}{name}", circumstance.title, name in person.circumstances, to)
        for name, (title, low, high) in NUMBERS.items():
            _number(name, title, int(getattr(person, name)), low, high, to)
        for name, number in words.numbers.items():
            _number(f"{TIMES}{name}", number.title, int(plain(person, f"{TIMES}{name}")), 0, 5, to)
        with element("details", classes="d-compact", open=""):
            element("summary", "What speaks for leniency")
            for name, equity in words.equities.items():
                if not equity.follows or name in person.equities:
                    _equity(name, equity, standing(person, name), to)


def _here(world: World, file: CaseFile) -> set[str]:
    """The circumstances that may be true before the desks of a case."""
    streams = {world.stages[stage].stream for stage in file.stages}
    mixes = [mix for mix in world.mixes.values() if world.stages[mix.stage].stream in streams]
    return {name for mix in mixes for name in mix.circumstances} | {*file.person.circumstances}


def _flag(name: str, title: str, value: bool, to: Put) -> solara.Element:
    return Switch(title, value, lambda on: to(name, "yes" if on else "no"))


def _number(name: str, title: str, value: int, low: int, high: int, to: Put) -> solara.Element:
    return Slider(title, value, lambda number: to(name, str(int(number))), low, max(high, value), 1)


def _equity(name: str, equity: Equity, value: str, to: Put) -> solara.Element:
    title = equity.said[0].upper() + equity.said[1:]
    options = {one: one for one in STANDINGS if not (equity.follows and one == ABSENT)}
    hint = "Follows from the ages." if equity.follows else ""
    return Choice(title, value if value in options else SEEN, lambda how: to(FOR + name, how), options, hint=hint)
