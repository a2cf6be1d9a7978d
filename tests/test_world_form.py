"""``discretion world``: a new world runs at once, and a world that is wrong is told so."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from experiments.world_form import ASSUMED, QUESTIONS, checked, new_world, schema
from model import BureaucracyModel, InputError, load
from model.world.loader import DEFAULT_WORLD, WORLDS, worlds
from tests.commands import assert_refused, discretion


def test_a_new_world_runs_at_once(tmp_path: Path) -> None:
    world = new_world(tmp_path / "parole-board", {"agency": "Parole board", "favourable": "released"})
    assert world == load(tmp_path / "parole-board") and world.name == "parole-board"
    assert world.agencies["agency"].title == "Parole board"
    assert [len(part) for part in (world.agencies, world.stages, world.directives, world.scenarios)] == [1, 1, 1, 1]
    model = BureaucracyModel("memo", 1.0, rng=1, world=tmp_path / "parole-board").run()
    outcomes = model.recorder.outcomes()
    assert outcomes["decided"].sum() > 10_000
    assert 0.2 < outcomes["favourable"].sum() / outcomes["decided"].sum() < 0.8
    assert {type(officer).__name__ for officer in model.officers} == {"Caseworker"}


def test_it_is_commented_like_a_form(tmp_path: Path) -> None:
    new_world(tmp_path / "mine")
    lines = (tmp_path / "mine" / "world.toml").read_text(encoding="utf-8").splitlines()
    parts = [at for at, line in enumerate(lines) if at and line and not lines[at - 1] and line[0] != "#"]
    assert parts == [], "each part begins with a line that says what it is"
    assert sum("#" in line for line in lines) > 30
    assert not any("$" in line for line in lines)


def test_what_is_still_as_the_form_has_it_is_counted(tmp_path: Path) -> None:
    world = new_world(tmp_path / "mine")
    file = tmp_path / "mine" / "world.toml"
    before = checked(tmp_path / "mine").unfilled
    file.write_text(file.read_text(encoding="utf-8").replace(ASSUMED, "assumed: a round number", 3), encoding="utf-8")
    assert checked(tmp_path / "mine").unfilled == before - 3 > 40
    assert checked(DEFAULT_WORLD).unfilled == 0 and world.name == "mine"


def test_the_command_makes_and_checks_a_world(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = discretion("world", "new", str(folder))
    assert made.exit_code == 0 and "discretion run memo" in made.output
    good = discretion("world", "check", str(folder))
    assert good.exit_code == 0 and "1 agency, 1 decision, 1 directive, 1 scenario" in " ".join(good.output.split())
    file = folder / "world.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('["slight"]', '["slihgt"]'), encoding="utf-8")
    bad = discretion("world", "check", str(folder))
    assert bad.exit_code == 2
    for line in (
        "no such conviction level",
        "directives.memo.scope.in",
        "'slihgt'",
        "grave, slight",
        "nearest: slight",
    ):
        assert line in bad.stderr


def test_nobody_is_asked_where_nobody_is(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from viz.cli.app_command import commands; commands()", "world", "new", "mine"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True,
                          env={**os.environ, "PYTHONPATH": str(WORLDS.parents[1])})  # fmt: skip
    assert "?" not in done.stdout
    assert load(tmp_path / "mine").title == QUESTIONS["title"][1]


@pytest.mark.parametrize("name", ["a.b", "-", "two words"])
def test_a_name_that_no_world_can_have_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    assert_refused(discretion("world", "new", "--", str(tmp_path / name)), ["a name that cannot be used"], tmp_path)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    new_world(tmp_path / "mine")
    before = (tmp_path / "mine" / "world.toml").read_bytes()
    with pytest.raises(InputError, match="something already"):
        new_world(tmp_path / "mine", {"title": "Another"})
    assert (tmp_path / "mine" / "world.toml").read_bytes() == before
    for answer in ("", 'with "quotes"', "two\nlines", "a back\\slash"):
        with pytest.raises(InputError, match="not an answer"):
            new_world(tmp_path / "other", {"title": answer})
    assert not (tmp_path / "other").exists()


def _with_dates_as_texts(part: object) -> object:
    if isinstance(part, dict):
        return {str(key): _with_dates_as_texts(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_dates_as_texts(value) for value in part]
    return part if isinstance(part, str | int | float | bool) else str(part)


@pytest.mark.parametrize("name", worlds())
def test_the_schema_passes_every_file_of_a_shipped_world(name: str) -> None:
    check = jsonschema.Draft202012Validator(schema())
    for path in sorted((WORLDS / name).glob("*.toml")):
        table = _with_dates_as_texts(tomllib.loads(path.read_text(encoding="utf-8")))
        table.pop("series", None)  # type: ignore[attr-defined]
        assert [error.message for error in check.iter_errors(table)] == [], path


def test_the_schema_refuses_a_misspelt_key_and_says_what_keys_mean(tmp_path: Path) -> None:
    check = jsonschema.Draft202012Validator(schema())
    assert list(check.iter_errors({"agencies": {"a": {"tittle": "A"}}}))
    assert not list(check.iter_errors({"agencies": {"a": {"like": "b"}}}))
    new_world(tmp_path / "mine")
    assert json.loads((tmp_path / "mine" / "world.schema.json").read_text(encoding="utf-8")) == schema()
    assert json.loads(discretion("world", "schema").output) == schema()


def test_check_tells_all_errors_by_file_and_as_json(tmp_path: Path) -> None:
    world = tmp_path / "mine"
    new_world(world)
    assert json.loads(discretion("world", "check", str(world), "--json").stdout) == []
    (world / "directives").mkdir()
    (world / "directives" / "second.toml").write_text('like = "memo"\nclarity = 0.5\nto = "office"\n')
    told = discretion("world", "check", str(world), "--json")
    assert told.exit_code == 2
    assert [(one["where"], one["what"]) for one in json.loads(told.stdout)] == [
        ("directives/second.toml: to", "not a list"),
        ("directives/second.toml: clarity", "a number without its unit and source"),
    ]
    assert discretion("world", "check", str(world)).stderr.splitlines()[0] == "directives/second.toml"
