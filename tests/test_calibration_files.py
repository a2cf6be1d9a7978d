"""Calibrations as files of a world: what is there fits together, and what does not is refused with the reason."""

from pathlib import Path

import pytest

from model import load
from model.errors import InputError
from model.world.checks import quantities
from model.world.checks.calibrations import number_at
from model.world.loader import content_hash
from tests.worldcopy import changed_copy

FILE = "calibrations/daca.toml"
HOURS = "priors.daca-hours"


def test_shipped_priors_hold_the_values_in_the_files() -> None:
    world = load()
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
        ({"set": {"particles": 1}}, "particles", f"{FILE}: particles"),
    ],
)
def test_what_cannot_be_is_refused_with_the_place(change: dict, what: str, where: str, tmp_path: Path) -> None:
    world = changed_copy({"file": FILE, **change}, tmp_path / "world")
    with pytest.raises(InputError) as refused:
        load(world)
    assert what in str(refused.value)
    assert where in str(refused.value.where)
