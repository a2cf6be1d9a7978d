"""The model is a Mesa model: agents, data collector, batch runs."""

import copy
import gc
import math
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from datetime import date, datetime
from inspect import signature

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from mesa.batchrunner import batch_run

import model as model_package
from model import BureaucracyModel, InputError, agents, load
from model.agents import ICEOfficer, ImmigrationJudge, Manager, USCISAdjudicator
from model.schema import Scenario


@pytest.fixture(scope="module")
def model() -> BureaucracyModel:
    model = BureaucracyModel(scenario="record-2013", scale=0.005, rng=1)
    for _ in range(800):
        model.step()
    return model


def test_a_step_is_a_day(model: BureaucracyModel) -> None:
    assert model.steps == 800
    assert (model.today - model.start).days == 799


def test_a_run_may_take_some_days_and_go_on() -> None:
    model = BureaucracyModel("daca-2012", scale=0.002, rng=1).run(days=40)
    assert (model.steps, (model.today - model.start).days, model.running) == (40, 39, True)
    model.run(days=10_000)
    assert model.finished and not model.running
    whole = BureaucracyModel("daca-2012", scale=0.002, rng=1).run()
    pd.testing.assert_frame_equal(model.recorder.outcomes(), whole.recorder.outcomes())


def test_agents_are_there_by_type(model: BureaucracyModel) -> None:
    kinds = model.agents_by_type
    assert {ICEOfficer, USCISAdjudicator, ImmigrationJudge, Manager} == set(kinds)
    assert len(kinds[ICEOfficer]) + len(kinds[USCISAdjudicator]) + len(kinds[ImmigrationJudge]) == len(model.officers)
    assert len(kinds[Manager]) == len(model.managers)


def test_every_role_of_a_world_is_an_agent_type_of_its_name() -> None:
    for name, word in load().words.roles.items():
        kind = getattr(model_package, name)
        assert kind is getattr(agents, name) is agents.role(name, word.title, word.about)
        assert issubclass(kind, agents.Officer)
        assert (kind.__name__, kind.title, kind.__doc__) == (name, word.title, word.about)
    with pytest.raises(ImportError, match="TaxCollector"):
        exec("from model import TaxCollector")


def test_a_role_of_ones_own_world_is_a_type_that_goes_to_another_process() -> None:
    warden = agents.role("Warden", "Warden", "Somebody who keeps a gate.")
    sent = pickle.dumps(warden)
    read = "import pickle, sys; kind = pickle.loads(bytes.fromhex(sys.argv[1])); print(kind.__name__, kind.__doc__)"
    there = subprocess.run([sys.executable, "-c", read, sent.hex()], capture_output=True, text=True, check=True)
    assert there.stdout == "Warden Somebody who keeps a gate.\n"
    assert pickle.loads(sent) is warden and copy.deepcopy(warden) is warden


def test_an_officer_has_what_one_would_ask_for(model: BureaucracyModel) -> None:
    attorney = next(officer for officer in model.officers if officer.unit == "ice.attorneys")
    assert attorney.culture == model.desks.orientation[attorney.row] < 0
    assert set(attorney.pressure) == set(model.world.metrics) and attorney.pressure["removals"] > 0
    assert 0 < attorney.exposure["review-2011"] < 1
    assert attorney.exposure["daca-2012"] == 0
    assert attorney.office in model.world.areas
    decision = attorney.decide(0, "review")
    assert 0 <= decision.probability <= decision.notice <= 1
    assert sum(decision.terms.values()) + model.world.stages["review"].threshold.value == pytest.approx(
        math.log(decision.judgment / (1 - decision.judgment))
    )


def test_a_memo_gets_thinner_on_its_way_down(model: BureaucracyModel) -> None:
    attorney = next(officer for officer in model.officers if officer.unit == "ice.attorneys")
    chain: list[Manager] = [attorney.manager]
    while (above := chain[-1].reports_to) is not None:
        chain.append(above)
    heard = [attorney.exposure["review-2011"], *(manager.exposure["review-2011"] for manager in chain)]
    assert len(chain) == 3 and heard == sorted(heard)
    assert chain[-1].title == "Director" and all(0 <= manager.emphasis <= 1 for manager in chain)


def test_the_hierarchy_is_a_tree_for_each_agency(model: BureaucracyModel) -> None:
    graph = model.hierarchy.graph()
    assert nx.is_forest(graph) and nx.number_weakly_connected_components(graph) == len(model.world.agencies)
    assert graph.number_of_nodes() == len(model.managers)


def test_the_data_collector_has_a_row_a_day(model: BureaucracyModel) -> None:
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 800
    assert {"ice rate", "uscis rate", "eoir rate", "decided", "pending"} <= set(frame.columns)
    assert frame["ice rate"].mean() < 0.1 < frame["uscis rate"].mean()


def test_a_seed_has_either_of_the_names_that_mesa_gives_it() -> None:
    models = [
        BureaucracyModel("daca-2012", 0.001, until=date(2012, 1, 3), **seed)
        for seed in ({"rng": 7}, {"seed": 7}, {"rng": np.int64(7)})
    ]
    assert [model.seed for model in models] == [7, 7, 7]
    assert all((model.cases.key == models[0].cases.key).all() for model in models)


def test_mesa_batch_run_works() -> None:
    """Whatever Mesa puts in the place of a seed: from 3.4 on ``batch_run`` has seeds of its own."""
    results = batch_run(
        BureaucracyModel,
        {"scenario": ["baseline-2010", "morton-2011"], "scale": 0.005, "rng": [1, 2, 1]},
        max_steps=20,
        display_progress=False,
    )
    assert len(results) == 6
    for scenario in ("baseline-2010", "morton-2011"):
        rows = [row for row in results if row["scenario"] == scenario]
        assert [row["rng"] for row in rows] == [1, 2, 1]
        one, two, again = [(row["pending"], row["decided"]) for row in rows]
        assert one == again != two


def test_mesa_finds_the_name_of_a_seed_that_it_may_fill_in() -> None:
    """It asks the signature for ``seed``, and leaves ``rng`` alone if that is there."""
    assert "seed" in signature(BureaucracyModel).parameters
    assert BureaucracyModel("baseline-2010", scale=0.001, seed=5).seed == 5
    with pytest.raises(InputError, match="two seeds"):
        BureaucracyModel("baseline-2010", scale=0.001, rng=5, seed=6)


def test_the_name_that_mesa_keeps_for_its_own_scenario_is_left_to_it(model: BureaucracyModel) -> None:
    assert model.world_scenario is model.world.scenarios["record-2013"]
    assert not isinstance(getattr(model, "scenario", None), Scenario)


def test_agents_are_made_when_somebody_asks_for_one_and_are_the_same_then_as_before() -> None:
    def model() -> BureaucracyModel:
        return BureaucracyModel("baseline-2010", scale=0.001, rng=1, until=date(2010, 3, 1))

    early, late = model(), model()
    named = [(type(agent), agent.row, agent.unique_id) for agent in early.agents]
    early.run()
    late.run()
    assert early.posts.filled and not late.posts.filled
    assert [(type(agent), agent.row, agent.unique_id) for agent in late.agents] == named
    for one, two in zip(tables(early), tables(late), strict=True):
        pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("ask", [
    lambda model: model.agents, lambda model: model.agents_by_type, lambda model: model.agent_types,
    lambda model: model.officers, lambda model: model.managers,
])  # fmt: skip
def test_whoever_asks_for_agents_finds_them(ask: Callable[[BureaucracyModel], list[object]]) -> None:
    assert len(ask(BureaucracyModel("baseline-2010", scale=0.001, rng=1)))


def test_nobody_takes_a_post_before_those_who_are_there() -> None:
    model = BureaucracyModel("baseline-2010", scale=0.001, rng=1)
    with pytest.raises(InputError, match="the post is taken"):
        ImmigrationJudge(model, 0)
    with pytest.raises(InputError, match="last officer"):
        BureaucracyModel("baseline-2010", scale=0.001, rng=1).remove_all_agents()


def test_a_model_that_nobody_needs_is_gone():
    """A sweep builds thousands: none may stay behind, neither its officers nor its cases."""
    model = BureaucracyModel("baseline-2010", scale=0.001, rng=1, until=date(2010, 1, 5)).run()
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def tables(model: BureaucracyModel) -> list[pd.DataFrame]:
    kept = model.recorder
    return [
        kept.traced(), kept.outcomes(), kept.flows(), kept.resource_table(), kept.paths.table(),
        model.datacollector.get_model_vars_dataframe(), pd.DataFrame([model.census()]),
    ]  # fmt: skip


@pytest.mark.parametrize("again", [lambda m: pickle.loads(pickle.dumps(m)), copy.deepcopy], ids=["pickled", "copied"])
@pytest.mark.parametrize(("scenario", "scale"), [("record-2013", 0.002), ("zero-tolerance-2018", 0.005)])
def test_a_run_that_was_laid_aside_goes_on_as_the_run_itself(
    scenario: str, scale: float, again: Callable[[BureaucracyModel], BureaucracyModel]
) -> None:
    model = BureaucracyModel(scenario, scale=scale, rng=1, trace=True)
    for _ in range(60):
        model.step()
    other = again(model)
    assert other.cases.merit.strides == model.cases.merit.strides and other.officers[3].model is other
    for _ in range(60):
        other.step()
    assert model.steps == 60 and other.steps == 120 and len(other.agents) == len(model.agents)
    for _ in range(60):
        model.step()
    for one, two in zip(tables(model), tables(other), strict=True):
        pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize(
    "until", ["2010-02-15", date(2010, 2, 15), datetime(2010, 2, 15, 9), pd.Timestamp("2010-02-15")]
)
def test_the_last_day_is_a_date_in_any_usual_form(until: object) -> None:
    assert BureaucracyModel("baseline-2010", 0.001, 1, until=until).end == date(2010, 2, 15)  # type: ignore[arg-type]


def test_the_seed_has_two_names_in_mesa() -> None:
    assert (
        BureaucracyModel("baseline-2010", 0.001, seed=7).seed == BureaucracyModel("baseline-2010", 0.001, 7).seed == 7
    )


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"until": "soon"}, "until"), ({"until": 2010.5}, "until"), ({"until": pd.NaT}, "until"),
        ({"until": "2031-01-01"}, "until"), ({"until": datetime(1999, 1, 1)}, "until"),
        ({"rng": 1, "seed": 2}, "rng, seed"), ({"scale": "half"}, "scale"), ({"scale": math.nan}, "scale"),
        ({"scale": True}, "scale"), ({"scale": None}, "scale"), ({"scenario": ["baseline-2010"]}, "scenario"),
        ({"scenario": None}, "scenario"), ({"settings": 5}, "settings"), ({"settings": [5]}, "--set"),
        ({"settings": None}, "settings"), ({"settings": {1: 2}}, "--set 1"), ({"world": 5}, "world"),
        ({"world": None}, "world"),
    ],
)  # fmt: skip
def test_an_argument_of_the_wrong_kind_is_told_of(arguments: dict[str, object], where: str) -> None:
    with pytest.raises(InputError) as refused:
        BureaucracyModel(**{"scenario": "baseline-2010", "scale": 0.001, **arguments})  # type: ignore[arg-type]
    assert refused.value.where == where
