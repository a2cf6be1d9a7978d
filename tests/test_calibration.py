"""Calibration: the machinery on a toy whose answer is known, and the model on tiny runs of its own."""

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

from experiments.calibration import smc
from experiments.calibration.fitting import Fitted, fit
from experiments.calibration.posterior import Posterior
from experiments.calibration.recovery import coverage, recovered, to_recover
from experiments.calibration.setup import problem
from experiments.calibration.smc import sample
from experiments.calibration.stored import drawn, posteriors, read
from model.errors import InputError
from tests import toys
from tests.worldcopy import changed_copy
from viz.cli import app

RUNNER = CliRunner()
ROUNDS = 5


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    return fit(toys.toy(), tmp_path_factory.mktemp("toy"), populations=ROUNDS, particles=120)


def test_the_posterior_is_the_one_that_can_be_worked_out(fitted: Fitted) -> None:
    points, weights = fitted.posterior.points, fitted.posterior.weights
    x, y = (float(weights @ points[name]) for name in ("x", "y"))
    spread = np.sqrt(np.diag(np.cov(points[["x", "y"]].T, aweights=weights)))
    assert (x, y) == pytest.approx((0.3, 0.6), abs=0.012)
    assert spread == pytest.approx((toys.SD_X, toys.SD_Y), rel=0.3)
    (pair,) = fitted.posterior.together().to_dict("records")
    assert pair["correlation"] == pytest.approx(toys.CORRELATION, abs=0.12)


def test_each_round_keeps_nearer_to_the_facts(fitted: Fitted) -> None:
    course = fitted.populations.course
    assert list(course["population"]) == list(range(1, ROUNDS + 1))
    assert course["epsilon"].is_monotonic_decreasing
    assert fitted.populations.last["distance"].max() <= course["epsilon"].iloc[-1]
    assert course["evaluations"].iloc[0] == 120 and (course["acceptance"] <= 1.0).all()


def test_what_no_fact_speaks_of_stays_open(tmp_path: Path) -> None:
    alone = toys.toy()
    deaf = alone.__class__("deaf", alone.priors, alone.targets[:1], lambda places: {"a": toys.simulate(places)["a"]})
    rows = fit(deaf, tmp_path, populations=2, particles=80).posterior.summary().set_index("parameter")
    assert rows.loc["x", "verdict"] == "pinned down"
    assert rows.loc["y", "verdict"] == "open"


def test_an_interrupted_calibration_goes_on_to_the_same_end(fitted: Fitted, tmp_path: Path) -> None:
    first = sample(toys.toy(), tmp_path, populations=1, particles=120)
    again = sample(toys.toy(), tmp_path, populations=ROUNDS, particles=120)
    assert len(first.course) == 1
    pd.testing.assert_frame_equal(sample(toys.toy(), tmp_path, populations=1, particles=120).last, first.last)
    pd.testing.assert_frame_equal(again.last, fitted.populations.last, check_exact=True)


class Ahead(Executor):
    """Does what it is given at once, however far ahead of its turn."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*args))
        return future


def test_candidates_tried_ahead_of_their_turn_change_nothing(
    fitted: Fitted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def ahead(*_: object) -> Any:
        yield Ahead()

    monkeypatch.setattr(smc, "pool_of", ahead)
    found = sample(toys.toy(), tmp_path, populations=ROUNDS, particles=120, workers=3)
    pd.testing.assert_frame_equal(found.last, fitted.populations.last, check_exact=True)


def test_candidates_may_be_tried_by_the_workers_of_a_scheduler(fitted: Fitted, tmp_path: Path) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        found = sample(toys.toy(), tmp_path, populations=1, particles=10, workers=2, scheduler=address)
    places = [name for name in found.last if str(name).startswith("place.")]
    again = sample(toys.toy(), tmp_path / "here", populations=1, particles=10)
    pd.testing.assert_frame_equal(found.last[places], again.last[places], check_exact=True)


def test_another_question_is_not_answered_in_the_same_folder(tmp_path: Path) -> None:
    sample(toys.toy(), tmp_path, populations=1, particles=5)
    for other in ({"seed": 2}, {"particles": 6}):
        with pytest.raises(InputError, match="another calibration was begun here"):
            sample(toys.toy(), tmp_path, populations=1, **{"particles": 5, **other})


@pytest.mark.parametrize("wrong", [{"populations": 0}, {"particles": 1}, {"workers": 0}])
def test_numbers_that_cannot_be_used_are_refused_before_anything_is_written(
    wrong: dict[str, int], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="too few"):
        sample(toys.toy(), tmp_path / "new", **{"populations": 1, "particles": 5, **wrong})
    assert not (tmp_path / "new").exists()


def test_known_parameters_are_found_within_their_intervals(tmp_path: Path) -> None:
    inside, elsewhere = [], []
    for seed in range(1, 6):
        asked, truth = to_recover(toys.toy(), seed)
        found = fit(asked, tmp_path / str(seed), populations=2, particles=60, seed=seed)
        inside += list(recovered(found.posterior, truth)["inside"])
        far = {name: value + 0.4 if value < 0.5 else value - 0.4 for name, value in truth.items()}
        elsewhere += list(recovered(found.posterior, far)["inside"])
    assert sum(inside) >= 7, "of ten truths, nine intervals of 90 percent should hold theirs"
    assert sum(elsewhere) <= 2, "and none what is far from it"


def test_intervals_hold_nine_truths_in_ten_over_the_whole_prior(fitted: Fitted) -> None:
    held = coverage(fitted.populations.first, fitted.problem)
    assert list(held.index) == ["x", "y"]
    assert 0.8 <= held.mean() <= 0.97
    deaf = fitted.populations.first.assign(**{"error.a": 0.0, "error.b": 0.0})
    assert coverage(deaf, fitted.problem).mean() >= 0.85, "where nothing is told the prior's own interval holds it"
    rare = np.where(np.arange(len(deaf)) < 3, 0.1, 0.5)
    alike = coverage(deaf.assign(**{"place.x": rare}), fitted.problem)
    assert alike["x"] == pytest.approx(1.0 - 3 / len(deaf)), "all but the three that lie apart from the others"


def test_a_posterior_is_kept_and_drawn_from(fitted: Fitted, tmp_path: Path) -> None:
    toys.keep(fitted.posterior, {"calibration": "toy", "discretion": "0"}, tmp_path)
    again = read(tmp_path).posterior
    pd.testing.assert_frame_equal(again.summary(), fitted.posterior.summary())
    draws = drawn([read(tmp_path)], 40, seed=3)
    assert draws == drawn([read(tmp_path)], 40, seed=3) != drawn([read(tmp_path)], 40, seed=4)
    assert np.mean([draw["rule.peers"] for draw in draws]) == pytest.approx(0.3, abs=0.03)
    assert {draw["rule.peers"] for draw in draws} <= set(fitted.posterior.points["x"])


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
    draws = Posterior("few", {"x": toys.prior("rule.peers")}, points).draws(8)
    assert sorted(draw["rule.peers"] for draw in draws) == [0.1] * 6 + [0.2] * 2


def test_the_model_is_calibrated_from_the_command_line(tmp_path: Path) -> None:
    place = tmp_path / "daca"
    size = ["--populations", "1", "--particles", "3", "--scale", "0.002", "--workers", "1"]
    command = ["calibrate", "daca", *size, "--out", str(place)]
    told = json.loads(RUNNER.invoke(app, [*command, "--json"]).stdout)
    assert told["evaluations"] == 3 and told["facts"] == ["B01"]
    assert [row["parameter"] for row in told["parameters"]] == list(read(place).posterior.priors)
    assert {path.name for path in place.iterdir()} >= {
        "posterior.csv",
        "calibration.json",
        "posterior.html",
        "history.db",
    }
    shown = RUNNER.invoke(app, command).output
    assert "daca-threshold" in shown and "3 runs" in shown


def test_the_models_own_parameters_can_be_looked_for(tmp_path: Path) -> None:
    command = [
        "calibrate",
        "daca",
        "--recover",
        "--parameter",
        "daca-hours",
        "--fact",
        "B01.decided",
        "--populations",
        "1",
        "--workers",
        "1",
    ]
    done = RUNNER.invoke(
        app, [*command, "--particles", "6", "--scale", "0.002", "--out", str(tmp_path / "r"), "--json"]
    )
    (row,) = json.loads(done.stdout)["recovered"]
    assert row["parameter"] == "daca-hours" and row["low"] <= row["median"] <= row["high"]


def test_a_world_without_calibrations_says_so() -> None:
    with pytest.raises(InputError) as refused:
        problem("border", world="two-desks")
    assert refused.value.allowed == "a world with calibrations/ (docs/calibration.md); two-desks has none"
