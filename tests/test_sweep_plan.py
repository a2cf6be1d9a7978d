"""Plans: what they mean, and what is refused before anything runs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.sweep import planned_runs, plans, read_plan, resolve
from experiments.sweep.factors import Factor
from experiments.sweep.plan import Plan
from experiments.sweep.planned import Runs
from model import InputError
from tests.sweeping import SMALL, plan_file
from tests.worldcopy import changed_copy

LENS = "agencies.ice.culture.lens"


def planned(folder: Path, **changes: Any) -> Runs:
    return planned_runs(resolve(read_plan(plan_file(folder, **changes))))


@pytest.mark.parametrize("name", plans())
def test_every_shipped_plan_can_be_run(name: str) -> None:
    resolved = resolve(read_plan(name))
    found = planned_runs(resolved)
    first = next(iter(found))
    assert len(found) > 0 and 0 <= first.seed < 2**63
    assert resolved.target is not None and resolved.plan.title


def test_a_factorial_design_has_every_combination_once(tmp_path: Path) -> None:
    found = list(planned(tmp_path))
    assert len(found) == len({run.key for run in found}) == 12
    wanted = {(lens, metrics) for lens in (0.0, 1.0) for metrics in (0.0, 1.0, 2.0)}
    assert {tuple(dict(run.settings).values()) for run in found} == wanted
    assert [(run.point, run.replication) for run in found] == [(p, r) for p in range(6) for r in range(2)]


def test_one_at_a_time_leaves_all_others_as_the_world_has_them(tmp_path: Path) -> None:
    vary = {LENS: {"range": [0.0, 1.0]}, "rule.metrics": {"range": [0.0, 2.0]}}
    found = planned(tmp_path, design={"kind": "one-at-a-time", "levels": 3}, vary=vary, replications=1)
    points = [tuple(dict(run.settings).values()) for run in found]
    assert points[0] == (0.9, 0.8)
    assert all((lens == 0.9) or (metrics == 0.8) for lens, metrics in points)
    assert len(points) == 7


@pytest.mark.parametrize(
    ("design", "rows"),
    [
        ({"kind": "latin-hypercube", "samples": 20}, 20),
        ({"kind": "sobol", "samples": 8}, 8 * 4),
        ({"kind": "morris", "samples": 8, "levels": 4}, 8 * 3),
    ],
)
def test_samples_fill_the_ranges_and_are_made_again_alike(design: dict[str, Any], rows: int, tmp_path: Path) -> None:
    vary = {LENS: {"range": [0.2, 0.6]}, "rule.metrics": {"range": [0.0, 2.0]}}
    one, again = (planned(tmp_path, design=design, vary=vary).points for _ in range(2))
    assert len(one.point) == rows and len(one) <= rows
    np.testing.assert_array_equal(one.values, again.values)
    assert 0.2 <= one.values[:, 0].min() < 0.35 and 0.45 < one.values[:, 0].max() <= 0.6
    np.testing.assert_array_equal(one.factors[1].at(one.units[:, 1]), one.values[one.point, 1])


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_a_larger_sample_holds_the_smaller(kind: str, tmp_path: Path) -> None:
    keys = [{run.key for run in planned(tmp_path, design={"kind": kind, "samples": samples})} for samples in (8, 16)]
    assert keys[0] < keys[1]


def test_more_replications_values_or_scenarios_keep_the_runs_that_were_there(tmp_path: Path) -> None:
    before = {run.key for run in planned(tmp_path)}
    wider = {**SMALL["vary"], "rule.metrics": {"values": [2.0, 0.5, 0.0, 1.0]}}
    for changes in ({"replications": 5}, {"vary": wider}, {"scenarios": ["daca-2012", "detainer-2012"]}):
        assert before < {run.key for run in planned(tmp_path, **changes)}


def test_seeds_are_spawned_never_repeat_and_are_common_to_all_points(tmp_path: Path) -> None:
    found = list(planned(tmp_path, replications=50))
    seeds = {run.replication: run.seed for run in found}
    spawned = np.random.SeedSequence(7).spawn(50)
    assert seeds == {at: int(one.generate_state(1, np.uint64)[0] >> 1) for at, one in enumerate(spawned)}
    assert len(set(seeds.values())) == 50
    assert all(run.seed == seeds[run.replication] for run in found)
    own = [run.seed for run in planned(tmp_path, replications=50, common_seeds=False)]
    assert len(set(own)) == len(own) == 300


@pytest.mark.parametrize(
    "changes",
    [
        {"scale": 0.003}, {"until": "2012-01-21"}, {"settings": {"rule.strain": 0.5}}, {"scenarios": ["daca-2012"]},
        {"outputs": ["shift"], "target": None, "until": None},
    ],
)  # fmt: skip
def test_what_is_part_of_a_runs_identity(changes: dict[str, Any], tmp_path: Path) -> None:
    before = {run.key for run in planned(tmp_path)}
    assert not before & {run.key for run in planned(tmp_path, **changes)}
    assert before == {run.key for run in planned(tmp_path, title="another title", target="rate.ice.charge")}


def test_another_version_of_the_model_gives_another_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {run.key for run in planned(tmp_path)}
    monkeypatch.setattr("experiments.sweep.planned.version", lambda: "0.1.0+other")
    assert not before & {run.key for run in planned(tmp_path)}


def test_levers_that_are_no_numbers_vary_too(tmp_path: Path) -> None:
    vary = {
        "directives.detainer-2012.stages": {"values": [["charge"], ["charge", "custody"]]},
        "agencies.uscis.culture.lens": {"range": [0.0, 1.0]},
    }
    found = list(planned(tmp_path, vary=vary, replications=1))
    assert [dict(run.settings)["directives.detainer-2012.stages"] for run in found] == [["charge"]] * 2 + [
        ["charge", "custody"]
    ] * 2


FACTORS = [
    Factor("a", -1.0, 3.0), Factor("b", 0.1, 10.0, distribution="log-uniform"),
    Factor("c", 0.0, 4.0, distribution="triangular", shape=(1.0,)),
    Factor("d", 0.0, 4.0, distribution="normal", shape=(1.0, 2.0)),
]  # fmt: skip


@given(st.sampled_from(FACTORS), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_values_stay_in_range_rise_with_the_quantile_and_lead_back(factor: Factor, one: float, other: float) -> None:
    low, high = factor.at([min(one, other), max(one, other)]).tolist()
    assert factor.low <= low <= high <= factor.high
    assert factor.unit(high) == pytest.approx(max(one, other), abs=1e-6)


def test_distributions_are_those_of_the_field() -> None:
    at = np.linspace(0.0005, 0.9995, 1000)
    _, log, triangular, normal = (factor.at(at) for factor in FACTORS)
    assert np.median(log) == pytest.approx(1.0, rel=0.01)
    assert triangular.mean() == pytest.approx((0.0 + 4.0 + 1.0) / 3.0, rel=0.01)
    assert normal.min() >= 0.0 and np.median(normal) > 1.0  # more of it is cut off below


BAD: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"vary": {"rule.metric": {"range": [0, 1]}}},
        ["no such parameter", 'plan.toml: vary."rule.metric"', "nearest: metrics"],
    ),
    ({"vary": {LENS: {"range": [1.0, 0.2]}}}, ["an empty range", "[1.0, 0.2]", "the lower value first"]),
    ({"vary": {LENS: {"range": [0.5, 0.5]}}}, ["an empty range"]),
    ({"vary": {LENS: {"range": [0.0, 1.5]}}}, ["outside what the world allows", LENS, "[0.0, 1.5]", "0 to 1"]),
    ({"vary": {LENS: {"values": [0.5, 1.5]}}}, ["out of bounds", LENS, "1.5"]),
    ({"vary": {LENS: {"values": []}}}, ["too few entries", "values"]),
    ({"vary": {LENS: {"values": [0.5, 0.5]}}}, ["a value given twice"]),
    ({"vary": {LENS: {"values": [0.5], "range": [0, 1]}}}, ["either values or a range"]),
    ({"vary": {LENS: {"range": [0, 1], "distribution": "normal"}}}, ["a normal distribution needs it", "mean"]),
    ({"vary": {LENS: {"range": [0, 1], "distribution": "log-uniform"}}}, ["a logarithm needs a range above 0"]),
    ({"vary": {LENS: {"range": [0, 1], "distribution": "triangular", "mode": 2}}}, ["a mode outside the range"]),
    ({"vary": {LENS: {"range": [0, 1], "spread": 2}}}, ["no such key", "spread"]),
    ({"vary": {"directives.detainer-2012.training": {}}}, ["no range of its own"]),
    ({"vary": {"directives.detainer-2012.stages": {"range": [0, 1]}}}, ["no number", "values = [...]"]),
    ({"vary": {}}, ["too few entries", "vary"]),
    ({"design": {"kind": "sobol", "samples": 12}}, ["not a power of two", "12"]),
    ({"design": {"kind": "sobol"}}, ["without its number of samples"]),
    ({"design": {"kind": "factorial", "samples": 4}}, ["takes no samples"]),
    ({"design": {"kind": "latin-hypercube", "samples": 4, "levels": 3}}, ["takes no levels"]),
    ({"design": {"kind": "morris", "samples": 4, "levels": 3}}, ["an odd number of levels"]),
    ({"design": {"kind": "soboll", "samples": 4}}, ["not one of those allowed", "nearest: sobol"]),
    ({"scenarios": ["detainer-2013"]}, ["no such scenario", "nearest: detainer-2012"]),
    ({"scenarios": []}, ["too few entries"]),
    ({"scenarios": ["daca-2012", "daca-2012"]}, ["named twice"]),
    ({"until": "2031-01-01"}, ["the last day is outside the scenario"]),
    ({"scale": 2.0}, ["too large", "scale"]),
    ({"replications": 0}, ["too small", "replications"]),
    ({"entropy": None}, ["the key 'entropy' is missing", "plan.toml: entropy"]),
    ({"outputs": ["rates", "shift"]}, ["outputs of one world and of two"]),
    ({"outputs": ["rats"]}, ["not one of those allowed", "nearest: rates"]),
    ({"without": ["daca-2012"]}, ["only pairs of worlds"]),
    ({"outputs": ["shift"], "target": "shift.ice"}, ["the directives in question come after the last day"]),
    ({"settings": {"rule.metric": 1}}, ["no such parameter", "plan.toml: settings"]),
    ({"settings": {LENS: 0.5}}, ["it stays and it varies"]),
    ({"target": "rate.ice"}, ["a measure of one stage", "rate.ice.STAGE"]),
    ({"target": "rate.icee.charge"}, ["no such agency", "nearest: ice"]),
    ({"target": "shift.ice"}, ["no such measure in the outputs"]),
    ({"world": "nowhere"}, ["no such world"]),
    ({"design": {"kind": "one-at-a-time"}, "vary": {LENS: {"range": [0, 0.5]}}}, ["outside of what varies"]),
]


@pytest.mark.parametrize(("changes", "words"), BAD, ids=lambda part: str(part)[:60])
def test_a_bad_plan_gives_one_clear_message(changes: dict[str, Any], words: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        planned(tmp_path, **changes)
    for word in words:
        assert word in str(caught.value)


def test_what_is_no_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nearest: first"):
        read_plan("frist")
    (tmp_path / "plan.toml").write_text("title = ")
    with pytest.raises(InputError, match="not TOML"):
        read_plan(tmp_path / "plan.toml")


def test_every_key_of_a_plan_is_told_of() -> None:
    text = Plan.__doc__ or ""
    assert all(f"{name}:" in text or f"{name}," in text or f", {name}" in text for name in Plan.model_fields)


def test_a_last_day_before_the_first_case_is_refused_before_anything_runs(tmp_path: Path) -> None:
    """Cases of the border come from October 2015 on, those of the interior until September 2014."""
    late = 'title = "late"\nquestion = "?"\nstart = 2014-11-01\nend = 2016-09-30\ndirectives = []\n'
    world = changed_copy({"file": "scenarios/late.toml", "content": late}, tmp_path / "world")
    plan = plan_file(tmp_path, world=str(world), scenarios=["late"], until="2015-03-31", scale=0.02)
    with pytest.raises(InputError, match="no case comes on these days"):
        resolve(read_plan(plan))
