"""The app in a process of its own, and the browser: for its tests and its benchmark."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

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


def axe() -> str:
    """The script of axe-core; the test that needs it is skipped, or fails, where it is not installed."""
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        reason = 'no axe-core here: python -m pip install "axe-playwright-python"'
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(reason)
        pytest.skip(reason)


class Server:
    """The app in a process of its own; what it says of itself is kept in a file."""

    def __init__(self, said: Path, *options: str, port: int = 0, command: str = "app") -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.said, self._options = said, (command, *options)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        call = "from viz.cli.app_command import commands; commands()"
        command = [sys.executable, "-c", call, *self._options, "--port", str(self.port)]
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

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self._process is not None
        return self._process.pid

    def resources(self) -> dict[str, Any]:
        """What the server says that it holds: visitors (``kernels``), threads, connections."""
        with urllib.request.urlopen(f"{self.address}/resourcez", timeout=20) as got:
            return dict(json.load(got))

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
