"""What the guide to sweeps shows is what happens: its commands, its files and its programs are run."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from docs.console import BLOCK, refilled
from docs.make import ROOT

TEXT = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")


def test_commands_print_what_is_shown_and_programs_run_on_what_they_left(tmp_path: Path) -> None:
    assert len([block for block in BLOCK.finditer(TEXT) if block["commands"]]) >= 5
    assert refilled(TEXT, tmp_path) == TEXT, "run make docs"
    programs = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(programs) == 3
    for number, program in enumerate(programs):
        if "ema_workbench" in program:
            pytest.importorskip("ema_workbench", reason="the extra discovery is not installed")
        path = tmp_path / f"program{number}.py"
        path.write_text(program, encoding="utf-8")
        done = subprocess.run([sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout, done.stderr


def test_the_extra_and_the_cluster_are_named_as_they_are() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "discovery" in project["optional-dependencies"] and "discretion[discovery]" in TEXT
    assert "dask-jobqueue" in TEXT and not any("jobqueue" in name for name in project["dependencies"])
