"""Forecasts kept and held against what happened: what cannot be changed unseen, and each way to be right."""

import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from experiments.forecasts import Figure, Interval, Registered, crps, outcomes, read, register, score
from experiments.forecasts.scoring import Outcome
from model.errors import InputError
from tests.commands import discretion

command = partial(discretion, "forecast")
RATE, BEDS = "discretion rate, cbp", "over capacity, bed-days, all, marshals-beds"
INTERVALS = {"low, high": "luck", "posterior_low, posterior_high": "what is unknown"}
SHIFT = {"by": "agency", "agency": "cbp", "group": "all", "rate_with": 0.2, "rate_without": 0.4, "shift": -0.2,
         "low": -0.3, "high": -0.1, "posterior_low": -0.4, "posterior_high": -0.05}  # fmt: skip
EFFECT = {"family": "harm", "measure": "separated", "unit": "persons", "agency": "all", "stage": "all", "group": "all",
          "with": 3000.0, "without": 10.0, "difference": 2990.0, "low": 2900.0, "high": 3100.0, "posterior_low": None,
          "posterior_high": None}  # fmt: skip
SEPARATED = "separated, persons"


@pytest.fixture(autouse=True)
def _study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pre-mortem leaves, in small."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    folder = tmp_path / "results" / "premortem-mine"
    folder.mkdir(parents=True)
    told = {"discretion": "0", "drafts": ["mine"], "into": "record", "content": "abc", "seeds": [1, 2], "scale": 0.1,
            "intervals": INTERVALS, "shift": [SHIFT], "effects": [EFFECT]}  # fmt: skip
    (folder / "premortem.json").write_text(json.dumps(told))
    pairs = [(SEPARATED, seed, 1000.0 * seed, 0.0) for seed in range(1, 6)]
    pd.DataFrame(pairs, columns=["figure", "seed", "with", "without"]).to_csv(folder / "pairs.csv", index=False)


def refused(done: Result, words: list[str]) -> None:
    assert done.exit_code == 2 and done.stdout == "" and all(word in done.stderr for word in words), done.output
    assert not list(Path("results").glob("score-*"))


def kept() -> Registered:
    done = command("register", "results/premortem-mine")
    assert done.exit_code == 0, done.output
    return read(Path("forecasts/premortem-mine.json"))


def test_a_study_is_kept_with_its_date_hashes_seeds_and_both_intervals() -> None:
    found = kept()
    assert (found.title, found.seeds, found.scale) == ("mine, in record", (1, 2), 0.1)
    assert found.stamp.startswith("content `abc`, code `") and len(found.date) == 10
    rate, separated = found.figures
    assert (rate.figure, rate.shift.luck, rate.shift.unknown) == (RATE, (-0.3, -0.1), (-0.4, -0.05))
    assert separated.with_it.draws == (1000.0, 2000.0, 3000.0, 4000.0, 5000.0) and separated.shift.unknown is None


def test_it_is_written_once() -> None:
    kept()
    before = Path("forecasts/premortem-mine.json").read_bytes()
    refused(command("register", "results/premortem-mine"), ["not written over"])
    assert Path("forecasts/premortem-mine.json").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"), [("-0.2", "-0.1"), ('"mine, in record"', '"other"'), ('"scale": 0.1', '"scale": 1.0')]
)
def test_a_change_is_seen(old: str, new: str) -> None:
    kept()
    file = Path("forecasts/premortem-mine.json")
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(InputError, match="changed since it was registered"):
        read(file)
    listed = command("list")
    assert listed.exit_code == 0 and "changed since it was registered" in listed.output
    Path("happened.csv").write_text(f'figure,value\n"{RATE}",0.2\n')
    refused(command("score", str(file), "happened.csv"), ["changed since it was registered"])


def test_a_change_with_a_hash_of_its_own_is_not_the_published_forecast(tmp_path: Path) -> None:
    found = kept()
    other = found.model_copy(update={"date": "2001-01-01"})
    register(other, tmp_path / "other.json")
    assert read(tmp_path / "other.json", other.hash[:8]) == other
    with pytest.raises(InputError, match="another forecast than the published one"):
        read(tmp_path / "other.json", found.hash)


def test_each_way_to_be_right_is_told() -> None:
    rows = score(kept(), [
        Outcome(SEPARATED, 3000.0, "with", 0.0, "P04"), Outcome(SEPARATED, 7000.0, "with", 8000.0, ""),
        Outcome(RATE, -0.45, "shift", float("nan"), ""), Outcome(RATE, 0.2, "with", float("nan"), ""),
    ])  # fmt: skip
    assert rows["inside"].tolist() == [True, False, False, None]
    assert rows["direction"].tolist() == [True, False, True, None]
    assert rows["within_two"].tolist() == [True, False, False, True]
    assert rows["low"].iloc[0] == 1200.0 and rows["crps"].iloc[0] == pytest.approx(400.0)


def test_the_score_of_draws_is_that_of_the_formula() -> None:
    """Mean distance to what happened, less half the mean distance between draws."""
    assert crps([0.0, 0.0, 3.0, 3.0], 0.0) == pytest.approx(1.5 - 0.5 * 1.5)


def test_three_kept_quantiles_take_the_place_of_draws() -> None:
    side = Interval(middle=2.0, luck=(1.0, 4.0))
    found = Registered(title="", date="", stamp="", command="", seeds=(), scale=1.0, intervals={},
                       figures=(Figure(figure="a", with_it=side, without=side, shift=side),))  # fmt: skip
    (row,) = score(found, [Outcome("a", 5.0, "with", 1.0, "")]).to_dict("records")
    assert row["crps"] == pytest.approx(2.0 / 3.0 * (0.05 * 4.0 + 0.5 * 3.0 + 0.95 * 1.0))


def test_the_value_of_a_fact_is_that_of_the_evidence() -> None:
    Path("happened.csv").write_text(f'figure,value,of,before,fact\n"{SEPARATED}",,with,0,P04\n')
    (row,) = outcomes(Path("happened.csv"), "immigration")
    assert (row.value, row.before, row.fact) == (3000.0, 0.0, "P04")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("figure\na\n", ["a column is missing", "value"]),
        ("figure,value,wat\na,1,2\n", ["no such column", "wat"]),
        (f'figure,value\n"{SEPARATED}x",1\n', ["no such figure in the forecast", SEPARATED]),
        (f'figure,value\n"{SEPARATED}",many\n', ["not a number", "line 2, value"]),
        (f'figure,value,of\n"{SEPARATED}",1,beside\n', ["no such side of a figure", "with, without"]),
        (f'figure,value,fact\n"{SEPARATED}",,P0\n', ["no such fact", "P0"]),
        (f'figure,value,fact\n"{SEPARATED}",,P28\n', ["not a number", "109"]),
        ("figure,value\n", ["nothing to hold it against"]),
    ],
)
def test_outcomes_that_cannot_be_used_are_refused(text: str, words: list[str]) -> None:
    kept()
    Path("happened.csv").write_text(text)
    refused(command("score", "forecasts/premortem-mine.json", "happened.csv"), words)


@pytest.mark.parametrize("folder", ["results", "nowhere"])
def test_a_folder_without_a_study_is_refused(folder: str) -> None:
    refused(command("register", folder), ["no figures that can be registered", "premortem or twin"])


def test_the_score_is_a_table_and_a_picture() -> None:
    kept()
    Path("happened.csv").write_text(f'figure,value,fact\n"{SEPARATED}",,P04\n"{RATE}",0.1,\n')
    done = command("score", "forecasts/premortem-mine.json", "happened.csv")
    assert done.exit_code == 0, done.output
    assert "Inside the interval 1 of 1" in done.output and "within a factor of two 2 of 2" in done.output
    names = {path.name for path in Path("results/score-premortem-mine").iterdir()}
    assert names == {"score.json", "score.csv", "score.html", "score.png"}
