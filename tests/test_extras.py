"""A command whose extra is missing says what to install, and does nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WITHOUT = """
import sys
for name in {names}: sys.modules[name] = None
from viz.cli.app_command import commands
commands()
"""


@pytest.mark.parametrize(
    ("command", "missing", "asked"),
    [("calibrate daca", ["sklearn"], ["scikit-learn>="]), ("rivals daca", ["sklearn"], ["scikit-learn>="])],
)  # fmt: skip
def test_an_extra_that_is_missing_is_named_with_what_to_install(
    command: str, missing: list[str], asked: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(names=missing), *command.split()], cwd=tmp_path, capture_output=True,
        text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2 and not done.stdout and "Traceback" not in done.stderr, done.stderr
    assert "the extra calibration is not installed" in done.stderr and "python -m pip install" in done.stderr
    for distribution in asked:
        assert distribution in done.stderr.replace("<", ">")
    assert not list(tmp_path.iterdir())


def test_the_workbench_is_imported_without_its_remark_on_engines() -> None:
    pytest.importorskip("ema_workbench", reason="the extra discovery is not installed")
    done = subprocess.run(
        [sys.executable, "-c", "from experiments.extras import workbench; workbench()"], capture_output=True,
        text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "ipyparallel" not in done.stderr
