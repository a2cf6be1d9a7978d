"""The facts of a person, each with a control of its own."""

from collections.abc import Callable

import solara

from model.schema import CaseFile
from model.schema.phrases import EQUITY, LEVEL
from model.schema.vocabulary import CHARGES, DERIVED_EQUITIES, EQUITIES, LEVELS
from viz.app.address import Kept
from viz.app.controls import Button, Choice, Slider, Switch
from viz.app.layout import element
from viz.app.pages.case.person import ABSENT, FOR, SEEN, STANDINGS, put, standing
from viz.app.pages.case.url_state import Shown

CHARGE = {
    "none": "no charge", "entry": "entry without inspection", "other-immigration": "another immigration ground",
    "criminal": "a criminal ground", "national-security": "national security", "miscellaneous": "another ground",
    "illegal-entry": "illegal entry (a misdemeanour)", "re-entry": "entry after removal (a felony)",
}  # fmt: skip
Put = Callable[[str, str], None]
"""Puts a fact to a value."""
FLAGS = {
    "lawyer": "Has a lawyer", "detained": "Is detained", "mandatory": "A statute requires detention",
    "gang": "Known gang membership",
}  # fmt: skip
NUMBERS = {
    "age": ("Age", 0, 90), "entry_age": ("Age at arrival", 0, 90), "children": ("Children", 0, 10),
    "prior_removals": ("Earlier removals", 0, 5),
}  # fmt: skip


@solara.component
def Facts(kept: Kept[Shown], shown: Shown, base: CaseFile, file: CaseFile) -> None:
    """What is known of the person; every fact can be otherwise."""
    person = file.person

    def to(name: str, value: str) -> None:
        kept.change(fact=put(kept.now.fact, base.person, name, value))

    with element("section", classes="d-panel", aria_label="Facts of the case"):
        with element("div", classes="d-row"):
            element("h2", "The facts")
            Button("As they were", lambda: kept.change(fact=()), disabled=not shown.fact)
        Choice("Conviction", person.level, lambda value: to("level", value), {name: LEVEL[name] for name in LEVELS})
        Choice(
            "Charged with",
            person.charge,
            lambda value: to("charge", value),
            {name: CHARGE.get(name, name) for name in CHARGES},
        )
        for name, title in FLAGS.items():
            _flag(name, title, bool(getattr(person, name)), to)
        for name, (title, low, high) in NUMBERS.items():
            _number(name, title, int(getattr(person, name)), low, high, to)
        Slider("Known to the public", person.visibility, lambda value: to("visibility", f"{value:g}"), 0.0, 1.0, 0.05,
               "%", shipped=base.person.visibility)  # fmt: skip
        with element("details", classes="d-compact", open=""):
            element("summary", "What speaks for leniency")
            for name in EQUITIES:
                if name not in DERIVED_EQUITIES or name in person.equities:
                    _equity(name, standing(person, name), to)


def _flag(name: str, title: str, value: bool, to: Put) -> solara.Element:
    return Switch(title, value, lambda on: to(name, "yes" if on else "no"))


def _number(name: str, title: str, value: int, low: int, high: int, to: Put) -> solara.Element:
    return Slider(title, value, lambda number: to(name, str(int(number))), low, max(high, value), 1)


def _equity(name: str, value: str, to: Put) -> solara.Element:
    title = EQUITY[name][0].upper() + EQUITY[name][1:]
    follows = name in DERIVED_EQUITIES
    options = {one: one for one in STANDINGS if not (follows and one == ABSENT)}
    hint = "Follows from the ages." if follows else ""
    return Choice(title, value if value in options else SEEN, lambda how: to(FOR + name, how), options, hint=hint)
