"""What the README shows is what happens: its commands, its files and its programs are run."""

import re
import runpy
from pathlib import Path

import pytest

from docs.console import BLOCK, CommandError, chosen, refilled
from docs.make import README, ROOT

TEXT = README.read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
LARGEST_PICTURE = 400_000


def test_commands_print_what_is_shown(tmp_path: Path) -> None:
    assert len([block for block in BLOCK.finditer(TEXT) if block["commands"]]) >= 5
    assert TEXT.count("```console") + TEXT.count("```toml") == len(BLOCK.findall(TEXT))
    assert refilled(TEXT, tmp_path) == TEXT, "run make docs"


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    page = "<!-- shown: all -->\n```console\n$ discretion run no-such-scenario\n```\n"
    with pytest.raises(CommandError, match="no such scenario"):
        refilled(page, tmp_path)


def test_output_that_drifted_is_noticed(tmp_path: Path) -> None:
    page = "<!-- shown: all -->\n```console\n$ echo one\n$ echo two\nthree\n```\n"
    assert refilled(page, tmp_path) == page.replace("three", "two")


def test_a_text_that_is_not_there_cannot_be_shown() -> None:
    with pytest.raises(ValueError):
        chosen(["one", "two"], "three ...")


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_programs_run(number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAMS[number], encoding="utf-8")
    runpy.run_path(str(path))
    assert capsys.readouterr().out


def test_there_are_programs() -> None:
    assert len(PROGRAMS) == 5


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert pictures
    assert all(0 < (ROOT / picture).stat().st_size < LARGEST_PICTURE for picture in pictures)


def test_targets_that_are_named_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    texts = TEXT + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", texts, re.MULTILINE)
    assert named and {first or second for first, second in named} <= set(targets)
