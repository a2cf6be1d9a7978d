import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from experiments.smallest import MATTERS, TOO_FEW
from experiments.twin.findings import Findings, find
from model import load
from tests.commands import assert_refused, discretion
from viz.charts import shift_by_agency
from viz.charts.shifts import in_points
from viz.charts.theme import Legend

twin = partial(discretion, "twin")
SMALL = ["--scale", "0.002", "--replications", "2"]
TABLES = {"effects.csv", "flips.parquet", "measures.csv", "months.csv", "new.csv", "persons.csv", "shift.csv",
          "twin.json", "variance.csv"}  # fmt: skip
FILES = TABLES | {f"{chart}.{kind}" for chart in ("flows", "months", "shift") for kind in ("html", "png")}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")


def test_it_says_who_shifted_and_stores_the_flips(tmp_path: Path) -> None:
    done = twin("detainer-2012", *SMALL)
    assert done.exit_code == 0, done.output
    for words in ("Estimated shift: 2 pairs", "Changed decisions by cause", "Front-line response by stage", "ICE",
                  "none that matters", "unpaired", "Smallest effect of interest: 0.05", "Undecided: "):  # fmt: skip
        assert words in done.stdout
    place = tmp_path / "results/twin-detainer-2012"
    assert {path.name for path in place.iterdir()} == FILES
    table = pd.read_parquet(place / "flips.parquet")
    assert set(table["seed"]) <= {1, 2} and set(table["cause"]) <= {"direct", "ripple"}
    shift = pd.read_csv(place / "shift.csv")
    assert set(shift["by"]) == {"agency", "unit", "stage", "office", "level"}
    about = json.loads((place / "twin.json").read_text())
    assert about["differ"] == ["detainer-2012"] and about["first_day"] == "2012-12-21"


def test_the_same_seeds_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert twin("detainer-2012", "--scale", "0.002", "--replications", "1", "--out", name).exit_code == 0
    for name in ("flips.parquet", "shift.csv", "measures.csv", "effects.csv", "months.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_json_gives_the_shift_by_agency_and_what_exists_only_with_it() -> None:
    done = twin("daca-2012", *SMALL, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [row["agency"] for row in told["shift"]] == ["eoir", "ice", "uscis"]
    for row in told["shift"]:
        assert row["low"] <= row["shift"] <= row["high"] and row["replications"] == 2
    (new,) = [row for row in told["new"] if row["stage"] == "daca"]
    assert new["decisions"] > 100 and new["rate"] > 0.9
    assert told["seeds"] == [1, 2] and told["precise"] is None
    assert {row["family"] for row in told["effects"]} == {"lottery", "targeting", "distortion", "harm"}
    answered = {row["measure"]: row for row in told["measures"] if row["stage"] == "daca"}
    assert answered["uptake"]["mean"] > 0.9 and "gain" not in answered
    known = [row for row in told["effects"] if row["low"] is not None]
    assert 2 * len(known) > len(told["effects"])
    assert all(row["low"] <= row["difference"] <= row["high"] for row in known)
    causes: dict[str, float] = {}
    for row in told["persons"]:
        causes[row["exit"]] = causes.get(row["exit"], 0.0) + row["net"] * (-1.0 if row["cause"] == "all" else 1.0)
    assert len(causes) > 3 and list(causes.values()) == pytest.approx([0.0] * len(causes))
    assert {row["agency"] for row in told["variance"]} == {"eoir", "ice", "uscis"}
    assert {row["corner"] for row in told["value"]} == {"value", "legitimacy and support", "operational capacity"}


def test_one_pair_has_no_interval_and_says_so() -> None:
    done = twin("detainer-2012", "--scale", "0.002", "--replications", "1", "--json")
    told = json.loads(done.stdout)
    assert told["shift"][0]["low"] is None and told["shift"][0]["verdict"] == TOO_FEW


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["recrod-2013"], ["no such scenario", "nearest: record-2013"]),
        (["morton-2011", "--without", "reveiw-2011"], ["no such directive", "nearest: review-2011"]),
        (["morton-2011", "--without", "daca-2012"], ["no such directive to take away", "'daca-2012'"]),
        (["baseline-2010"], ["nothing differs"]),
        (["morton-2011", "--against", "morton-2011"], ["nothing differs"]),
        (["morton-2011", "--without", "review-2011", "--against", "baseline-2010"], ["either"]),
        (["morton-2011", "--replications", "0"], ["replications", "1 or more"]),
        (["morton-2011", "--precision", "0"], ["precision", "between 0 and 1"]),
        (["morton-2011", "--workers", "0"], ["workers", "1 or more"]),
        (["morton-2011", "--scale", "0"], ["scale", "0 < scale <= 1"]),
        (["morton-2011", "--world", "nowhere"], ["no such world"]),
    ],
)
def test_bad_input_gives_one_message_and_leaves_nothing_behind(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    assert_refused(twin(*arguments), words, tmp_path)


def test_precision_stops_early_or_says_that_it_was_not_reached() -> None:
    coarse = find("detainer-2012", world=load(), replications=5, precision=0.2, scale=0.001)
    assert coarse.precise is True and coarse.seeds == [1, 2, 3]
    fine = find("detainer-2012", world=load(), replications=1, precision=1e-9, scale=0.001)
    assert fine.precise is False and fine.seeds == [1]


def test_any_number_of_workers_finds_the_same() -> None:
    """To the last digit, the findings so far and the pair with which it is precise enough among it."""
    found, told = [], []
    for workers in (1, 2):
        so_far: list[Findings] = []
        days: list[tuple[int, int]] = []
        one = find(
            "detainer-2012", world=load(), replications=5, precision=0.2, scale=0.001, workers=workers,
            so_far=so_far.append, progress=lambda *now, days=days: days.append(now),
        )  # fmt: skip
        assert one.seeds == [1, 2, 3] and days == sorted(set(days)) and days[-1][0] <= days[-1][1]
        found.append(one)
        told.append(so_far)
    for alone, shared in zip([found[0], *told[0]], [found[1], *told[1]], strict=True):
        assert (alone.seeds, alone.kinds, alone.precise) == (shared.seeds, shared.kinds, shared.precise)
        for table in ("shift", "measures", "effects", "flips", "new", "months"):
            pd.testing.assert_frame_equal(getattr(alone, table), getattr(shared, table), check_exact=True)


def test_the_chart_has_one_scale_and_shows_every_figure() -> None:
    table = pd.DataFrame(
        [("ice", "review", 0.02, 0.015, 0.025, MATTERS), ("uscis", "daca", 0.0, float("nan"), float("nan"), TOO_FEW)],
        columns=["agency", "label", "shift", "low", "high", "verdict"],
    )
    drawn = shift_by_agency(table, Legend.of_world(load()), "Who shifted?", ["note"]).to_dict()
    domains = set()
    for panel, row in zip(drawn["vconcat"], table.to_dict("records"), strict=True):
        dot = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "point")
        (shown,) = drawn["datasets"][dot["data"]["name"]]
        assert shown["figures"] == in_points(row["shift"], row["low"], row["high"])
        domains.add(tuple(dot["encoding"]["x"]["scale"]["domain"]))
    ((low, high),) = domains
    assert low <= 0.0 and high >= 0.025
