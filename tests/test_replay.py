"""A flip can be replayed: what is shown is what decided, to the last bit, and what the flip table says of it."""

import json
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from experiments.twin import Pair, flips, pair
from experiments.twin.replay import Decided, Replay, replay
from model import InputError, load
from model.rule.terms import TERM_NAMES
from tests.commands import discretion
from viz.cli import app

MEMOS = load().scenarios["morton-2011"].model_copy(update={"end": date(2012, 7, 31)})
SCALE, SEED, MANY = 0.004, 3, 50
CLOSE = 1e-12


@pytest.fixture(scope="module")
def memos() -> Pair:
    return pair(MEMOS, seed=SEED, scale=SCALE, settings={"resources.beds.amount": 20_000})


@pytest.fixture(scope="module")
def rows(memos: Pair) -> pd.DataFrame:
    """Ripples first, of which there are fewer, then direct flips."""
    return flips(memos).sort_values("cause", ascending=False, kind="stable").head(MANY)


@pytest.fixture(scope="module")
def replays(memos: Pair, rows: pd.DataFrame) -> list[Replay]:
    return replay(memos.twins, memos.world, SEED, SCALE, rows)


def sides(found: Replay) -> list[tuple[str, Decided]]:
    return [("_with", found.with_it), ("_without", found.without)]


def test_there_are_many_direct_and_ripple(rows: pd.DataFrame) -> None:
    counts = rows["cause"].value_counts()
    assert 30 < len(rows) <= MANY and counts["direct"] > 10 and counts["ripple"] > 10
    assert set(rows["kind"]) == {"flipped", "rerouted"}


def test_what_decided_is_shown_to_the_last_bit(memos: Pair, rows: pd.DataFrame, replays: list[Replay]) -> None:
    """Day, desk, probabilities, terms and draws are those that the runs themselves kept."""
    keys = ["mix", "number", "arrival", "stage", "round"]
    kept = memos.changed.assign(**memos.changed[["mix", "stage"]].astype(str)).set_index(keys)
    for row, found in zip(rows.to_dict("records"), replays, strict=True):
        there = kept.loc[found.key]
        assert (found.with_it.day, found.without.day) == (row["day"].date(), row["day_without"].date())
        assert (found.with_it.unit, found.with_it.office, found.with_it.officer) == tuple(
            row[name] for name in ("unit", "office", "officer")
        )
        assert (found.notice_draw, found.judge_draw) == (there["notice_draw"], there["judge_draw"])
        for side, decided in sides(found):
            assert decided.probability == there["p" + side]
            assert (decided.notice, decided.judgment) == (there["notice" + side], there["judgment" + side])
            assert all(decided.terms[term] == there[term + side] for term in TERM_NAMES)
            assert (decided.bound, decided.favourable) == (there["bound" + side], there["favourable" + side])
            assert decided.to == there["to" + side]


def test_draws_and_terms_make_the_outcome(replays: list[Replay]) -> None:
    for found in replays:
        for _, decided in sides(found):
            total = decided.threshold + sum(decided.terms.values())
            assert decided.judgment == pytest.approx(1.0 / (1.0 + exp(-total)), abs=CLOSE)
            assert bool(decided.law) == (decided.bound != 0)
            drawn = found.notice_draw < decided.notice and found.judge_draw < decided.judgment
            assert decided.favourable == (drawn if decided.bound == 0 else decided.bound > 0)


def test_parts_add_up_to_their_terms(replays: list[Replay]) -> None:
    for found in replays:
        for _, decided in sides(found):
            for term in TERM_NAMES:
                parts = sum(part.adds for part in decided.details[term])
                assert parts == pytest.approx(decided.terms[term], abs=1e-9), term


def test_the_worlds_differ_by_what_the_table_says(rows: pd.DataFrame, replays: list[Replay]) -> None:
    """The named term alone, put as it is with the directives, moves the probability by the figure of the table."""
    for row, found in zip(rows.to_dict("records"), replays, strict=True):
        here, there = found.with_it, found.without
        if row["kind"] == "rerouted":
            assert here.favourable == there.favourable and here.to != there.to
            assert (row["term"], row["cause"]) == ("route", "ripple")
            continue
        notice = here.notice if row["term"] == "notice" else there.notice
        terms = {**there.terms, **({row["term"]: here.terms[row["term"]]} if row["term"] in TERM_NAMES else {})}
        moved = notice / (1.0 + exp(-there.threshold - sum(terms.values()))) - there.probability
        assert row["term"] in ("notice", *TERM_NAMES)
        assert row["moved"] == pytest.approx(moved, abs=CLOSE)
        assert (row["moved"] > 0.0) == here.favourable
        if row["cause"] == "direct":
            own = {part.name for part in here.details["directive"]} - {part.name for part in there.details["directive"]}
            assert own


def test_a_decision_that_is_not_there_is_refused(memos: Pair, rows: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="no such case"):
        replay(memos.twins, memos.world, SEED, SCALE, rows.head(1).assign(number=10**6))
    later = rows.head(1).assign(stage="removal", round=7)
    with pytest.raises(InputError, match="no such decision"):
        replay(memos.twins, memos.world, SEED, 0.001, later.assign(**_somebody(memos)))


def _somebody(memos: Pair) -> dict[str, Any]:
    """A case that exists at a smaller scale as well."""
    few = pair(MEMOS, seed=SEED, scale=0.001).decisions.iloc[0]
    return {name: few[name] for name in ("mix", "number", "arrival")}


# The command.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("twins") / "memos"
    asked = ["twin", "morton-2011", "--without", "review-2011", "--scale", "0.002", "--replications", "2"]
    done = CliRunner().invoke(app, [*asked, "--out", str(place)])
    assert done.exit_code == 0, done.output
    return place


def explain(*arguments: str) -> Result:
    return discretion("explain", *arguments)


def test_any_row_of_the_flip_table_can_be_asked_for(folder: Path, tmp_path: Path) -> None:
    table = pd.read_parquet(folder / "flips.parquet")
    row = table[table["seed"] == 2].iloc[-1]
    number = str(row["flip"])
    chart = tmp_path / "flip.svg"
    done = explain(number, "--twin", str(folder), "--json", "--chart", str(chart))
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["flip"]["flip"] == row["flip"] and told["flip"]["seed"] == 2
    assert (told["with_it"]["probability"], told["without"]["probability"]) == (row["p"], row["p_without"])
    for term in TERM_NAMES:
        apart = told["with_it"]["terms"][term] - told["without"]["terms"][term]
        assert told["difference"][term] == pytest.approx(apart)
    assert "Without" in chart.read_text() and "once looked at" in chart.read_text()


def test_both_worlds_are_shown_side_by_side(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = explain("1", "--twin", str(folder))
    assert done.exit_code == 0, done.output
    for words in ("Flip 1", "Decision in both worlds", "the case's draw", "difference", "without", "review-2011"):
        assert words in done.stdout
    assert (tmp_path / "results/explain-flip-1.html").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["0"], ["no such flip", "1 to"]),
        (["claudia"], ["no such flip", "'claudia'"]),
        (["1", "--scenario", "morton-2011"], ["--scenario", "already say"]),
        (["1", "--seed", "4"], ["--seed"]),
        (["1", "--chart", "flip.gif"], ["not a kind of chart"]),
    ],
)
def test_what_cannot_be_replayed_is_refused(folder: Path, arguments: list[str], words: list[str]) -> None:
    done = explain(*arguments, "--twin", str(folder))
    assert done.exit_code == 2 and "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words)


def test_a_folder_of_something_else_or_of_another_world_is_refused(folder: Path, tmp_path: Path) -> None:
    done = explain("1", "--twin", str(tmp_path))
    assert done.exit_code == 2 and "no twin experiment" in done.stderr
    about = json.loads((folder / "twin.json").read_text())
    (tmp_path / "twin.json").write_text(json.dumps({**about, "content": "another"}))
    (tmp_path / "flips.parquet").write_bytes((folder / "flips.parquet").read_bytes())
    done = explain("1", "--twin", str(tmp_path))
    assert done.exit_code == 2 and "not what it was" in done.stderr
