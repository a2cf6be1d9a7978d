"""Areas differ in their cases, the whole keeps its shares, and a place is the same in every mix."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from experiments.mechanisms.switches import switched_off
from model import BureaucracyModel, load
from model.cases.places import by_area
from model.schema import Quantity, Scenario

FIRST = Scenario(title="First days", question="?", start=date(2011, 10, 1), end=date(2011, 10, 31), directives=[])
LAWYERS = Quantity(value=0.16, unit="share", source="I14")


def _docket(*off: str) -> pd.DataFrame:
    model = BureaucracyModel(FIRST, rng=3, scale=0.1, world=load(settings=switched_off(load(), off)))
    cases, world = model.cases, model.world
    own = cases.mix == list(world.mixes).index("docket")
    caregiver = 1 << list(world.words.equities).index("caregiver")
    free = ~(cases.in_custody | cases.mandatory)
    return pd.DataFrame(
        {"area": cases.area, "custody": cases.in_custody, "lawyer": np.where(free, cases.lawyer, np.nan),
         "caregiver": cases.equities & caregiver != 0}
    )[own]  # fmt: skip


@pytest.mark.parametrize(("fact", "share"), [("custody", 0.06), ("lawyer", 0.60), ("caregiver", 0.25)])
def test_areas_differ_in_their_cases_and_the_country_keeps_its_shares(fact: str, share: float) -> None:
    with_places, alike = _docket(), _docket("places")
    by, even = (table.groupby("area")[fact].mean().std() for table in (with_places, alike))
    assert by > 2 * even
    assert with_places[fact].mean() == pytest.approx(share, abs=0.015)
    assert alike[fact].mean() == pytest.approx(share, abs=0.015)


def test_a_place_with_many_lawyers_has_them_in_every_mix() -> None:
    apart = Quantity(value=0.5, unit="sd", source="assumed: by half a log-odds")
    many = Quantity(value=0.7, unit="share", source="assumed: seven in ten")
    weights, seed = load().areas, np.uint64(9)
    few, most = (by_area(share, apart, "lawyer", weights, seed) for share in (LAWYERS, many))
    assert (np.argsort(few) == np.argsort(most)).all()
    parts = np.array(list(weights.values())) / sum(weights.values())
    assert (parts * few).sum() == pytest.approx(0.16, abs=1e-12)
    assert (by_area(LAWYERS, apart, "equities", weights, seed) != few).all()
