"""The files that every page loads: each is made and compressed once, and kept by the browser."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from solara.server.starlette import StaticFilesOptionalAuth
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from viz.charts.script import script

FONT = re.compile(rb"@font-face\s*\{[^}]*\}")
"""Solara's bundle carries those of formulas, which no page has; they are half of what its styles weigh."""
ICONS = re.compile(rb'<link href="[^"]*/fonts\.css"[^>]*></link>')
"""A page's link to Solara's own fonts and icons, of which the app uses none."""
FOREVER = "public, max-age=31536000, immutable"


class Made:
    """A file that is made once, in a thread, since that may take a second or two."""

    def __init__(self, make: Callable[[], bytes], media_type: str, kept: str) -> None:
        """Begin to make it; ``kept`` is how long a browser may keep it."""
        self._make, self._type, self._headers = make, media_type, {"Cache-Control": kept, "Vary": "Accept-Encoding"}
        self._plain = self._packed = b""
        self._thread = Thread(target=self._begin, daemon=True)
        self._thread.start()

    def _begin(self) -> None:
        self._plain = self._make()
        self._packed = gzip.compress(self._plain, mtime=0)

    def answer(self, request: Request) -> Response:
        """The file, compressed for a browser that takes it so."""
        self._thread.join()
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self._plain, media_type=self._type, headers=self._headers)
        return Response(self._packed, media_type=self._type, headers={**self._headers, "Content-Encoding": "gzip"})


def charts() -> Made:
    """The script that draws charts."""
    return Made(lambda: script("export { vegaEmbed };").encode(), "text/javascript", "max-age=86400")


def styles(folder: Path) -> list[Route]:
    """The styles in the folder of Solara's bundle, without `FONT`."""
    return [
        Route(f"/_solara/cdn/{file.relative_to(folder)}", _lean(file).answer)
        for file in folder.glob("@widgetti/solara-vuetify-app@*/dist/main8.css")
    ]


def _lean(file: Path) -> Made:
    return Made(lambda: FONT.sub(b"", file.read_bytes()), "text/css", FOREVER)


class Bundled(StaticFilesOptionalAuth):
    """Solara's bundle from a plain folder: 404 for what it lacks, where Solara's own mount would ask a CDN."""

    async def get_response(self, path: str, scope: dict) -> Response:  # type: ignore[override]
        """A file; its path carries a version, so it never changes."""
        response: Response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOREVER
        return response
