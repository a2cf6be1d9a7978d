"""The headline of twin worlds, against the decisions of the runs it is made of."""

import pandas as pd
import pytest
from scipy import stats

from experiments.headline import (
    DACA,
    DECIDED,
    DIRECTIVES,
    LAST_DAY,
    MEMOS,
    OTHERS,
    REVIEW,
    REVIEWED,
    SCENARIO,
    headline,
    in_words,
    over_pairs,
    over_replications,
)
from experiments.runs import Run
from experiments.smallest import MATTERS
from experiments.twin import Pair, pair
from model import load

SCALE = 0.005


@pytest.fixture(scope="module")
def record() -> Pair:
    scenario = load().scenarios[SCENARIO].model_copy(update={"end": LAST_DAY})
    return pair(scenario, DIRECTIVES, seed=1, scale=SCALE)


@pytest.fixture(scope="module")
def found(record: Pair) -> pd.DataFrame:
    return headline(record).set_index("who")


def test_with_the_directives_it_is_what_the_record_itself_does(small_run: Run, found: pd.DataFrame) -> None:
    """The same scenario, seed and scale, run on its own."""
    cases = small_run.cases
    assert cases is not None
    daca = cases[cases["stage"] == "daca"]
    assert found.loc[DECIDED, "with"] == pytest.approx(daca["p"].mean())
    assert found.loc[DECIDED, "people"] == pytest.approx(daca["p"].sum() / SCALE)
    ordered = cases[(cases["stage"] == "review") & (cases["day"] >= "2011-11-17")]
    assert found.loc[REVIEWED, "with"] == pytest.approx(ordered["p"].mean())


def test_who_is_covered_is_who_the_texts_name(record: Pair, found: pd.DataFrame) -> None:
    rows = record.decisions[record.decisions["p_with"].notna()]
    review, ordered = rows["stage"] == "review", rows["day_with"] >= "2011-11-17"
    who = {
        DACA: (rows["stage"] == "daca") & rows["covered"],
        REVIEW: review & ordered & rows["covered"],
        MEMOS: review & ~ordered & rows["covered"] & (rows["day_with"] >= "2011-06-17"),
    }
    for name, mask in who.items():
        assert 20 < mask.sum() < (rows["stage"] == rows["stage"][mask].iloc[0]).sum(), name
        assert found.loc[name, "with"] == pytest.approx(rows["p_with"][mask].mean()), name
        assert found.loc[name, "without"] == pytest.approx(rows["p_without"][mask].fillna(0.0).mean()), name
    assert (rows["level"][review & rows["covered"]] == "none").all()


def test_without_daca_nobody_decides_and_nobody_is_spared(found: pd.DataFrame) -> None:
    assert found.loc[DECIDED, "without"] == 0.0
    assert found.loc[OTHERS, "with"] == found.loc[OTHERS, "without"] > 0.5
    assert found.loc[OTHERS, "people"] == 0.0


def test_pairs_are_put_together_with_an_interval_and_in_words(found: pd.DataFrame) -> None:
    one = found.reset_index()
    tables = [
        one.assign(seed=seed, **{"with": one["with"] * factor}) for seed, factor in ((1, 0.9), (2, 1.0), (3, 1.1))
    ]
    figures = over_replications(pd.concat(tables)).set_index("who")
    assert figures.loc[REVIEW, "shift"] == pytest.approx(found.loc[REVIEW, "with"] - found.loc[REVIEW, "without"])
    reach = stats.t.ppf(0.95, 2) * 0.1 * found.loc[REVIEW, "with"] / 3**0.5
    ends = [figures.loc[REVIEW, "shift"] + side * reach for side in (-1, 1)]
    assert figures.loc[REVIEW, ["low", "high"]].tolist() == pytest.approx(ends)
    assert figures.loc[DACA, "verdict"] == MATTERS
    said = in_words(figures.reset_index())
    assert f"spared {100 * figures.loc[DACA, 'shift']:.1f} more" in said


def test_any_number_of_workers_finds_the_same() -> None:
    alone, shared = (over_pairs(replications=2, scale=0.002, workers=workers) for workers in (1, 2))
    for one, other in zip(alone, shared, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
