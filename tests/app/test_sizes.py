"""No page offers a size at which its scenario cannot be read."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from experiments.demonstrations import DEMONSTRATIONS, scale_of, world_of
from experiments.precomputed import DOSED, usual
from model import load
from model.sizes import smallest
from viz.app.address import read_query
from viz.app.pages.case.url_state import Shown as Case
from viz.app.pages.downstream.url_state import Shown as Downstream
from viz.app.pages.levers.url_state import Shown as Levers
from viz.app.pages.live_run.url_state import Shown as LiveRun
from viz.app.pages.twins.url_state import Shown as Twins

WORLD = load()
LEAST = {name: smallest(WORLD, scenario).scale for name, scenario in WORLD.scenarios.items()}
PAGES: list[Any] = [Case, Downstream, Levers, LiveRun, Twins]
NAMED = ("SCENARIO", "NOTICED")
"""Where the file of a demonstration says which scenarios it runs; else it runs that of its case."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__module__.split(".")[-2])
@pytest.mark.parametrize("scenario", LEAST)
def test_what_a_page_runs_and_offers_can_be_read(page: Any, scenario: str) -> None:
    shown, problems = read_query(page, f"scenario={scenario}")
    assert not problems and shown.scale in shown.sizes and shown.scale >= LEAST[scenario]
    assert set(shown.sizes) == {scale for scale in page.SCALES if scale >= LEAST[scenario]}
    shown, [problem] = read_query(page, f"scenario={scenario}&scale=0.0001")
    assert shown.scale == shown.sizes[0]
    assert problem.what.startswith("too small a size for this scenario") and problem.where == "the address: scale"
    assert problem.allowed == f"{LEAST[scenario]:g} to 1"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__module__.split(".")[-2])
def test_another_scenario_moves_a_size_that_is_too_small_for_it(page: Any) -> None:
    fits, problem = replace(page(scenario="daca-2012", scale=0.005), scenario="zero-tolerance-2018").fitted()
    assert problem is not None and fits.scale == 0.02
    kept, problem = page(scenario="zero-tolerance-2018", scale=0.02).fitted()
    assert problem is None and kept.scale == 0.02


def test_settings_that_make_a_desk_smaller_raise_the_smallest_size() -> None:
    few = ("agencies.uscis.units.victims.staff=2",)
    assert LiveRun(scenario="daca-2012", set=few).sizes[0] > LEAST["daca-2012"]


@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_demonstrations_are_run_at_a_size_at_which_they_can_be_read(name: str) -> None:
    file, world = import_module(DEMONSTRATIONS[name].__module__), world_of(name)
    run = [getattr(file, key) for key in NAMED if hasattr(file, key)] or [world.cases[file.CASE].scenario]
    assert all(scale_of(name) >= smallest(world, world.scenarios[scenario]).scale for scenario in run)


@pytest.mark.parametrize("scenario", DOSED)
def test_what_is_shipped_is_of_a_size_at_which_it_can_be_read(scenario: str) -> None:
    assert LEAST[scenario] <= usual(scenario).scale and usual(scenario).shipped
    assert Levers(scenario=scenario).fitted()[0].asked == usual(scenario)
