"""The page of the pre-mortem in a browser: a draft by form, looked over as it is written, tried, shared, printed."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from experiments.drafting.lint import lint
from experiments.drafting.reading import draft_of
from model import load
from tests.app.seen import addressed, eventually, saved, told
from viz.app.pages.premortem.tasks import looked_over
from viz.app.pages.premortem.url_state import Shown

WORLD = load()


@pytest.mark.parametrize("like", sorted(WORLD.directives))
def test_a_draft_that_changes_nothing_is_the_directive_that_it_follows(like: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.toml"
    path.write_text(Shown(like=like).text(WORLD))
    there, own = WORLD.directives[like], draft_of(path).directive
    about = {"title", "issuer", "source"}
    assert own.model_dump(exclude=about) == there.model_dump(exclude=about)


def test_what_is_set_stands_in_the_draft() -> None:
    shown = Shown(title='A "draft"\\', to="ice.attorneys", level="none", otherwise="out", latitude=0, evaluation=85)
    written = tomllib.loads(shown.text(WORLD))
    assert (written["title"], written["to"]) == ('A "draft"\\', ["ice.attorneys"])
    assert (written["latitude"]["value"], written["evaluation"]["value"]) == (0.0, 0.85)
    assert written["scope"] == {"in": [{"level": ["none"]}], "otherwise": "out"}


def test_what_cannot_be_read_is_told_and_nothing_fails() -> None:
    assert "no scenario" in str(
        looked_over(Shown(start=WORLD.directives["review-2011"].start.replace(year=1990)).text(WORLD))
    )


def test_a_draft_is_written_looked_over_shared_and_tried(visit: Any, tmp_path: Path) -> None:
    page = visit("/premortem?like=review-2011")
    page.get_by_label("Title").fill("Ours")
    page.get_by_label("Title").press("Tab")
    addressed(page, "title=Ours")
    page.get_by_label("Of all others it says").select_option("silent")
    addressed(page, "otherwise=silent")
    eventually(page, lambda: 'otherwise = "silent"' in told(page, "The draft, as draft.toml"), True)
    text = told(page, "The draft, as draft.toml")
    path = tmp_path / "draft.toml"
    path.write_text(text)
    first = lint(draft_of(path))[0]
    page.locator("summary", has_text=f"{first.grade}: {first.what}").first.wait_for()
    page.reload()
    assert told(page, "The draft, as draft.toml") == text
    page.get_by_role("button", name="Try it").click()
    page.locator("h3", has_text="1. Who changes, who does not").wait_for(timeout=400_000)
    html = saved(page, "Download premortem as HTML")
    assert html.startswith(b"<!doctype html>") and b"Pre-mortem: Ours" in html
