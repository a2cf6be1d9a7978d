"""``discretion explain`` at the terminal, and the chart that it writes."""

import json
from itertools import pairwise

import pytest

from model import load
from model.explain import explain
from model.rule.terms import TERM_NAMES
from tests.commands import discretion
from viz.charts.theme import Legend
from viz.charts.waterfall import SUM, waterfall

ASKED = ["explain", "claudia", "--agency", "ICE", "--agency", "uscis"]


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return discretion


def test_json_is_a_list_of_decisions_and_nothing_else(shell, tmp_path):
    done = shell(*ASKED, "--json")
    assert done.exit_code == 0, done.output
    decisions = json.loads(done.stdout)
    assert [(one["agency"], one["stage"]) for one in decisions] == [
        ("ICE", "charge"), ("ICE", "custody"), ("ICE", "parole"), ("ICE", "review"), ("ICE", "removal"),
        ("USCIS", "t-visa"),
    ]  # fmt: skip
    for one in decisions:
        assert {"agency", "stage", "probability", "notice", "terms", "law"} <= set(one)
        assert list(one["terms"]) == list(TERM_NAMES)
        assert (one["probability"] < 0.05) if one["agency"] == "ICE" else (one["probability"] > 0.90)
    assert list(tmp_path.iterdir()) == [], "JSON for machines writes no chart unless asked"


def test_a_reader_sees_the_person_the_terms_the_words_and_the_flip(shell, tmp_path):
    done = shell(*ASKED)
    assert done.exit_code == 0, done.output
    text = " ".join(done.stdout.split())
    for part in (
        "Claudia", "Three citizen children", "Level 2 conviction", "mandatory-detention", "equities on paper",
        "True but not on paper: arrival as a child", "Once a file is looked at",
        "No single or double change of facts would do it", "If trafficking suffered were not on paper",
    ):  # fmt: skip
        assert part in text, part
    page = (tmp_path / "results" / "explain-claudia.html").read_text(encoding="utf-8")
    assert "The same person before each desk" in page
    assert "cdn.jsdelivr" not in page, "the page opens without the internet"


def test_a_chart_is_drawn_where_and_as_asked(shell, tmp_path):
    done = shell("explain", "long-resident", "--agency", "EOIR", "--json", "--chart", "why.png")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "why.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["why.png"]


def test_what_is_not_open_is_said(shell):
    done = shell("explain", "childhood-arrival", "--scenario", "baseline-2010", "--on", "2010-02-01")
    assert done.exit_code == 0, done.output
    assert "Deferred action for childhood arrivals: not open" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["claudai"], ["no such case", "nearest: claudia"]),
        (["bad.toml"], ["bad.toml: level", "no such key"]),
        (["missing.toml"], ["cannot be read", "missing.toml"]),
        (["claudia", "--agency", "ISE"], ["no such agency", "nearest: ICE"]),
        (["claudia", "--agency", "EOIR", "--chart", "why.pdf"], ["not a kind of chart", ".pdf", ".png"]),
        (["claudia", "--chart", "folder.svg"], ["folder.svg"]),
        (["claudia", "--scenario", "daca-2021"], ["no such scenario", "nearest: daca-2012"]),
        (["claudia", "--on", "2009-01-01"], ["a day outside the scenario", "2010-01-01 to"]),
        (["claudia", "--set", "rule.metric=0"], ["nearest: metrics"]),
        (["claudia", "--world", "imigration"], ["no such world", "nearest: immigration"]),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(shell, tmp_path, arguments, said):
    (tmp_path / "bad.toml").write_text('like = "claudia"\nlevel = "none"\n', encoding="utf-8")
    (tmp_path / "folder.svg").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = shell("explain", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.output
    for part in said:
        assert part in done.stderr, done.stderr
    assert sorted(tmp_path.rglob("*")) == before, "nothing is left behind"


def test_each_decision_has_a_panel_and_the_bars_end_at_the_judgment():
    explained = [one.as_json() for one in explain("claudia", agencies=["EOIR", "USCIS"])]
    chart = waterfall(explained, Legend.of_world(load()), "Claudia", []).to_dict()
    rows = [table for table in chart["datasets"].values() if "step" in table[0]]
    assert len(rows) == len(explained)
    for one, steps in zip(explained, rows, strict=True):
        assert len(steps) == len(TERM_NAMES) + 2
        assert steps[-1]["step"] == SUM
        assert steps[-1]["to"] == pytest.approx(steps[-2]["to"], abs=1e-9)
        assert steps[0]["to"] == one["threshold"]
        assert all(later["from"] == earlier["to"] for earlier, later in pairwise(steps[:-1]))


def test_help_teaches_with_examples(shell):
    done = shell("explain", "--help")
    assert done.exit_code == 0
    assert "discretion explain claudia" in done.stdout
    assert "probability" in done.stdout
