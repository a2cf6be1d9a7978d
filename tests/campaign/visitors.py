"""Many visitors of the app at once, each with a seed of their own: nobody sees another's, and all they took is back.

No browser is needed: a visitor fetches a page, and talks to it over its websocket as the page's own script would. They
write, upload and press what can be pressed, stay a while, close the page and open another.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener
from uuid import uuid4

import psutil
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.app.served import Server

FIRST = 730_001
"""The seed of the first visitor; each of the others has one more."""
PAGES = {
    "/memo": ("A day", "A month", "Next directive", "▶ Play"), "/case": (), "/twins": ("Run both worlds",),
    "/levers": ("Try them",), "/downstream": (), "/premortem": ("Try it",), "/sweeps": (), "/demonstrations": (),
    "/about": (),
}  # fmt: skip
"""Pages, and what is pressed there."""
OWN = "A scenario of"
"""How the title of an uploaded scenario begins."""
WRITES, UPLOADS = "/premortem", "/memo"
"""The page on which a visitor writes a title with their seed in it, and the one to which they bring a scenario."""
STAY = 6.0
"""Seconds on a page after something was pressed, at most."""
PATIENCE = 300.0
"""Seconds that a page may take to be there, on a machine that has fifty to serve."""
SETTLES = 60.0
"""Seconds after the last visitor in which everything is to be returned."""
MEGABYTE = 2**20
MORE = {"memory": 150.0, "threads": 8.0, "processes": 4.0}
"""By how much what is held may have grown: megabytes of caches, threads and processes that wait for the next work."""


class Visit:
    """A page that a visitor has open."""

    def __init__(self, address: str, path: str, kernel: str = "") -> None:
        """Fetch the page, connect to it, under the name that it goes by on the server, and have it drawn."""
        self.kernel, self._session, self._cookies = kernel or str(uuid4()), str(uuid4()), CookieJar()
        self.address, self.received = address, list[str]()
        self._web: OpenerDirector = build_opener(HTTPCookieProcessor(self._cookies))
        with self._web.open(address + path, timeout=PATIENCE) as page:
            self.received.append(page.read().decode())
        self._socket = self._connected()
        control = str(uuid4())
        self._send("comm_open", comm_id=control, target_name="solara.control", data={})
        run = {"method": "run", "args": {"path": path, "dark": False, "themes": None}}
        self._send("comm_msg", comm_id=control, data=run)
        try:
            self.hear('"finished"')
        except TimeoutError:
            self.close()
            raise

    def _connected(self) -> ClientConnection:
        cookies = "; ".join(f"{one.name}={one.value}" for one in self._cookies)
        place = f"{self.address.replace('http', 'ws')}/jupyter/api/kernels/{self.kernel}/channels"
        return connect(f"{place}?session_id={self._session}", additional_headers={"Cookie": cookies}, max_size=None,
                       ping_interval=None,  # as a browser, which sends none
                                             open_timeout=PATIENCE)  # fmt: skip

    def _send(self, kind: str, **content: Any) -> None:
        header = {"msg_id": str(uuid4()), "msg_type": kind, "session": self._session, "username": "", "version": "5.3",
                  "date": "2026-01-01T00:00:00Z"}  # fmt: skip
        told = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": []}
        self._socket.send(json.dumps({**told, "content": content}))

    def _hear(self, until: float) -> None:
        said = self._socket.recv(timeout=max(until - monotonic(), 0.0))
        self.received.append(said if isinstance(said, str) else said.decode("utf-8", "replace"))

    def hear(self, text: str) -> None:
        """Listen until something is told; raises TimeoutError if it is not."""
        until = monotonic() + PATIENCE
        while text not in self.received[-1]:
            self._hear(until)

    def stay(self, seconds: float) -> None:
        """Listen on."""
        until = monotonic() + seconds
        while monotonic() < until:
            try:
                self._hear(until)
            except TimeoutError:
                return

    def press(self, label: str) -> bool:
        """Press a button, if the page has it."""
        return self._event("click", {}, lambda state: state.get("children") == [label])

    def write(self, label: str, text: str) -> bool:
        """Write into a field, if the page has it."""
        return self._event("written", text, lambda state: state.get("label") == label)

    def upload(self, text: str) -> bool:
        """Bring a file, if the page takes one."""
        given = {"name": "../own.toml", "text": text}
        return self._event("uploaded", given, lambda state: "uploaded" in (state.get("events") or ()))

    def _event(self, event: str, data: Any, wanted: Callable[[dict[str, Any]], bool]) -> bool:
        for text in self.received:
            content = json.loads(text).get("content", {}) if text.startswith("{") else {}
            state = content.get("data", {}).get("state", {}) if "target_name" in content else {}
            if wanted(state):
                told = {"method": "custom", "content": {"event": event, "data": data}}
                self._send("comm_msg", comm_id=content["comm_id"], data=told)
                return True
        return False

    def close(self) -> None:
        """Close the page, as its script tells the server when it goes."""
        place = f"{self.address}/_solara/api/close/{self.kernel}?session_id={self._session}"
        with self._web.open(Request(place, data=b"", method="POST"), timeout=PATIENCE):
            self._socket.close()

    def seeds(self, many: int) -> set[int]:
        """Whose seeds the page was told of, of so many visitors."""
        found = {int(seed) for text in self.received for seed in re.findall(r"(?<!\w)73\d{4}(?!\w)", text)}
        return found & set(range(FIRST, FIRST + many))


class Stay(NamedTuple):
    """What a visitor did: pages opened, buttons pressed, pages that said their own seed; what should not have been."""

    pages: int = 0
    pressed: int = 0
    own: int = 0
    wrong: tuple[str, ...] = ()


def visitor(address: str, at: int, many: int, seconds: float) -> Stay:
    """Open pages one after the other for so long."""
    drawn, until, stay = Random(f"{many} {at}"), monotonic() + seconds, Stay()
    while monotonic() < until:
        path = drawn.choice(list(PAGES))
        try:
            pressed, seen = visited(address, path, drawn, FIRST + at, many)
        except Exception as error:  # whatever a visitor meets is told
            stay = stay._replace(wrong=(*stay.wrong, f"{path}: {type(error).__name__}: {error}"))
            sleep(1.0)
            continue
        others = sorted(seen - {FIRST + at})
        wrong = (f"{path} of {FIRST + at}: saw {others[:3]}",) if others else ()
        stay = Stay(stay.pages + 1, stay.pressed + pressed, stay.own + (FIRST + at in seen), (*stay.wrong, *wrong))
    return stay


def visited(address: str, path: str, drawn: Random, seed: int, many: int) -> tuple[bool, set[int]]:
    """Whether something was pressed on a page, and whose seeds it showed."""
    visit, pressed = Visit(address, f"{path}?seed={seed}"), False
    try:
        if path == WRITES:
            visit.write("Title", f"Draft {seed}")
        if path == UPLOADS and drawn.random() < 0.5:
            visit.upload(f'like = "daca-2012"\ntitle = "{OWN} {seed}"\nend = 2012-09-30\n')
            visit.hear(f"{OWN} {seed}")
        visit.stay(1.0)
        if PAGES[path]:
            pressed = visit.press(drawn.choice(PAGES[path]))
        visit.stay(drawn.uniform(0.5, STAY))
    finally:
        visit.close()
    return pressed, visit.seeds(many)


def intruded(address: str) -> bool:
    """Whether somebody who knows what another's page goes by on the server is told something of it."""
    owner = Visit(address, f"/memo?seed={FIRST}")
    try:
        return bool(Visit(address, f"/memo?seed={FIRST + 1}", owner.kernel).received)
    except (WebSocketException, OSError):
        return False
    finally:
        owner.close()


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server of its own, open to the network, with a folder of its own for what it writes."""
    server = Server(folder / "said", "--host", "0.0.0.0", "--sweeps", str(folder / "sweeps"))
    before, os.environ["TMPDIR"] = os.environ.get("TMPDIR"), str(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        del os.environ["TMPDIR"]
        os.environ |= {"TMPDIR": before} if before else {}


def kept(folder: Path) -> list[str]:
    """Files below a server's folder in which something stands that a visitor has uploaded."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [f"{path.name} holds an upload" for path in files if OWN.encode() in path.read_bytes()]


def together(server: Server, many: int, seconds: float) -> Stay:
    """So many visitors at once for so long, together."""
    with ThreadPoolExecutor(many) as pool:
        found = list(pool.map(lambda at: visitor(server.address, at, many, seconds), range(many)))
    return summed(found)


def summed(found: Sequence[Stay]) -> Stay:
    """What some did, together."""
    pages, pressed, own = (sum(one[at] for one in found) for at in range(3))  # type: ignore[misc]
    return Stay(pages, pressed, own, tuple(fault for one in found for fault in one.wrong))


def held(server: Server) -> dict[str, float]:
    """Visitors, threads, processes and megabytes of memory of a server."""
    process = psutil.Process(server.pid)
    return {
        "visitors": float(server.resources()["kernels"]["total"]),
        "threads": process.num_threads(),
        "processes": len(process.children(recursive=True)),
        "memory": process.memory_info().rss / MEGABYTE,
    }


def returned(server: Server, before: dict[str, float]) -> tuple[dict[str, float], list[str]]:
    """What is held when the last has gone, and what of it has not come back in time."""
    until = monotonic() + SETTLES
    while (after := held(server))["visitors"] and monotonic() < until:
        sleep(0.5)
    wrong = [f"{after['visitors']:.0f} visitors are still held"] if after["visitors"] else []
    grown = {name: after[name] - before[name] for name, most in MORE.items() if after[name] > before[name] + most}
    return after, [*wrong, *(f"{more:.0f} {name} more than before" for name, more in grown.items())]


class Campaign:
    """Visitors counted; ``wrong`` is what should not have happened."""

    def __init__(self, folder: Path, many: int, seconds: float) -> None:
        """Let so many visit a server twice, each time for half as long: the second time it is as large as it gets."""
        with served(folder) as server:
            first = together(server, many, seconds / 2)
            self.before, _ = returned(server, held(server))
            self.stay = together(server, many, seconds / 2)
            self.after, grown = returned(server, self.before)
            let_in = intruded(server.address)
        said = server.said.read_text()
        self.stay = summed([first, self.stay])
        self.wrong = [*self.stay.wrong, *grown, *kept(folder)]
        self.wrong += ["somebody was let into another's page"] if let_in else []
        self.wrong += [] if "Anyone who can reach this machine" in said else ["nobody was told who can reach it"]
