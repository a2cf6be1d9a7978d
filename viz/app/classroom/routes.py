"""The way to a room: the phones' page and the instructor's, and what they ask and send. The rules are the room's."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from model.errors import InputError
from viz.app.classroom.folder import Folder
from viz.app.classroom.room import NotIn
from viz.app.classroom.saved import table
from viz.app.classroom.shown import phone, projector
from viz.app.demonstrations import demonstrations

PAGES = Path(__file__).parent / "pages"
LARGEST = 2_000
"""Bytes that a page may send at once; it sends a tenth of that."""
ACTIONS = ("begin", "close", "reopen", "reveal", "leave", "end")
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": "script-src 'self'"}
"""Of the pages, beside those of the whole server."""
Handler = Callable[[Request], Awaitable[Response]]


class Classroom:
    """The routes of a room; ``address`` is that of the phones' page, as phones on the network reach it."""

    def __init__(self, folder: Folder, address: str) -> None:
        self._folder, self._address = folder, address

    def routes(self) -> list[BaseRoute]:
        """Where each thing is."""
        return [
            Route("/join", _page("phone.html"), methods=["GET"]),
            Route("/join", _answered(self._join), methods=["POST"]),
            Route("/join/state", _answered(self._phone)),
            Route("/join/guess", _answered(self._guess), methods=["POST"]),
            Route("/class", _page("projector.html")),
            Route("/class/state", _answered(self._projector)),
            Route("/class/do", _answered(self._do), methods=["POST"]),
            Route("/class/guesses.csv", _answered(self._saved)),
            Mount("/classroom", StaticFiles(directory=PAGES)),
        ]

    async def _join(self, request: Request) -> Response:
        sent = await _sent(request)
        token = self._folder.room.join(str(sent.get("code", "")), str(sent.get("token", "")))
        self._folder.save()
        return JSONResponse({"token": token})

    async def _phone(self, request: Request) -> Response:
        room, token = self._folder.room, _bearer(request)
        if token not in room.phones:
            raise NotIn("this phone is not in the room", where="phone", allowed="a phone that joined with the code")
        if request.query_params.get("turn") == str(room.turn):
            return Response(status_code=204)
        return JSONResponse(phone(room, token))

    async def _guess(self, request: Request) -> Response:
        sent, token = await _sent(request), _bearer(request)
        values = sent.get("values")
        self._folder.room.guess(token, sent.get("round", 0), values if isinstance(values, list) else [])
        self._folder.save()
        return JSONResponse(phone(self._folder.room, token))

    async def _projector(self, request: Request) -> Response:
        room = self._folder.room
        room.holds(_bearer(request))
        if request.query_params.get("change") == str(room.change):
            return Response(status_code=204)
        return JSONResponse(projector(room, self._address))

    async def _do(self, request: Request) -> Response:
        """Do what a button says, once: what was pressed before the last turn came to the page is left undone."""
        room, sent = self._folder.room, await _sent(request)
        room.holds(_bearer(request))
        action, name = str(sent.get("action")), str(sent.get("name", ""))
        if action not in ACTIONS:
            raise InputError("no such action", where="action", found=action, known=ACTIONS)
        if action == "begin" and name not in demonstrations():
            raise InputError("no such demonstration", where="name", found=name, known=demonstrations())
        if sent.get("turn") == room.turn:
            if action == "begin":
                room.begin(name, [asked.high for asked in demonstrations()[name].predict])
            else:
                getattr(room, action)()
            self._folder.save()
        return JSONResponse(projector(room, self._address))

    async def _saved(self, request: Request) -> Response:
        self._folder.room.holds(_bearer(request))
        return PlainTextResponse(table(self._folder.room), media_type="text/csv")


def _page(name: str) -> Handler:
    async def page(request: Request) -> Response:
        return FileResponse(PAGES / name, headers=HEADERS)

    return page


def _answered(handler: Handler) -> Handler:
    """What is refused is told as JSON: 403 to whoever is not of the class, 400 where something is wrong."""

    async def answered(request: Request) -> Response:
        try:
            answer = await handler(request)
        except InputError as error:
            answer = JSONResponse(error.as_dict(), status_code=403 if isinstance(error, NotIn) else 400)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return answered


def _bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


async def _sent(request: Request) -> dict[str, Any]:
    """What a page of this server sent; raises InputError if it is another's, too long, or no JSON object."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotIn("sent by a page of another server", where="origin", found=origin, allowed="a page of this one")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise InputError("too long", where="body", found=f"more than {LARGEST} bytes", allowed=f"at most {LARGEST}")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError("not what a page sends", where="body", allowed="a JSON object")
    return found
