"""A server and a browser for tests of the app; where there is no Chromium they are skipped, unless CI forbids it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.sweep import sweep
from tests.sweeping import plan_file

REQUIRED = "DISCRETION_BROWSER_TESTS"
"""Set to ``required`` where the tests must not be skipped."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 120.0
"""Seconds that the server may take to be up, the first time after a change with the compilation of the rule."""


def chromium() -> str:
    """The browser; the tests that need it are skipped, or fail, where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium on this machine: apt-get install chromium"
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Server:
    """The app in a process of its own; what it says of itself is kept in a file."""

    def __init__(self, said: Path, *options: str, port: int = 0) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.said, self._options = said, options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        call = "from viz.app.command import commands; commands()"
        command = [sys.executable, "-c", call, "app", "--port", str(self.port), *self._options]
        with self.said.open("ab") as said:
            self._process = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=said, stderr=said)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except OSError:
                if self._process.poll() is not None:
                    raise RuntimeError(self.said.read_text()) from None
                time.sleep(0.1)
        raise TimeoutError("the server did not come up")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)


@pytest.fixture(scope="session")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the server looks for sweeps: one of nine points, and one that is no sweep."""
    folder = tmp_path_factory.mktemp("sweeps")
    (folder / "nothing").mkdir()
    vary = {"agencies.ice.culture.lens": {"range": [0.0, 1.0]}, "rule.peers": {"values": [0.0, 1.0, 2.0]}}
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
        page.on("requestfailed", lambda request: self.wrong.append(f"failed: {request.url}"))
        page.on("response", lambda got: self.wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
        page.on("request", self._asked)
        page.on("websocket", self._asked)

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
