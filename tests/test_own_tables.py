"""Tables that come in and go out in forms of others: agencies' counts, CSV, Stata; a copy of a world."""

from pathlib import Path

import pandas as pd
import pytest

from experiments.agency_files import counts
from experiments.converted import converted
from model import InputError, load
from tests.commands import discretion

CBP = """Fiscal Year,Month (abbv),Area of Responsibility,Demographic,Citizenship,Encounter Count
2018,OCT,Rio Grande Valley Sector,FMUA,HONDURAS,"1,200"
2018,OCT,Rio Grande Valley Sector,FMUA,GUATEMALA,34
2018,OCT,Rio Grande Valley Sector,UC / Single Minors,HONDURAS,7
2019 (FYTD),MAY,Yuma Sector,FMUA,GUATEMALA,5
"""
COLUMNS = {"year": "Fiscal Year", "month": "Month (abbv)", "area": "Area of Responsibility", "kind": "Demographic",
           "count": "Encounter Count"}  # fmt: skip


def _file(folder: Path, text: str = CBP) -> Path:
    path = folder / "encounters.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_long_counts_of_fiscal_years_become_a_series(tmp_path: Path) -> None:
    rows = counts(_file(tmp_path), COLUMNS)
    assert rows.fillna(-1).to_dict("records") == [
        {"month": "2017-10", "area": "Rio Grande Valley Sector", "fmua": 1234, "uc_single_minors": 7},
        {"month": "2019-05", "area": "Yuma Sector", "fmua": 5, "uc_single_minors": -1},
    ]
    calendar = counts(_file(tmp_path), {part: name for part, name in COLUMNS.items() if part != "kind"}, fiscal=False)
    assert list(calendar["month"]) == ["2018-10", "2019-05"] and list(calendar["count"]) == [1241, 5]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("OCT,Rio", "OKT,Rio", ["not a month", "line 2", "OKT"]),
        ("2019 (FYTD)", "FY19", ["not a year", "line 5"]),
        (",34", ",many", ["not a count", "line 3", "many"]),
        ("Demographic", "Demographics", ["no such column", "nearest: Demographics"]),
        (CBP.partition("\n")[2], "", ["no rows"]),
    ],
)
def test_counts_that_cannot_be_read_are_refused(old: str, new: str, words: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        counts(_file(tmp_path, CBP.replace(old, new)), COLUMNS)
    assert all(word in str(caught.value) for word in words)


def test_the_command_writes_the_series(tmp_path: Path) -> None:
    told = [f"--column={part}={name}" for part, name in COLUMNS.items()]
    out = tmp_path / "series.csv"
    done = discretion("world", "series", str(_file(tmp_path)), *told, "--out", str(out))
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8").splitlines()[1] == "2017-10,Rio Grande Valley Sector,1234,7"
    again = discretion("world", "series", str(_file(tmp_path)), *told, "--out", str(out))
    assert again.exit_code == 2 and "something already" in again.stderr


def test_a_copied_world_is_the_same_world(tmp_path: Path) -> None:
    assert discretion("world", "copy", "two-desks", str(tmp_path / "mine")).exit_code == 0
    assert load(tmp_path / "mine") == load("two-desks")
    again = discretion("world", "copy", "two-desks", str(tmp_path / "mine"))
    assert again.exit_code == 2 and "something already" in again.stderr


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("result") / "twin"
    done = discretion(
        "twin", "memo", "--world", "two-desks", "--scale", "1", "--replications", "2", "--out", str(folder)
    )
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize(("form", "read"), [("csv", pd.read_csv), ("stata", pd.read_stata)])
def test_every_table_of_a_result_comes_in_other_forms(form: str, read: object, result: Path, tmp_path: Path) -> None:
    written = converted(result, form, tmp_path / form)
    tables = sorted(path for path in result.rglob("*") if path.suffix in (".parquet", ".csv"))
    assert len(written) == len(tables) > 1
    for old, new in zip(tables, written, strict=True):
        rows = pd.read_parquet(old) if old.suffix == ".parquet" else pd.read_csv(old)
        again = read(new)  # type: ignore[operator]
        assert again.shape == rows.shape
        for at, name in enumerate(rows.columns):
            if pd.api.types.is_numeric_dtype(rows[name]):
                assert again.iloc[:, at].to_numpy(float) == pytest.approx(rows[name].to_numpy(float), nan_ok=True)


def test_a_folder_without_tables_and_a_form_that_is_none_are_refused(result: Path, tmp_path: Path) -> None:
    for words, arguments in (("no tables", [str(tmp_path)]), ("no such format", [str(result), "--as", "cvs"])):
        done = discretion("tables", *arguments)
        assert done.exit_code == 2 and words in done.stderr
