"""Calibration: the machinery on a toy whose answer is known, and the model on tiny runs of its own."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

from experiments.calibration.bank import BLOCK, draw
from experiments.calibration.fitting import Fitted, Second, fit, second
from experiments.calibration.held import held
from experiments.calibration.posterior import Posterior
from experiments.calibration.ranks import FOREST, REGRESSION, evenness
from experiments.calibration.recovery import recover, recovered
from experiments.calibration.setup import problem
from experiments.calibration.simulate import typed_with
from experiments.calibration.stored import drawn, posteriors, read
from experiments.sweep.factors import Factor
from model import load
from model.errors import InputError
from tests import toys
from tests.commands import discretion
from tests.worldcopy import changed_copy
from viz.charts import rank_histograms
from viz.cli import app

RUNNER = CliRunner()
RUNS = 1200


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    return fit(toys.toy(), tmp_path_factory.mktemp("toy"), runs=RUNS)


@pytest.fixture(scope="module")
def other(fitted: Fitted) -> Second:
    return second(fitted.problem, fitted.bank.members, fitted.posterior)


def test_the_posterior_is_the_one_that_can_be_worked_out(fitted: Fitted) -> None:
    points, weights = fitted.posterior.points, fitted.posterior.weights
    x, y = (float(weights @ points[name]) for name in ("x", "y"))
    spread = np.sqrt(np.diag(np.cov(points[["x", "y"]].T, aweights=weights)))
    assert (x, y) == pytest.approx((0.3, 0.6), abs=0.012)
    assert spread == pytest.approx((toys.SD_X, toys.SD_Y), rel=0.2)
    (pair,) = fitted.posterior.together().to_dict("records")
    assert pair["correlation"] == pytest.approx(toys.CORRELATION, abs=0.12)
    assert fitted.posterior.effective >= 300


def test_waves_rule_out_what_is_out_of_reach_and_nothing_else(fitted: Fitted) -> None:
    waves = fitted.bank.drawn
    last = waves.iloc[-1]
    assert waves["share"].iloc[0] == 1.0 and last["share"] < 0.1 and last["cutoff"] == 3.0
    x = fitted.bank.members["place.x"]
    assert x.min() < 0.3 - 2 * toys.SD_X and x.max() > 0.3 + 2 * toys.SD_X, "all that the posterior holds is left"
    assert (fitted.bank.members[["error.a", "error.b"]].abs().median() < 2.0).all()
    assert fitted.bank.emulator is not None and (fitted.bank.emulator.explained > 0.5).all()


def test_a_record_out_of_reach_is_come_near_to(tmp_path: Path) -> None:
    far = replace(toys.toy(), observed={"a": -30.0, "b": 0.0})
    found = draw(far, tmp_path, 300)
    assert found.drawn["cutoff"].iloc[-1] > 3.0, "no point is as near as that"
    assert found.members["place.x"].median() < 0.1, "and the nearest are at the edge of the prior"


def test_what_no_fact_speaks_of_stays_open(tmp_path: Path) -> None:
    alone = toys.toy()
    deaf = replace(alone, targets=alone.targets[:1], simulate=lambda places: {"a": toys.simulate(places)["a"]})
    rows = fit(deaf, tmp_path, runs=400).posterior.summary().set_index("parameter")
    assert rows.loc["x", "verdict"] == "pinned down"
    assert rows.loc["y", "verdict"] == "open"


def test_an_interrupted_bank_goes_on_to_the_same_end(tmp_path: Path) -> None:
    calls = 0

    def until_then(places: Mapping[str, float]) -> dict[str, float]:
        nonlocal calls
        calls += 1
        if calls == 3 * BLOCK:
            raise KeyboardInterrupt
        return toys.simulate(places)

    with pytest.raises(KeyboardInterrupt):
        draw(replace(toys.toy(), simulate=until_then), tmp_path / "one", 300)
    told: list[tuple[int, int]] = []
    again = draw(replace(toys.toy(), simulate=until_then), tmp_path / "one", 300, progress=lambda *at: told.append(at))
    assert calls == 300 + 4, "nothing that was kept is run again: the waves have 60, 45 runs, and 92 were kept"
    assert told[-1] == (300, 300) and again.runs == 300
    straight = draw(toys.toy(), tmp_path / "other", 300)
    pd.testing.assert_frame_equal(again.members, straight.members, check_exact=True)


def test_a_block_that_was_torn_is_made_again_and_what_is_half_written_goes(tmp_path: Path) -> None:
    straight = draw(toys.toy(), tmp_path, 80)
    (block,) = tmp_path.glob("*/wave-1/00000.parquet")
    half = block.with_name(".part-00000.parquet-1")
    block.write_bytes(block.read_bytes()[:200])
    half.write_bytes(b"")
    pd.testing.assert_frame_equal(draw(toys.toy(), tmp_path, 80).members, straight.members, check_exact=True)
    assert not half.exists() and len(pd.read_parquet(block)) == 16


def test_one_draws_a_bank_at_a_time(tmp_path: Path) -> None:
    def meanwhile(places: Mapping[str, float]) -> dict[str, float]:
        draw(toys.toy(), tmp_path, 80)
        return toys.simulate(places)

    with pytest.raises(InputError, match="another calibration is at work here"):
        draw(replace(toys.toy(), simulate=meanwhile), tmp_path, 80)


def test_a_bank_may_be_drawn_by_several_and_by_the_workers_of_a_scheduler(tmp_path: Path) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        found = draw(toys.toy(), tmp_path / "there", 80, workers=2, scheduler=cluster.scheduler_address)
    again = draw(toys.toy(), tmp_path / "here", 80)
    pd.testing.assert_frame_equal(found.members, again.members, check_exact=True)


@pytest.mark.parametrize("wrong", [{"runs": 9}, {"workers": 0}])
def test_numbers_that_cannot_be_used_are_refused_before_anything_is_written(
    wrong: dict[str, int], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="too few"):
        draw(toys.toy(), tmp_path / "new", **{"runs": 20, **wrong})
    assert not (tmp_path / "new").exists()


def test_a_bank_is_of_its_question(tmp_path: Path) -> None:
    for seed in (1, 2):
        draw(toys.toy(), tmp_path, 20, seed=seed)
    draw(replace(toys.toy(), about={"stamp": "of another world"}), tmp_path, 20)
    assert len(list(tmp_path.iterdir())) == 3


def test_two_estimators_agree_where_the_answer_is_known(other: Second) -> None:
    rows = other.intervals.set_index("parameter")
    assert (rows["overlap"] > 0.8).all()
    for name, truth, sd in (("x", 0.3, toys.SD_X), ("y", 0.6, toys.SD_Y)):
        assert rows.loc[name, "low"] < truth - sd and truth + sd < rows.loc[name, "high"]
        assert rows.loc[name, "high"] - rows.loc[name, "low"] < 6 * sd


def test_ranks_of_known_truths_are_uniform_and_would_be_seen_not_to_be(other: Second) -> None:
    tests = evenness(other.ranks)
    assert set(tests["estimator"]) == {REGRESSION, FOREST} and set(tests["parameter"]) == {"x", "y"}
    assert not tests["uneven"].any() and tests["covered"].between(0.8, 0.98).all()
    sure = other.ranks.assign(rank=other.ranks["rank"].where(other.ranks["estimator"] == FOREST, lambda r: r.round()))
    spoilt = evenness(sure).set_index(["estimator", "parameter"])["uneven"]
    assert spoilt[REGRESSION].all() and not spoilt[FOREST].any()
    assert "regression p" in rank_histograms(other.ranks, tests, "t", ["n"]).to_json()


def test_draws_of_a_posterior_hold_what_it_was_fitted_to(fitted: Fitted) -> None:
    rows = held(fitted.problem, fitted.posterior, draws=200).set_index("target")
    assert (rows["held"] > 0.9).all() and (rows["median"].abs() < 0.2).all()
    prior = pd.DataFrame({"weight": 1.0, "x": np.linspace(0.01, 0.99, 99), "y": 0.5})
    loose = held(fitted.problem, Posterior("toy", fitted.problem.priors, prior), draws=99).set_index("target")
    assert loose.loc["a", "held"] == pytest.approx(10 / 99, abs=0.02), "within a tolerance of 0.3 lies a tenth of it"


def test_the_last_digit_of_a_distribution_gives_a_draw_no_other_seed(
    fitted: Fitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what a library's kernel makes of it, on one machine or another."""
    places, unit = fitted.posterior.drawn_places(50), Factor.unit
    monkeypatch.setattr(Factor, "unit", lambda self, value: float(np.nextafter(unit(self, value), 2.0)))
    assert fitted.posterior.drawn_places(50) == places
    assert len({tuple(place.values()) for place in places}) > 40


def test_known_parameters_are_found_within_their_intervals(fitted: Fitted) -> None:
    inside, elsewhere = [], []
    for seed in range(1, 11):
        found, truth = recover(fitted.problem, fitted.bank, seed)
        assert len(found.bank.members) == len(fitted.bank.members) - 1
        inside += list(recovered(found.posterior, truth)["inside"])
        far = {name: value + 0.4 if value < 0.5 else value - 0.4 for name, value in truth.items()}
        elsewhere += list(recovered(found.posterior, far)["inside"])
    assert sum(inside) >= 15, "of twenty truths, nine in ten of the intervals should hold theirs"
    assert sum(elsewhere) <= 1, "and none what is far from it"


def test_a_try_runs_the_world_that_the_settings_make() -> None:
    asked = problem("daca", scale=0.002, settings=["rule.metrics=0.25"])
    moved = {"rule.name": "coping", "rule.metrics": 0.25, "stages.daca.threshold": 1.5, "mixes.border.levels.none": 0.7}
    assert typed_with(asked.simulate.tables, moved) == load("immigration", moved)


def test_a_posterior_is_kept_and_drawn_from(fitted: Fitted, tmp_path: Path) -> None:
    toys.keep(fitted.posterior, {"calibration": "toy", "discretion": "0"}, tmp_path)
    again = read(tmp_path).posterior
    pd.testing.assert_frame_equal(again.summary(), fitted.posterior.summary())
    draws = drawn([read(tmp_path)], 40, seed=3)
    assert draws == drawn([read(tmp_path)], 40, seed=3) != drawn([read(tmp_path)], 40, seed=4)
    assert np.mean([draw["rule.metrics"] for draw in draws]) == pytest.approx(0.3, abs=0.03)
    assert {draw["rule.metrics"] for draw in draws} <= set(fitted.posterior.points["x"])


def test_two_posteriors_of_one_parameter_are_refused(fitted: Fitted, tmp_path: Path) -> None:
    toys.keep(fitted.posterior, {"calibration": "toy"}, tmp_path)
    with pytest.raises(InputError, match="two posteriors of one parameter"):
        posteriors([tmp_path, tmp_path])


@pytest.mark.parametrize("content", ["", "{}", '{"priors": {"x": {}}, "calibration": "x"}'])
def test_a_folder_without_a_posterior_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(InputError, match="no posterior is stored here"):
        read(tmp_path)


def test_those_that_ship_can_be_drawn_from_together() -> None:
    found = posteriors(["shipped"])
    assert {one.posterior.name for one in found} == {"review", "daca", "border"}
    (draw,) = drawn(found, 1)
    assert {"stages.review.threshold", "stages.daca.threshold", "stages.acceptance.threshold"} <= set(draw)


def test_a_world_of_ones_own_brings_its_own_posteriors(fitted: Fitted, tmp_path: Path) -> None:
    world = changed_copy({"file": "posteriors", "remove": True}, tmp_path / "world")
    with pytest.raises(InputError, match="the world brings no posterior"):
        posteriors(["shipped"], world)
    (world / "posteriors" / "toy").mkdir(parents=True)
    toys.keep(fitted.posterior, {"calibration": "toy"}, world / "posteriors" / "toy")
    assert [list(one.posterior.priors) for one in posteriors(["shipped"], world)] == [["x", "y"]]


def test_weights_decide_what_is_drawn() -> None:
    points = pd.DataFrame({"weight": [0.75, 0.25, 0.0], "x": [0.1, 0.2, 0.9]})
    draws = Posterior("few", {"x": toys.prior("rule.metrics")}, points).draws(8)
    assert sorted(draw["rule.metrics"] for draw in draws) == [0.1] * 6 + [0.2] * 2


def test_the_model_is_calibrated_from_the_command_line(tmp_path: Path) -> None:
    place, banks = tmp_path / "daca", tmp_path / "banks"
    size = ["--runs", "12", "--scale", "0.002", "--workers", "1", "--bank", str(banks)]
    command = ["calibrate", "daca", *size, "--out", str(place)]
    told = json.loads(discretion(*command, "--json").stdout)
    assert told["bank"]["runs"] == 12 and told["facts"] == ["B01"] and told["bank"]["processor_hours"] >= 0.0
    assert [row["parameter"] for row in told["parameters"]] == list(read(place).posterior.priors)
    assert {row["target"] for row in told["held"]} == {"B01.approved", "B01.decided"}
    names = {"posterior.csv", "calibration.json", "ranks.csv", "posterior.html", "ranks.png"}
    assert {path.name for path in place.iterdir()} >= names
    once = discretion("calibrate", "daca", *size, "--recover", "--out", str(tmp_path / "r"), "--json")
    assert {row["parameter"] for row in json.loads(once.stdout)["recovered"]} == set(read(place).posterior.priors)
    assert len(list(banks.iterdir())) == 1, "drawn once, and used again"


@pytest.mark.parametrize("asked", [[], ["daca", "--all"]])
def test_a_calibration_is_named_or_all_are_asked_for(asked: list[str]) -> None:
    done = RUNNER.invoke(app, ["calibrate", *asked])
    assert done.exit_code == 2 and "one calibration, or all" in done.stderr


def test_a_world_without_calibrations_says_so() -> None:
    with pytest.raises(InputError) as refused:
        problem("border", world="two-desks")
    assert refused.value.allowed == "a world with calibrations/ (docs/calibration.md); two-desks has none"
