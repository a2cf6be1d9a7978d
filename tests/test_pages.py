"""What the README and the pages of the documentation show is what happens: commands, files, edits and programs."""

import re
import tomllib
from pathlib import Path

import pytest

from docs.console import BLOCK, NARROW, CommandError, Session, chosen, edited, refilled
from docs.make import GUIDES, README, ROOT, pages, sessions

LARGEST_README, LARGEST_PICTURE = 12_000, 400_000
TEXTS = {page: page.read_text(encoding="utf-8") for page in [README, *pages()]}


@pytest.mark.parametrize("session", sessions(), ids=lambda session: session.pages[0].stem)
def test_what_is_shown_is_what_happens(session: Session) -> None:
    assert session.refilled() == {page: TEXTS[page] for page in session.pages}, "run make docs"


def test_every_block_that_can_be_run_is_run() -> None:
    run = {page for session in sessions() for page in session.pages}
    assert README in run and {*GUIDES} <= run
    for page, text in TEXTS.items():
        fenced = len(re.findall(r"^```(?:console|toml|python|diff)$", text, re.MULTILINE))
        assert fenced == len(BLOCK.findall(text)), page
        assert page in run or not fenced


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    page = "<!-- shown: all -->\n```console\n$ discretion run no-such-scenario\n```\n"
    with pytest.raises(CommandError, match="no such scenario"):
        refilled(page, tmp_path)


def test_a_program_that_fails_or_prints_nothing_is_noticed(tmp_path: Path) -> None:
    for program, message in (("1 / 0", "ZeroDivisionError"), ("1 / 1", "prints nothing")):
        with pytest.raises(CommandError, match=message):
            refilled(f"```python\n{program}\n```\n", tmp_path)


def test_output_that_drifted_is_noticed(tmp_path: Path) -> None:
    page = "<!-- shown: all -->\n```console\n$ echo one\n$ echo two\nthree\n```\n"
    assert refilled(page, tmp_path)[0] == page.replace("three", "two")


def test_a_command_of_an_earlier_page_is_not_run_again(tmp_path: Path) -> None:
    page = "<!-- shown: all -->\n```console\n$ date +%N\n```\n"
    text, known = refilled(page, tmp_path)
    assert refilled(page, tmp_path, known) == (text, known)


def test_files_and_edits_are_made(tmp_path: Path) -> None:
    page = "```toml\n# a/b.toml\nx = 1\n```\n\n```diff\n# a/b.toml\n x = 1\n+y = 2\n```\n"
    assert refilled(page, tmp_path)[0] == page
    assert (tmp_path / "a" / "b.toml").read_text() == "x = 1\ny = 2\n"


@pytest.mark.parametrize("text", ["b\n", "a\nb\na\n"])
def test_an_edit_that_does_not_fit_is_noticed(text: str) -> None:
    with pytest.raises(CommandError, match="times in the file, not once"):
        edited(text, " a\n+c\n")


def test_a_text_that_is_not_there_cannot_be_shown() -> None:
    with pytest.raises(ValueError):
        chosen(["one", "two"], "three ...")


def test_the_readme_is_short_and_its_blocks_are_narrow() -> None:
    assert len(TEXTS[README]) <= LARGEST_README
    blocks = re.findall(r"^```\w+\n(.*?)^```", TEXTS[README], re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 50
    assert [line for line in lines if len(line) > NARROW] == []


def test_no_table_that_is_shown_is_cut() -> None:
    shown = [(page, block["output"] or "") for page, text in TEXTS.items() for block in BLOCK.finditer(text)]
    assert sum(bool(output) for _, output in shown) > 20
    assert [page for page, output in shown if "…" in output] == []


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXTS[README])
    assert pictures
    assert all(0 < (ROOT / picture).stat().st_size < LARGEST_PICTURE for picture in pictures)


def test_targets_that_are_named_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    texts = "\n".join([*TEXTS.values(), (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")])
    named = re.findall(r"^make ([a-z]+) +#|`make ([a-z]+)`", texts, re.MULTILINE)
    assert named and {first or second for first, second in named} <= set(targets)


def test_the_extra_and_the_cluster_are_named_as_they_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    sweeps = TEXTS[ROOT / "docs" / "sweeps.md"]
    assert "discovery" in project["optional-dependencies"] and ".[discovery]" in sweeps
    assert "dask-jobqueue" in sweeps and not any("jobqueue" in name for name in project["dependencies"])
