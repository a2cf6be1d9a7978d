"""``discretion directive``: a draft made, looked over, compared and laid among others; a hostile one refused."""

import json
import re
import tomllib
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments.drafting.comparing import differences
from experiments.drafting.form import new_draft, usual
from experiments.drafting.reading import draft_of
from experiments.drafting.stacking import stack
from model import InputError, load
from model.world.loader import worlds
from tests.commands import app, discretion
from viz.reports.console import Screen

DRAFTS = Path(__file__).parent / "drafts"
EXPECTED: dict[str, list[str]] = tomllib.loads((DRAFTS / "expected.toml").read_text())
HOSTILE = sorted(path for path in DRAFTS.glob("*.toml") if path.stem != "expected")
WORLD = load()


@pytest.mark.parametrize("draft", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_draft_is_told_one_thing(draft: Path) -> None:
    done = discretion("directive", "lint", str(draft))
    what, key = EXPECTED[draft.stem]
    assert done.exit_code == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert done.stderr.startswith(what) and key in done.stderr
    assert "\x1b" not in done.stderr and len(done.stderr.splitlines()) <= 6


def test_there_are_fifty_hostile_drafts() -> None:
    assert len(HOSTILE) >= 50 and {path.stem for path in HOSTILE} == set(EXPECTED)


def test_lint_says_it_in_words_and_as_json_and_by_its_exit_code() -> None:
    done = discretion("directive", "lint", "review-2011")
    assert done.exit_code == 1 and "breaks" in done.output and "odd.md, 7.8" in done.output
    told = json.loads(discretion("directive", "lint", "zero-tolerance-2018", "--json").stdout)
    assert told["scenario"] == "zero-tolerance-2018" and told["start"] == "2018-04-06"
    assert {"rule", "grade", "what", "why", "instead", "example"} == set(told["remarks"][0])
    assert discretion("directive", "lint", "zero-tolerance-2018").exit_code == 0


def test_a_title_commands_neither_the_terminal_nor_its_marks(tmp_path: Path) -> None:
    folder = tmp_path / "ours.toml"
    marked = "[red]Mine[/] [/b]"
    folder.write_text(f'like = "review-2011"\ntitle = "{marked}"\nissuer = "{marked}"\nsource = "assumed: {marked}"\n')
    assert discretion("directive", "lint", str(folder)).exit_code == 1
    assert marked in discretion("directive", "diff", "review-2011", str(folder)).output


@pytest.mark.parametrize("arguments", [
    ["lint", "review-2011"], ["lint", "zero-tolerance-2018"], ["diff", "discretion-2011", "zero-tolerance-2018"],
])  # fmt: skip
def test_eighty_columns_hold_it(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(width=80, file=StringIO(), highlight=False)
    for module in ("viz.cli.directive", "viz.reports.drafting"):
        monkeypatch.setattr(f"{module}.out", screen)
    discretion("directive", *arguments)
    said = screen.file.getvalue()  # type: ignore[attr-defined]
    assert len(said) > 500 and "…" not in said
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("world", worlds())
def test_a_form_can_be_read_into_any_world(world: str, tmp_path: Path) -> None:
    whole, file = load(world), tmp_path / "ours.toml"
    new_draft(file, whole, usual(whole))
    draft = draft_of(file, whole)
    assert draft.directive.start == usual(whole).start and draft.directive.to == usual(whole).to
    with pytest.raises(InputError, match="something already"):
        new_draft(file, whole, usual(whole))


def test_new_takes_options_and_leaves_nothing_behind_where_they_are_wrong(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    options = ["directive", "new", str(file), "--title", 'Say "please"', "--start", "2012-03-01"]
    assert discretion(*options, "--to", "ice.atorneys").exit_code == 2 and not file.exists()
    assert discretion(*options, "--direction", "sideways").exit_code == 2 and not file.exists()
    done = discretion(*options, "--to", "ice.attorneys", "--to", "uscis", "--direction", "enforcement")
    assert done.exit_code == 0 and "directive lint" in done.output
    row = draft_of(file, WORLD).directive
    assert (row.title, row.to, row.direction) == ('Say "please"', ["ice.attorneys", "uscis"], -1)
    assert row.start == date(2012, 3, 1) and sum("#" in line for line in file.read_text().splitlines()) > 12


def test_new_asks_at_a_terminal_what_no_option_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.cli.directive.somebody_is_there", lambda: True)
    answers = "A memo\nice.attorneys, uscis\n2012-03-01\nenforcement\n"
    file = tmp_path / "ours.toml"
    done = CliRunner().invoke(app, ["directive", "new", str(file), "--issuer", "Me"], input=answers)
    assert done.exit_code == 0 and "Who issues it?" not in done.output
    row = draft_of(file, WORLD).directive
    assert (row.title, row.issuer, row.to, row.direction) == ("A memo", "Me", ["ice.attorneys", "uscis"], -1)
    again = ["directive", "new", str(tmp_path / "another.toml"), "--issuer", "Me"]
    done = CliRunner().invoke(app, again, input=answers.replace("2012-03-01", "spring"))
    assert done.exit_code == 2 and "not a day" in done.stderr and not (tmp_path / "another.toml").exists()


@pytest.mark.parametrize(
    ("name", "what"),
    [("", "no such directive"), (".", "no such directive"), ("/dev/null", "not a file"), ("two words.toml", "a name")],
)
def test_what_is_no_draft_at_all_is_told(name: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "two words.toml").write_text((DRAFTS / "start-a-word.toml").read_text())
    done = discretion("directive", "lint", str(tmp_path / name) if " " in name else name)
    assert done.exit_code == 2 and done.stderr.startswith(what)


def test_two_directives_are_compared_in_words() -> None:
    rows = WORLD.directives
    found = {one.term: one for one in differences(WORLD, rows["april-2017"], rows["zero-tolerance-2018"])}
    assert found["authority"][2:] == ("soft", "regulatory") and found["latitude"][2:] == ("0.7", "0.4")
    assert found["scope"].second == "meant: mix adults; of all others not a word"
    assert "prior_removals at least 1 or charge smuggling" in found["scope"].first
    assert "direction" not in found and "to" not in found
    assert differences(WORLD, rows["april-2017"], rows["april-2017"]) == []
    assert "in the same way" in discretion("directive", "diff", "april-2017", "april-2017").output


def test_what_is_in_force_on_a_day_and_who_sees_it() -> None:
    found = stack(WORLD, "zero-tolerance-2018", date(2018, 5, 6))
    seen = {(one.unit, one.directive) for one in found.layers}
    assert ("usao.attorneys", "zero-tolerance-2018") in seen and ("cbp.agents", "referral-change-2018") in seen
    assert ("orr.director", "directors-review-2017") in seen
    assert not any(name == "speech-2018" for _, name in seen)
    assert found.ended["wdtx-guidance-2017"] == "superseded by zero-tolerance-2018 on 2018-04-06"
    texas = stack(WORLD, "zero-tolerance-2018", date(2018, 5, 6), "WDTX").layers
    assert {one.directive for one in texas} >= {"call-texas-2018"} and all(one.unit != "cbp.agents" for one in texas)
    heard = {one.directive: one.aware for one in found.layers}
    assert 0.0 < heard["call-texas-2018"] < heard["zero-tolerance-2018"] <= 1.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["zero-tolerence-2018", "--on", "2018-05-06"], ["no such scenario", "nearest: zero-tolerance-2018"]),
        (["zero-tolerance-2018", "--on", "2010-05-06"], ["a day outside zero-tolerance-2018"]),
        (["zero-tolerance-2018", "--on", "2018-05-06", "--office", "WDTY"], ["no such unit", "nearest: WDTX"]),
    ],
)
def test_a_stack_that_is_not_there_is_told(arguments: list[str], words: list[str]) -> None:
    done = discretion("directive", "stack", *arguments)
    assert done.exit_code == 2 and all(word in done.stderr for word in words)


def test_a_stack_is_told_in_words_and_as_json() -> None:
    arguments = ["directive", "stack", "zero-tolerance-2018", "--on", "2018-05-10"]
    assert re.search(r"speech-2018, since 2018-05-07: enforcement, \d+\.\d% aware", discretion(*arguments).output)
    told = json.loads(discretion(*arguments, "--json").stdout)
    assert told["on"] == "2018-05-10" and {"unit", "directive", "aware"} <= set(told["layers"][0])


def test_lines_of_toml_are_not_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    done = discretion("directive", "lint", "zero-tolerance-2018")
    for remark in json.loads(discretion("directive", "lint", "zero-tolerance-2018", "--json").stdout)["remarks"]:
        for line in remark["example"].splitlines():
            assert f"  {line}" in done.stdout.splitlines()
