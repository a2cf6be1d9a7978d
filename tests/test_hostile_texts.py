"""No text of a world, a case, a plan or a folder acts: in a page, a picture, a spreadsheet or a terminal."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.text import Text

from experiments.levers import rank
from experiments.runs import run
from experiments.spreadsheet import as_csv
from experiments.twin import pair
from model.errors import InputError
from model.world.loader import load
from tests.commands import discretion
from tests.sweeping import plan_file
from tests.worldcopy import changed_copy, written
from viz.charts.save import save
from viz.reports.console import Screen, table

SCRIPT = "</script><script>alert(1)</script>"
HOSTILE = f"=1+1 {SCRIPT} [/b] [red]"
TEXTS = ("title", "question", "summary", "story", "favourable", "unfavourable")
ESCAPE = "\x1b]0;owned\x07"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped world, with something hostile in every text."""
    folder = changed_copy({}, tmp_path_factory.mktemp("hostile") / "world")
    for path in folder.rglob("*.toml"):
        path.write_text(written(_hostile(tomllib.loads(path.read_text()))))
    return folder


def _hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _hostile(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_hostile(entry) for entry in value]
    if isinstance(value, str) and key in TEXTS:
        return f"{HOSTILE}{value}"
    return f"{value} {HOSTILE}" if isinstance(value, str) and key == "source" and " " in value else value


def _harmless(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8", errors="ignore")
        if path.suffix in (".html", ".svg", ".md"):
            assert "<script>alert" not in text, path
        elif path.suffix == ".csv":
            assert not re.search(r'(^|,)"?=1', text, re.MULTILINE), path


@pytest.mark.parametrize(
    "command",
    ["worlds", "worlds --parameters ice.culture", "explain claudia --scale 0.02 --chart out/chart.html",
     "explain claudia --scale 0.02 --chart out/chart.svg", "run detainer-2012 --scale 0.002 --out out",
     "run zero-tolerance-2018 --scale 0.02 --until 2018-05-31 --out out",
     "twin detainer-2012 --scale 0.002 --replications 2 --workers 1 --out out",
     "levers detainer-2012 --scale 0.002 --replications 2 --workers 1 --lever managers-evaluated --out out"],
)  # fmt: skip
def test_texts_of_a_world_are_shown_and_do_nothing(
    command: str, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = command.split()
    asked = [words[0], str(world), *words[1:]] if words[0] == "worlds" else [*words, "--world", str(world)]
    done = discretion(*asked)
    assert done.exit_code == 0, (done.output, done.exception)
    assert "[/b]" in done.output
    _harmless(tmp_path)


def test_results_in_a_notebook_do_nothing(world: Path) -> None:
    typed = load(world)
    one = run("detainer-2012", 0.002, world=str(world), until=pd.Timestamp("2012-03-31").date())
    two = pair("detainer-2012", world=typed, scale=0.002)
    ranked = rank("detainer-2012", ["managers-evaluated"], world=typed, scale=0.002, replications=2)
    for shown in (one, two, ranked):
        assert "<script>" not in shown._repr_html_()


def test_a_chart_keeps_its_texts_whatever_they_hold(tmp_path: Path) -> None:
    import altair as alt

    rows = pd.DataFrame({"it": [HOSTILE, "]]>\u2028", "<!--"]})
    chart = alt.Chart(rows, title=HOSTILE).mark_text().encode(text="it:N")
    page, picture = (save(chart, tmp_path / f"it{ending}").read_text() for ending in (".html", ".svg"))
    assert page.count("</script>") == 2 and "\\u003c!--" in page
    assert "<script" not in picture and "&lt;/script&gt;" in picture


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1 or so", "'+1 or so"), ("@SUM(A1)", "'@SUM(A1)"),
     ("-2", "-2"), ("1 = 1", "1 = 1"), ("", '""')],
)  # fmt: skip
def test_no_cell_of_a_spreadsheet_is_a_formula(cell: str, stored: str) -> None:
    assert as_csv(pd.DataFrame({"it": [cell]})) == f"it\n{stored}\n"
    assert as_csv(pd.DataFrame({"it": pd.Categorical([cell])})) == f"it\n{stored}\n"


def test_a_terminal_is_not_commanded(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(width=80, force_terminal=True, color_system="standard")
    shown = table(f"title {ESCAPE}", f"head {ESCAPE}")
    shown.add_row(f"cell {ESCAPE}\x9b2J")
    screen.print(shown)
    screen.print(f"[bold]said {ESCAPE}[/]")
    screen.print(Text("red", "red"))
    said = re.sub(r"\x1b\[[\d;]*m", "", shown_on_terminal := capsys.readouterr().out)
    assert "\\x1b]0;owned\\x07" in said and "\\x9b2J" in said
    assert "\x1b[31mred" in shown_on_terminal and said.replace("\n", "").isprintable()


def test_a_world_a_case_and_a_plan_hold_no_escape_sequences(tmp_path: Path) -> None:
    change = {"file": "directives/review-2011.toml", "set": {"title": f"a {ESCAPE}"}}
    with pytest.raises(InputError, match="a control character in a text") as error:
        load(changed_copy(change, tmp_path / "world"))
    assert "directives/review-2011.toml" in str(error.value) and ESCAPE not in str(error.value)
    case = tmp_path / "case.toml"
    case.write_text('like = "claudia"\ntitle = "\\u001b[2J"\n')
    for command in (("explain", str(case)), ("plan", str(plan_file(tmp_path, title=ESCAPE)))):
        done = discretion(*command)
        assert done.exit_code == 2 and "a control character in a text" in done.stderr
        assert "\x1b" not in done.stderr


def test_an_escape_sequence_in_what_was_asked_is_spelt_out() -> None:
    for asked in (("run", f"no{ESCAPE}"), ("explain", f"{ESCAPE}.toml"), ("run", "daca-2012", "--world", ESCAPE)):
        done = discretion(*asked)
        assert done.exit_code == 2 and "\x1b" not in done.output and "x1b]0;owned" in done.output
