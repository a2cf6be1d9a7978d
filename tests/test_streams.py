"""Standard streams of every kind: what a locale lacks is written with what it has; full or closed, no traceback."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import discretion
from tests.worldcopy import changed_copy
from viz.reports.streams import somebody_is_there

ROOT = Path(__file__).parent.parent
COMMAND = "from viz.cli.app_command import commands; commands()"
PRINTED = """
import sys
from viz.reports.console import err, out, table
from viz.reports.streams import legible
legible(as_json=False)
shown = table("Terms…", "Łódź")
shown.add_row("“a” – 漢 ≥ 1")
out.print(shown)
err.print("İstanbul…")
"""


def _done(encoding: str, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "200"}
    done = subprocess.run([sys.executable, "-c", program, *arguments], env=env, capture_output=True, check=False)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "Terms… Łódź “a” – 漢 ≥ 1 İstanbul…"), ("latin-1", "Terms... Lódz 'a' - ? >= 1 Istanbul..."),
     ("iso8859-9", "Terms... Lódz 'a' - ? >= 1 İstanbul..."), ("cp1252", "Terms… Lódz “a” – ? >= 1 Istanbul…"),
     ("ascii", "Terms... Lodz 'a' - ? >= 1 Istanbul...")],
)  # fmt: skip
def test_what_a_locale_lacks_is_written_with_what_it_has(encoding: str, said: str) -> None:
    done = _done(encoding, PRINTED)
    assert " ".join((done.stdout + done.stderr).decode(encoding).split()) == said


def test_a_world_and_its_json_in_an_eight_bit_locale(tmp_path: Path) -> None:
    title = "Łódź… “a” 😀"
    world = str(changed_copy({"file": "world.toml", "set": {"title": title}}, tmp_path / "world"))
    assert "Lódz... 'a' ?" in _done("latin-1", COMMAND, "worlds", world).stdout.decode("latin-1")
    assert json.loads(_done("latin-1", COMMAND, "worlds", world, "--json").stdout.decode("latin-1"))["title"] == title


def test_a_case_is_explained_in_an_eight_bit_locale(tmp_path: Path) -> None:
    chart = tmp_path / "claudia.html"
    said = _done("latin-1", COMMAND, "explain", "claudia", "--chart", str(chart)).stdout.decode("latin-1")
    assert "Terms of the rule" in said and "vegaEmbed" in chart.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["--version"], ["run", "nothing"]])
def test_standard_output_and_error_that_take_nothing_end_a_command_without_a_traceback(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        program, env = [sys.executable, "-c", COMMAND, *arguments], {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(program, env=env, stdout=full, stderr=subprocess.PIPE, check=False)
        deaf = subprocess.run(program, env=env, stdout=subprocess.PIPE, stderr=full, check=False)
    assert done.returncode == 2 and b"Traceback" not in done.stderr
    assert ("written: No space left" in done.stderr.decode()) == (arguments == ["--version"])
    assert deaf.returncode == (0 if arguments == ["--version"] else 2)


def test_a_stream_that_is_closed_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not somebody_is_there()


def test_a_command_that_is_named_can_be_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "40")
    said = discretion("world", "copy", "two-desks", "le nôtre").output
    assert "discretion run SCENARIO --world 'le nôtre'\n" in said
    assert discretion(*shlex.split(said.rpartition("discretion ")[2].replace("SCENARIO", "none"))).exit_code == 2
