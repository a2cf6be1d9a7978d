"""Input that cannot be used gives one clear message: what, where, found, allowed, nearest; no more."""

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from experiments.replications import replicate
from experiments.runs import run
from experiments.twin import pair
from model import BureaucracyModel, InputError, load
from tests.worldcopy import changed_copy
from viz.cli import app

BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


def _shown(error: InputError) -> dict[str, str]:
    """The lines of a message by what they are; texts without their quotes."""
    _, *lines = str(error).split("\n")
    return {"what": error.what, **{line[2:9].strip(" :"): line[11:].strip("'") for line in lines}}


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
        ({"rule.metrics": None}, "--set rule.metrics"),
        ({"rule.metrics": {"value": 1}}, "--set rule.metrics"),
        ({"rule.metrics": object()}, "--set rule.metrics"),
        ({"rule.metrics": float("nan")}, "--set rule.metrics"),
        ({"rule.metrics": [0.5]}, "--set rule.metrics"),
        ({"": 1}, "--set"),
        (["rule.metrics=\udcff"], "--set rule.metrics"),
        (["rule.metrics=[" + "[" * 5000], "--set rule.metrics"),
        (["rule.metrics=" + "9" * 5000], "--set rule.metrics"),
        (["rule.metrics=1\nrule.metrics=2"], "--set rule.metrics"),
        (["scenarios.record-2013.start=2014-01-01"], "scenarios/record-2013.toml: end"),
    ],
)
def test_settings_of_any_kind(settings: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        load(settings=settings)
    assert caught.value.where == where


@pytest.mark.parametrize(
    "study",
    [
        lambda **given: run("daca-2012", 0.002, **given),
        lambda **given: replicate("daca-2012", [1], 0.002, **given),
        lambda **given: pair("daca-2012", scale=0.002, **given),
    ],
    ids=["run", "replicate", "pair"],
)
def test_settings_beside_a_world_that_has_been_read(study: Any) -> None:
    with pytest.raises(InputError) as caught:
        study(world=load(), settings=["rule.metrics=0"])
    assert (caught.value.where, caught.value.found) == ("settings", "rule.metrics")


def test_a_world_that_has_been_read_is_run_as_it_is() -> None:
    settings, until = ["stages.hearing.threshold=5"], date(2012, 2, 15)
    given = run("daca-2012", 0.002, world=load(settings=settings), until=until)
    read = run("daca-2012", 0.002, settings=settings, until=until)
    assert given.about["content"] == read.about["content"] and given.outcomes.equals(read.outcomes)
    assert not run("daca-2012", 0.002, world=load(), until=until).outcomes.equals(read.outcomes)


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
        ({"rng": -1}, "rng"),
        ({"rng": 2**63}, "rng"),
        ({"rng": 5.7}, "rng"),
        ({"rng": 5.0}, "rng"),
        ({"rng": float("nan")}, "rng"),
        ({"rng": "abc"}, "rng"),
        ({"rng": True}, "rng"),
        ({"rng": np.random.default_rng(1)}, "rng"),
        ({"rng": None, "seed": 5.7}, "seed"),
        ({"rng": 1, "seed": 1}, "rng, seed"),
        ({"until": date(2009, 12, 31)}, "until"),
        ({"until": date(2020, 1, 1)}, "until"),
        ({"scenario": "morton-2012"}, "scenario"),
        ({"world": "imigration"}, "world"),
        ({"settings": ["rule.metric=0"]}, "--set rule.metric"),
    ],
)
def test_arguments_of_the_model(arguments: dict[str, Any], where: str) -> None:
    with pytest.raises(InputError) as caught:
        BureaucracyModel(**{"scale": 0.001, "rng": 1, **arguments})
    assert caught.value.where == where


@pytest.mark.parametrize("fixture", BAD[::9], ids=lambda path: path.stem)
def test_the_command_says_it_and_leaves_nothing_behind(
    fixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change: dict[str, Any] = tomllib.loads(fixture.read_text())
    world = changed_copy(change, tmp_path / "world")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    moved = [part for setting in change.get("settings", ()) for part in ("--set", setting)]
    done = CliRunner().invoke(
        app, ["run", "record-2013", "--world", str(world), "--scale", "0.002", "--out", "run", *moved]
    )
    with pytest.raises(InputError) as caught:
        load(world, change.get("settings", ()))
    assert done.exit_code == 2
    assert done.stderr.strip() == str(caught.value)
    assert done.stdout == ""
    assert not list((tmp_path / "here").iterdir())


def test_no_traceback_in_a_shell(tmp_path: Path) -> None:
    world = changed_copy({"file": "cases/claudia.toml", "content": "title ="}, tmp_path / "world")
    arguments = ["-c", "from viz.cli import app; app()", "explain", "claudia", "--world", str(world)]
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "not TOML: Invalid value (at end of document)"
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["world"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = ", "not TOML: Invalid value (at line 1, column 9)"),
        ('like = "claudius"', "like nothing that is known"),
        ('like = "claudia"\nperson = { age = "thirty" }', "not a whole number"),
        ('like = "claudia"\non = 2031-01-01', "a day outside its scenario"),
    ],
)
def test_a_bad_case_file_of_ones_own(text: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text(text + "\n")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["explain", "mine.toml"])
    assert done.exit_code == 2
    assert done.stderr.splitlines()[:1] == [line]
    assert "where:   mine.toml" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]
