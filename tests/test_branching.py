"""A branched run is the run that the other world would have had from the beginning."""

from datetime import date, timedelta

import pandas as pd
import pytest

from model import BureaucracyModel, InputError, load
from model.branching import WORDING, branched, shares_its_past
from model.schema import Quantity, World

REVIEW = "directives.review-2011"
START = {"morton-2011": date(2011, 8, 1), "record-2013": date(2011, 10, 3), "zero-tolerance-2018": date(2018, 1, 1)}
EVE, LATER = date(2011, 11, 16), date(2012, 1, 22)
WORDED = {
    "authority": "soft", "clarity": 0.1, "direction": -1, "evaluation": 0.0, "latitude": 0.9, "mandate": 0.0,
    "meaning": 0.0, "monitoring": 0.0, "training": 0.9, "union_consents": True,
}  # fmt: skip


def begun(scenario: str, until: date, world: World | None = None) -> BureaucracyModel:
    watch = load().scenarios[scenario].model_copy(update={"start": START[scenario]})
    model = BureaucracyModel(watch, 0.005, 2, world=world or load(), trace=True)
    while model.today < until:
        model.step()
    return model


@pytest.fixture(scope="module")
def eve() -> BureaucracyModel:
    return begun("morton-2011", EVE)


def reworded(name: str, **changes: object) -> World:
    """The shipped world with a directive that says something else."""
    world = load()
    directive = world.directives[name]
    for key, value in changes.items():
        here = getattr(directive, key)
        if isinstance(here, Quantity):
            changes[key] = here.model_copy(update={"value": value})
    return world.model_copy(update={"directives": {**world.directives, name: directive.model_copy(update=changes)}})


def assert_alike(one: BureaucracyModel, other: BureaucracyModel) -> None:
    assert one.today == other.today and one.census() == other.census() and one.steps == other.steps
    assert getattr(one, "time", None) == getattr(other, "time", None)  # Mesa's clock, from 3.4 on
    pd.testing.assert_frame_equal(one.recorder.traced(), other.recorder.traced())
    for name in ("outcomes", "flows", "resource_table"):
        pd.testing.assert_frame_equal(getattr(one.recorder, name)(), getattr(other.recorder, name)())
    pd.testing.assert_frame_equal(one.recorder.paths.table(), other.recorder.paths.table())
    pd.testing.assert_frame_equal(
        one.datacollector.get_model_vars_dataframe(), other.datacollector.get_model_vars_dataframe()
    )
    assert (one.desks.exposure == other.desks.exposure).all() and (one.records.lenient == other.records.lenient).all()
    assert [officer.culture for officer in one.officers] == [officer.culture for officer in other.officers]


def on(model: BureaucracyModel, until: date) -> BureaucracyModel:
    while model.today < until:
        model.step()
    return model


def test_what_may_be_worded_otherwise_is_tested() -> None:
    assert {*WORDED, "targets"} == {*WORDING}


@pytest.mark.parametrize("key", WORDED)
def test_a_branch_is_a_run_of_the_other_world(eve: BureaucracyModel, key: str) -> None:
    world = reworded("review-2011", **{key: WORDED[key]})
    assert_alike(on(branched(eve, world), LATER), begun("morton-2011", LATER, world))


def test_a_target_to_come_is_branched(eve: BureaucracyModel) -> None:
    dropped = load().levers["quotas-dropped"].laid_over(load().directives["review-2011"])
    assert dropped.targets
    world = reworded("review-2011", targets=dropped.targets)
    assert_alike(on(branched(eve, world), LATER), begun("morton-2011", LATER, world))


def test_a_consent_to_come_is_branched_and_one_that_has_had_its_effect_is_refused() -> None:
    first = load().directives["training-2012"].start
    later = first + timedelta(days=60)
    world = load(settings={"agencies.ice.units.officers.union_consent": 0.7})
    eve = begun("record-2013", first - timedelta(days=1))
    assert_alike(on(branched(eve, world), later), begun("record-2013", later, world))
    assert not shares_its_past(on(eve, later), world)


def test_people_beds_and_families_are_branched() -> None:
    first = load().directives["zero-tolerance-2018"].start
    later = first + timedelta(days=40)
    world = reworded("zero-tolerance-2018", clarity=0.3)
    eve = begun("zero-tolerance-2018", first - timedelta(days=1))
    assert_alike(on(branched(eve, world), later), begun("zero-tolerance-2018", later, world))


def test_the_run_itself_goes_on_as_if_nobody_had_branched_it(eve: BureaucracyModel) -> None:
    mine = begun("morton-2011", EVE)
    on(branched(mine, load(settings={f"{REVIEW}.clarity": 0.0})), LATER)
    assert_alike(on(mine, LATER), on(branched(eve, load()), LATER))


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ("rule.metrics=0", "rule"),
        ("agencies.ice.culture.lens=0.5", "agencies"),
        ("directives.discretion-2011.clarity=0.1", "directives.discretion-2011"),
        ("directives.review-2011.start=2011-12-01", "directives.review-2011"),
    ],
)
def test_another_past_is_refused(eve: BureaucracyModel, setting: str, part: str) -> None:
    other = load(settings=[setting])
    assert not shares_its_past(eve, other)
    with pytest.raises(InputError, match="another past") as refused:
        branched(eve, other)
    assert refused.value.where == part
