"""How it works, and how far to trust it: the page that every other leads to."""

from dataclasses import dataclass

import solara

from viz.app.address import use_address
from viz.app.glossary import glossary
from viz.app.layout import Link, Place, Titled, element, explained

WORKS = (
    "People come, and their cases go from desk to desk: a jail, a trial attorney, a judge, an adjudicator. At "
    "each desk an officer decides, within what the law leaves open.",
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
WRONG = {
    "P05.reunited": "Zero tolerance: it brings back far more children at the station than were in fact.",
    "P37": "Zero tolerance: it fills the Marshals' beds too early.",
    "P31": "The memo of April 2017 moved one district of five; in the model, none.",
    "I30": "The review of 2011: closures went on after October 2012; in the model they fade.",
    "I36": "Claudia was granted bond; in the model, hardly ever.",
}
"""Patterns of `discretion validate` that fail, in words."""


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
        with element("section", classes="d-panel"):
            element("h2", "Where it is known to be wrong")
            with element("ul", classes="d-text"):
                for pattern, words in WRONG.items():
                    element("li", *explained(words), element("span", f" ({pattern})", classes="d-hint"))
            with element("p", classes="d-text"):
                element("span", "discretion validate", classes="d-code")
                element("span", " holds the model against every fact that it could fail on; the page Credibility of "
                        "the documentation explains each failure.")  # fmt: skip
        with element("section", classes="d-panel", id="words"):
            element("h2", "Words")
            with element("dl", classes="d-facts d-words"):
                for term, meaning in glossary().items():
                    element("dt", term)
                    element("dd", meaning)
        Link("/demonstrations", children=["See it: the guided demonstrations"])


@solara.component
def _Part(title: str, paragraphs: tuple[str, ...]) -> None:
    with element("section", classes="d-panel"):
        element("h2", title)
        with element("div", classes="d-text"):
            for paragraph in paragraphs:
                element("p", *explained(paragraph))
