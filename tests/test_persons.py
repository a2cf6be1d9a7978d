"""Persons counted once."""

import pandas as pd
import pytest

from experiments.twin import pair
from experiments.twin.flips import DIRECT, RIPPLE
from experiments.twin.pairs import Pair
from experiments.twin.persons import (
    ARRIVAL,
    EVERY,
    ONE_WORLD,
    PERSON,
    TIME,
    by_exit,
    moved,
    over_pairs,
    persons,
)

SEEDS = range(1, 11)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [pair("morton-2011", ["discretion-2011", "review-2011"], seed=seed, scale=0.003) for seed in SEEDS]


def test_persons_moved_summed_over_causes_are_the_difference_of_the_exits(pairs: list[Pair]) -> None:
    for one in pairs:
        net = by_exit(persons(one)).groupby("exit")["net"].sum()
        there, without = (side.cases["place"].astype(str).value_counts() for side in (one.with_it, one.without))
        for name in one.world.exits:
            assert net.get(name, 0) == there.get(name, 0) - without.get(name, 0), (one.seed, name)
        assert net.sum() == 0, "who came to one place has left another"


def test_each_person_counts_once_with_a_cause(pairs: list[Pair]) -> None:
    every = pd.concat([persons(one).assign(seed=one.seed) for one in pairs])
    assert len(every) > 10 and not every.duplicated([*PERSON, "seed"]).any()
    assert (every["from"] != every["to"]).all()
    assert {DIRECT} < set(every["cause"]) <= {DIRECT, RIPPLE, ONE_WORLD, TIME, ARRIVAL}


def test_ripples_are_told_in_both_directions_and_net(pairs: list[Pair]) -> None:
    table = pd.concat([by_exit(persons(one)) for one in pairs]).groupby(["exit", "cause"]).sum()
    ripples = table.xs(RIPPLE, level="cause")
    assert ripples["gained"].sum() == ripples["lost"].sum(), "who gained one exit was lost by another"
    assert ripples["gained"].sum() > ripples["net"].abs().sum() / 2, "some of the ripples cancel"


def test_who_is_let_in_by_a_directive_came_in_one_world_alone() -> None:
    one = pair("daca-2012", seed=1, scale=0.002)
    moved = persons(one)
    assert (moved["cause"] == ARRIVAL).any() and (moved.loc[moved["cause"] == ARRIVAL, "from"] == "not come").all()


def test_what_the_report_tells_is_the_difference_of_the_exits_exactly(pairs: list[Pair]) -> None:
    tables = [moved(one) for one in pairs]
    for one, table in zip(pairs, tables, strict=True):
        there, without = (side.cases["place"].astype(str).value_counts() for side in (one.with_it, one.without))
        whole = table[table["cause"] == EVERY].set_index("exit")
        causes = table[table["cause"] != EVERY].groupby("exit")["net"].sum()
        for name in one.world.exits:
            assert whole["net"][name] == causes[name] == there.get(name, 0) - without.get(name, 0), (one.seed, name)
            assert whole["without"][name] == without.get(name, 0)
    found = over_pairs(pd.concat(tables), scale=0.003).set_index(["exit", "cause"])
    mean = sum(table.set_index(["exit", "cause"])["net"] for table in tables) / len(tables) / 0.003
    assert found["net"].tolist() == pytest.approx(mean[found.index].tolist())
    assert found.loc[("closed", EVERY), "verdict"] == "matters"
