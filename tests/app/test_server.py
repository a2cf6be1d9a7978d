import asyncio
import gzip
import re
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from typer.testing import CliRunner

from model.errors import InputError
from tests.app.asking import asked
from viz.app.crowd import OnlySoMany
from viz.app.pages.home import SAID
from viz.app.routes import PLACES
from viz.app.server import HEADERS, SITE, free, make
from viz.cli.app_command import commands


@pytest.fixture(scope="module")
def site() -> Any:
    made = make()
    from solara.server import app, reload

    if "__default__" not in app.apps:  # Solara reads which app it serves when it is imported, here by another test
        reload.reloader.on_change = None
        app.apps["__default__"] = app.AppScript(SITE)
    return made


def test_every_answer_tells_the_browser_to_stay_on_this_machine(site: Any) -> None:
    for path in ("/discretion/vega.js", "/readyz", "/_solara/cdn/no/such/file.js"):
        _, headers, _ = asked(site, path)
        for name, value in HEADERS.items():
            assert headers[name.lower()] == value, path
    policy = HEADERS["Content-Security-Policy"]
    assert "http:" not in policy and "https:" not in policy and "*" not in policy


def test_the_script_of_the_charts_is_there_and_may_be_kept(site: Any) -> None:
    status, headers, body = asked(site, "/discretion/vega.js")
    assert status == 200 and b"vegaEmbed" in body and "max-age" in headers["cache-control"]


def test_what_the_bundle_lacks_is_not_fetched_from_anywhere(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked another host")

    monkeypatch.setattr("solara.server.cdn_helper.fetch_from_cdn", refuse)
    for path in ("/_solara/cdn/vega@99/vega.js", "/_solara/cdn/../../../etc/passwd"):
        assert asked(site, path)[0] == 404


def test_what_every_page_loads_comes_compressed_and_is_kept_by_the_browser(site: Any) -> None:
    page = asked(site, "/about", headers={"accept": "text/html"}).body.decode()
    named = re.findall(r'(?:src|href)="(/_solara/cdn/(?:@widgetti|requirejs)[^"]+)"', page)
    assert len(named) == 3 and not [path for path in named if "fonts" in path]
    for path in (*named, "/discretion/vega.js"):
        plain, packed = (asked(site, path, headers={"accept-encoding": kind}) for kind in ("", "gzip"))
        assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body, path
        assert "max-age" in packed.headers["cache-control"] and len(packed.body) < 0.4 * len(plain.body), path
    styles = asked(site, next(path for path in named if path.endswith(".css"))).body
    assert b"@font-face" not in styles and b".v-application" in styles


def test_a_page_can_be_read_before_its_scripts_are_there(site: Any) -> None:
    for path, place in {"/": None, **{place.path: place for place in PLACES}}.items():
        page = asked(site, path, headers={"accept": "text/html"}).body.decode()
        shown = page[page.index("d-app") : page.index("pre-rendered-html-present")]
        assert f"<h1>{place.question if place else SAID['immigration']['heading']}</h1>" in shown
        assert "solara.preRendered = true" in page
        assert all(f'href="{other.path}"' in shown for other in PLACES)
        assert "<main" not in shown, "the page brings it"


def test_a_page_names_no_other_host(server: Any) -> None:
    with urllib.request.urlopen(f"{server.address}/memo") as got:
        text = got.read().decode()
        assert got.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    for word in ("cdn.jsdelivr", "unpkg", "googleapis", "solara.dev", "mixpanel"):
        assert word not in text


def test_a_port_in_use_is_refused_before_anything_is_loaded() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match="cannot listen"):
            free("127.0.0.1", port)
        result = CliRunner().invoke(commands, ["app", "--port", str(port)])
    assert result.exit_code == 2
    with pytest.raises(InputError):
        free("no-such-host.invalid", 8765)


def test_the_command_says_where_it_listens_and_has_the_others_beside_it() -> None:
    text = CliRunner().invoke(commands, ["--help"]).output
    assert all(name in text for name in ("app", "demo", "explain", "run", "twin", "worlds"))
    text = CliRunner().invoke(commands, ["app", "--help"]).output
    assert "127.0.0.1" in text and "0.0.0.0" in text


def _closed(site: Any, name: str, cookie: str) -> int:
    """The code by which a page's connection is closed, or 0 if it is let in."""
    said = [{"code": 0}]

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    path = f"/jupyter/api/kernels/{name}/channels"
    headers = [(b"cookie", f"solara-session-id={cookie}".encode())]
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests has a loop of its own in this thread
        apart.submit(asyncio.run, site({"type": "websocket", "path": path, "headers": headers}, None, send)).result()
    return int(said[-1]["code"])


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is let into a site on which two pages are open, for a limit."""
    monkeypatch.setattr(
        "solara.server.kernel_context.contexts",
        {"one": SimpleNamespace(session_id="me"), "two": SimpleNamespace(session_id="you")},
    )

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await PlainTextResponse("in")(scope, receive, send)

    return partial(OnlySoMany, app)


def test_where_every_place_is_taken_whoever_comes_is_asked_to_try_again(two: Any) -> None:
    page = {"accept": "text/html"}
    answer = asked(two(2), "/memo", headers=page)
    assert (answer.status, answer.headers["retry-after"]) == (503, "60") and b"2 pages are open" in answer.body
    assert _closed(two(2), "three", "me") == 1013 and _closed(two(2), "one", "me") == 0
    assert asked(two(2), "/discretion/vega.js").status == asked(two(3), "/case", headers=page).status == 200
    assert _closed(two(3), "three", "me") == 0


def test_a_page_listens_to_nobody_but_the_browser_that_opened_it(two: Any) -> None:
    assert _closed(two(9), "two", "me") == _closed(two(2), "one", "") == 1008
    assert _closed(two(9), "two", "you") == 0
