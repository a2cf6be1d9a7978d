"""Calibrations as files of a world: what is there fits together, and what does not is refused with the reason."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments.calibration.setup import stamp
from experiments.calibration.stored import FOLDER, POINTS, posteriors
from model import load
from model.errors import InputError
from model.world.checks import quantities
from model.world.checks.calibrations import number_at
from model.world.loader import WORLDS, content_hash, worlds
from tests.worldcopy import changed_copy
from viz.reports.posterior_predictive import drawn_for

PLENTY = 212
"""Draws over which the width of an interval is known well, so that no note says otherwise."""
FILE = "calibrations/daca.toml"
HOURS = "priors.daca-hours"


@pytest.mark.parametrize("name", [name for name in worlds() if load(name).calibrations])
def test_shipped_priors_hold_the_values_in_the_files(name: str) -> None:
    world = load(name)
    known = dict(quantities(world))
    for calibration in world.calibrations.values():
        for prior in calibration.priors.values():
            for path in prior.moves:
                found = number_at(known, path)
                assert found is not None and prior.range[0] < found[0] < prior.range[1], path


def test_what_is_believed_beforehand_changes_no_run() -> None:
    world = load()
    assert content_hash(world) == content_hash(world.model_copy(update={"calibrations": {}}))


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        ({"set": {f"{HOURS}.moves": ["stages.daca.weight"]}}, "no such parameter", f"{FILE}: {HOURS}.moves (1st)"),
        ({"set": {f"{HOURS}.moves": ["stages.daca.threshold"]}}, "a parameter with two priors", f"{HOURS}.moves (1st)"),
        ({"set": {f"{HOURS}.range": [6, 1]}}, "an empty range", f"{FILE}: {HOURS}.range"),
        ({"set": {f"{HOURS}.range": [0, 6]}}, "no logarithm of this value", f"{HOURS}.range"),
        ({"set": {"priors.uscis-orientation.range": [-9, 3]}}, "a prior beyond the bounds of", "range"),
        ({"drop": ["priors.uscis-orientation.sd"]}, "a normal distribution needs it", "priors.uscis-orientation.sd"),
        ({"set": {f"{HOURS}.mean": 2.0}}, "only for normal", f"{HOURS}.mean"),
        ({"set": {f"{HOURS}.source": "assumed"}}, "an assumption without its reason", f"{HOURS}.source"),
        ({"set": {"facts": ["B99"]}}, "no such fact in evidence.csv", f"{FILE}: facts (1st)"),
        ({"set": {"streams": ["benefit"]}}, "no such stream", f"{FILE}: streams (1st)"),
        ({"set": {"runs": 1}}, "runs", f"{FILE}: runs"),
    ],
)
def test_what_cannot_be_is_refused_with_the_place(change: dict, what: str, where: str, tmp_path: Path) -> None:
    world = changed_copy({"file": FILE, **change}, tmp_path / "world")
    with pytest.raises(InputError) as refused:
        load(world)
    assert what in str(refused.value)
    assert where in str(refused.value.where)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A shipped posterior, to be spoilt."""
    return Path(shutil.copytree(WORLDS / "immigration" / FOLDER / "daca", tmp_path / "daca"))


@pytest.mark.parametrize("cell", ["#N/A", "", "seven", "nan", "-99", "1e9"])
def test_what_is_no_number_in_a_posterior_is_refused_with_its_place(copied: Path, cell: str) -> None:
    columns, first, *rest = (copied / POINTS).read_text().splitlines()
    name = columns.split(",")[1]
    spoilt = ",".join([first.split(",")[0], cell, *first.split(",")[2:]])
    (copied / POINTS).write_text("\n".join([columns, spoilt, *rest]) + "\n")
    with pytest.raises(InputError) as caught:
        posteriors([copied])
    assert caught.value.where == f"{copied / POINTS}: line 2, {name}" and caught.value.found == cell


def test_a_posterior_without_a_weight_is_refused(copied: Path) -> None:
    columns, *lines = (copied / POINTS).read_text().splitlines()
    none = [",".join(["0", *line.split(",")[1:]]) for line in lines]
    (copied / POINTS).write_text("\n".join([columns, *none]) + "\n")
    with pytest.raises(InputError, match="no point has a weight"):
        posteriors([copied])


def test_the_posteriors_that_are_shipped_are_of_the_shipped_world() -> None:
    for one in posteriors(["shipped"]):
        assert one.about["stamp"] == stamp("immigration", one.posterior.name, one.about["facts"]), one.posterior.name


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        ({"file": "directives/own.toml", "content": 'like = "april-2017"\ntitle = "Own"\n'}, set()),
        ({"file": "levers/waiver-restored.toml", "remove": True}, set()),
        ({"file": "mixes/unaccompanied.toml", "set": {"counts.share.value": 0.5}}, {"border"}),
        ({"file": "mixes/daca.toml", "set": {"documented_alone.value": 0.5}}, {"daca"}),
        ({"file": "world.toml", "set": {"rule.metrics.value": 0.1}}, {"border", "daca", "review"}),
    ],
    ids=["an own directive", "a lever", "the border", "requests for DACA", "the rule"],
)
def test_a_posterior_is_of_what_its_runs_read(change: dict[str, Any], concerned: set[str], tmp_path: Path) -> None:
    world = str(changed_copy(change, tmp_path / "world"))
    old = {one.posterior.name for one in posteriors(["shipped"])
           if stamp(world, one.posterior.name, one.about["facts"]) != one.about["stamp"]}  # fmt: skip
    assert old == concerned


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"file": "directives/own.toml", "content": 'like = "review-2011"\ntitle = "Own"\n'}, ""),
        ({"file": "world.toml", "set": {"rule.metrics.value": 0.1}}, "Note: made in a world that differs"),
        ({"file": "calibrations/daca.toml", "set": {"scale": 0.004}}, ""),
    ],
    ids=["an own directive", "the rule", "the calibration's scale"],
)
def test_what_differs_elsewhere_is_a_note_at_most(
    change: dict[str, Any], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = str(changed_copy(change, tmp_path / "world"))
    assert len(drawn_for(["shipped"], PLENTY, 1, world, [])) == PLENTY
    said = capsys.readouterr().err
    assert said.startswith(told) if told else not said


def test_other_priors_of_the_same_parameters_are_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = {"file": FILE, "set": {"priors.daca-threshold.range": [-1, 4]}}
    drawn_for(["shipped"], PLENTY, 1, str(changed_copy(change, tmp_path / "world")), [])
    assert capsys.readouterr().err == "The world has other priors than these posteriors were made with: daca.\n"


def test_a_posterior_is_not_of_the_parameters_that_it_moves(tmp_path: Path) -> None:
    change = {"file": "streams/benefits.toml", "set": {"stages.daca.threshold.value": 0.123}}
    world = str(changed_copy(change, tmp_path / "world"))
    assert stamp(world, "daca", ["B01"]) == stamp("immigration", "daca", ["B01"])
