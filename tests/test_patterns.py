"""The facts that were fitted hold at full scale, within what their records allow.

Only facts marked ``fit`` in evidence.csv are asserted; those marked ``check`` are reported by the commands and never
required (I04, I05 and B03 among them).
"""

import pandas as pd
import pytest

from model import BureaucracyModel


@pytest.fixture(scope="module")
def morton() -> BureaucracyModel:
    return BureaucracyModel("morton-2011", scale=1.0, rng=1).run()


def _between(frame: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    return frame[(frame["week"] >= first) & (frame["week"] < last)]


def _closed(model: BureaucracyModel, first: str, last: str) -> float:
    flows = _between(model.recorder.flows(), first, last)
    return float(flows.loc[(flows["stage"] == "review") & (flows["to"] == "closed"), "cases"].sum() / model.scale)


def test_i01_every_pending_case_is_reviewed(morton: BureaucracyModel) -> None:
    table = _between(morton.recorder.outcomes(), "2011-11-14", "2012-11-01")
    assert table.loc[table["stage"] == "review", "decided"].sum() == pytest.approx(411_000, rel=0.05)
    assert morton.reviewed == pytest.approx(298_173, rel=0.03)


def test_i02_and_i03_share_closed(morton: BureaucracyModel) -> None:
    assert _closed(morton, "2011-11-14", "2012-07-01") / 411_000 < 0.02
    assert _closed(morton, "2011-11-14", "2012-11-01") / 411_000 == pytest.approx(0.027, abs=0.004)


def test_i17_without_a_mandate_closures_are_a_handful_a_year(morton: BureaucracyModel) -> None:
    assert _closed(morton, "2010-01-01", "2011-06-13") / 1.45 < 60


def test_i10_share_of_removals_with_a_conviction(morton: BureaucracyModel) -> None:
    flows = _between(morton.recorder.flows(), "2011-10-03", "2012-10-01")
    removed = flows[flows["to"] == "removed"]
    convicted = removed.loc[removed["level"] != "none", "cases"].sum()
    assert convicted == pytest.approx(225_390, rel=0.06)
    assert convicted / removed["cases"].sum() == pytest.approx(0.55, abs=0.03)


def test_b01_daca() -> None:
    model = BureaucracyModel("daca-2012", scale=0.5, rng=1).run()
    table = _between(model.recorder.outcomes(), "2012-08-13", "2013-07-01")
    daca = table[table["stage"] == "daca"][["decided", "favourable"]].sum() / model.scale
    assert daca["favourable"] / daca["decided"] == pytest.approx(0.987, abs=0.01)
    assert daca["decided"] / 537_662 == pytest.approx(0.755, abs=0.03)
