"""A class of thirty phones over HTTP: who is let in, what is refused, what each is told."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from tests.app.asking import Answer, asked
from viz.app.classroom.answers import answers
from viz.app.classroom.folder import Folder
from viz.app.classroom.gate import OnlyTheRoom
from viz.app.classroom.room import nearest
from viz.app.classroom.routes import LARGEST, PAGES, Classroom
from viz.app.server import HEADERS, make

PHONES = 30
NEIGHBOUR = "192.168.1.77"


class Asking:
    """A site with a room, and what a phone or the instructor asks of it."""

    def __init__(self, folder: Path) -> None:
        self.kept = Folder(folder)
        self.site = Starlette(routes=Classroom(self.kept, "http://10.0.0.1:8765/join").routes())

    def send(self, path: str, bearer: str, sent: object, **headers: str) -> Answer:
        body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        told = {"authorization": f"Bearer {bearer}", "host": "10.0.0.1:8765", **headers}
        return asked(self.site, path, "POST", told, body, NEIGHBOUR)

    def see(self, path: str, bearer: str = "") -> Answer:
        return asked(self.site, path, headers={"authorization": f"Bearer {bearer}"}, client=NEIGHBOUR)

    def join(self) -> str:
        return str(self.send("/join", "", {"code": self.kept.room.code}).json()["token"])

    def do(self, action: str, **more: Any) -> Answer:
        room = self.kept.room
        return self.send("/class/do", room.key, {"action": action, "turn": room.turn, **more})


@pytest.fixture
def room(tmp_path: Path) -> Asking:
    return Asking(tmp_path)


def test_thirty_phones_play_a_round(room: Asking, tmp_path: Path) -> None:
    tokens = [room.join() for _ in range(PHONES)]
    assert len(set(tokens)) == PHONES
    assert room.do("begin", name="counted").status == 200
    for at, token in enumerate(tokens):
        assert len(room.see("/join/state", token).json()["round"]["rows"]) == 3
        seen = room.send("/join/guess", token, {"round": 1, "values": [at, 2 * at, 3 * at]})
        assert seen.json()["round"]["mine"] == [at, 2 * at, 3 * at]
    shown = room.see("/class/state", room.kept.room.key).json()
    assert shown["round"]["guessed"] == PHONES and shown["round"]["rows"][2]["guesses"] == [3 * at for at in range(30)]
    assert shown["round"]["rows"][0]["middle"] == [7.25, 14.5, 21.75]

    room.kept = Folder(tmp_path)  # the server stopped, and started again
    room.site = Starlette(routes=Classroom(room.kept, "http://10.0.0.1:8765/join").routes())
    for action in ("close", "reveal", "reveal", "reveal"):
        assert room.do(action).status == 200
    best = [room.see("/join/state", token).json()["round"]["rows"][0]["best"] for token in tokens]
    assert [at for at, one in enumerate(best) if one] == nearest(range(PHONES), answers("counted")[0].figure)
    saved = room.see("/class/guesses.csv", room.kept.room.key)
    assert saved.headers["content-type"].startswith("text/csv") and saved.body.count(b"\n") == 1 + 3 * PHONES
    room.do("end")
    assert room.see("/join/state", tokens[0]).status == 403
    assert not any(token in (tmp_path / "class.json").read_text() for token in tokens)


def test_who_has_seen_the_last_turn_is_told_nothing(room: Asking) -> None:
    token, key = room.join(), room.kept.room.key
    for path, bearer, what in (("/join/state", token, "turn"), ("/class/state", key, "change")):
        seen = room.see(path, bearer).json()[what]
        assert room.see(f"{path}?{what}={seen}", bearer).status == 204
    room.do("begin", name="fading")
    assert room.see("/join/state?turn=0", token).status == 200


def test_only_the_key_opens_what_is_the_instructors(room: Asking) -> None:
    token = room.join()
    for bearer in ("", token, room.kept.room.code):
        assert room.see("/class/state", bearer).status == room.see("/class/guesses.csv", bearer).status == 403
        assert room.send("/class/do", bearer, {"action": "begin", "name": "counted", "turn": 0}).status == 403
    assert room.kept.room.rounds == []


def test_a_button_pressed_twice_counts_once(room: Asking) -> None:
    token, key = room.join(), room.kept.room.key
    room.do("begin", name="counted")
    room.send("/join/guess", token, {"round": 1, "values": [1, 2, 3]})
    room.do("close")
    pressed = {"action": "reveal", "turn": room.kept.room.turn}
    assert [room.send("/class/do", key, pressed).json()["round"]["shown"] for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        ("/join", b"x" * (LARGEST + 1), ["too long", "at most"]),
        ("/join", b"[" * LARGEST, ["not what a page sends", "a JSON object"]),
        ("/join", b"\xff", ["not what a page sends"]),
        ("/join", [], ["not what a page sends"]),
        ("/join", {}, ["no class has this code", "the letters on the projector"]),
        ("/join", {"code": "\ud800<script>"}, ["no class has this code"]),
        ("/join/guess", {"round": 1}, ["not in the room"]),
        ("/class/do", {"action": "begin", "name": "../counted"}, ["no such demonstration", "fading"]),
        ("/class/do", {"action": "_changed"}, ["no such action", "reveal"]),
        ("/class/do", {}, ["no such action"]),
    ],
)
def test_what_no_page_sends_is_refused_in_words(room: Asking, path: str, sent: object, words: list[str]) -> None:
    bearer = room.kept.room.key if path == "/class/do" else ""
    answer = room.send(path, bearer, sent)
    assert answer.status in (400, 403)
    assert all(word in str(answer.json()) for word in words), answer.json()
    assert room.kept.room == Folder(room.kept.file.parent).room


def test_a_page_of_another_server_may_not_send(room: Asking) -> None:
    sent = {"code": room.kept.room.code}
    assert room.send("/join", "", sent, origin="http://evil.example").status == 403
    assert room.kept.room.phones == {}
    assert room.send("/join", "", sent, origin="http://10.0.0.1:8765").status == 200


def test_pages_are_small_plain_and_run_no_script_but_their_own(room: Asking) -> None:
    for path in ("/join", "/class"):
        page = room.see(path)
        text = page.body.decode()
        assert page.headers["content-security-policy"] == "script-src 'self'"
        assert '<html lang="en">' in text and "user-scalable" not in text and "://" not in text
        assert room.kept.room.code not in text and room.kept.room.key not in text
    sizes = [(PAGES / name).stat().st_size for name in ("phone.html", "phone.js", "common.js", "room.css")]
    assert sum(sizes) < 20_000
    assert not any("innerHTML" in file.read_text() for file in PAGES.glob("*.js"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return make(lambda: Classroom(Folder(tmp_path_factory.mktemp("class")), "http://10.0.0.1:8765/join"))


def test_the_network_reaches_the_room_and_nothing_else(whole: Any) -> None:
    for path in ("/join", "/class", "/classroom/phone.js"):
        page = asked(whole, path, client=NEIGHBOUR)
        assert page.status == 200 and b"requirejs" not in page.body
        assert {name: page.headers[name.lower()] for name in HEADERS} == HEADERS
    for path in ("/", "/memo", "/discretion/vega.js", "/class/", "/classroom", "/joined", "/_solara/cdn/x.js"):
        assert asked(whole, path, client=NEIGHBOUR).status == 403, path
    for path in ("/classroom/../room.py", "/classroom/no-such.js"):
        assert asked(whole, path, client=NEIGHBOUR).status == 404, path
    assert asked(whole, "/discretion/vega.js").status == 200


def test_a_socket_of_the_app_is_closed_to_the_network() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/_solara/api/ws", "client": (NEIGHBOUR, 1), "server": ("10.0.0.1", 80)}
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests has a loop of its own in this thread
        apart.submit(asyncio.run, OnlyTheRoom(None)(scope, None, send)).result()  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]
