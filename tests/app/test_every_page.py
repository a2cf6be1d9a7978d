"""What every page has: its colours, and a width that fits the screen."""

from typing import Any

import pytest

from viz.app.routes import PLACES

pytestmark = pytest.mark.xdist_group("browser")


def test_light_and_dark_are_kept(visit: Any) -> None:
    page = visit("/", color_scheme="light")
    button = page.locator(".d-theme")
    button.click()
    button.click()
    page.wait_for_selector(".theme--dark")
    page.reload()
    page.wait_for_selector(".theme--dark main h1")


def test_no_page_is_wider_than_the_screen(visit: Any, server: Any) -> None:
    page = visit("/")
    for place in PLACES:
        page.goto(server.address + place.path)
        page.wait_for_selector("main h1")
        for width in (390, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(500)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place.path


def test_the_first_page_opens_with_the_headline_at_every_width(visit: Any) -> None:
    page = visit("/")
    page.wait_for_selector("main figure svg >> text=ICE: Trial attorneys")
    assert page.locator("main p", has_text="As an appeal the words move no desk").count() == 1
    for width in (390, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
