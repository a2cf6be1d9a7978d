"""How it works, and how far to trust it: the page that every other leads to."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import solara

from viz.app.address import use_address
from viz.app.glossary import glossary
from viz.app.layout import Link, Place, Titled, element, explained
from viz.app.reproduce import command
from viz.app.shown_world import named, the_world

WORKS = (
    "People come, and their cases go from desk to desk. At each desk an officer decides, within what the law leaves "
    "open.",
    "Every officer of every agency decides by the same rule, in two steps. First: is this case looked at as an "
    "individual matter at all? Then: what weighs, for leniency and against it? Agencies differ in data alone: in "
    "their culture, in what is counted, in their hours and beds, and in how far a directive reaches them.",
    "A directive comes down a ladder, a step a day. Each manager passes on a part of it, less when it is vague, "
    "when it goes against the grain, or when numbers take all attention. What arrives must still be read, and a "
    "text that leaves room is filled by the reader's own leaning.",
    "To see what a directive changed, the same people are sent through two worlds that differ in the directive "
    "alone. Every stroke of luck belongs to its case, so that a decision that comes out otherwise does so "
    "because of the directive.",
)
TRUST = (
    "Most parameters are assumptions, and say so. Signs and orders (who moves, who does not, which lever is "
    "stronger) can be trusted more than sizes.",
    "An interval says how far chance carries a figure: other people, other desks. It does not say that the model "
    "is right.",
    "Some facts tuned the model: that it agrees with them is no evidence. Others were kept back, and it fails "
    "part of those. Where a figure stands beside such a fact, the page says so.",
    "It must not be used to decide, rank or predict anybody's case, nor to judge a named office or officer.",
)
WRONG: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("wrong.toml").read_text("utf-8"))
"""Patterns of `discretion validate` that fail, in words, by shipped world."""


@dataclass(frozen=True)
class Shown:
    """There is nothing to set on this page."""


@solara.component
def About(place: Place) -> None:
    """The page."""
    _, problems = use_address(Shown)
    Titled(place, problems)
    with element("div", classes="d-stack"):
        _Part("How it works", WORKS)
        _Part("How far to trust it", TRUST)
        _Wrong()
        with element("section", classes="d-panel", id="words"):
            element("h2", "Words")
            with element("dl", classes="d-facts d-words"):
                for term, meaning in glossary().items():
                    element("dt", term)
                    element("dd", meaning)
        if not named():
            Link("/demonstrations", children=["See it: the guided demonstrations"])


@solara.component
def _Wrong() -> None:
    wrong = {} if named() else WRONG[the_world().name]
    with element("section", classes="d-panel"):
        element("h2", "Where it is known to be wrong")
        if not wrong:
            element("p", "No failure of this world comes with the project.", classes="d-text")
        with element("ul", classes="d-text"):
            for pattern, words in wrong.items():
                element("li", *explained(words), element("span", f" ({pattern})", classes="d-hint"))
        with element("p", classes="d-text"):
            element("span", command("validate", world=named()), classes="d-code")
            element("span", " holds the model against every fact that it could fail on; the page Credibility of "
                    "the documentation explains each failure." if wrong else
                    " holds the model against the facts that come with this world, where there are any, and against "
                    "what must be so in any.")  # fmt: skip


@solara.component
def _Part(title: str, paragraphs: tuple[str, ...]) -> None:
    with element("section", classes="d-panel"):
        element("h2", title)
        with element("div", classes="d-text"):
            for paragraph in paragraphs:
                element("p", *explained(paragraph))
