"""The app below a path of a proxy, with a real nginx; without one these tests are skipped."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Watched
from tests.app.served import Server

CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen 127.0.0.1:{port};
    location /lab/ {{
      proxy_pass http://127.0.0.1:{app}/;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }}
  }}
}}
"""


class Proxied:
    """The app behind nginx, both in processes of their own."""

    def __init__(self, folder: Path) -> None:
        nginx = shutil.which("nginx")
        if nginx is None:
            pytest.skip("no nginx on this machine: apt-get install nginx-light")
        self._nginx, self._folder, self.app = nginx, folder, Server(folder / "said")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}/lab"

    def __enter__(self) -> "Proxied":
        self.app.start()
        path = self._folder / "nginx.conf"
        path.write_text(CONFIGURATION.format(folder=self._folder, port=self.port, app=self.app.port))
        self._process = subprocess.Popen([self._nginx, "-c", str(path), "-p", str(self._folder)])
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.home}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
        self.app.stop()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOLARA_ROOT_PATH", "/lab")
        with Proxied(tmp_path_factory.mktemp("nginx")) as one:
            yield one


def _visit(browser: Any, home: str) -> Watched:
    watched = Watched(browser.new_page(), home)
    watched.page.set_default_timeout(120_000)
    return watched


def test_pages_charts_and_links_stay_below_the_path(proxied: Proxied, browser: Any) -> None:
    watched = _visit(browser, proxied.home)
    page = watched.open("/")
    links = [link.get_attribute("href") for link in page.query_selector_all("a")]
    assert links and all(link.startswith(("/lab/", "#")) for link in links)
    page.click("nav a:has-text('One case')")
    page.wait_for_selector(".d-chart svg")
    assert page.url.startswith(f"{proxied.home}/case")
    page.reload()
    page.wait_for_selector(".d-chart svg")
    page.click("a.d-brand")
    page.wait_for_selector(".d-cards")
    assert page.url == f"{proxied.home}/"
    page.go_back()
    page.wait_for_selector(".d-chart svg")
    assert page.url.startswith(f"{proxied.home}/case")
    assert watched.wrong == []
    page.close()
    assert "Traceback" not in proxied.app.said.read_text()


def test_a_page_whose_path_nobody_has_told_says_what_to_do(
    tmp_path: Path, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOLARA_ROOT_PATH", raising=False)
    with Proxied(tmp_path) as one:
        page = _visit(browser, one.home).page
        for path in ("/", "/memo"):
            page.goto(one.home + path)
            assert page.inner_text("body").endswith("Start it with SOLARA_ROOT_PATH=/lab")
        page.close()
