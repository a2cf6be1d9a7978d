"""Where machine code is kept, and that nobody is stopped where it cannot be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import model

CALLED = """
from model import arithmetic, compiled
print(arithmetic.sigmoid(0.0), compiled.cache_folder(arithmetic.__file__))
"""
FOLDERS = """
import sys
from pathlib import Path
from model import compiled
for name in sys.argv[1:]:
    print(compiled.cache_folder(str(Path(compiled.__file__).parent / name)))
"""
EVERY_WORLD = """
from model import BureaucracyModel, load
from model.day.days import days
from model.explain import explain
from model.rule.decision import consider
from model.world.loader import worlds
for name in worlds():
    world = load(name)
    BureaucracyModel(next(iter(world.scenarios)), scale=1.0 if name == "two-desks" else 0.02, world=world).step()
    print(name, len(days.signatures))
explain("claudia", scale=0.002)
print(len(consider.signatures))
"""
HOMELESS = """
import pathlib
def home(): raise RuntimeError("Could not determine home directory.")
pathlib.Path.home = home
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with a copy of the model beside which nothing can be written, whoever one is."""
    folder = tmp_path / "installed"
    shutil.copytree(Path(model.__file__).parent, folder / "model", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "model/__pycache__").touch()
    return folder


def _said(installed: Path, program: str, *arguments: str, **env: str) -> tuple[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("HOME", "NUMBA_CACHE_DIR")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, *arguments], env={**kept, "PYTHONPATH": str(installed), **env},
        capture_output=True, text=True, check=True, cwd=installed,
    )  # fmt: skip
    return done.stdout.strip(), done.stderr


def test_machine_code_is_kept_in_the_users_home_where_the_installation_is_read_only(
    installed: Path, tmp_path: Path
) -> None:
    said, warned = _said(installed, CALLED, HOME=str(tmp_path))
    assert said.startswith(f"0.5 {tmp_path / '.cache/discretion/compiled-'}") and not warned
    assert list(tmp_path.glob(".cache/discretion/compiled-*/*.nbc"))


@pytest.mark.parametrize("program", [CALLED, HOMELESS + CALLED])
def test_without_a_home_it_is_compiled_in_memory_and_one_line_says_so(installed: Path, program: str) -> None:
    said, warned = _said(installed, program, HOME="/no/such/home")
    assert said == "0.5 None"
    assert warned.count("\n") == 1 and "NUMBA_CACHE_DIR" in warned and str(installed / "model") in warned


def test_numbas_own_variable_says_where(installed: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    said, warned = _said(installed, CALLED, HOME=str(tmp_path), NUMBA_CACHE_DIR=str(place))
    assert said.startswith(f"0.5 {place / 'compiled-'}") and not warned
    assert list(place.glob("compiled-*/*.nbc"))
    place.rename(tmp_path / "gone")
    place.touch()
    said, warned = _said(installed, CALLED, HOME=str(tmp_path), NUMBA_CACHE_DIR=str(place))
    assert said == "0.5 None" and str(place) in warned


def test_a_copy_of_the_project_finds_what_has_been_compiled(installed: Path, tmp_path: Path) -> None:
    copied, place = tmp_path / "copied", tmp_path / "place"
    _said(installed, CALLED, NUMBA_CACHE_DIR=str(place))
    made = {path: path.stat().st_mtime_ns for path in place.rglob("*.nb*")}
    shutil.copytree(installed, copied)
    (copied / "model/arithmetic.py").touch()
    _said(copied, CALLED, NUMBA_CACHE_DIR=str(place))
    assert made and {path: path.stat().st_mtime_ns for path in place.rglob("*.nb*")} == made


def test_all_worlds_and_explanations_are_decided_by_what_is_compiled_once() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY_WORLD], capture_output=True, text=True, check=True)
    *worlds, considered = done.stdout.splitlines()
    assert len(worlds) > 2 and {line.split()[1] for line in worlds} == {"1"} and considered == "1"


def test_an_edit_costs_the_compilation_of_what_is_made_of_the_edited_file_alone(
    installed: Path, tmp_path: Path
) -> None:
    made_of_it, apart = ["day/counts.py", "day/days.py"], ["rule/decision.py", "cases/draws.py", "day/queues.py"]

    def folders() -> list[str]:
        return _said(installed, FOLDERS, *made_of_it, *apart, NUMBA_CACHE_DIR=str(tmp_path))[0].splitlines()

    before = folders()
    with (installed / "model/day/counts.py").open("a") as file:
        file.write("\nMORE = 1\n")
    same = [one == other for one, other in zip(before, folders(), strict=True)]
    assert same == [False] * len(made_of_it) + [True] * len(apart)


def test_a_disk_that_is_full_when_the_code_is_to_be_kept_stops_nobody(installed: Path, tmp_path: Path) -> None:
    full = """
from numba.core.caching import IndexDataCacheFile
def save(*_): raise OSError(28, "No space left on device")
IndexDataCacheFile.save = save
"""
    said, warned = _said(installed, full + CALLED, NUMBA_CACHE_DIR=str(tmp_path / "place"))
    assert said.startswith("0.5 ") and not warned
