"""What every page has: its colours, and a width that fits the screen."""

from typing import Any

import pytest

from tests.app.seen import barred
from viz.app.routes import PLACES

GUESSED = "/demonstrations?name=whose&guess=Ana%3A20,40,60,80"
STATES = (f"{GUESSED}&step=1", f"{GUESSED}&step=3", "/sweeps?sweep=small")
DRAWN = """() => !document.body.textContent.includes("Drawing …")
  && [...document.querySelectorAll(".d-chart")].every((chart) => chart.querySelector("svg, canvas"))"""
pytestmark = pytest.mark.xdist_group("browser")


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
    page.wait_for_selector("main figure svg >> text=ICE: Trial attorneys")
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
        for width, scheme in ((390, "light"), (1024, "dark")):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_selector(f".theme--{scheme} main")
            page.wait_for_function(DRAWN)
            assert barred(page) == [], f"{path}, {width} pixels, {scheme}"
