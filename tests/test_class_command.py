"""``discretion class``: what it says of who can get in, and what is left when it stops."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from viz.app import session
from viz.app.classroom.folder import FILE, Folder
from viz.cli.app_command import commands


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been served: host, port and room; the server stops at once."""
    calls: list[Any] = []
    monkeypatch.setattr("viz.app.server.serve", lambda host, port, prepare, room: calls.append((host, port, room)))
    monkeypatch.setattr("viz.app.server.free", lambda host, port: None)
    monkeypatch.setattr(session, "instructor", "")
    return calls


def ran(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(commands, ["class", "--folder", str(folder), *options], env={"COLUMNS": "200"})


def test_it_tells_the_way_in_and_who_can_take_it(tmp_path: Path, served: list[Any]) -> None:
    done = ran(tmp_path / "class", "--address", "10.9.8.7", "--port", "9001", "--host", "10.9.8.7")
    assert done.exit_code == 0, done.output
    assert "http://10.9.8.7:9001/join" in done.stderr and f"http://10.9.8.7:9001{session.instructor}" in done.stderr
    assert session.instructor.startswith("/class#")
    assert "Anyone who can reach this machine" in done.stderr and "answers to this machine alone" in done.stderr
    assert served[0][:2] == ("10.9.8.7", 9001) and not (tmp_path / "class").exists()


def test_a_room_that_no_phone_can_reach_says_so(tmp_path: Path, served: list[Any]) -> None:
    assert "no phone can join" in ran(tmp_path, "--host", "127.0.0.1").stderr


def test_a_class_with_somebody_in_it_is_kept_until_it_is_ended(tmp_path: Path, served: list[Any]) -> None:
    kept = Folder(tmp_path)
    kept.room.join(kept.room.code)
    kept.save()
    done = ran(tmp_path)
    assert "Going on with the class" in done.stderr and kept.room.code in done.stderr
    assert "discretion class goes on with it" in done.stderr and (tmp_path / FILE).exists()
    done = ran(tmp_path, "--new")
    assert kept.room.code not in done.stderr and not (tmp_path / FILE).exists()


def test_an_address_in_use_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = ran(tmp_path / "class", "--host", "127.0.0.1", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2 and "cannot listen" in done.stderr and list(tmp_path.iterdir()) == []


STARTS = """
import sys
import viz.app.server as server
server.free = lambda *_: None
server.serve = lambda *_: print("solara" in sys.modules)
from viz.cli.app_command import commands
commands()
"""


@pytest.mark.parametrize("command", [["app"], ["class", "--folder", "class"]], ids=lambda command: command[0])
def test_solara_is_not_imported_before_it_is_set_up(command: list[str], tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", STARTS, *command], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.stdout == "False\n", done.stderr
