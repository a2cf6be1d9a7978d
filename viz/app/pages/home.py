"""The first page: what the project found, and what there is to ask."""

from collections.abc import Sequence

import solara

from experiments.headline.stored import stored, with_unknown
from experiments.headline.study import in_words
from model.world.loader import load
from viz.app.figure import Drawn
from viz.app.layout import Link, Place, element
from viz.charts.theme import Legend
from viz.reports.headline import chart


@solara.component
def Home(places: Sequence[Place]) -> None:
    """One card a page, the demonstrations first: teachers begin there; below them the headline."""
    solara.Title("Discretion")
    element("h1", "A memo comes down from the top. Does the front line change?")
    element(
        "p", "A laboratory of agencies, officers and cases. Every officer decides by the same rule; agencies differ in "
        "culture, in what is counted, and in how far a memo reaches them.", classes="d-lead",
    )  # fmt: skip
    with element("div", classes="d-cards"):
        for place in places:
            with Link(place.path, classes="d-card"):
                element("span", place.name, classes="d-kicker")
                element("span", place.question, classes="d-question")
                element("span", place.about)
    _Headline()


@solara.component
def _Headline() -> None:
    """The same words at every desk, as they come with the project."""
    world, found = load(), stored()
    figures = solara.use_memo(lambda: with_unknown(found.figures), [])
    about = {"replications": found.pairs, "posterior_draws": found.draws}
    with element("section", classes="d-panel"):
        element("h2", "One directive, six desks")
        element("p", in_words(figures, world))
        Drawn(lambda: chart(figures, world, about), [], "headline", "The same words, given to each desk in turn",
              lambda: figures, Legend.of_world(world))  # fmt: skip
