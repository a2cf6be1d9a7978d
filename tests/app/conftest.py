"""A server and a browser for tests of the app; where there is no Chromium they are skipped, unless CI forbids it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.sweep import sweep
from tests.app.served import ARGUMENTS, Server, chromium
from tests.sweeping import plan_file

ABANDONED = "net::ERR_ABORTED"
"""What a page no longer waits for, as when it is loaded again."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may be late: what is wrong is wrong twice."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the server looks for sweeps: one of nine points, and one that is no sweep."""
    folder = tmp_path_factory.mktemp("sweeps")
    (folder / "nothing").mkdir()
    vary = {"agencies.ice.culture.lens": {"range": [0.0, 1.0]}, "rule.metrics": {"values": [0.0, 1.0, 2.0]}}
    plan = plan_file(tmp_path_factory.mktemp("plan"), design={"kind": "factorial", "levels": 3}, vary=vary)
    sweep(plan, folder / "small", workers=1)
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, sweeps: Path) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("app") / "said", "--sweeps", str(sweeps))
    one.start()
    yield one
    one.stop()
    assert "Traceback" not in one.said.read_text(), one.said.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        one = started.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield one
        one.close()


class Watched:
    """A page, and whatever of it should not have happened."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.home = page, home
        self.wrong: list[str] = []
        page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", lambda got: self.wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
        page.on("request", self._asked)
        page.on("websocket", self._asked)

    def _failed(self, request: Any) -> None:
        if request.failure != ABANDONED:
            self.wrong.append(f"failed, {request.failure}: {request.url}")

    def _asked(self, request: Any) -> None:
        own = (self.home, self.home.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(own):
            self.wrong.append(f"another host: {request.url}")

    def open(self, path: str) -> Any:
        self.page.goto(self.home + path)
        self.page.wait_for_selector("main h1")
        return self.page


@pytest.fixture
def visit(server: Server, browser: Any) -> Iterator[Any]:
    """Opens pages as a new visitor; at the end nothing may have gone wrong in any."""
    contexts: list[Any] = []
    seen: list[Watched] = []

    def open_page(path: str, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": 1024, "height": 768}, accept_downloads=True, **options)
        contexts.append(context)
        watched = Watched(context.new_page(), server.address)
        watched.page.set_default_timeout(120_000)
        seen.append(watched)
        return watched.open(path)

    yield open_page
    for context in contexts:
        context.close()
    assert [problem for watched in seen for problem in watched.wrong] == []
