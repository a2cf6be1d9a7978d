"""``python -m benchmarks.classroom``: a class of thirty browsers in the room, from the code to the reveal."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from tests.app.served import ARGUMENTS, Server, chromium
from viz.app.classroom.folder import Folder

PHONES, ROUND = 30, "What is counted gets done"
WATCH = """() => {
  window.seen = {};
  const look = () => {
    const dots = document.querySelectorAll('.row:last-of-type circle.dot').length;
    const now = performance.timeOrigin + performance.now();
    for (let at = 1; at <= dots; at += 1) seen[at] ??= now;
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
}"""
"""Writes down when each dot of the last figure was first there."""
SENDS = """(values) => {
  document.querySelectorAll('input[type=range]').forEach((one, at) => {
    one.value = values[at];
    one.dispatchEvent(new Event('input'));
  });
  document.querySelector('form button.do').click();
  return performance.timeOrigin + performance.now();
}"""
"""Sets the sliders and sends; gives the moment."""
WAITS = """() => {
  window.revealed = 0;
  new MutationObserver(() => {
    if (!window.revealed && [...document.querySelectorAll('dt')].some((one) => one.textContent === 'What happened'))
      window.revealed = performance.timeOrigin + performance.now();
  }).observe(document.body, { subtree: true, childList: true });
}"""
"""Writes down when a phone first shows what happened."""
PRESSES = """(name) => {
  [...document.querySelectorAll('button')].find((one) => one.textContent === name).click();
  return performance.timeOrigin + performance.now();
}"""


def joined(browser: Browser, address: str) -> tuple[Page, float]:
    """A phone of its own, and the seconds until it is in the room."""
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.set_default_timeout(180_000)
    began = monotonic()
    page.goto(address)
    page.get_by_text("You are in.").wait_for()
    return page, monotonic() - began


def row(console: Console, what: str, values: list[float]) -> None:
    """Print a figure."""
    console.print(
        f"{what}: median [bold]{median(values):.2f} s[/], worst [bold]{max(values):.2f} s[/], n {len(values)}",
        highlight=False,
    )


def main() -> None:
    """Play a round, reload a phone and the projector, restart the server; print what was measured."""
    console = Console()
    with TemporaryDirectory() as folder, sync_playwright() as started:
        room = Path(folder) / "class"
        server = Server(Path(folder) / "said", "--folder", str(room), "--host", "127.0.0.1", command="class")
        server.start()
        browser = started.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            played(console, browser, server, room)
        finally:
            browser.close()
            server.stop()


def played(console: Console, browser: Browser, server: Server, folder: Path) -> None:
    """A round of thirty phones."""
    kept = Folder(folder).room
    projector = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    projector.set_default_timeout(180_000)
    projector.goto(f"{server.address}/class#{kept.key}")
    found = [joined(browser, f"{server.address}/join#{kept.code}") for _ in range(PHONES)]
    phones = [page for page, _ in found]
    row(console, "join to page", [seconds for _, seconds in found])
    projector.get_by_text(f"{PHONES} phones in the room").wait_for()
    projector.evaluate(WATCH)
    projector.get_by_role("button", name=ROUND).click()
    for page in phones:
        page.locator("input[type=range]").first.wait_for()
    process = psutil.Process(server.pid)
    before, began = sum(process.cpu_times()[:2]), monotonic()
    sent = [page.evaluate(SENDS, [at, 2 * at, 3 * at]) for at, page in enumerate(phones, start=1)]
    all_dots = f"() => document.querySelectorAll('.row:last-of-type circle.dot').length === {PHONES}"
    projector.wait_for_function(all_dots)
    used, passed = sum(process.cpu_times()[:2]) - before, monotonic() - began
    seen = projector.evaluate("window.seen")
    row(console, "guess to dot", [(seen[str(at)] - moment) / 1000 for at, moment in enumerate(sent, start=1)])
    console.print(f"the server while {PHONES} guess: {100 * used / passed:.0f}% of a core", highlight=False)

    for page in phones:
        page.evaluate(WAITS)
    projector.evaluate(PRESSES, "Close the guesses")
    projector.get_by_role("button", name="Reveal the first figure").wait_for()
    pressed = projector.evaluate(PRESSES, "Reveal the first figure")
    for page in phones:
        page.wait_for_function("() => window.revealed > 0")
    row(console, "reveal to phone", [(page.evaluate("window.revealed") - pressed) / 1000 for page in phones])

    lost = restarted(projector, phones, server, all_dots)
    console.print(f"guesses lost after a restart and a reload of all: {lost}", highlight=False)


def restarted(projector: Page, phones: list[Page], server: Server, all_dots: str) -> int:
    """How many guesses are gone when the server has started again and every page was loaded again."""
    server.stop()
    server.start()
    for page in [projector, *phones]:
        page.reload()
    projector.wait_for_function(all_dots)
    lost = 0
    for at, page in enumerate(phones, start=1):
        page.locator("dd").first.wait_for()
        lost += page.locator("dt:has-text('Your guess') + dd").all_inner_texts() != [f"{at}", f"{2 * at}", f"{3 * at}"]
    return lost


if __name__ == "__main__":
    main()
