"""``python -m benchmarks.app``: how quick the app is in a browser, alone and with twenty visitors at once."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import numpy as np
import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from tests.app.served import ARGUMENTS, Server, chromium

SCENARIO, DIRECTIVE, DAY = "morton-2011", "review-2011", "2012-01-31"
VISITORS, MOVES, OPENINGS = 20, 25, 5
GONE = 15.0
"""Seconds after the last page was closed."""
SLOW = 200_000
"""Bytes a second of a bad network, and nothing kept by the browser."""
PAGES = (
    ("Home", "/", ".d-app h1", "under 0.5 s"),
    ("Home, with its scripts", "/", "main h1", ""),
    ("Levers, with its charts", "/levers", ".d-chart svg", "under 1.5 s"),
    ("Live run, with its hierarchy", "/memo", ".d-chart[data-state]", "under 1 s"),
)
"""What is opened by a new visitor, and what has to be seen of it."""
MOVED = """([title, value, setting]) => new Promise((done) => {
  const label = [...document.querySelectorAll('.d-slider label')].find((one) => one.textContent === title);
  const slider = document.getElementById(label.htmlFor), began = performance.now();
  let drawn = 0;
  slider.value = value;
  slider.dispatchEvent(new Event('input'));
  const look = () => {
    const states = [...document.querySelectorAll('.d-chart')].map((chart) => chart.dataset.state || '');
    if (states[0].includes(setting) && !drawn) drawn = performance.now() - began;
    const all = states.every((state) => state.includes(setting) && state.endsWith('True'));
    if (all) done([drawn, performance.now() - began]);
    else requestAnimationFrame(look);
  };
  look();
})"""
"""Moves a lever; gives the milliseconds until the hierarchy is drawn anew, and until all charts show the day again."""
PLAYED = """(seconds) => new Promise((done) => {
  const chart = document.querySelector(".d-chart");
  const day = () => Date.parse(chart.dataset.state.split(' ').at(-2)) / 864e5;
  const began = performance.now(), first = day();
  let frames = 0, last = chart.dataset.state;
  const look = () => {
    if (chart.dataset.state !== last) { frames += 1; last = chart.dataset.state; }
    const passed = (performance.now() - began) / 1000;
    if (passed > seconds) done([(day() - first) / passed, frames / passed]);
    else requestAnimationFrame(look);
  };
  look();
})"""
"""Watches a run that plays; gives the days and the drawings a second."""


def address(visitor: int) -> str:
    """A live run of a visitor's own: another seed and another clarity for each."""
    setting = f"directives.{DIRECTIVE}.clarity%3D{share(visitor):g}"
    return f"/memo?scenario={SCENARIO}&directive={DIRECTIVE}&day={DAY}&seed={visitor + 1}&set={setting}"


def share(at: int) -> float:
    """A clarity from 0.05 to 0.9; as issued it is 0.95."""
    return round(0.05 * (1 + at % 18), 2)


def opened(browser: Browser, home: str, path: str, shown: str = "main h1", rate: int = -1) -> tuple[Page, float]:
    """A page of a new visitor, and the seconds until what is to be ``shown`` was; over a network of that ``rate``."""
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    page.set_default_timeout(180_000)
    limits = {"offline": False, "latency": 0, "downloadThroughput": rate, "uploadThroughput": rate}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", limits)
    began = monotonic()
    page.goto(home + path, wait_until="commit")
    page.wait_for_selector(shown)
    return page, monotonic() - began


def glanced(browser: Browser, server: Server, path: str, shown: str, rate: int = -1) -> list[float]:
    """Seconds until a page was seen, by visitors who come one after another and close it before the next comes."""
    times = []
    for _ in range(OPENINGS):
        page, seconds = opened(browser, server.address, path, shown, rate)
        times.append(seconds)
        page.context.close()
    return times


def ready(page: Page) -> str:
    """Wait until the day is shown; the state that is."""
    page.wait_for_function("(document.querySelector('.d-chart') || {dataset: {}}).dataset.state?.endsWith('True')")
    return str(page.evaluate("document.querySelector('.d-chart').dataset.state"))


def moved(page: Page, values: list[float]) -> list[tuple[float, float]]:
    """Move a lever to some values; for each the milliseconds to the first drawing, and to the last on the same day."""
    found = []
    for value in values:
        drawn, whole = page.evaluate(MOVED, ["Clarity", value, f"clarity={value:g} "])
        found.append((drawn, whole))
        sleep(0.3)
    return found


def main() -> None:
    """Measure, and print what is measured as it is."""
    console = Console()

    def tell(what: str, found: str, aim: str = "") -> None:
        console.print(f"{what}: [bold]{found}[/]{f'  (aim: {aim})' if aim else ''}", highlight=False, soft_wrap=True)

    def row(what: str, values: list[float], unit: str, aim: str = "") -> None:
        high = np.percentile(values, 95)
        tell(what, f"median {median(values):,.3g} {unit}, 95 in 100 within {high:,.3g} {unit}, n {len(values)}", aim)

    with TemporaryDirectory() as folder, sync_playwright() as started:
        server = Server(Path(folder) / "said")
        began = monotonic()
        server.start()
        tell("the server is up", f"{monotonic() - began:.1f} s", "under 5 s")
        browser = started.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            alone(browser, server, row, tell)
            crowd(browser, server, row, tell)
        finally:
            browser.close()
            server.stop()


def alone(browser: Browser, server: Server, row: Callable[..., None], tell: Callable[..., None]) -> None:
    """One visitor: the first page, a lever, play."""
    for name, path, shown, aim in PAGES:
        row(f"{name}: first seen", glanced(browser, server, path, shown), "s", aim)
    row(f"Live run, at {SLOW // 1000} kB/s: can be used", glanced(browser, server, "/memo", ".d-slider", SLOW), "s",
        "under 5 s")  # fmt: skip
    page, _ = opened(browser, server.address, address(0))
    ready(page)
    moves = moved(page, [share(at) for at in range(1, MOVES + 1)])
    row("a lever is moved: first drawing", [one for one, _ in moves], "ms", "under 150 ms")
    row(f"a lever is moved: all charts, {DAY} again", [whole for _, whole in moves], "ms")
    for pace, aim in (("10", "10"), ("30", "30"), ("100", "60")):
        days, frames = played(page, pace)
        tell(f"play at {pace} days a second", f"{days:.1f} days/s, {frames:.1f} drawings/s", f"{aim} days/s")
    page.context.close()


def played(page: Page, pace: str) -> tuple[float, float]:
    """Days and drawings a second while a run plays from its first day on."""
    page.get_by_role("button", name="Reset").click()
    page.wait_for_selector(".d-clock:has-text('Before')")
    page.get_by_label("Speed").select_option(pace)
    page.get_by_role("button", name="Play").click()
    sleep(2)
    days, frames = page.evaluate(PLAYED, 8)
    page.get_by_role("button", name="Pause").click()
    return float(days), float(frames)


def crowd(browser: Browser, server: Server, row: Callable[..., None], tell: Callable[..., None]) -> None:
    """Twenty visitors at once: what each sees, what they take, and that it is given back."""
    process = psutil.Process(server.pid)
    before, held = process.memory_info().rss, [_held(server)]
    pages = [opened(browser, server.address, address(visitor))[0] for visitor in range(VISITORS)]
    own = [f"clarity={share(at):g} {at + 1} {DAY}" in ready(page) for at, page in enumerate(pages)]
    full = process.memory_info().rss
    moves = [moved(page, [share(at + 7)])[0] for at, page in enumerate(pages)]
    row(f"a lever is moved, {VISITORS} visitors: first drawing", [one for one, _ in moves], "ms")
    still = [f"clarity={share(at + 7):g} {at + 1} {DAY}" in ready(page) for at, page in enumerate(pages)]
    held.append(_held(server))
    for page in pages:
        page.context.close()
    sleep(GONE)
    held.append(_held(server))
    tell(f"of {VISITORS} visitors see their own run", f"{sum(own)}, then {sum(still)}", f"{VISITORS}")
    tell("memory a visitor", f"{(full - before) / VISITORS / 2**20:.1f} MB")
    tell("visitors and threads: before, with all, after", "; ".join(held), "as before")


def _held(server: Server) -> str:
    found = server.resources()
    return f"{found['kernels']['total']} and {found['threads']['active']}"


if __name__ == "__main__":
    main()
