"""A round in browsers: a projector and three phones; one reloads, the projector reloads, the server restarts."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Watched
from tests.app.served import Server
from viz.app.classroom.folder import FILE, Folder

GUESSES = ([5, 10, 60], [20, 30, 70], [90, 95, 99])


class Class(Server):
    """A server with a room, and the browsers that come to it."""

    def __init__(self, folder: Path, browser: Any) -> None:
        super().__init__(folder / "said", "--folder", str(folder / "class"), "--host", "127.0.0.1", command="class")
        self.folder, self._browser, self.seen = folder / "class", browser, []

    def open(self, path: str, width: int, height: int) -> Any:
        """A page of a browser of its own; nothing may go wrong in it but that the server is away, or says no."""
        page = self._browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True).new_page()
        page.set_default_timeout(120_000)
        watched = Watched(page, self.address)
        self.seen.append(watched)
        page.goto(self.address + path)
        return page

    def problems(self) -> list[str]:
        away = ("ERR_", "failed: ", "403")
        return [wrong for one in self.seen for wrong in one.wrong if not any(word in wrong for word in away)]


@pytest.fixture
def room(tmp_path: Path, browser: Any) -> Iterator[Class]:
    one = Class(tmp_path, browser)
    one.start()
    yield one
    for watched in one.seen:
        watched.page.context.close()
    one.stop()
    assert one.problems() == []
    assert "Traceback" not in one.said.read_text(), one.said.read_text()


def guessed(page: Any, values: list[int]) -> None:
    """Set the sliders with the keyboard and the pointer, and send."""
    send = page.locator("form button.do")
    for at, value in enumerate(values):
        assert send.is_disabled()
        page.locator("input[type=range]").nth(at).fill(str(value))
    send.click()
    page.get_by_text("Sent. You can change it").wait_for()


def own(page: Any) -> list[str]:
    """What a phone shows as its own guesses."""
    return [str(text) for text in page.locator("dt:has-text('Your guess') + dd").all_inner_texts()]


def dots(page: Any, wanted: int) -> None:
    page.wait_for_function(
        "n => [...document.querySelectorAll('.row')].length === 3 && "
        "[...document.querySelectorAll('.row')].every((row) => row.querySelectorAll('circle.dot').length === n)",
        arg=wanted,
    )


def pressed(page: Any, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def test_a_round_outlives_a_reload_of_anybody_and_a_restart(room: Class) -> None:
    kept = Folder(room.folder).room
    projector = room.open(f"/class#{kept.key}", 1440, 900)
    projector.get_by_text("0 phones in the room").wait_for()
    assert kept.key not in projector.url
    assert projector.evaluate("document.querySelector('.lobby img').naturalWidth") > 100
    phones = [room.open(f"/join#{kept.code}", 390, 800) for _ in range(2)]
    typing = room.open("/join", 390, 800)
    typing.get_by_label("The code on the projector").fill("wrong")
    typing.get_by_role("button", name="Join").click()
    typing.get_by_text("no class has this code").wait_for()
    typing.get_by_label("The code on the projector").fill(kept.code.lower())
    typing.get_by_role("button", name="Join").click()
    phones.append(typing)
    projector.get_by_text("3 phones in the room").wait_for()

    projector.get_by_role("button", name="What is counted gets done").click()
    assert projector.get_by_role("button", name="Close the guesses").is_disabled()
    for at, (page, values) in enumerate(zip(phones, GUESSES, strict=True), start=1):
        guessed(page, values)
        dots(projector, at)
    projector.get_by_text("3 guesses: median 20, middle half 12.5 to 55").wait_for()
    assert projector.locator(".row svg").first.get_attribute("aria-label").startswith("3 guesses")

    phones[0].reload()
    phones[0].get_by_role("button", name="Change my guess").wait_for()
    assert own(phones[0]) == ["5", "10", "60"]
    phones[0].get_by_role("button", name="Change my guess").click()
    guessed_again = phones[0].locator("input[type=range]").first
    guessed_again.fill("6")
    phones[0].locator("form button.do").click()
    projector.get_by_text("3 guesses: median 20, middle half 13 to 55").wait_for()
    projector.reload()
    dots(projector, 3)

    room.stop()
    projector.get_by_text("The server does not answer").wait_for()
    phones[1].get_by_text("The room does not answer").wait_for()
    room.start()
    dots(projector, 3)
    pressed(projector, "Close the guesses")
    phones[1].get_by_text("The guesses are closed.").wait_for()
    pressed(projector, "Reveal the first figure")
    projector.get_by_text("What happened: 5.1").wait_for()
    phones[0].get_by_text("Nobody came nearer.").wait_for()
    assert own(phones[0]) == ["6", "10", "60"] and phones[1].get_by_text("Nobody came nearer.").count() == 0
    for shown in (2, 3):
        projector.keyboard.press("PageDown")
        projector.wait_for_function("n => document.querySelectorAll('.key-model').length === n", arg=shown)
    on = projector.get_by_role("link", name="Go on in the app").get_attribute("href")
    app = room.open(f"/{on}", 1440, 900)
    app.get_by_role("button", name="Next: Discuss").wait_for()
    assert app.evaluate("getComputedStyle(document.querySelector('.d-main')).maxWidth") == "1480px"
    assert app.title().endswith("Discretion") and app.get_by_text("This website runs on Solara").count() == 0
    pressed(projector, "Next demonstration")
    phones[2].get_by_text("The next round begins here.").wait_for()

    with projector.expect_download() as got:
        pressed(projector, "Save the guesses (CSV)")
    rows = list(csv.DictReader(got.value.path().read_text().splitlines()))
    assert sorted(row["guess"] for row in rows if row["figure"] == "as-issued") == ["20", "6", "90"]
    pressed(projector, "End the class")
    pressed(projector, "End the class, and forget it")
    phones[2].get_by_text("This class has ended. Nothing of it is kept.").wait_for()
    projector.get_by_text("0 phones in the room").wait_for()
    assert kept.code not in projector.inner_text("body")
    assert not any(label in (room.folder / FILE).read_text() for label in {row["phone"] for row in rows})


def test_no_page_is_wider_than_its_screen_and_targets_are_large(room: Class) -> None:
    kept = Folder(room.folder).room
    projector = room.open(f"/class#{kept.key}", 1440, 900)
    phone = room.open(f"/join#{kept.code}", 390, 800)
    projector.get_by_role("button", name="Zero tolerance").click()
    phone.locator("input[type=range]").first.wait_for()
    for page in (projector, phone):
        for width in (320, 390, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            sizes = page.evaluate("[...document.querySelectorAll('button')].map((one) => one.clientHeight)")
            assert min(sizes) >= 44
            unnamed = "[...document.querySelectorAll('input, button')].filter((one) => !one.labels?.length && "
            assert page.evaluate(unnamed + "!one.textContent.trim() && !one.ariaLabel).length") == 0


def test_without_the_key_the_projector_shows_nothing_and_the_app_knows_the_way(room: Class) -> None:
    stranger = room.open("/class", 1024, 768)
    stranger.get_by_label("Open this page by the link").wait_for()
    assert stranger.locator("header#head").is_hidden() and Folder(room.folder).room.code not in stranger.inner_text(
        "body"
    )
    page = room.open("/demonstrations", 1024, 768)
    page.get_by_role("link", name="Open the room for the class").click()
    page.get_by_text("0 phones in the room").wait_for()
