"""The wheel as a user installs it, run on each Python with the newest and the oldest dependencies it allows.

    python -m tests.matrix [3.11 3.12 ...]

Nothing of this checkout is on the path of what runs: the wheel is built, installed without constraints into an
environment in a temporary folder, and tried from there (`tests/trial.py`, and the tests in `TESTS`). ``oldest`` is the
lowest version of each direct dependency that pyproject.toml allows and that has a wheel for the Python.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
PYTHONS = ["3.11", "3.12", "3.13"]
EXTRAS = ["discovery", "calibration"]
RESOLUTIONS = {"newest": "highest", "oldest": "lowest-direct"}
TESTS = ["test_mesa.py", "test_results.py"]
HELPERS = ["conftest.py", "trial.py"]
NAMED = ["mesa", "numpy", "pandas", "numba"]
UV = [sys.executable, "-m", "uv"]


def said(*command: str | Path, cwd: Path) -> str:
    """What a command prints; a failure is raised with all that it said."""
    outside = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=outside, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def found(version: str) -> str | None:
    """The interpreter of a version, if this machine has one; pyenv's are looked for too, whether active or not."""
    for kept in sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python")):
        return str(kept)
    return shutil.which(f"python{version}")


def install(python: str, wheel: Path, which: str, place: Path) -> Path:
    """An environment with the wheel, its extras and pytest; returns its interpreter."""
    said(*UV, "venv", "--no-python-downloads", "--python", python, place, cwd=place.parent)
    inside = place / "bin/python"
    extras = [word for extra in EXTRAS for word in ("--extra", extra)]
    pip = [*UV, "pip", "install", "--python", inside]
    said(*pip, "--only-binary", ":all:", "--resolution", RESOLUTIONS[which], "-r", ROOT / "pyproject.toml", *extras,
         cwd=place.parent)  # fmt: skip
    said(*pip, "--no-deps", wheel, cwd=place.parent)
    said(*pip, "pytest", "hypothesis", cwd=place.parent)
    return inside


def tried(inside: Path, place: Path) -> str:
    """Run the trial and the tests from a folder that has the tests alone; returns the versions used."""
    (place / "tests").mkdir()
    for name in [*HELPERS, *TESTS]:
        shutil.copy(ROOT / "tests" / name, place / "tests" / name)
    said(inside, "tests/trial.py", cwd=place)
    said(inside, "-m", "pytest", "-q", "--import-mode=importlib", "tests", cwd=place)
    listed = f"from importlib.metadata import version as v; print(*(n + ' ' + v(n) for n in {NAMED}), sep=', ')"
    return said(inside, "-c", listed, cwd=place).strip()


def main(pythons: list[str]) -> int:
    """Print a table of what was tried; the exit code is 1 if something failed, or nothing could be tried."""
    table = Table("Python", "dependencies", "result", "of them", box=None)
    failed, works = [], 0
    with tempfile.TemporaryDirectory() as folder:
        said(*UV, "build", "--wheel", "--out-dir", folder, ROOT, cwd=ROOT)
        (wheel,) = Path(folder).glob("*.whl")
        for version in pythons:
            python = found(version)
            if python is None:
                table.add_row(version, "", "not tried", "no such interpreter on this machine")
                continue
            for which in RESOLUTIONS:
                place = Path(folder, f"{version}-{which}")
                try:
                    place.mkdir()
                    table.add_row(version, which, "works", tried(install(python, wheel, which, place / "env"), place))
                    works += 1
                except RuntimeError as error:
                    failed.append(f"{version}, {which}: {error}")
                    table.add_row(version, which, "fails", "see above")
                shutil.rmtree(place)
    for text in failed:
        print(text, file=sys.stderr)
    Console().print(table)
    return 1 if failed or not works else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PYTHONS))
