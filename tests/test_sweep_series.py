"""Outcomes of a sweep by week, month and quarter: as the model has them, resumed, and the same bytes in any order."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import experiments
from experiments.converted import converted
from experiments.rates import rates
from experiments.runs import run as single_run
from experiments.sweep import driver, series, sweep
from experiments.sweep.outputs import Row
from experiments.sweep.series import Timed, first_days, shift_over_time
from experiments.sweep.store import SERIES
from experiments.twin import pair
from experiments.twin.shift import paired_rates
from model import InputError
from tests.sweeping import plan_file, tables

PLAN: dict[str, Any] = {
    "world": "two-desks", "scenarios": ["memo"], "scale": 1.0, "until": "2020-05-15", "replications": 2,
    "target": "rate.fees.request", "design": {"kind": "factorial"}, "vary": {"rule.metrics": {"values": [0.0, 1.0]}},
}  # fmt: skip
KEYS = ["agency", "stage", "measure"]


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sweep.driver.TINY", 1000)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that take no time."""

    def fake(job: Any, settings: Any, seed: int, period: Any) -> tuple[list[Row], list[Timed]]:
        row = Row("rates", "fees", "request", "rate", settings[0][1] + seed / 2**70)
        return [row], [(date(2020, 3, 1), row), (date(2020, 4, 1), row._replace(value=0.5))]

    monkeypatch.setattr(series, "measure", fake)


def swept(folder: Path, out: str = "out", **changes: Any) -> driver.Swept:
    return sweep(plan_file(folder, **{**PLAN, **changes}), folder / out)


def test_the_weeks_are_those_of_a_run_and_the_whole_is_that_of_a_sweep_without(tmp_path: Path) -> None:
    swept(tmp_path, series="week", replications=1)
    swept(tmp_path, "plain", replications=1)
    whole, plain = (experiments.load(tmp_path / name) for name in ("out", "plain"))
    pd.testing.assert_frame_equal(whole, plain)
    table = experiments.load_series(tmp_path / "out")
    last = table[table["point"] == 1]
    alone = single_run(
        "memo", 1.0, int(last["seed"].iloc[0]), world="two-desks", settings=["rule.metrics=1"], until=date(2020, 5, 15)
    )
    known = rates(alone.outcomes, ["week", "agency", "stage"]).melt(["week", "agency", "stage"], var_name="measure")
    known = known.astype({"agency": str, "stage": str}).set_index(["week", *KEYS])["value"].sort_index()
    found = last.set_index(["period", *KEYS])["value"].sort_index()
    assert found.index.tolist() == known.index.tolist() and found.index.levels[0].size > 5
    np.testing.assert_allclose(found.to_numpy(), known.to_numpy(dtype=float))


def test_the_shift_of_a_pair_over_time_adds_up_to_its_shift() -> None:
    one = pair("memo", seed=3, scale=1.0, world="two-desks")
    rows = [(first, *row) for first, row in shift_over_time(one, "month")]
    found = pd.DataFrame(rows, columns=["period", *Row._fields])
    assert sorted(set(found["period"])) == [date(2020, month, 1) for month in (4, 5, 6)]
    wide = found.pivot(index=["agency", "stage", "period"], columns="measure", values="value")
    assert np.allclose(wide["shift"], wide["rate_with"] - wide["rate_without"])
    whole = paired_rates(one, ["agency"]).set_index("agency")
    for agency, periods in wide.xs("all", level="stage").groupby("agency"):
        assert periods["decisions"].sum() == whole["decisions"][agency]
        assert np.average(periods["rate_with"], weights=periods["decisions"]) == pytest.approx(
            whole["rate_with"][agency]
        )


def test_series_are_resumed_and_the_same_bytes_in_any_order(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert swept(tmp_path, series="month").computed == 4
    assert swept(tmp_path, series="month").computed == 0
    assert swept(tmp_path, series="month", replications=3).computed == 2
    forward = driver.unfinished
    monkeypatch.setattr(driver, "unfinished", lambda *a, **k: reversed(list(forward(*a, **k))))
    swept(tmp_path, "backward", series="month", replications=3)
    one, other = tmp_path / "out", tmp_path / "backward"
    assert tables(one) == tables(other) and (one / SERIES).read_bytes() == (other / SERIES).read_bytes()
    assert len(experiments.load_series(one, "rate")) == 12 and experiments.load_series(one, "hours").empty
    assert experiments.load(one)["value"].ne(0.5).all()


def test_series_are_asked_for_by_name_and_are_no_part_of_other_plans(tmp_path: Path, quick: None) -> None:
    with pytest.raises(InputError, match="series") as refused:
        swept(tmp_path, series="fortnight")
    assert "quarter" in str(refused.value)
    assert swept(tmp_path, series="month").computed == 4
    assert swept(tmp_path, series="quarter").computed == 4
    swept(tmp_path, until="2020-03-10")
    assert not (tmp_path / "out" / SERIES).exists()
    with pytest.raises(InputError, match="without series"):
        experiments.load_series(tmp_path / "out")


def test_series_of_an_unfinished_sweep_and_as_csv(tmp_path: Path, quick: None) -> None:
    swept(tmp_path, series="month")
    whole = experiments.load_series(tmp_path / "out")
    written = {path.name: path for path in converted(tmp_path / "out", "csv")}
    assert pd.read_csv(written["series.csv"])["period"].tolist() == [f"{day:%Y-%m-%d}" for day in whole["period"]]
    for name in ("runs.parquet", SERIES):
        (tmp_path / "out" / name).unlink()
    pd.testing.assert_frame_equal(experiments.load_series(tmp_path / "out"), whole)


@pytest.mark.parametrize("day", ["2012-01-01", "2012-02-29", "2012-12-31", "1969-12-28"])
def test_periods_begin_where_the_calendar_has_them(day: str) -> None:
    here = datetime.fromisoformat(day)
    week, month, quarter = (first_days([day], period)[0].item() for period in ("week", "month", "quarter"))
    assert week == (here - pd.Timedelta(days=here.weekday())).date() and month == here.date().replace(day=1)
    assert quarter == here.date().replace(month=here.month - (here.month - 1) % 3, day=1)
