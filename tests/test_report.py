import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from model.errors import InputError
from viz.reports.report import Files, Report

FILES = Files("it.json", ("it.csv", "it.parquet"), texts=("it.md",))
RESUMED = Files("it.json", ("it.csv",), rounds=("rounds.db",))
ROWS = pd.DataFrame({"agency": ["ice"], "shift": [0.5]})


def _report(files: Files, **parts: Any) -> Report:
    return Report(files, {"discretion": "0", "shift": 0.5}, lambda folder: None, tables={"it.csv": ROWS}, **parts)


def test_the_names_are_those_of_all_parts() -> None:
    files = Files("it.json", ("it.csv",), ("one", "two"), (".png", ".svg"), ("it.md",), ("rounds.db",))
    assert files.names == {"it.json", "it.csv", "one.png", "one.svg", "two.png", "two.svg", "it.md", "rounds.db"}


def test_tables_texts_and_the_summary_are_stored_together(tmp_path: Path) -> None:
    report = _report(FILES, texts={"it.md": lambda: "# It\n"})
    report.save(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"it.json", "it.csv", "it.md"}
    assert pd.read_csv(tmp_path / "out/it.csv").equals(ROWS)
    assert (tmp_path / "out/it.json").read_text() == report.as_json(tmp_path / "out") + "\n"
    told = {"path": str(tmp_path / "out"), "discretion": "0", "shift": 0.5}
    assert json.loads(report.as_json(tmp_path / "out")) == told


def test_a_table_is_stored_as_its_name_says(tmp_path: Path) -> None:
    Report(FILES, {"discretion": "0"}, lambda folder: None, tables={"it.parquet": ROWS}).save(tmp_path / "out")
    assert pd.read_parquet(tmp_path / "out/it.parquet").equals(ROWS)


@pytest.mark.parametrize("files", [FILES, RESUMED])
def test_a_part_that_fails_leaves_the_earlier_result(files: Files, tmp_path: Path) -> None:
    def fail() -> str:
        raise RuntimeError

    place = tmp_path / "out"
    _report(files).save(place)
    (place / files.rounds[0] if files.rounds else place / "it.md").write_text("of before")
    before = {path.name: path.read_text() for path in place.iterdir()}
    other = Report(files, {"discretion": "1"}, lambda folder: None, {"it.csv": 2 * ROWS}, texts={"it.md": fail})
    with pytest.raises(RuntimeError):
        other.save(place)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_text() for path in place.iterdir()} == before


def test_beside_rounds_a_mixture_of_two_results_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/rounds.db").write_text("all of them")
    _report(RESUMED).save(tmp_path / "out")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(InputError, match="No space left"):
        broken.setattr(Path, "replace", full)
        _report(RESUMED).save(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"rounds.db", "it.csv"}
    RESUMED.check(tmp_path / "out")
    _report(RESUMED).save(tmp_path / "out")
    assert (tmp_path / "out/rounds.db").read_text() == "all of them" and (tmp_path / "out/it.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_marker_may_hold_more_than_json_prints(tmp_path: Path) -> None:
    report = _report(FILES, kept={"discretion": "0", "all": [1, 2]})
    report.save(tmp_path / "out")
    assert json.loads((tmp_path / "out/it.json").read_text()) == {"discretion": "0", "all": [1, 2]}
    assert json.loads(report.as_json(tmp_path / "out"))["shift"] == 0.5


@pytest.mark.parametrize("files", [FILES, RESUMED])
def test_a_place_that_cannot_be_is_refused(files: Files) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        files.check(Path("x" * 5000))


def test_a_chart_is_made_and_laid_out_once_for_all_formats_when_it_is_saved(tmp_path: Path) -> None:
    made, laid_out = [], []

    class Chart:
        def to_dict(self) -> dict[str, Any]:
            laid_out.append(1)
            return {"mark": "point", "data": {"values": []}}

    files = Files("it.json", ("it.csv",), ("it",), (".html", ".png", ".svg"))
    report = _report(files, charts={"it": lambda: made.append(1) or Chart()})
    report.as_json(tmp_path)
    assert made == []
    report.save(tmp_path / "out")
    assert (made, laid_out) == ([1], [1])
    assert {"it.html", "it.png", "it.svg"} <= {path.name for path in (tmp_path / "out").iterdir()}


@pytest.mark.parametrize("files", [FILES, RESUMED])
def test_a_folder_of_something_else_is_refused(files: Files, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    with pytest.raises(InputError, match="something else"):
        files.check(tmp_path)


def test_only_a_result_that_can_be_resumed_is_put_beside_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "rounds.db").touch()
    with pytest.raises(InputError, match="something else"):
        FILES.check(tmp_path)
    RESUMED.check(tmp_path)
    _report(RESUMED).save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"rounds.db", "it.csv", "it.json"}
    RESUMED.check(tmp_path)
