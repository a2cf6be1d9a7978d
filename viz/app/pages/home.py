"""The first page: what this is about, a picture of it, and where to begin."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import solara

from experiments.headline.stored import stored as headline
from experiments.headline.stored import with_unknown
from experiments.headline.study import in_words
from experiments.precomputed.demonstrated import stored
from model.world.loader import load
from viz.app.figure import Drawn
from viz.app.flow import Flow
from viz.app.layout import Link, Place, element, explained
from viz.charts.theme import Legend
from viz.reports.headline import chart


class Door(NamedTuple):
    """A way in for one kind of visitor."""

    who: str
    what: str
    path: str


DOORS = (
    Door("I teach", "Five demonstrations of ten minutes: the class guesses, then sees. Each has a teacher's sheet.",
         "/demonstrations"),
    Door("I study", "Begin with one woman, one file and two agencies. It takes ten minutes.",
         "/demonstrations?name=same-facts"),
    Door("I have a directive in hand", "Write it by form, and see how it would fail before it is issued.",
         "/premortem"),
)  # fmt: skip
FLOWS = (
    ("ice", "prosecutors", "ICE's trial attorneys, ordered in 2011 to review their cases", "are offered closure",
     "In fact, about 5 of 100 were."),
    ("uscis", "daca", "USCIS, told in 2012 to defer action for childhood arrivals", "are approved",
     "In fact, 98.7 of 100 were."),
)  # fmt: skip
"""Agency, figure of the demonstration on whose hands decide, what was asked of whom, the outcome, and what happened."""


@solara.component
def Home(places: Sequence[Place]) -> None:
    """What it is about, three doors, and one card a page."""
    solara.Title("Discretion")
    element("h1", "A memo comes down from the top. Does the front line change?")
    lead = (
        "In 2011 and 2012 one administration asked two agencies for leniency. USCIS, which grants benefits, did as it "
        "was asked; ICE, which arrests and prosecutes, hardly did. This is a model of the officers who decide, on "
        "which such a directive can be tried before anybody is subject to it."
    )
    element("p", *explained(lead), classes="d-lead")
    Flow(rows=flows())
    element("h2", "Where to begin")
    with element("div", classes="d-doors"):
        for door in DOORS:
            with Link(door.path, classes="d-door"):
                element("span", door.who, classes="d-question")
                element("span", door.what)
    element("h2", "All pages")
    with element("div", classes="d-cards"):
        for place in places:
            with Link(place.path, classes="d-card"):
                element("span", place.name, classes="d-kicker")
                element("span", place.question, classes="d-question")
                element("span", place.about)
    _Headline()


def flows(known: Callable[[str], Any] = stored) -> list[dict[str, Any]]:
    """What the picture shows, of the results that come with the project; nothing where none do."""
    found, world = known("whose"), load()
    if found is None:
        return []
    return [
        {"colour": world.agencies[agency].colour, "who": who, "of": round(100 * float(np.median(found.figures[key]))),
         "what": what, "happened": happened}
        for agency, key, who, what, happened in FLOWS
    ]  # fmt: skip


@solara.component
def _Headline() -> None:
    """The same words at every desk, as they come with the project."""
    world, found = load(), headline()
    figures = solara.use_memo(lambda: with_unknown(found.figures), [])
    about = {"replications": found.pairs, "posterior_draws": found.draws}
    with element("section", classes="d-panel"):
        element("h2", "One directive, six desks")
        element("p", in_words(figures, world))
        Drawn(lambda: chart(figures, world, about), [], "headline", "The same words, given to each desk in turn",
              lambda: figures, Legend.of_world(world))  # fmt: skip
