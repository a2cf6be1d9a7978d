"""A command works in any world, or says in one message why it does not apply, and leaves nothing behind."""

from pathlib import Path

import pytest
from typer.main import get_command

from tests.commands import assert_refused, discretion
from viz.cli.app_command import commands

SAID = {
    "downstream memo --world two-desks": "the scenario does not watch the border",
    "downstream record --world patrol": "the scenario does not watch the border",
    "reports memo --world two-desks": "nothing is reported in this world",
    "reports record --world patrol": "nothing is reported in this world",
    "theory --world two-desks": "a directive that the theory is tested with is missing",
    "theory --world patrol": "a directive that the theory is tested with is missing",
    "calibrate border --world two-desks": "has none",
    "rivals border --world two-desks": "has none",
    "screen border --world two-desks": "has none",
    "twin memo --world two-desks --posterior shipped": "the world brings no posterior",
}


@pytest.mark.parametrize("command", SAID)
def test_what_does_not_apply_is_said_in_one_message(command: str, tmp_path: Path) -> None:
    done = discretion(*command.split(), "--scale", "0.01", "--out", str(tmp_path / "out"))
    assert_refused(done, [SAID[command], "allowed:"], tmp_path)


TRIED = ("run memo", "branch memo --on 2020-02-15", "explain applicant", "worlds two-desks",
         "twin memo --replications 2 --workers 1",
         "levers memo --replications 2 --workers 1", "knockouts memo --replications 2 --workers 1 --mechanism notice",
         "dose memo --directive memo --over clarity --replications 2 --workers 1")  # fmt: skip
ELSEWHERE = {"app": "app/test_other_worlds.py", "emulate": "test_emulator.py", "mechanisms": "test_mechanisms.py",
             "premortem": "test_premortem.py", "validate": "test_rules.py"}  # fmt: skip
"""Where else a command, or the study that it tells, is tried in two-desks."""


@pytest.mark.parametrize("command", TRIED)
def test_a_command_works_in_the_smallest_world(command: str, tmp_path: Path) -> None:
    where = [] if "worlds" in command else ["--world", "two-desks", "--scale", "0.02"]
    kept = [] if command.startswith(("worlds", "explain")) else ["--out", str(tmp_path / "out")]
    done = discretion(*command.split(), *where, *kept)
    assert done.exit_code == 0 and done.stdout, done.output


def test_every_command_that_takes_a_world_is_tried_in_another() -> None:
    known = get_command(commands).commands  # type: ignore[attr-defined]
    taking = {name for name, one in known.items() if any(option.name == "world" for option in one.params)}
    assert taking == {command.split()[0] for command in (*SAID, *TRIED)} | {*ELSEWHERE}
    for file in ELSEWHERE.values():
        assert "two-desks" in (Path(__file__).parent / file).read_text(encoding="utf-8")
