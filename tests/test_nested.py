"""Replications within draws of the parameters, in the studies that take both."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.border.counterfactuals import compare
from experiments.levers import rank
from experiments.mechanisms import dose_response, knockouts
from experiments.nested import nested
from experiments.rate_bands import rate_bands
from experiments.rates import rates
from experiments.results import load_run
from experiments.runs import run
from experiments.smallest import FEWEST_DRAWS, POSTERIOR
from model import load
from model.errors import InputError
from tests.commands import discretion
from tests.worldcopy import changed_copy

THRESHOLDS = np.linspace(-1.0, 1.0, FEWEST_DRAWS)
CHARGE = [{"stages.charge.threshold": float(at)} for at in THRESHOLDS]
"""So far apart that the draws differ by more than replications do."""
SMALL = {"draws": CHARGE, "replications": 2, "scale": 0.005}
DETAINER = "detainer-2012"
MONTHS = {
    "memo": ("2010-10-01", "2011-12-31", "interior", "discretion-2011"),
    "form": ("2012-10-01", "2013-03-31", "interior", DETAINER),
    "sector": ("2017-02-01", "2017-09-30", "border", "el-paso-2017"),
    "districts": ("2017-02-01", "2017-09-30", "border", "april-2017"),
}
"""Scenarios of some months around a directive: start, end, stream, directive."""
Study = Callable[[str], tuple[pd.DataFrame, pd.DataFrame]]


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a world with these scenarios."""
    also = [
        {"file": f"scenarios/{name}.toml", "content": f'title = "{name}"\nquestion = "?"\nstart = {start}\n'
         f'end = {end}\nstreams = ["{stream}"]\ndirectives = ["{directive}"]\n'}
        for name, (start, end, stream, directive) in MONTHS.items()
    ]  # fmt: skip
    return str(changed_copy({"also": also}, tmp_path_factory.mktemp("worlds") / "short"))


def _levers(world: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    draws = [{"agencies.ice.culture.orientation": at - 2.0} for at in THRESHOLDS]
    found = rank("memo", ["quotas-dropped"], world=world, **{**SMALL, "draws": draws})
    return found.shift[found.shift["stage"] == "custody"], found.costs


def _doses(world: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = dose_response("form", DETAINER, ["mandate"], "ice", world=world, **SMALL)
    return found.by_dose[found.by_dose["stage"] == "charge"], found.response


def _knockouts(world: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = knockouts("form", None, ["notice"], world=world, **SMALL)
    return found.totals[(found.totals["stage"] == "charge") & (found.totals["total"] == "whole")], found.shares


def _downstream(world: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    draws = [{"stages.referral.threshold": 2.6 + at} for at in THRESHOLDS]
    found = compare("sector", ["districts"], world=world, **{**SMALL, "draws": draws})
    return found.six(), found.compared


@pytest.mark.parametrize("study", [_levers, _doses, _knockouts, _downstream])
def test_a_study_with_draws_has_both_intervals(study: Study, short: str) -> None:
    foremost, other = study(short)
    assert set(POSTERIOR) <= set(foremost) & set(other)
    known = foremost.dropna(subset=list(POSTERIOR))
    assert len(known), "what the draws differ by is more than noise"
    assert (known["posterior_low"] <= known["posterior_high"]).all()


def test_draws_have_seeds_of_their_own_and_several_replications() -> None:
    assert list(nested(7, 2, CHARGE)) == list(range(7, 7 + 2 * FEWEST_DRAWS))
    with pytest.raises(InputError, match="replications"):
        nested(1, 1, CHARGE)


def test_without_draws_nothing_is_said_of_what_is_unknown() -> None:
    found = dose_response(DETAINER, DETAINER, ["mandate"], "ice", replications=2, scale=0.002)
    assert not set(POSTERIOR) & set(found.by_dose) and found.draws == 0


@pytest.mark.parametrize(
    "command",
    [
        ["levers", "memo", "--lever", "quotas-dropped", "--scale", "0.005"],
        ["dose", "form", "--directive", DETAINER, "--over", "mandate", "--agency", "ice", "--scale", "0.005"],
        ["knockouts", "form", "--mechanism", "notice", "--scale", "0.005"],
        ["downstream", "sector", "--against", "districts", "--scale", "0.016"],
    ],
    ids=lambda command: command[0],
)
def test_every_command_that_draws_labels_both_intervals_apart(
    command: list[str], short: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = ["--world", short, "--posterior", "shipped", "--draws", f"{FEWEST_DRAWS}"]
    done = discretion(*command, *drawn, "--out", "found")
    assert done.exit_code == 0, done.output
    assert "random variation" in done.stdout and f"(5-95%, {FEWEST_DRAWS} draws)" in done.stdout
    told = json.loads(next((tmp_path / "found").glob("*.json")).read_text())
    assert told["posterior_draws"] == FEWEST_DRAWS and len(told["seeds"]) == 2 * FEWEST_DRAWS
    assert set(told["intervals"]) == {"low, high", "posterior_low, posterior_high"}
    assert "may be off by 40%" in done.stderr, "so few draws place the ends of an interval roughly"


def test_a_run_tells_its_rates_under_draws_beside_those_of_the_files(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["run", DETAINER, "--scale", "0.002", "--until", "2013-01-31", "--out"]
    drawn = ["--posterior", "shipped", "--draws", f"{FEWEST_DRAWS}", "--workers", "1"]
    plain, done = discretion(*command, "plain"), discretion(*command, "found", *drawn)
    assert plain.exit_code == done.exit_code == 0, done.output
    assert "random variation" in done.stdout and f"(5-95%, {FEWEST_DRAWS} draws)" in done.stdout
    assert load_run("found").outcomes.equals(load_run("plain").outcomes), "the run is that of the files"
    bands, told = pd.read_csv("found/bands.csv"), load_run("found").about
    assert told["posterior_draws"] == FEWEST_DRAWS and len(told["bands"]) == len(bands)
    assert not (tmp_path / "plain/bands.csv").exists() and "bands" not in load_run("plain").about
    stages = bands.set_index("stage")
    assert set(stages.index) == {row["stage"] for row in rates(load_run("found").outcomes).to_dict("records")}
    assert stages.loc["charge", "replications"] == 2 * FEWEST_DRAWS
    assert ((stages["low"] <= stages["rate"]) & (stages["rate"] <= stages["high"])).all()


def test_rates_lie_where_the_drawn_parameters_put_them() -> None:
    found = rate_bands(DETAINER, CHARGE, scale=0.002, until=date(2013, 1, 31)).set_index("stage").loc["charge"]
    lowest, highest = (
        rates(run(DETAINER, 0.002, 1, world=load(settings=one), until=date(2013, 1, 31)).outcomes)
        .set_index("stage")
        .loc["charge", "rate"]
        for one in (CHARGE[0], CHARGE[-1])
    )
    assert lowest < found["posterior_low"] < found["rate"] < found["posterior_high"] < highest
    assert found["high"] - found["low"] < found["posterior_high"] - found["posterior_low"]
