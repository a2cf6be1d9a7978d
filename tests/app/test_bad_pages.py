"""Whatever is put into a page, the person is told what happened and loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.app.seen import addressed, drawn, query
from tests.app.served import Server
from viz.app.routes import PLACES

BROKEN = "colour=%ff&seed=x&scenario=nowhere&scale=9&sweep=%00&name=none&step=99&case=nobody&set=rule.metrics%3Dmany"
GOOD = "/memo?scenario=daca-2012&scale=0.002&seed=4"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_broken_link_opens_its_page_and_says_what_was_wrong(visit: Any, place: Any) -> None:
    page = visit(f"{place.path}?{BROKEN}")
    page.locator(".d-problem", has_text="the usual values stand in its place").wait_for()
    assert page.locator(".d-problem pre").count() >= 2
    assert page.locator(".d-panel, .d-card").count() >= 1


def test_a_link_with_too_small_a_size_is_answered_with_the_smallest(visit: Any) -> None:
    page = visit("/downstream?scenario=zero-tolerance-2018&scale=0.005&seed=4")
    page.locator(".d-problem", has_text="too small a size for this scenario").wait_for()
    assert "0.016 to 1" in page.locator(".d-problem pre").inner_text()
    assert page.get_by_label("Size").input_value() == "0.02" and "seed=4" in query(page)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"x = " + b"[" * 1500, "your scenario"),
        (b'like = "daca-2012"\ntitle = "t"\nstreams = ["../../etc/passwd"]\n', "etc/passwd"),
        (b'like = "../../../../etc/passwd"\n', "your scenario"),
        (b'like = "daca-2012"\nend = 2099-01-01\n', "your scenario"),
        (b"\xff\xfe\x00 not text", "your scenario"),
        (b"# " + b"x" * 5000, "bytes; at most 4,000 are read"),
    ],
    ids=["nested", "stream-of-a-path", "like-a-path", "endless", "not-text", "too-large"],
)
def test_a_scenario_that_cannot_be_used_is_refused_with_the_reason(visit: Any, text: bytes, said: str) -> None:
    page = visit(GOOD)
    upload = page.get_by_label("A scenario of your own")
    upload.set_input_files({"name": "../../own.toml", "mimeType": "text/plain", "buffer": text})
    page.locator(".d-problem, .d-hint", has_text=said).first.wait_for()
    assert "seed=4" in query(page)
    page.get_by_role("button", name="A day", exact=True).wait_for()


def test_a_scenario_of_ones_own_is_run_and_stays_in_the_address(visit: Any) -> None:
    page = visit(GOOD)
    text = b'like = "daca-2012"\ntitle = "Without it"\ndirectives = []\nend = 2012-02-01\n'
    upload = page.get_by_label("A scenario of your own")
    upload.set_input_files({"name": "own.toml", "mimeType": "text/plain", "buffer": text})
    addressed(page, "scenario=own")
    page.get_by_role("button", name="To the end").click()
    drawn(page, 0, "own 4 2012-02-01 True")


def test_visitors_do_not_see_each_others_levers(visit: Any) -> None:
    settings = [f"directives.daca-2012.clarity={share}" for share in ("0.1", "0.4", "0.9")]
    pages = [visit(f"{GOOD}&day=2012-08-01&set={setting.replace('=', '%3D')}") for setting in settings]
    for page, setting in zip(pages, settings, strict=True):
        drawn(page, 0, f"daca-2012 {setting} 4 2012-08-01 True")
    pages[0].get_by_role("button", name="A day", exact=True).click()
    drawn(pages[0], 0, f"daca-2012 {settings[0]} 4 2012-08-02 True")
    for page, setting in zip(pages[1:], settings[1:], strict=True):
        assert page.locator(".d-chart").first.get_attribute("data-state") == f"daca-2012 {setting} 4 2012-08-01 True"


def test_work_of_a_pair_of_worlds_is_stopped_in_the_middle(visit: Any) -> None:
    page = visit("/twins?replications=20&scale=0.02")
    page.get_by_role("button", name="Run both worlds").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Your settings are kept").wait_for()
    assert "replications=20" in query(page)


def test_a_page_outlives_its_server(browser: Any, tmp_path: Path) -> None:
    first = Server(tmp_path / "said")
    first.start()
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(first.address + GOOD + "&day=2012-01-01")
    page.get_by_role("button", name="A month").click()
    drawn(page, 0, "daca-2012 4 2012-01-31 True")
    addressed(page, "day=2012-01-31")
    first.stop()
    second = Server(tmp_path / "said", port=first.port)
    second.start()
    try:
        page.get_by_text("The server has restarted since this page was opened").wait_for()
        drawn(page, 0, "daca-2012 4 2012-01-31 True")
        assert "seed=4" in query(page)
    finally:
        context.close()
        second.stop()
