"""What every page has: its colours, and a width that fits the screen."""

from typing import Any

from tests.app.seen import barred
from viz.app.routes import PLACES

GUESSED = "/demonstrations?name=whose&guess=Ana%3A20,40,60,80"
STATES = (f"{GUESSED}&step=1", f"{GUESSED}&step=3")
"""What no test of the pages themselves shows to axe; these do so once they have run what a page is about."""


def test_light_and_dark_are_kept(visit: Any) -> None:
    page = visit("/", color_scheme="light")
    button = page.locator(".d-theme")
    button.click()
    button.click()
    page.wait_for_selector(".theme--dark")
    page.reload()
    page.wait_for_selector(".theme--dark main h1")


def test_no_page_is_wider_than_the_screen_and_the_first_has_the_headline(visit: Any, server: Any) -> None:
    page = visit("/")
    page.wait_for_selector("main figure svg >> text=ICE (Immigration and Customs Enforcement): Trial attorneys")
    assert page.locator("main p", has_text="As an appeal the words move no desk").count() == 1
    for path in ("/", *(place.path for place in PLACES)):
        page.goto(server.address + path)
        page.wait_for_selector("main h1")
        for width in (390, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(500)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_page_bars_those_who_hear_it_or_see_little(visit: Any, server: Any) -> None:
    page = visit("/about")
    for path in ("/", *(place.path for place in PLACES), *STATES):
        page.goto(server.address + path)
        page.wait_for_selector("main h1")
        assert barred(page) == [], path
