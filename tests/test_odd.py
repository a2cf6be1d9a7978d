"""docs/odd.md is enough to write the model again: `tests/odd` did, and makes the same decisions."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.schema import Scenario, World
from model.schema.directive import Increase
from model.vocabulary import TERMS
from tests.odd.days import Days

ALL = Scenario(
    title="all", question="?", start=date(2011, 10, 10), end=date(2013, 9, 30),
    directives=[
        "priorities-2010", "discretion-2011", "review-2011", "training-2012", "detainer-2012", "daca-2012",
    ],
)  # fmt: skip
SEED, SCALE, UNTIL = 5, 0.002, date(2013, 1, 20)
Both = tuple[BureaucracyModel, pd.DataFrame, Days]


def _as_shipped() -> tuple[World, Scenario]:
    return load(), ALL


def _every_lever() -> tuple[World, Scenario]:
    """A world with directives that pull all levers, few beds, and a unit of few officers."""
    world = load(
        settings={"resources.beds.amount": 12000, "resources.u-visas.amount": 6000, "society.rewiring": 0.5,
                  "agencies.ice.units.officers.turnover": 0.6, "society.drift": 1.5}
    )  # fmt: skip
    review, training = world.directives["review-2011"], world.directives["training-2012"]
    metric, beds = world.metrics["discretion-granted"].target, world.resources["beds"].amount
    strict = training.model_copy(
        update={
            "to": list(world.agencies), "direction": -1, "start": date(2012, 2, 1), "end": date(2012, 11, 10),
            "authority": "economic", "stages": None, "union_consents": True, "imposes": ["no-parole"],
            "targets": {"removals": metric.model_copy(update={"value": 0.0})}, "counts": ["discretion-granted"],
            "recruits": {"ice.officers": world.agencies["uscis"].units["victims"].recruits},
            "resources": {"beds": Increase(amount=beds, delay=world.society.overtime)},
        }
    )  # fmt: skip
    moved = review.model_copy(
        update={"to": ["uscis"], "moves": {"review": "uscis.centres"}, "start": date(2012, 3, 5),
                "supersedes": ["review-2011"], "lifts": ["moral-character-bar"], "review": None}
    )  # fmt: skip
    law = world.laws["mandatory-detention"].model_copy(
        update={"stages": ["parole"], "in_force": False, "when": [], "must": "favourable", "starts": date(2012, 3, 1)}
    )
    world = world.model_copy(
        update={
            "directives": {**world.directives, "strict": strict, "moved": moved},
            "laws": {**world.laws, "no-parole": law},
        }
    )
    return world, ALL.model_copy(update={"directives": [*ALL.directives, "strict", "moved"]})


@pytest.fixture(scope="module", params=[_as_shipped, _every_lever])
def both(request: pytest.FixtureRequest) -> Both:
    world, scenario = request.param()
    model = BureaucracyModel(scenario, SCALE, SEED, world=world, until=UNTIL, trace=True).run()
    return model, model.recorder.traced(), Days(world, scenario, SEED, SCALE, UNTIL).run()


def test_the_same_people_come(both: Both) -> None:
    model, _, rebuilt = both
    assert [case.key for case in rebuilt.cases] == model.cases.key.tolist()
    for name in (
        "age",
        "entry_age",
        "children",
        "prior_removals",
        "lawyer",
        "mandatory",
        "gang",
        "area",
        "complexity",
    ):
        assert [getattr(case, name) for case in rebuilt.cases] == getattr(model.cases, name).tolist(), name
    for name in ("merit", "visibility"):
        assert np.allclose([getattr(case, name) for case in rebuilt.cases], getattr(model.cases, name), rtol=1e-6), name


def test_the_same_officers_decide_them_the_same_way(both: Both) -> None:
    _, traced, rebuilt = both
    made = pd.DataFrame(rebuilt.decided)
    rows = {id(case): row for row, case in enumerate(rebuilt.cases)}
    made["case"] = [rows[id(case)] for case in made["who"]]
    assert len(made) == len(traced) > 5000
    for name in ("case", "officer", "round", "noticed", "favourable", "bound", "ordered"):
        assert (made[name].to_numpy() == traced[name].to_numpy()).all(), name
    for name in ("stage", "to"):
        assert (made[name] == traced[name].astype(str)).all(), name
    for name in ("notice", "judgment", "p", "hours", *TERMS):
        assert np.allclose(made[name], traced[name], rtol=1e-6, atol=1e-12), name
    assert (traced[list(TERMS)] != 0).any().all() and traced["ordered"].any() and (traced["bound"] != 0).any()


def test_all_end_at_the_same_places(both: Both) -> None:
    model, _, rebuilt = both
    places = [*model.stage_names, *model.world.exits]
    assert [case.place for case in rebuilt.cases] == [
        places[place] if place >= 0 else "not yet" for place in model.where.place
    ]
    assert [rebuilt.used[name] for name in model.world.resources] == model.used.tolist()
    assert np.allclose([officer.leaning for officer in rebuilt.offices.officers], model.desks.orientation)
