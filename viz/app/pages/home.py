"""The first page: what there is to ask."""

from collections.abc import Sequence

import solara

from viz.app.layout import Link, Place, element


@solara.component
def Home(places: Sequence[Place]) -> None:
    """One card a page, the demonstrations first: teachers begin there."""
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
