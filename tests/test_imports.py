"""A file of the user that hides one of the project's packages is named, with what to do about it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-P", "-c", "import discretion_imports; discretion_imports.command()", "--version"]


def ran(arguments: list[str], folder: Path, *path: Path) -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join(map(str, (*path, ROOT)))
    return subprocess.run(
        arguments, cwd=folder, env={**os.environ, "PYTHONPATH": places}, capture_output=True, text=True, check=False
    )


def of_the_user(folder: Path, file: str) -> Path:
    """A file of the user's own, such as ``model.py``; what hides the package is that, or the folder it makes one."""
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("class MyModel: ...\n")
    return (folder / file).parent if file.endswith("__init__.py") else folder / file


@pytest.mark.parametrize(
    ("file", "imports"),
    [
        ("model.py", "from experiments import scenario"),
        ("model.py", "from experiments.replications import replicate"),
        ("model.py", "import viz.charts"),
        ("model.py", "import model, experiments"),
        ("model/__init__.py", "import experiments"),
        ("model/__init__.py", "from viz.charts import rates_over_time"),
        ("experiments.py", "from viz.charts import rates_over_time"),
        ("experiments/__init__.py", "import viz"),
    ],
)
def test_a_script_beside_a_file_that_hides_a_package(tmp_path: Path, file: str, imports: str) -> None:
    hides = of_the_user(tmp_path, file)
    (tmp_path / "script.py").write_text(imports + "\n")
    done = ran([sys.executable, "script.py"], tmp_path)
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith(f"ImportError: {hides} hides the package {hides.stem} of discretion (in {ROOT})")
    assert "rename it, or run from another folder" in said and "During handling" not in done.stderr


@pytest.mark.parametrize("file", ["model.py", "model/__init__.py", "experiments.py", "viz.py"])
def test_the_command_says_what_hides_a_package(tmp_path: Path, file: str) -> None:
    hides = of_the_user(tmp_path, file)
    done = ran(COMMAND, tmp_path, tmp_path)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"discretion: {hides} hides the package") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("file", ["viz.py", "model/data.txt"])
def test_what_hides_nothing_is_left_alone(tmp_path: Path, file: str) -> None:
    """A ``viz.py`` beside a script that draws nothing, and a folder that is no package."""
    of_the_user(tmp_path, file)
    (tmp_path / "script.py").write_text("from experiments import scenario; import model; print(model.__version__)\n")
    done = ran([sys.executable, "script.py"], tmp_path)
    assert (done.returncode, done.stdout) == (0, "0.2.0\n"), done.stderr
    assert ran(COMMAND, tmp_path).stdout == "discretion 0.2.0\n"
