"""Screening: all that a calibration's runs read is moved, and what moves its facts is told from what does not."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments.calibration import assumed as varied
from experiments.calibration import screening
from experiments.calibration.screening import mu_star, screen
from experiments.calibration.setup import problem
from model.world.checks import quantities
from model.world.loader import load
from tests.commands import discretion
from viz.cli import app
from viz.reports.posterior_predictive import drawn_for

TAKES = varied._takes
THRESHOLD, HOURS, PEERS = "stages.daca.threshold", "stages.daca.review_hours", "rule.metrics"


@pytest.fixture
def straight(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Runs whose errors are a straight line in three of the parameters; nothing is run, and no point refused."""
    asked: dict[str, Any] = {}

    def made(here: Any, folder: Path, units: np.ndarray, **_: Any) -> pd.DataFrame:
        asked.update(problem=here, units=units)
        place = {name: units[:, at] for at, name in enumerate(here.priors)}
        line = 3.0 * place[THRESHOLD] - 5.0 * place[HOURS] + 0.5 * place[PEERS]
        return pd.DataFrame({"error.B01.approved": 0.0 * line, "error.B01.decided": line, "processor": 0.1})

    monkeypatch.setattr(screening, "runs_at", made)
    monkeypatch.setattr(varied, "_takes", lambda *_: True)
    return asked


def test_what_moves_a_fact_comes_first_with_how_far_it_does(straight: dict[str, Any], tmp_path: Path) -> None:
    found = screen("daca", tmp_path, trajectories=3)
    first = found.table.head(3)
    assert list(first["parameter"]) == [HOURS, THRESHOLD, PEERS]
    assert list(first["effect"]) == pytest.approx([1.25, 0.75, 0.125]) and set(first["target"]) == {"B01.decided"}
    assert list(first["calibrated"]) == [True, True, False]
    assert (found.table["effect"].iloc[3:] == 0.0).all()
    assert found.runs == 3 * (len(found.table) + 1) and found.refused == 0


def test_every_number_that_a_run_reads_is_moved_and_no_other(straight: dict[str, Any], tmp_path: Path) -> None:
    screen("daca", tmp_path, trajectories=2)
    moved = straight["problem"].priors
    known = dict(quantities(load()))
    assert set(problem("daca").priors[name].moves[0] for name in problem("daca").priors) <= set(moved)
    assert {"rule.metrics", "agencies.uscis.culture.mission", "directives.daca-2012.clarity"} <= set(moved)
    assert not [path for path in moved if path.startswith(("stages.charge", "agencies.ice.", "reports."))]
    for path, prior in moved.items():
        least, most = known[path].bounds
        assert least <= prior.range[0] < prior.range[1] <= most
    ages = [moved[f"mixes.daca.ages.{name}"].range for name in ("youngest", "mean", "oldest")]
    assert all(one[1] <= other[0] for one, other in pairwise(ages)), "the youngest stays below"


def test_points_that_the_world_refuses_are_counted_and_tell_nothing() -> None:
    steps = np.array([[0.0, 0.0], [0.5, 0.0], [0.5, 0.5]])
    found = mu_star(steps, np.array([[1.0], [2.0], [np.nan]]))
    assert found[0, 0] == 2.0 and np.isnan(found[1, 0])
    tried = problem("daca", scale=0.002).exact
    refused = screening._tried(tried, {name: float("nan") for name in tried.priors})  # type: ignore[arg-type]
    assert set(refused) == {"B01.approved", "B01.decided"} and np.isnan(list(refused.values())).all()


def test_the_command_says_how_many_are_assumptions(straight: dict[str, Any], tmp_path: Path) -> None:
    command = ["screen", "daca", "--bank", str(tmp_path / "b"), "--out", str(tmp_path / "s")]
    told = json.loads(discretion(*command, "--json").stdout)
    assert told["parameters"] == len(told["effects"]) and 0 < told["assumed"] <= 20 and told["fixed"] < 20
    shown = CliRunner().invoke(app, command, env={"COLUMNS": "150"}).output
    assert "are assumptions" in shown and HOURS in shown and not told["refused"]


def test_what_is_assumed_and_left_fixed_can_be_drawn_by_other_commands(
    straight: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "s"
    told = json.loads(
        CliRunner().invoke(app, ["screen", "daca", "--bank", str(tmp_path), "--out", str(place), "--json"]).stdout
    )
    assert told["drawn"] == [PEERS], "the threshold and the hours move facts as well, and are fitted"
    low, high = straight["problem"].priors[PEERS].range
    drawn = [draw[PEERS] for draw in drawn_for([place], 20, 1, "immigration", [])]
    assert low <= min(drawn) < low + 0.2 * (high - low) and high - 0.2 * (high - low) < max(drawn) <= high
    assert "other priors" not in capsys.readouterr().err
    assert PEERS in drawn_for(["shipped", place], 20, 1, "immigration", [])[0], "beside what is fitted"


def test_a_world_is_asked_whether_it_can_have_values_together() -> None:
    assert TAKES("immigration", {PEERS: 0.1}) and not TAKES("immigration", {"agencies.ice.culture.lens": 1.3})


def test_points_that_a_world_refuses_are_not_drawn(
    straight: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = screen("daca", tmp_path, trajectories=2)
    low, high = straight["problem"].priors[PEERS].range
    middle = (low + high) / 2.0
    monkeypatch.setattr(varied, "_takes", lambda _, settings: settings[PEERS] < middle)
    some = varied.assumed(found, "immigration", points=20)
    assert some is not None and len(some.posterior.points) == 10 and some.posterior.points[PEERS].max() < middle
    monkeypatch.setattr(varied, "_takes", lambda *_: False)
    assert varied.assumed(found, "immigration", points=20) is None
