"""Rivals, predictions from a posterior, and what they are drawn as."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from experiments.calibration import rivals as module
from experiments.calibration.chart_data import curves, marks
from experiments.calibration.posterior import Posterior
from experiments.calibration.predictive import surprises
from experiments.calibration.problem import Problem
from experiments.calibration.rivals import LOGISTIC, RIVALS, Rivals, moved, rivals, tally
from experiments.calibration.scores import by_block, crps
from experiments.patterns import HOLDS, modelled, patterns, validate
from experiments.twin.findings import find
from model import load
from model.errors import InputError
from model.schema import Prior
from model.schema.world import WHOLE
from tests import toys
from tests.commands import discretion
from viz.charts import posterior_against_prior, rivals_on_checks
from viz.cli import app
from viz.reports.rivals import in_words

RUNNER = CliRunner()
THRESHOLD = "stages.daca.threshold"


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A posterior that is sure of two thresholds, far apart."""
    folder = tmp_path_factory.mktemp("posterior")
    prior = Prior(title="threshold", moves=[THRESHOLD], range=(-6, 6), source="assumed: an example")
    points = pd.DataFrame({"weight": [0.5, 0.5], "threshold": [-5.0, 5.0]})
    toys.keep(
        Posterior("two", {"threshold": prior}, points), {"calibration": "two", "stamp": "of another world"}, folder
    )
    return folder


def test_the_baseline_hits_every_figure_that_it_is_fitted_to() -> None:
    said = {one.id: one.carried for one in modelled(patterns())}
    for one in modelled(patterns(only=["fit"])):
        if one.stream != "theory" and one.fact != "I18":
            assert one.id == "I02" or said[one.id] == one.record, one.id
    assert said["I02"] < 0.02, "an upper bound, which leaves the rest to the other figures"
    assert round(said["I03"]) == 10998 and round(said["I04"]) == 18102, "closures go on at the pace of the review"
    assert said["I18.uscis"] is said["P24"] is said["T03.1"] is None, "of a person, and of what nothing is known of"
    assert said["I05"] == pytest.approx(0.07676), "as the docket is"


def test_the_baseline_is_set_beside_the_record_without_a_run(tmp_path: Path) -> None:
    command = ["rivals", "border", "--rival", LOGISTIC, "--workers", "1", "--out", str(tmp_path / "out")]
    told = json.loads(discretion(*command, "--json").stdout)
    (row,) = told["rivals"]
    assert row["fit_held"] == row["fit_asked"] == 13 and row["unsaid"] > 0
    assert {one["verdict"] for one in told["patterns"] if one["id"] == "P24"} == {"says nothing"}
    assert "says nothing of" in RUNNER.invoke(app, command, env={"COLUMNS": "150"}).output


def test_unknown_rivals_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such rival"):
        rivals("daca", tmp_path, names=["no-memory"])


def _rows(rival: str, off: float, verdict: str) -> dict[str, object]:
    row = {"rival": rival, "parameters": 3, "use": "check", "verdict": verdict, "off": off, "score": abs(off),
           "stream": "border"}  # fmt: skip
    return {**row, "id": "P04", "what": "children separated"}


def test_the_tally_counts_what_holds_and_how_far_off_the_rest_is() -> None:
    table = tally(pd.DataFrame([_rows(WHOLE, 3.0, "fails"), _rows(WHOLE, -4.0, HOLDS)]))
    (row,) = table.to_dict("records")
    assert (row["check"], row["check_held"], row["check_asked"]) == (pytest.approx(12.5**0.5), 1, 2)
    assert np.isnan(row["fit"]) and row["unsaid"] == 0


@pytest.mark.parametrize(
    ("off", "verdict", "words"),
    [
        (5.0, "fails", "no-culture hold fewer of them and lie farther off"),
        (1.0, HOLDS, "it does not earn its complexity against no-culture"),
        (5.0, HOLDS, "no-culture hold as many or more of them, but lie farther off"),
        (1.0, "fails", "no-culture hold fewer of them, but lie as near or nearer"),
    ],
)
def test_it_is_said_how_a_rival_does(off: float, verdict: str, words: str) -> None:
    every = pd.DataFrame([_rows(WHOLE, 2.0, HOLDS), _rows("no-culture", off, verdict)])
    said = in_words(Rivals("border", 0.1, 2, tally(every), every, by_block(every)))
    assert said.startswith("Of the checks the whole model holds 1 of 1;") and words in said


def test_predictions_carry_what_the_posterior_leaves_open(lenient: Path) -> None:
    points = [{THRESHOLD: -5.0}, {THRESHOLD: 5.0}]
    found = validate(["B01.approved"], settings=["rule.stake=1"], replications=2, scale=0.002, draws=points)
    assert found.found["draw"].tolist() == [0, 1, 0, 1] and found.draws == 2
    low, high = found.found.groupby("draw")["value"].mean()
    assert low < 0.9 < 0.95 < high
    (row,) = surprises(found).to_dict("records")
    assert row["surprise"] in (0.0, 1.0)
    assert row["predicted_high"] - row["predicted_low"] > 0.1 > 4 * (row["high"] - row["low"]), "luck, within draws"


def test_validate_and_twin_take_a_posterior(lenient: Path, tmp_path: Path) -> None:
    out = ["--posterior", str(lenient), "--scale", "0.002", "--replications", "2", "--draws", "13", "--json"]
    out += ["--set", "rule.stake=0"]
    done = discretion("validate", "--workers", "1", "--only", "B01.approved", *out, "--out", str(tmp_path / "v"))
    told = json.loads(done.stdout)
    (row,) = told["patterns"]
    assert row["surprise"] is not None and row["posterior_high"] - row["posterior_low"] > 0.1
    assert row["high"] - row["low"] < 0.15 and told["posterior_draws"] == 13 and len(told["seeds"]) == 26
    assert set(told["intervals"]) == {"low, high", "posterior_low, posterior_high"}
    assert "The world has other priors than these posteriors were made with: two." in done.stderr
    done = discretion("twin", "daca-2012", *out, "--out", str(tmp_path / "t"))
    told = json.loads(done.stdout)
    drawn = {seed: draw[THRESHOLD] for seed, draw in told["draws"].items()}
    assert len(drawn) == 26 and set(drawn.values()) == {-5.0, 5.0} and drawn["1"] == drawn["14"], "two pairs of each"
    (new,) = [row for row in told["new"] if row["stage"] == "daca"]
    assert new["posterior_high"] - new["posterior_low"] > 0.1 > new["high"] - new["low"]
    assert told["intervals"]["posterior_low, posterior_high"].startswith("5-95% over posterior draws")


def test_random_variation_and_what_is_unknown_take_several_replications_of_each_draw() -> None:
    with pytest.raises(InputError, match="random variation cannot be separated"):
        find("daca-2012", world=load(), worlds=[load(), load()], replications=1)


def test_charts_of_a_posterior_and_of_rivals_are_drawn() -> None:
    prior = Prior(title="a rate", moves=[THRESHOLD], range=(0.1, 5), distribution="log-uniform", source="B02")
    points = pd.DataFrame({"weight": [0.2, 0.5, 0.3], "rate": [0.5, 0.7, 1.2]})
    found = Posterior("few", {"rate": prior}, points)
    drawn = curves(found)
    other = pd.DataFrame([{"parameter": "rate", "low": 0.4, "median": 0.8, "high": 2.0}])
    assert drawn[["prior", "posterior"]].to_numpy().max() == pytest.approx(1.0)
    assert drawn["prior"].std() < 0.05, "a log-uniform prior is level along a logarithmic axis"
    chart = posterior_against_prior(drawn, marks(found, {"rate": 0.6}, other), "t", ["n"])
    assert "a rate" in chart.to_json()
    rows = pd.DataFrame([_rows(rival, off, HOLDS) for rival, off in zip(RIVALS[:3], (0.1, 30.0, np.nan), strict=True)])
    assert RIVALS[2] in rivals_on_checks(rows, RIVALS[:3], "t", ["n"]).to_json()


def test_a_proper_score_forgives_doubt_and_not_error() -> None:
    """Half as far off is half the score; the sure and wrong are scored worst, the unsure around the record best."""
    assert crps([4.0]) == 2 * crps([2.0]) and crps([0.0]) == 0.0
    wide, sure, wrong = crps([-3.0, 0.0, 3.0]), crps([0.5] * 3), crps([3.0] * 3)
    assert sure < wide < wrong


def test_every_rival_is_a_world_that_loads() -> None:
    for rival in RIVALS[:-1]:
        there = load("two-desks", moved(rival, load("two-desks")))
        assert (there == load("two-desks")) == (rival == WHOLE), rival


def test_rivals_have_the_same_budget_and_are_scored_on_the_same_checks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By another rule, without agents, and whole; what is fitted is left out, and a draw leaves all as it is."""
    budgets = []

    def fit(here: Problem, folder: Path, *, runs: int, **rest: object) -> SimpleNamespace:
        budgets.append((folder.name, runs))
        return SimpleNamespace(posterior=SimpleNamespace(draws=lambda count, seed: [{}] * count))

    monkeypatch.setattr(module, "fit", fit)
    monkeypatch.setattr(module, "patterns", lambda world: patterns(world, ["B01.approved", "B05"]))
    names = [WHOLE, "coping", LOGISTIC]
    found = rivals("daca", tmp_path, names=names, runs=10, draws=2, scale=0.002)
    assert budgets == [("whole", 10), ("coping", 10)]
    blocks = found.blocks.set_index("rival")
    assert list(blocks.index) == names and blocks.loc[WHOLE, "worse"] == 0.0
    scores = found.patterns[found.patterns["use"] == "check"].pivot(index="id", columns="rival", values="score")
    assert blocks.loc["coping", "worse"] == pytest.approx((scores["coping"] - scores[WHOLE]).mean())
