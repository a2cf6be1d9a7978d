"""An evening kept as text: its futures are the runs of the other worlds, byte for byte, and strangers are refused."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from experiments.evening import NAME, Evening, evening, read_evening
from experiments.runs import Run
from experiments.runs import run as single_run
from model import InputError
from tests.commands import assert_refused, discretion

ON = "2020-03-31"
SAID = ["directives.memo.clarity=0.1", "directives.memo.mandate=0"]
WHERE = {"scale": 1.0, "seed": 4, "world": "two-desks"}
TABLES = ("outcomes", "flows", "resources", "paths", "separated", "breaches")


@pytest.fixture(scope="module")
def eve() -> Evening:
    return evening("memo", ON, **WHERE)  # type: ignore[arg-type]


def stored(run: Run) -> dict[str, bytes]:
    """The tables as they would lie on the disk."""
    written = {}
    for name in TABLES:
        part = io.BytesIO()
        getattr(run, name).to_parquet(part, index=False)
        written[name] = part.getvalue()
    return written


def test_a_future_is_the_uninterrupted_run_byte_for_byte_and_so_is_one_read_back(eve: Evening, tmp_path: Path) -> None:
    eve.save(tmp_path / NAME)
    again = read_evening(tmp_path / NAME)
    for settings in ([], SAID):
        whole = stored(single_run("memo", **WHERE, settings=settings))  # type: ignore[arg-type]
        assert stored(eve.future(settings).run) == whole == stored(again.future(settings).run)
    assert stored(eve.future([]).run) != stored(eve.future(SAID).run)
    assert again.text() == eve.text()


def test_what_is_counted_since_is_what_the_run_decided_after_the_evening(eve: Evening) -> None:
    found = eve.future(SAID)
    assert int(found.since["decided"].sum()) + sum(
        int(day.sum()) for day in eve.model.recorder.counts.decided[: eve.model.day + 1]
    ) == int(found.run.outcomes["decided"].sum())


def test_a_saved_evening_is_text_in_which_nothing_can_act(eve: Evening) -> None:
    told = json.loads(eve.text())
    assert {type(value) for value in told.values()} <= {str, int, float, list} and told["on"] == ON


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"discretion": "0.1.0+feed"}, "written by another version of the model"),
        ({"content": "0" * 16}, "made from another world"),
        ({"past": "0" * 16}, "of another past"),
        ({"world": "nowhere"}, "no such world"),
        ({"on": "2031-01-01"}, "outside the run"),
        ({"settings": "rule.metrics=0"}, "not a saved evening"),
        ({"code": "import os"}, "not a saved evening"),
    ],
)
def test_an_evening_of_another_version_world_or_past_is_refused(
    change: dict[str, object], said: str, eve: Evening, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_text(json.dumps({**json.loads(eve.text()), **change}))
    with pytest.raises(InputError, match=said):
        read_evening(tmp_path / NAME)


@pytest.mark.parametrize("content", [b"\x80\x04\x95pickle", b"", b"[]", b"{"])
def test_what_is_no_saved_evening_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(InputError):
        read_evening(tmp_path / NAME)


def test_the_command_keeps_an_evening_and_gives_it_other_futures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    usual = ["--world", "two-desks", "--scale", "1", "--on", ON]
    done = discretion("branch", "memo", *usual, "--future", "; ".join(SAID), "--json")
    assert done.exit_code == 0, done.output
    rows = pd.DataFrame(json.loads(done.stdout)["futures"])
    assert rows["future"].unique().tolist() == ["as it is", "; ".join(SAID)]
    assert (rows[rows["future"] == "as it is"]["change"] == 0).all() and rows["change"].abs().max() > 0
    kept = Path("results/branch-memo") / NAME
    done = discretion("branch", str(kept), "--future", SAID[0])
    assert done.exit_code == 0 and SAID[0] in " ".join(done.stdout.split()), done.output
    stored = pd.read_csv("results/branch-memo/futures.csv")
    assert stored["future"].unique().tolist() == ["as it is", SAID[0]] and kept.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["memo", "--world", "two-desks", "--scale", "1"], ["on which evening?", "--on"]),
        (["memo", "--world", "two-desks", "--scale", "1", "--on", "2031-01-01"], ["outside the run", "2020-01-01 to"]),
        (["none.json", "--seed", "3"], ["the saved evening says it already", "--seed"]),
        (["none.json"], ["none.json"]),
        (
            ["memo", "--world", "two-desks", "--scale", "1", "--on", ON, "--future", "rule.metrics=2"],
            ["another past", "rule"],
        ),
    ],
)
def test_what_cannot_be_branched_is_refused(
    arguments: list[str], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(discretion("branch", *arguments), words, tmp_path)
