"""What a page shows while its scripts are on their way: its head and its words, as HTML that stands in the page itself.

It is made of the same components as the page. Links in it lead where they will; what is drawn, and what is to be
moved, comes with the scripts.
"""

from html import escape
from typing import Any
from uuid import uuid4

import ipyvue
import solara
from reacton.core import Element
from solara.routing import Router, router_context
from solara.server.kernel import Kernel
from solara.server.kernel_context import VirtualKernelContext

from model.errors import InputError
from viz.app.layout import Frame, Place, Titled, below, element
from viz.app.pages.home import Opening
from viz.app.routes import PLACES, routes
from viz.app.shown_world import per_world

INSTEAD = {"main": "div"}
"""Elements of which a document has one: the page brings its own."""


def first_look(path: str) -> bytes:
    """The HTML of the page at a path; nothing where there is none, or where the world cannot be read."""
    try:
        return _made(f"/{path.strip('/')}", below())
    except InputError:
        return b""  # the page itself says what is wrong


@per_world(most=32)
def _made(path: str, _below: str) -> bytes:
    at = {"/": Opening(PLACES), **{place.path: _Awaited(place) for place in PLACES}}
    if path not in at:
        return b""
    context = VirtualKernelContext(id=str(uuid4()), kernel=Kernel(), session_id=str(uuid4()))
    try:
        with context:
            widget, rendered = solara.render(_At(path, at[path]), handle_error=False)
            text = as_html(widget)
            rendered.close()
    finally:
        context.close()
    return text.encode()


@solara.component
def _At(path: str, page: Element) -> None:
    router_context.provide(Router(path, routes))
    Frame(PLACES, [page])


@solara.component
def _Awaited(place: Place) -> None:
    Titled(place)
    element("div", "Loading …", classes="d-empty", role="status")


def as_html(part: Any) -> str:
    """Widgets as HTML: their elements and texts; nothing of those that a script of their own draws."""
    if isinstance(part, str):
        return escape(part)
    inner = "".join(as_html(child) for child in getattr(part, "children", None) or ())
    if not isinstance(part, ipyvue.Html):
        return inner
    tag = INSTEAD.get(part.tag, part.tag)
    named = {"class": part.class_, **(part.attributes or {})}
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in named.items() if value)
    return f"<{tag}{attributes}>{inner}</{tag}>"
