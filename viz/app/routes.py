"""The site: its pages, in the order of the menu. Solara finds `routes` here."""

from typing import Any

import solara

from model.schema import World
from viz.app.layout import Broken, Frame, Note, Place, Titled
from viz.app.pages.about.page import About
from viz.app.pages.case.page import Case
from viz.app.pages.demonstrations.page import Demonstrations
from viz.app.pages.downstream.page import DownstreamPage
from viz.app.pages.home import Home
from viz.app.pages.levers.page import Levers
from viz.app.pages.live_run.page import Memo
from viz.app.pages.premortem.page import PremortemPage
from viz.app.pages.sweeps.page import Sweeps
from viz.app.pages.twins.page import Twins
from viz.app.shown_world import named, the_world


def _no_demonstration(world: World) -> str:
    return "The demonstrations are of another world: discretion app gives them, without --world." if named() else ""


def _no_case(world: World) -> str:
    return "" if world.cases else "No named case comes with this world: a file in its folder cases/ makes one."


def _no_directive(world: World) -> str:
    return "" if world.directives else "No directive comes with this world, which a draft could follow."


PLACES = [
    Place("/demonstrations", "Demonstrations", "What happens when a memo meets a culture?",
          "Six guided demonstrations of about ten minutes each, for a class: guess first, then run, then talk.",
          Demonstrations, _no_demonstration),
    Place("/memo", "Live run", "Does the memo arrive?",
          "Watch a directive travel down the hierarchy, and see who changes and who does not.", Memo),
    Place("/twins", "With and without", "What did the directive itself change?",
          "Two worlds side by side: the same cases, officers and seeds; only the directives differ.", Twins),
    Place("/case", "One case", "Why this decision?",
          "Put a person before every desk that has a say, change a fact, and see what it would take.", Case,
          _no_case),
    Place("/downstream", "Downstream", "What breaks downstream?",
          "What is used of every limit, who waits, who is kept apart, and what could have been instead.",
          DownstreamPage),
    Place("/levers", "Levers", "Which lever?",
          "What could have been done otherwise, one thing at a time: what it would have shifted, and at what cost.",
          Levers),
    Place("/premortem", "Pre-mortem", "How would it fail?",
          "Write a directive of your own, have its text looked over, and try it before it is issued.", PremortemPage,
          _no_directive),
    Place("/sweeps", "Sweeps", "What does it depend on?",
          "Open a sweep of many runs: which parameters matter, how the outcome responds, and where it fails.", Sweeps),
    Place("/about", "How it works", "How does it work, and how far can it be trusted?",
          "The model on one page, where it is known to be wrong, and what the words mean.", About),
]  # fmt: skip


@solara.component
def _Home() -> None:
    Home(PLACES)


def _route(place: Place) -> solara.Route:
    @solara.component
    def Page() -> None:
        search = solara.use_router().search
        broken, again = solara.use_exception()
        if broken is not None:
            Broken(broken, again)
        elif lacking := place.lacks(the_world()):
            Titled(place)
            Note(lacking)
        else:
            place.component(place).key(f"{place.path}?{search}")

    return solara.Route(path=place.path.strip("/"), component=Page, label=place.name)


@solara.component
def Layout(children: list[Any] = []) -> None:  # noqa: B006 - Solara passes them by this name
    """Every page in the frame."""
    Frame(PLACES, children)


routes = [solara.Route(path="/", component=_Home, layout=Layout, label="Discretion"), *map(_route, PLACES)]
