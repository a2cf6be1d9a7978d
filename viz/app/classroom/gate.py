"""Who may ask for what while a class is in the room."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from viz.app.classroom.network import is_local


class OnlyTheRoom:
    """Lets the phones of a network reach the room; the rest of the app answers to this machine alone."""

    OPEN = ("/join", "/join/state", "/join/guess", "/class", "/class/state", "/class/do", "/class/guesses.csv")

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] == "lifespan" or _at_home(scope) or self._open(scope["path"]):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            text = "The app answers to the instructor's machine alone. Phones join at /join."
            await PlainTextResponse(text, status_code=403)(scope, receive, send)

    def _open(self, path: str) -> bool:
        return path in self.OPEN or path.startswith("/classroom/")


def _at_home(scope: Scope) -> bool:
    """Whether who asks is on this machine: at its own address to itself, or at that which they ask."""
    client, server = scope.get("client"), scope.get("server")
    return client is not None and (is_local(client[0]) or (server is not None and client[0] == server[0]))
