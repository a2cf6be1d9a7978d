"""What the tests of the app look at in a page."""

import json
from collections.abc import Callable
from time import monotonic
from typing import Any

from tests.app.served import axe


def cells(page: Any, caption: str) -> list[list[str]]:
    """The body of the table under a caption."""
    table = page.locator("table", has=page.locator("caption", has_text=caption)).first
    table.wait_for(state="attached")
    return table.evaluate("t => [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent.trim()))")


def unfolded(page: Any, summary: str) -> None:
    page.locator("summary", has_text=summary).first.click()


def drawn(page: Any, at: int, state: str) -> None:
    """Wait until the chart in that place shows a state."""
    page.wait_for_function(
        "([at, state]) => (document.querySelectorAll('.d-chart')[at] || {dataset: {}}).dataset.state === state",
        arg=[at, state],
    )


def data(page: Any, at: int, name: str) -> list[dict[str, Any]]:
    """The rows that a chart shows under a name."""
    rows = f"[...document.querySelectorAll('.d-chart')][{at}].__vue__.shown.view.data('{name}')"
    return json.loads(page.evaluate(f"JSON.stringify({rows})"))


def query(page: Any) -> str:
    return str(page.evaluate("location.search"))


def addressed(page: Any, part: str) -> None:
    """Wait until the address says something."""
    page.wait_for_function("part => decodeURIComponent(location.search).includes(part)", arg=part)


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DRESSES = ((390, "light"), (1024, "dark"))
DRAWN = """() => !document.body.textContent.includes("Drawing …")
  && [...document.querySelectorAll(".d-chart")].every((chart) => chart.querySelector("svg, canvas"))"""


def barred(page: Any) -> list[str]:
    """What of a page, all of it unfolded, breaks WCAG 2.1, level A or AA, as far as axe-core can tell.

    It is looked at on a phone in light colours and on a laptop in dark ones (`DRESSES`).
    """
    page.evaluate(axe())
    found = []
    for width, scheme in DRESSES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_selector(f".theme--{scheme} main")
        page.wait_for_function(DRAWN)
        page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
        told = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
        found += [
            f"{one['id']}, {width} pixels, {scheme}: {node['html'][:200]}"
            for one in told["violations"]
            for node in one["nodes"]
        ]
    return found


def saved(page: Any, label: str) -> bytes:
    """What a button saves."""
    with page.expect_download() as got:
        page.get_by_role("button", name=label).click()
    return got.value.path().read_bytes()


def told(page: Any, place: str) -> str:
    """A text that the page offers to be copied (``In a terminal``, ``In Python``)."""
    copy = page.locator(".d-copy", has=page.locator(".d-label", has_text=place)).first
    copy.wait_for(state="attached")
    return str(copy.locator("pre").text_content())


def eventually(page: Any, look: Callable[[], object], wanted: object, seconds: float = 120.0) -> None:
    """Look again and again until what is wanted is seen; in the end it must be."""
    until = monotonic() + seconds
    while look() != wanted and monotonic() < until:
        page.wait_for_timeout(200)
    assert look() == wanted
