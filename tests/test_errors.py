"""A message says what, where, found, allowed and nearest, and survives whatever it has to tell."""

import pickle
import shutil
from datetime import date
from pathlib import Path

import pytest

from model.errors import InputError, Words, one_error
from model.world.loader import WORLDS, load, with_file


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("ICE", "'ICE'"),
        (1.3, "1.3"),
        (True, "true"),
        (date(2011, 6, 17), "2011-06-17"),
        ({}, "an empty table"),
        ({"value": 1, "unit": "share"}, "a table of value, unit"),
        ([], "an empty list"),
        (["a", 1], "['a', 1]"),
        ([{"to": "x"}, {}], "a list of 2"),
        (Words("a folder"), "a folder"),
        pytest.param(16**5000, "a whole number of more than 120 digits", id="huge"),
        ("x" * 1000, "'" + "x" * 118 + "…"),
        ("\udcff", "'\\udcff'"),
    ],
)
def test_found_as_it_would_stand_in_a_file(found: object, shown: str) -> None:
    assert f"\n  found:   {shown}" in str(InputError("no such agency", found=found))


def test_only_what_is_known_is_said() -> None:
    assert str(InputError("nothing to run")) == "nothing to run"
    assert str(InputError("not a number", where="a.toml: b")) == "not a number\n  where:   a.toml: b"


@pytest.mark.parametrize(
    ("found", "nearest"),
    [("icee", "ice"), ("ICE", "ice"), ("uscis.centre", "uscis.centres"), ("navy", ""), ("i" * 10**6, ""), (3, "")],
)
def test_the_nearest_name_is_one_that_is_close(found: object, nearest: str) -> None:
    error = InputError("no such unit", found=found, known=["ice", "uscis", "uscis.centres"])
    assert error.nearest == nearest
    assert error.allowed == "ice, uscis, uscis.centres"


def test_long_lists_are_cut() -> None:
    error = InputError("no such office", found="x", known=map(str, range(1000)))
    assert error.allowed.endswith("… (1000 in all)")
    assert len(error.allowed) < 250


def test_a_path_that_is_no_text_can_be_printed() -> None:
    str(InputError("no such world", where="\udcff.toml")).encode("utf-8")


def test_it_comes_back_whole_from_another_process() -> None:
    error = InputError("no such agency", where="a.toml: to", found="icee", known=["ice", "uscis"])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.what, again.nearest) == (str(error), "no such agency", "ice")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Types across files, two unknown keys of one table; and, once these are right, names that lead nowhere."""
    world = tmp_path / "world"
    shutil.copytree(WORLDS / "two-desks", world)
    (world / "directives").mkdir()
    (world / "directives" / "second.toml").write_text(
        'like = "memo"\nclarity = 0.5\nfirst = 1\nlast = 2\nto = "city"\n'
    )
    (world / "cases").mkdir()
    (world / "cases" / "ann.toml").write_text("on = 3\n")
    with pytest.raises(InputError) as caught:
        load(world)
    places = [error.where for error in caught.value.all()]
    assert {"directives/second.toml: clarity", "directives/second.toml: first", "directives/second.toml: last",
            "directives/second.toml: to", "cases/ann.toml: on"} <= set(places)  # fmt: skip
    assert len(places) == len(set(places))
    (world / "cases" / "ann.toml").unlink()
    (world / "directives" / "second.toml").write_text('like = "memo"\nto = ["ctiy"]\nlifts = ["no-law"]\n')
    (world / "directives" / "third.toml").write_text('like = "memo"\nsupersedes = ["nothing"]\n')
    with pytest.raises(InputError) as caught:
        load(world)
    assert {error.what for error in caught.value.all()} >= {"no such agency or unit", "no such directive"}


def test_a_place_whose_name_begins_like_another_is_told_too() -> None:
    errors = [InputError("wrong", where=f"a.toml: rule.{name}") for name in ("metrics2", "metrics", "metrics2")]
    assert [error.where for error in one_error(errors).all()] == ["a.toml: rule.metrics2", "a.toml: rule.metrics"]


def test_what_an_entry_took_over_is_told_of_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('like = "review-2011"\nto = ["uscis.centres"]\n')
    with pytest.raises(InputError) as caught:
        with_file(load(), "directives", path)
    assert caught.value.where == f"{path}: stages (1st) (taken over from review-2011)"


def test_a_key_without_an_end_leaves_a_message_that_can_be_read() -> None:
    key = "x" * 5_000
    first = InputError("no such parameter", where=f'plan.toml: vary."{key}".range', found=key, known=["rule.metrics"])
    told = first.beside(InputError("wrong", where=f"{end}.{key}") for end in range(20)).message()
    assert len(told) < 5_000 and '".range' in told and "plan.toml: vary" in told
