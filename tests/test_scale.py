"""A scale below 1 shrinks cases, staff and resources together; rates stay the same within noise."""

import numpy as np
import pandas as pd
import pytest

from model import BureaucracyModel

STAGES = ("charge", "custody", "bond", "review", "hearing", "daca", "u-visa", "vawa")


def _rates(scale: float, seed: int) -> pd.DataFrame:
    model = BureaucracyModel("record-2013", scale=scale, rng=seed).run()
    table = model.recorder.outcomes().groupby("stage", observed=True)[["decided", "favourable"]].sum()
    table["rate"] = table["favourable"] / table["decided"]
    resources = model.recorder.resource_table()
    table.loc["beds", "rate"] = resources.loc[resources["what"] == "beds", "used"].mean() / (34000 * scale)
    return table


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    return pd.concat({seed: _rates(0.02, seed)["rate"] for seed in range(10)}, axis=1)


@pytest.mark.parametrize("scale", [0.2, 1.0])
def test_rates_at_a_larger_scale_lie_within_the_noise_of_the_small_one(small: pd.DataFrame, scale: float) -> None:
    large = _rates(scale, 0)
    for stage in STAGES:
        mean, spread = small.loc[stage].mean(), small.loc[stage].std()
        drawn = np.sqrt(mean * (1 - mean) / large.loc[stage, "decided"])
        history = spread  # of officers and offices: the same offices at any scale, so it does not shrink
        assert abs(large.loc[stage, "rate"] - mean) < 3.0 * np.hypot(history, drawn), stage
    assert large.loc["beds", "rate"] == pytest.approx(small.loc["beds"].mean(), rel=0.05)


def test_offices_keep_their_history_and_their_heads_at_any_scale() -> None:
    tiny, whole = (BureaucracyModel("baseline-2010", scale=s, rng=4) for s in (0.001, 1.0))
    assert (tiny.offices.history == whole.offices.history).all()
    assert (tiny.offices.size >= 3).all()
    for model in (tiny, whole):
        staff = model.world.agencies["ice"].units["officers"].staff.value * model.scale
        mine = model.offices.unit == model.world.units().index("ice.officers")
        assert (model.offices.size * model.offices.full_time)[mine].sum() == pytest.approx(staff)
