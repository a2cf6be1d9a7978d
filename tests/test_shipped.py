"""The findings that come with the project are those of the world and of the model as they are."""

import json

import pytest

from experiments.demonstrations import DEMONSTRATIONS, SEEDS, figures, scale_of
from experiments.levers.choice import fitting
from experiments.precomputed import DOSED, Asked, ranking, responses, usual
from experiments.precomputed.demonstrated import stamp_of, stored
from experiments.precomputed.made import ranked, stamp
from experiments.precomputed.shipped import path, stamped, written
from model import load

WORLD = load()
MOST_BYTES = 500_000


@pytest.mark.parametrize("scenario", DOSED)
def test_what_is_shipped_is_of_this_world_and_this_model(scenario: str) -> None:
    assert stamped(scenario) == stamp(scenario, WORLD), "another world or model: run make docs"
    found = ranking(scenario, WORLD)
    assert found is not None and list(found.levers) == list(fitting(WORLD, scenario))
    assert found.seeds == [1, 2, 3, 4, 5, 6] and found.scale == usual(scenario).scale
    doses = responses(scenario, DOSED[scenario], WORLD)
    assert doses is not None and doses.by_dose["own"].any()


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_the_result_of_a_demonstration_is_of_this_world_and_this_model(name: str) -> None:
    found = stored(name)
    assert found is not None and found.of == stamp_of(name), "another world or model: run make docs"
    assert found.seeds == list(SEEDS) and found.of["scale"] == scale_of(name)
    assert all(len(values) == len(SEEDS) for values in found.figures.values())


def test_the_result_of_a_demonstration_is_what_running_it_gives() -> None:
    found = stored("fading")
    assert found is not None
    again = figures("fading", seeds=[SEEDS[-1]])
    assert {key: values[-1] for key, values in found.figures.items()} == pytest.approx(
        {key: value for key, [value] in again.items()}, rel=1e-4
    )


def test_every_scenario_of_record_with_levers_is_shipped() -> None:
    of_record = {name for name, one in WORLD.scenarios.items() if one.counterfactual_of is None}
    assert {name for name in of_record if fitting(WORLD, name)} == set(DOSED)
    assert not Asked("morton-2011", replications=5).shipped and not Asked("zt-linked").shipped


def test_it_is_small() -> None:
    assert sum(path(scenario).stat().st_size for scenario in DOSED) < MOST_BYTES


def test_a_ranking_is_read_as_it_was_found() -> None:
    asked = Asked("daca-2012", replications=2, scale=0.002)
    found = ranked(asked, WORLD)
    doses = responses("morton-2011", "review-2011", WORLD)
    assert doses is not None
    told = json.loads(written(asked, found, doses, {}))
    rows = [dict(zip(told["shift"]["columns"], row, strict=True)) for row in told["shift"]["rows"]]
    assert [row["lever"] for row in rows] == found.shift["lever"].tolist()
    assert [row["shift"] for row in rows] == pytest.approx(found.shift["shift"].tolist(), rel=1e-4)
    assert len(told["costs"]["rows"]) < len(found.costs)
