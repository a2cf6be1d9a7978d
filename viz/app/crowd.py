"""Who may open a page: so many at once, and nobody a page that another has open."""

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from viz.app.missing import crowded

MOST = 200
"""Pages that are open at once; each holds some megabytes, and more where a run is shown."""
CHANNELS = "channels"
"""How the address ends at which a page talks to its part of the server, whose name stands before it."""
REFUSED, LATER = 1008, 1013
"""Codes by which a server closes a connection: it may not be, or not yet (RFC 6455, and IANA's registry)."""


class OnlySoMany:
    """Turns away whoever would open one page more than ``most``, or listen to one that is another's."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        from solara.server.kernel_context import contexts

        full = len(contexts) >= self._most
        if scope["type"] == "websocket":
            code = _refusal(scope, contexts, full)
            if code:
                await send({"type": "websocket.close", "code": code})
                return
        elif full and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
            page = crowded(self._most, scope["path"])
            await HTMLResponse(page, 503, {"Retry-After": "60"})(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _refusal(scope: Scope, pages: dict, full: bool) -> int:
    """Why a connection is closed, or 0: the page is known by another's cookie, or there is no room for it."""
    from solara.server.server import get_session_id_cookie

    name, _, end = scope["path"].rpartition("/")
    page = pages.get(name.rpartition("/")[2]) if end == CHANNELS else None
    if page is None:
        return LATER if full else 0
    return 0 if page.session_id == get_session_id_cookie(HTTPConnection(scope).cookies) else REFUSED
