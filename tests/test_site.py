"""The documentation as a site: every page has its place, and nothing is loaded from outside."""

import re
from pathlib import Path
from types import SimpleNamespace

import yaml

from docs.make import DOCS, ROOT, pages
from docs.site import OWN_SHIM, TAKEN, on_page_markdown, on_post_page

SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def _named(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [page for part in parts for page in _named(part)]  # type: ignore[union-attr]


def test_every_page_is_in_the_menu_once() -> None:
    wanted = [str(page.relative_to(DOCS)) for page in pages()] + [*TAKEN.values()]
    assert sorted(_named(SETTINGS["nav"])) == sorted(wanted)


def test_no_font_and_no_script_comes_from_outside() -> None:
    assert SETTINGS["theme"]["font"] is False and "offline" in SETTINGS["plugins"]
    page = SimpleNamespace(file=SimpleNamespace(src_uri="extending/term.md"))
    theirs = '<script src="https://example.org/iframe-worker/shim"></script>'
    assert on_post_page(theirs, page) == f'<script src="../{OWN_SHIM}"></script>'
    assert (DOCS / OWN_SHIM).is_file()
    for path in (DOCS / "assets").iterdir():
        assert not re.search(r"(?:https?:)?//[a-z]+\.", path.read_text(encoding="utf-8").replace("*/", "")), path


def test_links_out_of_the_folder_lead_to_the_page_that_holds_the_same() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="own-directive.md"))
    text = "[a](../README.md#five-minutes), [b](../CONTRIBUTING.md), [c](../model/agents.py), [d](odd.md)"
    assert on_page_markdown(text, page) == "[a](first-session.md), [b](contributing.md), c, [d](odd.md)"


def test_the_pins_hold_what_the_extra_asks_for() -> None:
    pins = Path(ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert all(f"\n{name}==" in pins for name in ("mkdocs-material", "mkdocstrings", "mkdocstrings-python", "mkdocs"))
