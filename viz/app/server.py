"""The server of the app: Solara's, with the charts' script and the rules that keep every request on this machine.

Nothing happens at import but definitions; `serve` sets up and blocks until the server is stopped.
"""

import os
import socket
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import InputError
from viz.app.missing import missing

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from viz.app.classroom.routes import Classroom

SITE = "viz.app.routes"
ASSETS = Path(__file__).parent / "assets"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
        "base-uri 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""Sent with every answer: the browser itself then refuses whatever would leave the machine."""

NOTICE = b"""<script>
if (!window.requirejs) document.body.innerText = "A proxy serves this app below a path that the app does not know of. "
  + "Start it with SOLARA_ROOT_PATH=" + location.pathname.replace(/[/][a-z]*$/, "");
</script>"""
"""What a page says, in place of nothing, where none of its files is found at the address that it gives for them."""

BAR, NAMED_BAR = b"<v-progress-linear ", b'<v-progress-linear aria-label="Loading" '
"""Solara's bar while a page loads, which says nothing to those who hear a page."""

NO_ZOOM = b", maximum-scale=1, user-scalable=no, minimal-ui"
"""What Solara's page tells a phone, whose reader may want to zoom."""

PLACE = b'<div id="pre-rendered-html-present"'
"""Before it Solara has what is shown of a page until its scripts are there."""

NOTHING_SHOWN, SHOWN = b"solara.preRendered = 0 > 0", b"solara.preRendered = true"
"""What Solara's page tells its script of that."""

IDLE = "20m"
"""How long a session is kept whose browser has lost touch; one whose page is closed ends at once."""


def make(room: "Callable[[], Classroom] | None" = None) -> "Starlette":
    """The application, with Solara set up for it; with a ``room``, others on the network reach that alone.

    Solara reads how it is set up when it is first imported, so ``room`` may import it and is called afterwards.
    """
    for name, value in {
        "REACTON_FAST": "1",  # what nothing has changed in is not walked through
        "SOLARA_APP": SITE,
        "SOLARA_MODE": "production",
        "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
        "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
        "SOLARA_ASSETS_EXTRA_LOCATIONS": str(ASSETS),
        "SOLARA_KERNEL_CULL_TIMEOUT": IDLE,
        "SOLARA_SESSION_HTTP_ONLY": "true",
        "SOLARA_THEME_LOADER": "plain",
        "SOLARA_THEME_TITLE": "Discretion",
        "SOLARA_THEME_VARIANT": "light",
        "SOLARA_THEME_SHOW_BANNER": "false",
        "SOLARA_THEME_FORCE_REFRESH": "true",
    }.items():
        os.environ[name] = value
    import solara.server.starlette as solara_server
    from solara.server import settings
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, Route

    from viz.app.bundle import Bundled, charts, styles
    from viz.app.classroom.gate import OnlyTheRoom
    from viz.app.crowd import OnlySoMany

    folder = Path(settings.assets.proxy_cache_dir)
    return Starlette(
        routes=[
            Route("/discretion/vega.js", charts().answer),
            *styles(folder),
            Mount("/_solara/cdn", Bundled(directory=folder)),
            *(room().routes() if room else ()),
            Mount("/", routes=solara_server.routes, middleware=[Middleware(_WithNotice), Middleware(OnlySoMany)]),
        ],
        middleware=[
            *solara_server.middleware,
            Middleware(_WithHeaders),
            *([Middleware(OnlyTheRoom)] if room else ()),
        ],
        lifespan=solara_server.lifespan,
    )


class _WithHeaders:
    """Adds `HEADERS` to every answer."""

    def __init__(self, app: object) -> None:
        self.app = app

    async def __call__(self, scope: dict, receive: object, send: object) -> None:
        async def with_headers(message: dict) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)  # type: ignore[operator]

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)  # type: ignore[operator]


class _WithNotice:
    """Adds `NOTICE` to every page, says its language, names its bar, lets it be zoomed; `missing` where none is."""

    def __init__(self, app: object) -> None:
        self.app = app

    async def __call__(self, scope: dict, receive: object, send: object) -> None:
        held: list[dict] = []
        lost: list[dict] = []

        async def noticed(message: dict) -> None:
            headers = dict(message.get("headers", ()))
            if message["type"] == "http.response.start" and message["status"] == 404 and _wants_page(scope):
                lost.append(message)
                return
            if lost:
                if not message.get("more_body"):
                    await _lost(scope, lost.pop(), send)
                return
            if headers.get(b"content-type", b"").startswith(b"text/html"):
                held.append(message)  # until the length of what follows is known
                return
            if held and message["type"] == "http.response.body":
                start, body = held.pop(), message["body"].replace(b"</html>", NOTICE + b"</html>", 1)
                body = body.replace(b"<html>", b'<html lang="en">', 1).replace(NO_ZOOM, b"", 1)
                body = await _with_first_look(body.replace(BAR, NAMED_BAR), scope)
                length = [(b"content-length", str(len(body)).encode())]
                kept = [header for header in start["headers"] if header[0] != b"content-length"]
                await send({**start, "headers": [*kept, *length]})  # type: ignore[operator]
                message = {**message, "body": body}
            await send(message)  # type: ignore[operator]

        await self.app(scope, receive, noticed if scope["type"] == "http" else send)  # type: ignore[operator]


async def _with_first_look(body: bytes, scope: dict) -> bytes:
    """A page with what is shown of it until its scripts are there, and without icons that nobody sees."""
    from anyio.to_thread import run_sync

    from viz.app.bundle import ICONS
    from viz.app.first_look import first_look

    look = await run_sync(first_look, scope["path"].removeprefix(scope.get("root_path", "")))
    body = ICONS.sub(b"", body)
    return body.replace(PLACE, look + PLACE, 1).replace(NOTHING_SHOWN, SHOWN, 1) if look else body


def _wants_page(scope: dict) -> bool:
    """Whether a browser has asked for a page, and not for a part of one."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


async def _lost(scope: dict, start: dict, send: object) -> None:
    """Answer that there is no such page."""
    body = missing(scope["path"], scope.get("root_path", ""))
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({**start, "headers": headers})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": body})  # type: ignore[operator]


def free(host: str, port: int) -> None:
    """Raise InputError if nothing can listen there; ask before the site is loaded, not after it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"cannot listen there: {error.strerror}", where="--host, --port", found=f"{host}:{port}",
                allowed="an address of this machine, and a port that is free (try --port 8766)",
            ) from None  # fmt: skip


def serve(host: str, port: int, prepare: Callable[[], None], room: "Callable[[], Classroom] | None" = None) -> None:
    """Serve the app until it is stopped; ``prepare`` runs once Solara is set up and before the first visitor comes."""
    import uvicorn

    site = make(room)  # sets Solara up, which the rest of the app imports
    prepare()
    warnings.filterwarnings("ignore", "Cookies with samesite=none require https")
    warnings.filterwarnings("ignore", "base url .* does not end with root path")  # matters to a sign-on alone
    uvicorn.run(site, host=host, port=port, log_level="warning", ws_max_size=2**22)
