"""Input that cannot be used gives one clear message: what, where, found, allowed, nearest; no more."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from model import BureaucracyModel, InputError, load
from tests.worldcopy import changed_copy

BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


def _shown(error: InputError) -> dict[str, str]:
    """The lines of a message by what they are; texts without their quotes."""
    what, *lines = str(error).split("\n")
    return {"what": what, **{line[2:9].strip(" :"): line[11:].strip("'") for line in lines}}


@pytest.mark.parametrize("fixture", BAD, ids=lambda path: path.stem)
def test_one_clear_message(fixture: Path, tmp_path: Path) -> None:
    change: dict[str, Any] = tomllib.loads(fixture.read_text())
    world = changed_copy(change, tmp_path / "world")
    with pytest.raises(InputError) as caught:
        load(world, change.get("settings", ()))
    expected = {part: words.replace("{world}", str(world)) for part, words in change["expect"].items()}
    shown = _shown(caught.value)
    assert {part: shown.get(part) for part in expected} == expected


def test_there_are_at_least_forty_fixtures() -> None:
    assert len(BAD) >= 40
    for fixture in BAD:
        assert {"what", "where"} <= tomllib.loads(fixture.read_text())["expect"].keys(), fixture


def test_the_copy_is_good_before_it_is_changed(tmp_path: Path) -> None:
    again = {"file": "agencies/ice.toml", "set": {"colour": "#B5442B"}}
    assert load(changed_copy(again, tmp_path / "world")) == load()


@pytest.mark.parametrize("world", ["imigration", "no/such/folder", "", "x" * 5000, "a\0b"])
def test_no_such_world(world: str) -> None:
    with pytest.raises(InputError) as caught:
        load(world)
    assert caught.value.where == "world"


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ({"rule.peers": None}, "--set rule.peers"),
        ({"rule.peers": {"value": 1}}, "--set rule.peers"),
        ({"rule.peers": object()}, "--set rule.peers"),
        ({"rule.peers": float("nan")}, "--set rule.peers"),
        ({"rule.peers": [0.5]}, "--set rule.peers"),
        ({"": 1}, "--set"),
        (["rule.peers=\udcff"], "--set rule.peers"),
        (["rule.peers=[" + "[" * 5000], "--set rule.peers"),
        (["rule.peers=" + "9" * 5000], "--set rule.peers"),
        (["rule.peers=1\nrule.metrics=2"], "--set rule.peers"),
        (["scenarios.record-2013.start=2014-01-01"], "scenarios/record-2013.toml: end"),
    ],
)
def test_settings_of_any_kind(settings: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        load(settings=settings)
    assert caught.value.where == where


def test_what_a_setting_broke_is_told_with_the_setting() -> None:
    with pytest.raises(InputError) as caught:
        load(settings=["mixes.jail.charges.national-security.national-security=0.5"])
    setting = "--set mixes.jail.charges.national-security.national-security"
    assert caught.value.where == f"mixes/jail.toml: charges.national-security.shares (after {setting})"


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"scale": 0}, "scale"),
        ({"scale": -0.5}, "scale"),
        ({"scale": 1.5}, "scale"),
        ({"scale": float("nan")}, "scale"),
        ({"rng": -1}, "seed"),
        ({"rng": 2**63}, "seed"),
        ({"until": date(2009, 12, 31)}, "until"),
        ({"until": date(2020, 1, 1)}, "until"),
        ({"scenario": "morton-2012"}, "scenario"),
        ({"world": "imigration"}, "world"),
        ({"settings": ["rule.peer=0"]}, "--set rule.peer"),
    ],
)
def test_arguments_of_the_model(arguments: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        BureaucracyModel(**{"scale": 0.001, "rng": 1, **arguments})
    assert caught.value.where == where
