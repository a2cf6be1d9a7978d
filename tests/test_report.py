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


def test_a_part_that_fails_leaves_the_earlier_result(tmp_path: Path) -> None:
    def fail() -> str:
        raise RuntimeError

    _report(FILES).save(tmp_path / "out")
    before = (tmp_path / "out/it.json").read_text()
    with pytest.raises(RuntimeError):
        _report(FILES, texts={"it.md": fail}).save(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out/it.json").read_text() == before


def test_a_chart_is_made_when_it_is_saved_once_for_all_formats(tmp_path: Path) -> None:
    class Chart:
        def save(self, path: str, **_: Any) -> None:
            Path(path).touch()

    made = []
    report = _report(Files("it.json", ("it.csv",), ("it",)), charts={"it": lambda: made.append(1) or Chart()})
    report.as_json(tmp_path)
    assert made == []
    report.save(tmp_path / "out")
    assert made == [1] and {"it.html", "it.png"} <= {path.name for path in (tmp_path / "out").iterdir()}


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
