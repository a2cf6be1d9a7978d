"""What every page stands in: the head with the way to the other pages, the look, the foot."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ipyvue
import solara
from reacton.ipyvue import use_event

from experiments.asked import remarks
from model.errors import InputError
from model.schema import Scenario, World
from viz.app.glossary import pieces
from viz.app.session import STARTED

NARROW = 640
WARNING = (
    "A model made of assumptions, for teaching and for comparing directives. It must not be used to decide, rank or "
    "predict anybody's case, nor to judge a named office or officer. "
)


@dataclass(frozen=True)
class Look:
    """How a visitor's screen is: ``dark`` or light, and its ``width`` in pixels."""

    dark: bool = False
    width: int = 1024

    @property
    def narrow(self) -> bool:
        """A phone, or as narrow as one."""
        return self.width < NARROW


look = solara.reactive(Look())
"""Each visitor has their own: Solara keeps a reactive value a session."""


@dataclass(frozen=True)
class Place:
    """A page: where it is, what it is called in the menu, the question that is its title, and what it is for.

    ``lacks`` says in one line why a page has nothing to show of a world; nothing where it has.
    """

    path: str
    name: str
    question: str
    about: str
    component: Callable[..., Any]
    lacks: Callable[[World], str] = lambda world: ""


@solara.component_vue("vue/browser.vue", vuetify=False)
def _Browser(started: str, event_resized: Callable[[int], None], event_restarted: Callable[[Any], None]) -> None: ...


@solara.component_vue("vue/theme.vue", vuetify=True)
def _Theme(event_changed: Callable[[bool], None]) -> None: ...


def element(tag: str, *children: Any, classes: str = "", **attributes: Any) -> solara.Element:
    """An HTML element; an attribute's underscore stands for a hyphen."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return ipyvue.Html.element(tag=tag, children=list(children), class_=classes, attributes=named)


def explained(text: str) -> list[Any]:
    """A text as the children of an element: what the glossary explains says so when it is pointed at or focused."""
    return [
        piece if meaning is None else element(
            "dfn", piece, classes="d-term", tabindex="0", data_meaning=meaning, aria_description=meaning
        )
        for piece, meaning in pieces(text)
    ]  # fmt: skip


def below() -> str:
    """The path below which a proxy serves the app; empty where none does."""
    from solara.server import settings  # which the server sets, or takes from the proxy's first request

    return (settings.main.root_path or "").rstrip("/")


@solara.component
def Link(path: str, children: list[Any] = [], classes: str = "") -> None:  # noqa: B006 - Solara fills it
    """A way to another page of the app, below whatever path a proxy serves it."""
    router = solara.use_router()
    link = element("a", *children, classes=classes, href=f"{below()}{path}")
    use_event(link, "click.prevent.stop", lambda *_: router.push(path))


def Frame(places: Sequence[Place], children: Sequence[Any]) -> solara.Element:
    """A page between head and foot."""
    return _Frame(places=places, children=list(children))


@solara.component
def _Frame(places: Sequence[Place], children: list[Any]) -> None:
    router = solara.use_router()
    restarted, set_restarted = solara.use_state(False)
    open_, set_open = solara.use_state(False)
    here = f"/{router.parts[0]}" if router.parts else "/"
    _Browser(
        started=STARTED,
        event_resized=lambda width: look.set(replace(look.peek(), width=int(width))),
        event_restarted=lambda _: set_restarted(True),
    )
    with element("div", classes="d-app"):
        element("a", "Skip to the content", classes="d-skip", href="#main")
        with element("header", classes="d-head"):
            Link("/", children=["Discretion"], classes="d-brand")
            toggle = element("button", "Menu", classes="d-menu", type="button", aria_expanded=str(open_).lower())
            use_event(toggle, "click", lambda *_: set_open(not open_))
            with element("nav", classes="d-nav d-open" if open_ else "d-nav", aria_label="Pages"):
                for place in places:
                    Link(place.path, children=[place.name], classes="d-here" if place.path == here else "")
            _Theme(event_changed=lambda dark: look.set(replace(look.peek(), dark=bool(dark))))
        with element("main", classes="d-main", id="main", tabindex="-1"):
            if restarted:
                Note("The server has restarted since this page was opened. The page was rebuilt from its "
                     "address: your settings are kept, and results have to be run again.")  # fmt: skip
            for child in children:
                solara.display(child)
        with element("footer", classes="d-foot"):
            element("span", WARNING)
            Link("/about", children=["How it works, and how far to trust it"])


@solara.component
def Titled(place: Place, problems: Sequence[InputError] = ()) -> None:
    """The question of a page, what it is for, and what was wrong with the link to it."""
    solara.Title(f"{place.question} · Discretion")
    with element("div", classes="d-title"):
        element("h1", place.question)
        element("p", *explained(place.about), classes="d-lead")
    if problems:
        Problem("Part of the link could not be used; the usual values stand in its place.", problems)


@solara.component
def Note(text: str) -> None:
    """Something to know."""
    element("div", text, classes="d-note", role="status")


@solara.component
def Remarks(world: World, *scenarios: str | Scenario) -> None:
    """What is to be said of the days of some scenarios: where cases are missing, carried on, or of another day."""
    for note in remarks(world, scenarios):
        Note(note)


@solara.component
def Problem(what: str, found: Sequence[BaseException] = ()) -> None:
    """Something that went wrong, in words, with what each error says."""
    with element("div", classes="d-problem", role="alert"):
        element("p", what)
        for error in found:
            element("pre", str(error))


@solara.component
def Broken(error: BaseException, again: Callable[[], None]) -> None:
    """In the place of a page in which something went wrong that nobody foresaw."""
    logging.getLogger(__name__).error("a page failed", exc_info=error)
    with element("div", classes="d-problem", role="alert"):
        element("p", "This page has failed. What you had set is in the address: going back, or loading the page again, "
                "brings it back.")  # fmt: skip
        element("pre", f"{type(error).__name__}: {error}")
        retry = element("button", "Try again", classes="d-quiet", type="button")
        use_event(retry, "click", lambda *_: again())
