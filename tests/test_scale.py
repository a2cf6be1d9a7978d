"""A scale below 1 shrinks cases, staff and resources together; rates stay the same within noise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.sizes import by_size
from model import BureaucracyModel, load
from model.errors import InputError
from model.sizes import check, smallest
from tests.commands import discretion
from tests.sweeping import plan_file

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


WORLD = load()
SHOWN = ("rate", "decided", "left", "in use", "separated")
"""What is shown of a run; who waits on the last evening is mostly who came that day."""


@pytest.mark.parametrize(
    ("scenario", "reference"), [("record-2013", (0.1, 4)), ("daca-2012", (0.1, 4)), ("zero-tolerance-2018", (1.0, 2))]
)
def test_every_figure_is_the_same_at_every_size_offered(scenario: str, reference: tuple[float, int]) -> None:
    """From the smallest size on, means over seeds lie within the noise of replication of those at a large one.

    Over some 40 figures, 2 sizes and 3 scenarios one in twenty tests of nothing would pass 3.5 standard errors, and
    with few seeds these are themselves known to a quarter: 5 of both means together. The error of a rate is at least
    that of counting so many cases, for where all runs have none it would be nothing. A size counts in whole cases, so
    one case more or less, in a rate in all its runs together, is no difference, nor is 5 percent of a figure.
    """
    least = smallest(WORLD, WORLD.scenarios[scenario]).scale
    runs = by_size(scenario, [(least, 12), (2.5 * least, 8), reference], WORLD)
    runs = runs[[kind in SHOWN for kind, _ in runs.index]]
    large = runs[reference[0]]
    for scale in (least, 2.5 * least):
        small = runs[scale]
        decisions = small.loc["decided"].sum(axis=1) * scale
        one = 100.0 / decisions.reindex(runs.index.get_level_values(1)).to_numpy()
        share = large.mean(axis=1).clip(0.0, 100.0)
        counted = np.where(
            runs.index.get_level_values(0) == "rate", np.sqrt(share * (100.0 - share) * one / 100.0), 0.0
        )
        noise = np.hypot(np.maximum(small.sem(axis=1), counted), large.sem(axis=1))
        case = np.where(runs.index.get_level_values(0) == "rate", one, 1.0 / scale)
        off = (small.mean(axis=1) - large.mean(axis=1)).abs() - 5.0 * noise - 0.05 * large.mean(axis=1).abs() - case
        assert (off < 0.0).all(), off[off >= 0.0]


def test_a_size_too_small_to_be_read_is_refused_with_the_smallest_and_why() -> None:
    scenario = WORLD.scenarios["zero-tolerance-2018"]
    least = smallest(WORLD, scenario)
    check(WORLD, scenario, least.scale)
    with pytest.raises(InputError, match=f"(?s)too small a size .*{least.why}.*{least.scale:g} to 1"):
        check(WORLD, scenario, 0.99 * least.scale)
    done = discretion("run", "zero-tolerance-2018", "--scale", "0.005")
    assert done.exit_code == 2 and least.why in done.stderr and f"{least.scale:g} to 1" in done.stderr


@pytest.mark.parametrize(
    ("command", "least"),
    [
        (["explain", "claudia", "--scale", "0.001"], 0.0017),
        (["explain", "claudia", "--scenario", "april-2017", "--on", "2017-05-01", "--scale", "0.01"], 0.016),
        (["demo", "--scale", "0.01"], 0.016),
        (["theory", "--scale", "0.001"], 0.0017),
        (["validate", "--only", "I10", "--scale", "0.001"], 0.0017),
        (["validate", "--only", "P02", "--scale", "0.01"], 0.016),
        (["calibrate", "daca", "--scale", "0.001"], 0.0017),
        (["calibrate", "border", "--scale", "0.01"], 0.016),
        (["rivals", "review", "--scale", "0.001"], 0.0017),
        (["rivals", "border", "--scale", "0.01"], 0.016),
        (["plan", "plan.toml"], 0.016),
        (["sweep", "plan.toml"], 0.016),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_whatever_shows_results_refuses_such_a_size(
    command: list[str], least: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan_file(tmp_path, scenarios=["el-paso-2017"], until=None, target=None, scale=0.01)
    done = discretion(*command)
    assert done.exit_code == 2 and "too small a size for this scenario" in done.stderr, done.output
    assert f"allowed: {least:g} to 1" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


def test_the_smallest_size_follows_from_the_world() -> None:
    scenario = WORLD.scenarios["zero-tolerance-2018"]
    rich = {f"resources.attorney-hours.amounts.{name}": 10_000 for name in ("DNM", "SDCA")}
    roomy = smallest(load(settings=rich), scenario)
    assert roomy.scale < smallest(WORLD, scenario).scale and roomy.why == "court-slots of SDCA would be too few"
    slow = load(settings={"stages.referral.review_hours": 8, "agencies.cbp.units.agents.staff": 100})
    assert smallest(slow, scenario).why == "a case would keep cbp.agents busy for more than a week"


def test_officers_of_an_office_too_small_for_half_hours_share_them() -> None:
    model = BureaucracyModel("record-2013", scale=0.02, rng=1)
    units, at = model.world.units(), model.waiting.at
    judges = model.desks.unit == units.index("eoir.judges")
    full = np.bincount(at[judges], model.offices.full_time[model.desks.office][judges])
    assert 1 <= np.count_nonzero(full) <= 5 and full[full > 0].min() >= 1.0
    busy = model.offices.full_time[model.desks.office] >= 0.5
    assert (at[busy] == np.flatnonzero(busy)).all()
    assert busy[model.desks.unit == units.index("ice.officers")].any() and not busy[judges].any()


def test_full_officers_keep_hours_and_queues_of_their_own() -> None:
    model = BureaucracyModel("zero-tolerance-2018", scale=1.0, rng=1)
    shared = model.waiting.at != np.arange(len(model.waiting.at))
    assert set(np.array(model.world.units())[model.desks.unit[shared]]) <= {"orr.director"}
