"""The model is a Mesa model: agents, data collector, batch runs."""

import gc
import math
import weakref
from datetime import date

import networkx as nx
import pytest
from mesa.batchrunner import batch_run

from model import BureaucracyModel
from model.agents import ICEOfficer, ImmigrationJudge, Manager, USCISAdjudicator


@pytest.fixture(scope="module")
def model() -> BureaucracyModel:
    model = BureaucracyModel(scenario="record-2013", scale=0.005, rng=1)
    for _ in range(800):
        model.step()
    return model


def test_a_step_is_a_day(model: BureaucracyModel) -> None:
    assert model.steps == 800
    assert (model.today - model.start).days == 799


def test_agents_are_there_by_type(model: BureaucracyModel) -> None:
    kinds = model.agents_by_type
    assert {ICEOfficer, USCISAdjudicator, ImmigrationJudge, Manager} == set(kinds)
    assert len(kinds[ICEOfficer]) + len(kinds[USCISAdjudicator]) + len(kinds[ImmigrationJudge]) == len(model.officers)
    assert len(kinds[Manager]) == len(model.managers)


def test_an_officer_has_what_one_would_ask_for(model: BureaucracyModel) -> None:
    attorney = next(officer for officer in model.officers if officer.unit == "ice.attorneys")
    assert attorney.culture == model.desks.orientation[attorney.row] < 0
    assert set(attorney.pressure) == set(model.world.metrics) and attorney.pressure["removals"] > 0
    assert 0 < attorney.exposure["review-2011"] < 1
    assert attorney.exposure["daca-2012"] == 0
    assert attorney.office in model.world.areas
    assert all(other.office == attorney.office for other in attorney.colleagues)
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


def test_mesa_batch_run_works() -> None:
    results = batch_run(
        BureaucracyModel,
        {"scenario": ["baseline-2010", "morton-2011"], "scale": 0.002, "rng": [1, 2]},
        max_steps=20,
        display_progress=False,
    )
    assert len(results) == 4
    assert {(row["scenario"], row["rng"]) for row in results} == {
        ("baseline-2010", 1), ("baseline-2010", 2), ("morton-2011", 1), ("morton-2011", 2)
    }  # fmt: skip
    assert all(row["decided"] >= 0 for row in results)


def test_a_model_that_nobody_needs_is_gone():
    """A sweep builds thousands: none may stay behind, neither its officers nor its cases."""
    model = BureaucracyModel("baseline-2010", scale=0.001, rng=1, until=date(2010, 1, 5)).run()
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
