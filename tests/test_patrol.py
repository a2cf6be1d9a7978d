"""The world patrol: what it rests on, and which way its officers move."""

import csv
import re

import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.world.checks import sources
from model.world.loader import WORLDS

FACT = re.compile(r"\bN\d{3}\b")


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, str]]:
    with (WORLDS / "patrol" / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def monthly(scenario: str) -> pd.DataFrame:
    """Stops of each month in figures of the whole city, and the share in which something is found."""
    model = BureaucracyModel(scenario, 0.02, rng=1, world="patrol", trace=True).run()
    made = model.recorder.traced()
    stops = made[~made["favourable"]]
    by = stops.groupby(stops["day"].dt.to_period("M"))
    return pd.DataFrame({"stops": by.size() / model.scale, "found": by["to"].agg(lambda to: (to == "found").mean())})


@pytest.fixture(scope="module")
def record() -> pd.DataFrame:
    return monthly("record")


def test_no_parameter_rests_on_a_fact_that_may_only_be_checked_against(facts: dict[str, dict[str, str]]) -> None:
    cited = {fact for _, source in sources(load("patrol")) for fact in FACT.findall(source)}
    assert len(cited) > 20
    assert {facts[fact]["use"] for fact in cited} == {"input", "fit"}


def test_the_months_of_2012_that_were_fitted_come_out_about_right(
    record: pd.DataFrame, facts: dict[str, dict[str, str]]
) -> None:
    for fact in ("N126", "N128", "N129", "N130", "N132"):
        wanted = float(facts[fact]["value"])
        assert abs(record.loc[facts[fact]["period"], "stops"] / wanted - 1.0) < 0.25, fact


def test_the_fall_begins_before_the_order_and_the_order_adds_to_it(record: pd.DataFrame) -> None:
    march, summer = record.loc["2012-03", "stops"], record.loc["2012-07":"2012-12", "stops"].mean()
    spring = record.loc["2013-04":"2013-06", "stops"].mean()
    assert summer < 0.75 * march and spring < 0.75 * summer
    without = monthly("no-order")
    assert (without.loc[:"2013-02", "stops"] == record.loc[:"2013-02", "stops"]).all()
    assert without.loc["2013-04":"2013-06", "stops"].mean() > 1.3 * spring


def test_those_who_are_still_stopped_are_found_with_something_more_often(record: pd.DataFrame) -> None:
    before, after = (record.loc[first:last, "found"].mean() for first, last in (("2012-01", "2012-03"),
                                                                               ("2013-04", "2013-12")))  # fmt: skip
    assert after > 1.3 * before


def test_nobody_is_stopped_unseen() -> None:
    model = BureaucracyModel("record", 0.005, rng=1, world="patrol", until="2012-06-30", trace=True).run()
    made = model.recorder.traced()
    assert (made.loc[~made["noticed"], "favourable"]).all() and (~made["noticed"]).sum() > 500
