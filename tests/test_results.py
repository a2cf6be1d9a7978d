import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.rates import fiscal_year, rates
from experiments.replications import interval, replicate
from experiments.result_folder import staged
from experiments.results import MARKER, load_run
from experiments.runs import Run, run
from model import BureaucracyModel, InputError
from model.record.tables import monday
from viz.reports.border_charts import CHARTS
from viz.reports.run import BANDS, FILES, rate_table, report

UNTIL = date(2010, 3, 31)
INTERIOR = FILES.names - {f"{chart}.html" for chart in CHARTS} - {BANDS}


def _short(seed: int = 3, settings: Sequence[str] = ()) -> Run:
    return run("baseline-2010", 0.005, seed, until=UNTIL, settings=settings)


@pytest.fixture(scope="module")
def short() -> Run:
    return _short()


@pytest.fixture(scope="module")
def stored(short: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "first"
    report(short).save(folder)
    return folder


def test_a_stored_run_comes_back_as_it_was(small_run: Run, tmp_path: Path) -> None:
    report(small_run).save(tmp_path / "all")
    back = load_run(tmp_path / "all")
    for table in ("outcomes", "flows", "resources", "cases"):
        pd.testing.assert_frame_equal(getattr(back, table), getattr(small_run, table))
    assert back.about == small_run.about
    assert {path.name for path in (tmp_path / "all").iterdir()} == INTERIOR


def test_without_a_trace_there_is_no_table_of_cases(stored: Path) -> None:
    assert {path.name for path in stored.iterdir()} == INTERIOR - {"cases.parquet"}
    assert load_run(stored).cases is None


def test_the_same_seed_gives_the_same_bytes_in_another_place_time_zone_and_process(
    stored: Path, tmp_path: Path
) -> None:
    command = [
        sys.executable, "-c", "from viz.cli import app; app()", "run", "baseline-2010",
        "--scale", "0.005", "--seed", "3", "--until", "2010-03-31", "--out", "elsewhere/run", "--quiet",
    ]  # fmt: skip
    surroundings = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "NUMBA_NUM_THREADS": "1"}
    subprocess.run(command, cwd=tmp_path, env=surroundings, check=True, capture_output=True)
    for path in stored.iterdir():
        other = (tmp_path / "elsewhere/run" / path.name).read_bytes()
        if path.name == MARKER:
            here, there = json.loads(path.read_bytes()), json.loads(other)
            assert {key for key in here if here[key] != there[key]} <= {"timings"}
        else:
            assert path.read_bytes() == other, path.name


def test_another_seed_gives_other_bytes(stored: Path, tmp_path: Path) -> None:
    report(_short(seed=4)).save(tmp_path / "run")
    for table in ("outcomes", "flows"):
        name = f"{table}.parquet"
        assert (stored / name).read_bytes() != (tmp_path / "run" / name).read_bytes()


def test_run_json_says_what_was_run(stored: Path, short: Run) -> None:
    about = json.loads((stored / MARKER).read_text())
    model = BureaucracyModel("baseline-2010", 0.005, 3, until=UNTIL).run()
    assert (about["scenario"], about["seed"], about["scale"]) == ("baseline-2010", 3, 0.005)
    assert (about["start"], about["end"]) == ("2010-01-01", "2010-03-31")
    assert about["census"] == model.census()
    assert about["timings"]["run"] > 0
    moved = _short(settings=["rule.metrics=0.1"])
    assert moved.about["content"] != about["content"]
    assert moved.about["settings"] == ["rule.metrics=0.1"]


def test_a_run_shows_itself(short: Run) -> None:
    assert "baseline-2010" in repr(short) and "DataFrame" not in repr(short)
    page = short._repr_html_()
    assert "<table" in page and "hearing" in page


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (None, None, "no stored run"),
        (MARKER, "{", "not JSON"),
        (MARKER, "[]", "not the description of a run"),
        ("outcomes.parquet", "PAR1", "not a table of a run"),
        ("flows.parquet", None, "not a table of a run"),
    ],
)
def test_what_is_no_stored_run_is_refused(
    stored: Path, tmp_path: Path, name: str | None, text: str | None, words: str
) -> None:
    for path in stored.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if name is None:
        (tmp_path / MARKER).unlink()
    elif text is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=words) as caught:
        load_run(tmp_path)
    assert str(tmp_path) in caught.value.where


# Folders appear whole or not at all.


def _tree(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, OSError(28, "No space left on device")])
def test_a_result_that_fails_half_way_leaves_the_earlier_one_and_nothing_else(tmp_path: Path, error: Any) -> None:
    with staged(tmp_path / "run", {"a", "m"}, "m") as part:
        (part / "m").write_text('{"discretion": 1}')
    before = _tree(tmp_path)
    with (
        pytest.raises((KeyboardInterrupt, RuntimeError, InputError)),
        staged(tmp_path / "run", {"a", "m"}, "m") as part,
    ):
        (part / "a").write_text("half")
        raise error
    assert _tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_result_that_fails_leaves_no_new_folders_above_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "x/y/run", {"m"}, "m") as part:
        (part / "m").write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_result_is_replaced_whole(tmp_path: Path) -> None:
    for files in (("m", "old"), ("m", "new")):
        with staged(tmp_path / "run", {"m", "old", "new"}, "m") as part:
            for name in files:
                (part / name).write_text('{"discretion": 1}')
    assert sorted(_tree(tmp_path)) == ["run/m", "run/new"]


def test_a_swap_that_fails_puts_the_earlier_result_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with staged(tmp_path / "run", {"m"}, "m") as part:
        (part / "m").write_text('{"discretion": 1}')
    rename, calls = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(InputError, match="Permission denied"), staged(tmp_path / "run", {"m"}, "m") as part:
        (part / "m").write_text("new")
    assert len(calls) == 3
    assert _tree(tmp_path) == {"run/m": '{"discretion": 1}'}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, stored: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="something else") as caught:
        FILES.check(tmp_path)
    assert caught.value.found == "notes.txt"
    (tmp_path / "notes.txt").rename(tmp_path / "outcomes.parquet")
    with pytest.raises(InputError, match="something else"):
        FILES.check(tmp_path)
    FILES.check(stored)
    FILES.check(tmp_path / "new/er")
    with pytest.raises(InputError, match="Not a directory"):
        FILES.check(tmp_path / "outcomes.parquet" / "run")
    with pytest.raises(InputError, match="cannot be written"):
        FILES.check(Path("x" * 5000))


# Measures.


def test_rates_add_up_to_the_decisions_that_were_traced(small_run: Run) -> None:
    assert small_run.cases is not None
    traced = small_run.cases.groupby("stage", observed=True)
    table = rates(small_run.outcomes, ["stage"]).set_index("stage")
    for stage, rows in traced:
        row = table.loc[stage]
        assert row["decided"] == len(rows)
        assert row["rate"] == pytest.approx(rows["favourable"].mean())
        assert row["noticed"] == pytest.approx(rows["noticed"].mean())
        assert row["hours"] == pytest.approx(rows["hours"].sum())
    assert len(table) == traced.ngroups


def test_a_fiscal_year_may_be_the_calendar_year() -> None:
    weeks = pd.Series(pd.to_datetime(["2012-01-02", "2012-09-24", "2012-10-01"]))
    assert fiscal_year(weeks, 1, date(2012, 1, 2)).tolist() == [2012, 2012, 2012]
    assert fiscal_year(weeks, 10, date(2012, 1, 2)).tolist() == [2012, 2012, 2013]


@pytest.mark.parametrize("start", [1, 10])
def test_a_run_has_no_fiscal_year_before_its_first_day(start: int, small_run: Run) -> None:
    """1 January 2012 was a Sunday, 1 October 2011 a Saturday: their weeks began in the year before."""
    first = date(2012, 1, 1) if start == 1 else date(2011, 10, 1)
    week = pd.Timestamp(monday(first))
    rows = small_run.outcomes[small_run.outcomes["stage"] == "charge"].head(4).assign(week=week)
    about = {**small_run.about, "fiscal_year_start": start, "start": first.isoformat()}
    heads = [str(column.header) for column in rate_table(replace(small_run, about=about, outcomes=rows)).columns]
    assert [head for head in heads if head.startswith("FY")] == ["FY12"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.1, 0.9))
def test_an_interval_holds_the_median_and_lies_within_the_values(values: list[float], level: float) -> None:
    found = interval([*values, float("nan")], level)
    slack = 1e-12
    assert min(values) - slack <= found.low <= found.median + slack
    assert found.median - slack <= found.high <= max(values) + slack
    assert found.median == pytest.approx(float(np.median(values)))


def test_an_interval_of_nothing_is_missing_and_a_level_is_a_share() -> None:
    assert all(np.isnan(part) for part in interval([float("nan")]))
    with pytest.raises(ValueError, match="between 0 and 1"):
        interval([0.1], level=1.0)


def test_replications_come_in_the_order_of_the_seeds(short: Run) -> None:
    told: list[tuple[int, int]] = []
    table = replicate("baseline-2010", [4, 3], 0.005, until=UNTIL, progress=lambda *days: told.append(days))
    assert list(dict.fromkeys(table["seed"])) == [4, 3]
    third = table[table["seed"] == 3].drop(columns="seed").reset_index(drop=True)
    pd.testing.assert_frame_equal(third, rates(short.outcomes))
    assert told == sorted(told) and told[-1] == (180, 180) and len(told) > 2
